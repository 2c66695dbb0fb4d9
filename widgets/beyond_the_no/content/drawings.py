"""Line drawings of people and places: what they show, and their markup.

A drawing is `frontend/drawings/NAME.svg`. Its lines are `currentColor` and the second
ink, its surfaces the pale inks of pictures, so a page's theme colours it. A lesson
names the one at its head in its notebook's metadata (``drawing``).
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ..common.words import table

FOLDER = Path(__file__).parents[1] / "frontend" / "drawings"
NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'  # which a page has no need of
INSTEAD = re.compile(r",#[0-9a-f]+(?=\))")  # colours of a file that stands alone


def descriptions() -> dict[str, str]:
    """Return what each drawing shows, by its name."""
    return table(__package__, "drawings.toml")


def drawing_of(notebook: Any) -> str:
    """Return the name of the drawing at the head of a notebook, if it has one."""
    name = str(notebook.metadata.get("drawing") or "")
    return name if name in descriptions() else ""


@cache
def inline(name: str, *, decorative: bool = False) -> Markup:
    """Return a drawing as markup for a page; without a name, none.

    Parameters
    ----------
    decorative : the text beside it says all that it shows.
    """
    if not name:
        return Markup()
    said = Markup('role="img" aria-label="{}"').format(descriptions()[name])
    about = 'aria-hidden="true"' if decorative else said
    svg = INSTEAD.sub("", (FOLDER / f"{name}.svg").read_text("utf-8"))
    svg = "".join(svg.splitlines())
    return Markup(svg.replace(NAMESPACE, f' class="drawing" {about}', 1))
