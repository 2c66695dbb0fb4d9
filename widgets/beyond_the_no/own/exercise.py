"""An exercise: steps and fields from a table; the answers never leave the tab."""

from pathlib import Path
from typing import Any, ClassVar

from traitlets import Dict, Unicode, default

from beyond_the_no.common.words import table
from beyond_the_no.own.note_to_self import wording
from beyond_the_no.own.own import Own, script

HERE = Path(__file__).parent


def exercises() -> dict[str, dict[str, Any]]:
    """Return the steps of every exercise by its name: what people read and answer."""
    return table(__package__, "exercises.toml")


class Exercise(Own):
    """Steps that a person takes alone, with Sam or with something of her own.

    A subclass names its table in ``exercises.toml``. The steps travel to the page; no
    trait holds what a person writes there, so the server cannot know it.

    Parameters
    ----------
    name : what the tab keeps the answers under; by default the table's name. The same
        name in two lessons is the same exercise.
    title : heading in the lesson.
    """

    _esm = script("exercise")
    _css = HERE / "exercise.css"

    table: ClassVar[str]

    name = Unicode().tag(sync=True)
    exercise = Dict(read_only=True).tag(sync=True)
    words = Dict(read_only=True).tag(sync=True)

    def __init__(self, name: str = "", title: str = "") -> None:
        said = exercises()[self.table]
        super().__init__(name=name or self.table, title=title or said["title"])

    def plain(self) -> str:
        """Say its title and the titles of its steps."""
        steps = (f"- {step['title']}" for step in self.exercise["steps"])
        return "\n".join([self.title, *steps])

    @default("exercise")
    def _exercise(self) -> dict[str, Any]:
        return exercises()[self.table]

    @default("words")
    def _words(self) -> dict[str, Any]:
        return wording("mark", "keeping", "exercise")


class EmotionWords(Exercise):
    """One to three words for a feeling, and where it sits in the body."""

    table = "emotion_words"


class ThoughtRecord(Exercise):
    """One thought, looked at from all sides; a true or unfair one may stay."""

    table = "thought_record"


class SelfCompassionBreak(Exercise):
    """Three lines: this hurts, others know it too, one kind line."""

    table = "self_compassion_break"


class OwnNameTalk(Exercise):
    """A line to oneself by name, as from a good friend."""

    table = "own_name_talk"


class SmallStepsLadder(Exercise):
    """Steps from hardly any fear to a lot, and what to look for in the first."""

    table = "small_steps_ladder"


class ValuesCompass(Exercise):
    """A part of life, a word for how to be there, one small move."""

    table = "values_compass"


class SupportMap(Exercise):
    """People, places and services in three circles, and one thing to ask."""

    table = "support_map"


class IfThenPlan(Exercise):
    """A wish, what gets in its way, and a plan: if this, then that."""

    table = "if_then_plan"


class ReAuthoring(Exercise):
    """A problem with a name of its own, and a time when it did not win."""

    table = "re_authoring"


class BestSelf(Exercise):
    """A sketch of one ordinary good day ahead."""

    table = "best_self"


class KindNo(Exercise):
    """A clear, kind no; and how to hear one."""

    table = "kind_no"
