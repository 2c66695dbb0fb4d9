"""A private mood, before and after: compared in words, by nobody else."""

from typing import Any

from traitlets import Dict, Enum, Unicode, default

from beyond_the_no.own.exercise import HERE
from beyond_the_no.own.note_to_self import wording, words
from beyond_the_no.own.own import Own, script


class Mood(Own):
    """How it is right now, from 0 to 10. It stays in the tab, and is on no page.

    Parameters
    ----------
    when : ``"before"`` asks; ``"after"`` asks again, and says "a bit more", "about the
        same" or "a bit less".
    name : what the tab keeps both under, if a lesson has a pair of its own.
    title : heading in the lesson.

    Raises
    ------
    traitlets.TraitError
        If ``when`` is neither.
    """

    _esm = script("mood")
    _css = HERE / "mood.css"

    when = Enum(("before", "after")).tag(sync=True)
    name = Unicode().tag(sync=True)
    words = Dict(read_only=True).tag(sync=True)

    def __init__(
        self, when: str = "before", name: str = "day", title: str = ""
    ) -> None:
        said = words()["mood"]
        super().__init__(
            when=when, name=name, title=title or said.get(f"title_{when}", "")
        )

    @default("words")
    def _words(self) -> dict[str, Any]:
        return wording("mark", "keeping", "mood")
