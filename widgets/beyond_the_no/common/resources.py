"""Paths of lessons, slides and data.

Three places, in this order: a folder made by ``beyond-the-no new``, when the program
starts in it or among its lessons, slides or data; the checkout, whose top-level folders
lie beside ``widgets``; the files inside an installed package (``_kit``). Imports
nothing of the kit, so that everything may import it.
"""

import os
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

MARK = "beyond-the-no.json"  # in a folder of one's own: version and checksums
FOLDER = "BEYOND_THE_NO_FOLDER"  # environment variable, see `hand_down`
COPIED = ("notebooks", "slides", "data")
ONLY_HERE = {"compute.py"}  # what makes the data needs tables that nobody ships
PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = PACKAGE / "_kit"

CHECKOUT = None if _INSTALLED.is_dir() else PACKAGE.parents[1]
KIT = CHECKOUT or _INSTALLED


def _root() -> Path:
    """Find the folder of one's own that we are in; without one it is the kit.

    Not any folder above: whoever can write into ``/tmp`` would choose our lessons.
    """
    if handed := os.environ.get(FOLDER):
        return Path(handed)
    try:
        here = Path.cwd()
    except OSError:  # the working directory was deleted
        return KIT
    tops = (one.parent for one in (here, *here.parents) if one.name in COPIED)
    return next((one for one in (here, *tops) if os.path.isfile(one / MARK)), KIT)


ROOT = _root()
OWN = None if ROOT == KIT else ROOT
NOTEBOOKS, SLIDES, DATA = (ROOT / name for name in COPIED)


def hand_down() -> None:
    """Have child processes use the same files: kernels run in a lesson's folder."""
    os.environ[FOLDER] = str(ROOT)


def find(name: str) -> Path:
    """Return a file by its path in the checkout: one's own, or else the kit's."""
    own = ROOT / name
    return own if own.is_file() else KIT / name


def licence() -> str:
    """Return the kit's own licence; a wheel keeps it beside its metadata."""
    if CHECKOUT is not None:
        return (CHECKOUT / "LICENSE").read_text("utf-8")
    return metadata.distribution("beyond-the-no").read_text("licenses/LICENSE") or ""


def version() -> str:
    """Return the kit's version; a source tree that was never installed has none."""
    try:
        return metadata.version("beyond-the-no")
    except metadata.PackageNotFoundError:
        return "unknown"


def copied() -> Iterator[str]:
    """Yield the path of each file of the kit that a folder of one's own gets."""
    for top in COPIED:
        for path in sorted((KIT / top).rglob("*")):
            parts = path.relative_to(KIT).parts
            hidden = any(part.startswith((".", "__")) for part in parts)
            if path.is_file() and not hidden and path.name not in ONLY_HERE:
                yield path.relative_to(KIT).as_posix()
