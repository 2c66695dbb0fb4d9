"""Files that never change: served compressed, to be kept by the browser for ever.

Our own files carry their content's hash in the address; those of Voila and of the
widget packages carry one hash of all their versions.
"""

import gzip
import hashlib
import mimetypes
import posixpath
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from tornado.web import HTTPError

from . import pages
from .again import PACKED
from .handlers import Page
from .snapshot.page import takes_gzip
from .workshop import Workshop

_PACKAGES = ("voila", "anywidget", "ipywidgets", "jupyterlab_widgets", "jupyterlab")
RELEASE = hashlib.sha256(
    " ".join(f"{p} {version(p)}" for p in _PACKAGES).encode()
).hexdigest()[:12]
_TEXT = ("text/", "application/javascript", "application/json", "image/svg")


@lru_cache(maxsize=512)
def _packed(paths: tuple[Path, ...], _changed: tuple[int, ...]) -> bytes:
    """Compress a file once, for everyone."""
    return gzip.compress(pages.read(paths), 9, mtime=0)


def send(handler: Page, *paths: Path, keep: bool = True) -> None:
    """Answer with a file, or several as one, compressed where that is worth it."""
    kind = mimetypes.guess_type(paths[0].name)[0] or "application/octet-stream"
    if kind in ("text/javascript", "application/javascript"):
        kind = "text/javascript; charset=utf-8"  # whatever this machine's registry says
    if takes_gzip(handler.request) and kind.startswith(_TEXT):
        body = _packed(paths, pages.changed(paths))
        return handler.give({"Content-Type": kind} | PACKED, body, keep=keep)
    return handler.give({"Content-Type": kind}, pages.read(paths), keep=keep)


@lru_cache(maxsize=1024)
def _found(roots: tuple[str, ...], name: str) -> Path | None:
    """Find the first file of that name, inside the folders only; it has one name."""
    if posixpath.normpath(name) != name:
        return None
    for root in (Path(root).resolve() for root in roots):
        path = (root / name).resolve()
        if path.is_relative_to(root) and path.is_file():
            return path
    return None


class OwnAsset(Page):
    """``assets/HASH/NAME``: a style or script of our pages."""

    def get(self, digest: str, name: str) -> None:
        """Send the file; an older hash gets today's file, to be asked for again."""
        if name not in pages.static_files():
            raise HTTPError(404)
        current = pages.asset_path(name) == f"assets/{digest}/{name}"
        send(self, *pages.parts(name), keep=current)


class PackageAsset(Page):
    """``assets/RELEASE/voila|labextensions/PATH``: Voila's front end and widgets."""

    def initialize(self, workshop: Workshop, roots: list[str]) -> None:  # type: ignore[override]
        """Remember in which folders to look."""
        super().initialize(workshop)
        self.roots = tuple(roots)

    def get(self, release: str, name: str) -> None:
        """Send the first file of that name, from inside the folders only."""
        path = _found(self.roots, name)
        if path is None:
            raise HTTPError(404)
        send(self, path, keep=release == RELEASE)
