"""Note to self: a line that never leaves the tab."""

from pathlib import Path
from typing import Any

from traitlets import Dict, Unicode, default

from beyond_the_no.common.words import table
from beyond_the_no.own.own import Own, script

HERE = Path(__file__).parent


def words() -> dict[str, dict[str, str]]:
    """Return what people read in the widgets of this folder."""
    return table(__package__)


def wording(*tables: str) -> dict[str, Any]:
    """Return the words of these tables as one, the later over the earlier."""
    return {key: said for table in tables for key, said in words()[table].items()}


class NoteToSelf(Own):
    """A line for oneself. It stays in the browser's tab and shows up on My page.

    No trait holds what a person writes: the server cannot know it.

    Parameters
    ----------
    name : what the tab keeps the line under; one name for one note in all lessons.
    title : heading, here and on My page.
    prompt : what one could write about.
    """

    _esm = script("note_to_self")
    _css = HERE / "note_to_self.css"

    name = Unicode().tag(sync=True)
    prompt = Unicode().tag(sync=True)
    words = Dict(read_only=True).tag(sync=True)

    def __init__(self, name: str, title: str = "", prompt: str = "") -> None:
        said = words()["note"]
        super().__init__(
            name=name, title=title or said["title"], prompt=prompt or said["prompt"]
        )

    def plain(self) -> str:
        """Say its title and what one could write about."""
        return f"{self.title}\n{self.prompt}"

    @default("words")
    def _words(self) -> dict[str, Any]:
        return wording("mark", "keeping", "note")
