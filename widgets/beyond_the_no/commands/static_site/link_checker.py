"""Link checker: every address in a site leads somewhere inside it."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LINKS = {"href", "src", "srcset", "action", "poster", "data", "data-base"}
_OUTSIDE = ("tel", "sms", "data")  # a telephone, and what stands in the page itself
_DOI = "https://doi.org/"


class _Addresses(HTMLParser):
    """Collects the addresses of a page, and the names that its parts have."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.names: set[str] = set()
        self._table = False  # of pictures, as a script reads it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read one element."""
        of = dict(attrs)
        self.names |= {of["id"] or ""} if "id" in of else set()
        self._table = of.get("id") == "alone-pictures"
        self.found += [of[name] or "" for name in sorted(_LINKS & set(of))]

    def handle_data(self, data: str) -> None:
        """Read the table of pictures."""
        if self._table:
            self.found += json.loads(data).values()
            self._table = False


def read(html: str) -> _Addresses:
    """Read a page."""
    parser = _Addresses()
    parser.feed(html)
    parser.close()
    return parser


def broken(folder: Path) -> list[str]:
    """List what leads nowhere, or out of the site, as "page: address"."""
    folder = folder.resolve()
    pages = {path: read(path.read_text("utf-8")) for path in folder.rglob("*.html")}
    return sorted(
        f"{path.relative_to(folder).as_posix()}: {address}"
        for path, page in pages.items()
        for address in page.found
        if not _leads(folder, pages, path, address)
    ) + list(_styles(folder))


def _leads(
    folder: Path, pages: dict[Path, _Addresses], page: Path, address: str
) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return (
            parts.scheme in _OUTSIDE
            or address == "about:blank"
            or (address.startswith(_DOI))
        )
    if parts.path.startswith("/"):
        return False  # below a prefix that would be another place
    there = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not there.is_relative_to(folder):
        return False
    if there.is_dir():
        return there == folder  # what scripts begin addresses with
    inside = pages.get(there)
    return there.is_file() and (
        not parts.fragment or inside is None or parts.fragment in inside.names
    )


def _styles(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.css")):
        for address in re.findall(r"url\(['\"]?([^)'\"]+)", path.read_text("utf-8")):
            if not address.startswith("data:") and not (path.parent / address).exists():
                yield f"{path.relative_to(folder).as_posix()}: {address}"
