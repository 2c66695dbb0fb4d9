"""Poll: one question, answered blind, shown once to everyone alike."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anywidget
from traitlets import Dict, default

HERE = Path(__file__).parent


def words() -> dict[str, Any]:
    """Return what people read in the widgets of this folder."""
    return tomllib.loads((HERE / "words.toml").read_text("utf-8"))


class Poll(anywidget.AnyWidget):
    """A question for the group. It is declared here and lives in the room.

    The server finds the declaration when it runs the lesson; the leader's page lists
    it by itself. Answers go from the phone's page to the room's socket: no trait holds
    one. Without a room (in JupyterLab) the widget shows a preview with made-up answers.

    Parameters
    ----------
    id : name of the question, unique among all lessons: letters, digits, - and _.
    question : what is asked.
    options : two to twelve answers.
    can_stir : what it may bring up, for the note that comes first.
    minutes : about how long it takes.
    sensitive : whether unanimity shows as "most of us".
    """

    _esm = HERE / "poll.js"
    _css = HERE / "poll.css"

    activity = Dict(read_only=True).tag(sync=True)
    words = Dict(read_only=True).tag(sync=True)

    def __init__(
        self,
        id: str,
        question: str,
        options: Sequence[str],
        *,
        can_stir: str = "",
        minutes: int = 3,
        sensitive: bool = True,
    ) -> None:
        super().__init__()
        declared = {
            "id": id,
            "kind": "poll",
            "question": question,
            "options": list(options),
            "can_stir": can_stir,
            "minutes": minutes,
            "sensitive": sensitive,
        }
        self.set_trait("activity", declared)

    @default("words")
    def _words(self) -> dict[str, Any]:
        return words()
