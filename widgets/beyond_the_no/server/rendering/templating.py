"""Jinja environment, and the addresses of styles and scripts.

A template knows ``url_prefix`` (a `UrlPrefix`), ``asset("theme.css")`` (the address of
a file of `frontend`, which holds a hash of its content and so never expires),
``font_faces``, ``drawing("bench")`` (a line drawing as markup) and whatever its handler
passes.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from ...content import drawings

TEMPLATES = Path(__file__).parent / "templates"
PACKAGE = Path(__file__).parents[2]
FRONTEND = PACKAGE / "frontend"
BUNDLES = FRONTEND / "dist"  # scripts: built, one for each kind of page
STYLES = FRONTEND / "styles"
FONTS = FRONTEND / "fonts"
FACES = {  # of the serif: each is fetched by a page that has such letters
    "gelasio-regular.woff2": "font-weight:400",
    "gelasio-italic.woff2": "font-weight:400;font-style:italic",
    "gelasio-bold.woff2": "font-weight:600 700",
}
IMMUTABLE = f"public, max-age={365 * 24 * 3600}, immutable"  # Cache-Control
STATIC = {".css", ".js", ".svg", ".woff2"}
# what only a site without a server has
OF_SITES = {
    "service_worker.js",
    "site_index.css",
    "static_lesson.js",
    "static_my_page.js",
    "static_page.js",
}
# pages that outlive the server, in the caches of browsers: address and template
CACHED_PAGES = {
    "help": "help",
    "ground": "ground",
    "rules": "room_rules",
    "my-page": "my_page",
}


def file(name: str) -> Path:
    """Where a static file lies."""
    folders = {".js": BUNDLES, ".woff2": FONTS}
    return folders.get(Path(name).suffix, STYLES) / name


@cache
def _digest(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset_path(name: str) -> str:
    """Path of a static file below ``url_prefix``: its content is part of its name."""
    found = file(name)
    return f"assets/{_digest(found, found.stat().st_mtime_ns)}/{name}"


@cache
def static_files() -> frozenset[str]:
    """Names of the files that a browser may fetch from a workshop."""
    every = (*STYLES.iterdir(), *BUNDLES.iterdir(), *FONTS.iterdir())
    return frozenset(f.name for f in every if f.suffix in STATIC) - OF_SITES


def font_faces(address: Callable[[str], str]) -> Markup:
    """Return the rules that name the serif's files; letters are there before they are.

    They stand in pages and not in a stylesheet, since a file's address holds its hash.
    """
    face = '@font-face{{font-family:Gelasio;{};font-display:swap;src:url("{}")}}'
    rules = (face.format(about, address(name)) for name, about in FACES.items())
    return Markup("\n".join(rules))


class UrlPrefix(str):
    """What all URLs of a page begin with, ending in a slash.

    `to` leads to another page. `room` tells whether there is one to take part in:
    what asks something of a server stands on no page without it.
    """

    room = True
    ending = ""
    edition = ""  # of the pages that browsers keep: part of their addresses
    policy = ""  # what a browser may do, where no server sends it with the page

    @property
    def cached_suffix(self) -> str:
        """What follows the name of a page that browsers keep."""
        return f"{self.ending}?{self.edition}" if self.edition else self.ending

    def to(self, page: str) -> str:
        """Return the address of a page; without a name, of the first."""
        return (
            f"{self}{page}{self.cached_suffix if page in CACHED_PAGES else self.ending}"
        )


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # word tables as short as they can be: pages are UTF-8
    short = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}
    made.policies["json.dumps_kwargs"] = short
    return made


def render(name: str, *, url_prefix: object = "/", **context: object) -> str:
    """HTML of the page ``name`` (its template is ``name.html.j2``)."""
    template = _environment().get_template(f"{name}.html.j2")

    def asset(file: str) -> str:
        return f"{url_prefix}{asset_path(file)}"

    return template.render(
        url_prefix=url_prefix
        if isinstance(url_prefix, UrlPrefix)
        else UrlPrefix(str(url_prefix)),
        asset=asset,
        drawing=drawings.inline,
        font_faces=font_faces(asset),
        **context,
    )
