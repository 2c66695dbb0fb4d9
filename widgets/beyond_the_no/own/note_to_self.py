"""Note to self: a line that never leaves the tab."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
from traitlets import Dict, Unicode, default

HERE = Path(__file__).parent


@cache
def words() -> dict[str, dict[str, str]]:
    """Return what people read in the widgets of this folder."""
    return tomllib.loads((HERE / "words.toml").read_text("utf-8"))


def wording(*tables: str) -> dict[str, Any]:
    """Return the words of these tables as one, the later over the earlier."""
    return {key: said for table in tables for key, said in words()[table].items()}


class NoteToSelf(anywidget.AnyWidget):
    """A line for oneself. It stays in the browser's tab and shows up on My page.

    No trait holds what a person writes: the server cannot know it.

    Parameters
    ----------
    name : what the tab keeps the line under; one name for one note in all lessons.
    title : heading, here and on My page.
    prompt : what one could write about.
    """

    _esm = HERE / "note_to_self.js"
    _css = HERE / "note_to_self.css"

    name = Unicode().tag(sync=True)
    title = Unicode().tag(sync=True)
    prompt = Unicode().tag(sync=True)
    words = Dict(read_only=True).tag(sync=True)

    def __init__(self, name: str, title: str = "", prompt: str = "") -> None:
        said = words()["note"]
        super().__init__(
            name=name, title=title or said["title"], prompt=prompt or said["prompt"]
        )

    @default("words")
    def _words(self) -> dict[str, Any]:
        return wording("mark", "keeping", "note")
