"""Relative addresses, and the content security policy of pages without a server."""

from collections.abc import Mapping
from typing import Any, Self

from ...server.rendering import templating
from .words import table

# Scripts and styles from files beside the page; blob: is where anywidget puts a
# widget's script. Nothing may be asked of anybody, so nobody can be told anything.
# file: is the same as 'self' for browsers that give each file an origin of its own.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' file: blob:",
        "style-src 'self' file: 'unsafe-inline'",
        "font-src 'self' file:",
        "img-src 'self' file: data: blob:",
        "media-src 'self' file: data: blob:",
        "manifest-src 'self'",
        "worker-src 'self'",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


class RelativeUrlPrefix(templating.UrlPrefix):
    """The start of addresses, seen from a page of a site: all of them are relative.

    Attributes
    ----------
    pictures : dict of str to str
        The address of the file of each source, for a lesson's page.
    """

    room = False
    ending = ".html"
    policy = POLICY
    pictures: dict[str, str]

    def __new__(cls, up: str = "", pictures: Mapping[str, str] | None = None) -> Self:
        """Go so many folders up; pictures are named from the first one."""
        made = super().__new__(cls, up)
        made.pictures = {name: up + at for name, at in (pictures or {}).items()}
        return made

    def to(self, page: str) -> str:
        """Return the address of a page; without a name, of the first."""
        return super().to(page or "index")

    @property
    def words(self) -> dict[str, Any]:
        """What pages say by themselves."""
        words: dict[str, Any] = table()["page"]
        return words
