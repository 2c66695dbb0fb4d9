"""What all widgets of the group share: declared in a lesson, alive in the room."""

import base64
import re
from pathlib import Path
from typing import Any

import anywidget
from traitlets import Dict, default

from beyond_the_no.common.images import IMAGES, LARGEST
from beyond_the_no.common.words import table

HERE = Path(__file__).parent
IMPORT = re.compile(r"(?m)^import .*\n")  # of a neighbour that stands before it
DRAWING = HERE.parent / "frontend" / "pages" / "drawing.js"


def words() -> dict[str, Any]:
    """Return what people read in the widgets of this folder."""
    return table(__package__)


def pictured(picture: str, alt: str) -> str:
    """Return a picture as an address that holds all of it.

    Raises
    ------
    ValueError
        Where it is missing, too large, of another kind, or where nothing says what it
        shows.
    """
    if not (picture and alt.strip()):
        raise ValueError("A picture in a question needs picture= and alt=, its words.")
    drawing = DRAWING.parents[1] / "drawings" / f"{picture}.svg"
    path = drawing if re.fullmatch(r"\w+", picture) else Path(picture)
    kind = IMAGES.get(path.suffix.lower())
    if kind is None:
        raise ValueError(f"A picture is one of {', '.join(IMAGES)}: {picture}.")
    if not path.is_file():
        raise ValueError(f"There is no picture {picture} here.")
    data = path.read_bytes()
    if len(data) > LARGEST:
        most = LARGEST // 1000
        raise ValueError(f"A picture has up to {most} kB: {picture} is larger.")
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


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
    picture : a picture above the question, if it has one: a drawing of
        ``frontend/drawings`` by its name, or a file beside the notebook.
    alt : what the picture shows, for those who don't see it.

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
        picture: str = "",
        alt: str = "",
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
        if picture or alt:
            declared |= {"picture": pictured(picture, alt), "alt": alt}
        self.set_trait("activity", declared)

    def __repr__(self) -> str:
        """Name the activity; no address, which would never be the same."""
        return f"{type(self).__name__}({self.activity['id']!r})"

    def plain(self) -> str:
        """Say in plain text what is asked: this is what a notebook keeps."""
        options = [f"- {option}" for option in self.activity.get("options", ())]
        seen = filter(None, [self.activity.get("alt", "")])
        return "\n".join([self.activity["question"], *seen, *options])

    def _repr_mimebundle_(
        self, **kwargs: Any
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        found = super()._repr_mimebundle_(**kwargs)
        return found and (found[0] | {"text/plain": self.plain()}, found[1])

    @default("words")
    def _words(self) -> dict[str, Any]:
        """Take what every kind says, with what this kind says in other words."""
        return words_of(self.kind)
