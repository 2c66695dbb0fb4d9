"""My page, inside a lesson: what was kept so far, and the way to the page itself."""

from typing import Any

from traitlets import Dict, default

from beyond_the_no.own.exercise import HERE
from beyond_the_no.own.note_to_self import wording, words
from beyond_the_no.own.own import Own, script


class MyPage(Own):
    """What a person chose to keep, gathered from her tab; printing is on the page.

    Parameters
    ----------
    title : heading in the lesson.
    """

    _esm = script("my_page", "own_drawings")
    _css = HERE / "my_page.css"

    words = Dict(read_only=True).tag(sync=True)

    def __init__(self, title: str = "") -> None:
        super().__init__(title=title or words()["my_page"]["title"])

    @default("words")
    def _words(self) -> dict[str, Any]:
        return wording("mark", "my_page")
