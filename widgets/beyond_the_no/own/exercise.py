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
    """Steps that a person takes alone, with a made-up person or something of her own.

    A subclass names its table in ``exercises.toml``. The steps travel to the page; no
    trait holds what a person writes there, so the server cannot know it.

    Parameters
    ----------
    name : what the tab keeps the answers under; by default the table's name. The same
        name in two lessons is the same exercise.
    title : heading in the lesson.
    """

    _esm = script("exercise", "own_drawings", "read_aloud")
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


class ResponsibilityPie(Exercise):
    """All that played a part, each with its slice; me comes last, or stays empty."""

    table = "pie"


class ActivityMenu(Exercise):
    """Something good with a day and a time, and a five-minute version of it."""

    table = "menu"


class TrustSteps(Exercise):
    """Three small trusts, the smallest first, and what would show that it was OK."""

    table = "trust"


class FeedbackPlan(Exercise):
    """What was said, sorted first; then one skill, one hour and one person."""

    table = "feedback"


class MakeSomething(Exercise):
    """Six words, a colour, a beat, a recipe or a photo, and a title."""

    table = "make"


class ValuesInLove(Exercise):
    """What a love showed: what I gave, what I missed, three words for next time."""

    table = "values_love"


class UnsentLetter(Exercise):
    """A letter that stays here, to be kept or let go."""

    table = "letter"


class SmallRitual(Exercise):
    """One act, and words if any, for something that ends."""

    table = "marker"


class AskAndLimits(Exercise):
    """What I can ask, what I can't, and what I do if they don't."""

    table = "limits"


class FairLuck(Exercise):
    """How many yeses would be fair luck, and what I do after three noes."""

    table = "guess10"


class FirstCall(Exercise):
    """Who, when, three sentences and what it costs."""

    table = "call"
