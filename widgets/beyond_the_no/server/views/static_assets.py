"""Handlers of immutable files, compressed, and cached by browsers.

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

from ...engine.rendered_page import accepts_gzip
from ..http.response_cache import PACKED
from ..rendering import templating
from ..workshop.workshop import Workshop
from .base import PageHandler

_PACKAGES = ("voila", "anywidget", "ipywidgets", "jupyterlab_widgets")
RELEASE = hashlib.sha256(
    " ".join(f"{p} {version(p)}" for p in _PACKAGES).encode()
).hexdigest()[:12]
_TEXT = ("text/", "application/javascript", "application/json", "image/svg")


@lru_cache(maxsize=512)
def _packed(path: Path, _changed: int) -> bytes:
    """Compress a file once, for everyone."""
    return gzip.compress(path.read_bytes(), 9, mtime=0)


def send_static(handler: PageHandler, path: Path, *, cache: bool = True) -> None:
    """Answer with a file, compressed where that is worth it."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix == ".woff2":
        kind = "font/woff2"  # which older registries do not know
    if kind in ("text/javascript", "application/javascript"):
        kind = "text/javascript; charset=utf-8"  # whatever this machine's registry says
    if accepts_gzip(handler.request) and kind.startswith(_TEXT):
        body = _packed(path, path.stat().st_mtime_ns)
        return handler.give({"Content-Type": kind} | PACKED, body, cache=cache)
    return handler.give({"Content-Type": kind}, path.read_bytes(), cache=cache)


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


class AppAssetHandler(PageHandler):
    """``assets/HASH/NAME``: a style or script of our pages."""

    def get(self, digest: str, name: str) -> None:
        """Send the file; an older hash gets today's file, to be asked for again."""
        if name not in templating.static_files():
            raise HTTPError(404)
        current = templating.asset_path(name) == f"assets/{digest}/{name}"
        send_static(self, templating.file(name), cache=current)


class PackageAssetHandler(PageHandler):
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
        send_static(self, path, cache=release == RELEASE)
