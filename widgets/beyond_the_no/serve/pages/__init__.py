"""What a browser gets: our pages, their styles and scripts.

A page is a Jinja template in this folder. It knows three names: ``base`` (the
address everything starts with, ending in a slash), ``asset("look.css")`` (the
address of a file in this folder or of a bundle, named by its content so that it may be
cached for ever) and whatever its handler passes.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jinja2

FOLDER = Path(__file__).parent
BUNDLES = FOLDER.parent / "front_end" / "dist"  # what is built, not written
YEAR = 365 * 24 * 3600  # seconds that a browser may keep what never changes
STATIC = {".css", ".js", ".svg"}


def file(name: str) -> Path:
    """Where a static file is."""
    return (FOLDER if (FOLDER / name).is_file() else BUNDLES) / name


@cache
def _digest(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset_path(name: str) -> str:
    """Path of a static file below ``base``: its content is part of its name."""
    path = file(name)
    return f"assets/{_digest(path, path.stat().st_mtime_ns)}/{name}"


def static_files() -> Iterator[str]:
    """Names of the files a browser may fetch from this folder."""
    every = (*FOLDER.iterdir(), *BUNDLES.iterdir())
    return (f.name for f in every if f.suffix in STATIC)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, *, base: object = "/", **context: object) -> str:
    """HTML of the page ``name`` (its template is ``name.html.j2``)."""
    template = _environment().get_template(f"{name}.html.j2")
    return template.render(
        base=base, asset=lambda file: f"{base}{asset_path(file)}", **context
    )
