"""What all widgets of the group share: declared in a lesson, alive in the room."""

import re
from pathlib import Path
from typing import Any

import anywidget
from traitlets import Dict, default

from beyond_the_no.common.words import table

HERE = Path(__file__).parent
IMPORT = re.compile(r"(?m)^import .*\n")  # of a neighbour that stands before it
DRAWING = HERE.parent / "frontend" / "pages" / "drawing.js"


def words() -> dict[str, Any]:
    """Return what people read in the widgets of this folder."""
    return table(__package__)


def words_of(kind: str) -> dict[str, Any]:
    """Return what every kind says, with what this kind says in other words."""
    table = words()
    mine = table["kinds"].get(kind, {})
    shared = {k: v for k, v in table.items() if k != "kinds"}
    return {k: v | mine.get(k, {}) for k, v in shared.items()} | {
        k: v for k, v in mine.items() if k not in shared
    }


def script(part: str, *beside: Path) -> str:
    """Put one script together: what is drawn, what this kind asks, and the frame.

    A browser gets each widget as one module that can import no neighbour. So the files
    are read one after the other: ``drawing.js`` (shared with the wall and the leader's
    page), the part of this kind, and ``together.js`` (card, doors, sent), which uses
    the object ``part`` that the part defines. ``beside`` are files that it needs, too.
    """
    files = (DRAWING, *beside, HERE / f"{part}.js", HERE / "together.js")
    texts = (file.read_text("utf-8") for file in files)
    return "\n".join(IMPORT.sub("", text) for text in texts)


class Together(anywidget.AnyWidget):
    """Something that the group does. It is declared here and lives in the room.

    The server finds the declaration when it runs the lesson; the leader's page lists
    it by itself. Answers go from the phone's page to the room's socket: no trait holds
    one. Without a room (in JupyterLab) a widget shows a preview with made-up answers.

    All kinds take these parameters.

    Parameters
    ----------
    id : name, unique among all lessons: letters, digits, - and _.
    question : what is asked, or what the group does.
    can_stir : what it may bring up, for the note that comes first.
    minutes : about how long it takes.

    Raises
    ------
    ValueError
        Where the declaration could not be kept to in a room; it says why.
    """

    _css = HERE / "together.css"
    kind = ""

    activity = Dict(read_only=True).tag(sync=True)
    words = Dict(read_only=True).tag(sync=True)

    def __init__(
        self,
        id: str,
        question: str,
        *,
        can_stir: str = "",
        minutes: int = 3,
        **about: object,
    ) -> None:
        super().__init__()
        declared = {
            "id": id,
            "kind": self.kind,
            "question": question,
            "can_stir": can_stir,
            "minutes": minutes,
            **about,
        }
        self.set_trait("activity", declared)

    def __repr__(self) -> str:
        """Name the activity; no address, which would never be the same."""
        return f"{type(self).__name__}({self.activity['id']!r})"

    def plain(self) -> str:
        """Say in plain text what is asked: this is what a notebook keeps."""
        options = [f"- {option}" for option in self.activity.get("options", ())]
        return "\n".join([self.activity["question"], *options])

    def _repr_mimebundle_(
        self, **kwargs: Any
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        found = super()._repr_mimebundle_(**kwargs)
        return found and (found[0] | {"text/plain": self.plain()}, found[1])

    @default("words")
    def _words(self) -> dict[str, Any]:
        """Take what every kind says, with what this kind says in other words."""
        return words_of(self.kind)
