"""Grounding and breathing, as parts of a lesson; the same words as on Ground me."""

from typing import Any

from traitlets import Dict, default

from beyond_the_no.evidence import grounding
from beyond_the_no.own.exercise import HERE, Exercise, exercises
from beyond_the_no.own.note_to_self import wording
from beyond_the_no.own.own import Own


class Grounding(Exercise):
    """Ways to come back to the room; which one suits is kept for My page, if wanted."""

    table = "grounding"

    @default("exercise")
    def _exercise(self) -> dict[str, Any]:
        """Make one step of each way, shown when it was picked."""
        frame, table = exercises()[self.table], grounding.table()
        first, *rest = frame["steps"]
        pick = first["fields"][0] | {"options": [way["title"] for way in table["ways"]]}
        first = first | {"say": [table["intro"]], "fields": [pick]}
        return frame | {"steps": [first, *map(_step, table["ways"]), *rest]}


def _step(way: dict[str, Any]) -> dict[str, Any]:
    things = [{"say": t["many"], "hint": t["hint"]} for t in way.get("things", ())]
    field = {"id": way["id"], "kind": "words", "label": way["title"], "options": things}
    return {
        "id": way["id"],
        "title": way["title"],
        "say": way["say"],
        "when": ["way", way["title"]],
        "fields": [field] if things else [],
    }


class Breathing(Own):
    """Lines that rise and settle at a pace one picks; words lead where motion is off.

    Parameters
    ----------
    title : heading in the lesson.
    """

    _esm = HERE / "breathing.js"
    _css = HERE / "breathing.css"

    words = Dict(read_only=True).tag(sync=True)

    def __init__(self, title: str = "") -> None:
        super().__init__(title=title or grounding.table()["breath"]["title"])

    @default("words")
    def _words(self) -> dict[str, Any]:
        breath: dict[str, Any] = grounding.table()["breath"]
        return wording("mark") | breath
