"""What a browser gets: our pages, their styles and scripts.

A page is a Jinja template in this folder, or in ``site`` if it is of the edition that
needs no server. It knows three names: ``base`` (a `Base`), ``asset("look.css")`` (the
address of a file in this folder or of a bundle, named by its content so that it may be
cached for ever) and whatever its handler passes.
"""

import hashlib
from functools import cache
from pathlib import Path

import jinja2

FOLDER = Path(__file__).parent
ALONE = FOLDER.parent / "site"  # pages and scripts of the edition without a server
# how what the group did is drawn: one script for widgets, wall and leader's page
SHARED = {
    "drawing.js": FOLDER.parents[1] / "together" / "drawing.js",
    "reveal.js": FOLDER.parent / "reveal" / "reveal.js",
}
BUNDLES = FOLDER.parent / "front_end" / "dist"  # what is built, not written
# scripts of a lesson's page in one answer: on a slow line each request counts
JOINED = {
    "lesson_page.js": (
        "care.js",
        "phrases.js",
        "drawing.js",
        "room_line.js",
        "room.js",
        "phone.js",
        "lesson.js",
    ),
    "deck_page.js": (
        "care.js",
        "drawing.js",
        "room_line.js",
        "room.js",
        "lesson.js",
        "scenes.js",
        "deck_line.js",
        "deck.js",
    ),
    "alone_page.js": ("care.js", "phrases.js", "alone.js"),
}
KEPT = f"public, max-age={365 * 24 * 3600}, immutable"  # by browsers: it never changes
STATIC = {".css", ".js", ".svg"}


def file(name: str) -> Path:
    """Where a static file lies."""
    here = (folder / name for folder in (FOLDER, ALONE))
    return SHARED.get(name) or next(filter(Path.is_file, here), BUNDLES / name)


@cache
def parts(name: str) -> tuple[Path, ...]:
    """Where a static file lies, or the scripts that it joins."""
    return tuple(file(part) for part in JOINED.get(name, (name,)))


def read(paths: tuple[Path, ...]) -> bytes:
    """Read files as one."""
    return b"\n".join(path.read_bytes() for path in paths)


def changed(paths: tuple[Path, ...]) -> tuple[int, ...]:
    """Tell when each file was written."""
    return tuple(path.stat().st_mtime_ns for path in paths)


@cache
def _digest(paths: tuple[Path, ...], _changed: tuple[int, ...]) -> str:
    return hashlib.sha256(read(paths)).hexdigest()[:12]


def asset_path(name: str) -> str:
    """Path of a static file below ``base``: its content is part of its name."""
    found = parts(name)
    return f"assets/{_digest(found, changed(found))}/{name}"


@cache
def static_files() -> frozenset[str]:
    """Names of the files a browser may fetch."""
    every = (*FOLDER.iterdir(), *BUNDLES.iterdir())
    ours = (f.name for f in every if f.suffix in STATIC)
    return frozenset({*ours, *SHARED, *JOINED})


class Base(str):
    """What the addresses of a page begin with, ending in a slash.

    `to` leads to another page. `room` tells whether there is one to take part in:
    what asks something of a server stands on no page without it.
    """

    room = True
    ending = ""
    policy = ""  # what a browser may do, where no server sends it with the page

    def to(self, page: str) -> str:
        """Return the address of a page; without a name, of the first."""
        return f"{self}{page}{self.ending}"


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([FOLDER, ALONE]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, *, base: object = "/", **context: object) -> str:
    """HTML of the page ``name`` (its template is ``name.html.j2``)."""
    template = _environment().get_template(f"{name}.html.j2")
    return template.render(
        base=base if isinstance(base, Base) else Base(str(base)),
        asset=lambda file: f"{base}{asset_path(file)}",
        **context,
    )
