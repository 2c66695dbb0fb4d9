"""My page, inside a lesson: what was kept so far, and the way to the page itself."""

from typing import Any

import anywidget
from traitlets import Dict, Unicode, default

from beyond_the_no.own.exercise import HERE
from beyond_the_no.own.note_to_self import wording, words


class MyPage(anywidget.AnyWidget):
    """What a person chose to keep, gathered from her tab; printing is on the page.

    Parameters
    ----------
    title : heading in the lesson.
    """

    _esm = HERE / "my_page.js"
    _css = HERE / "my_page.css"

    title = Unicode().tag(sync=True)
    words = Dict(read_only=True).tag(sync=True)

    def __init__(self, title: str = "") -> None:
        super().__init__(title=title or words()["my_page"]["title"])

    @default("words")
    def _words(self) -> dict[str, Any]:
        return wording("mark", "my_page")
