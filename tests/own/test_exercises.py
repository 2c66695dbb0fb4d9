"""The table of exercises: what it refers to is there, and it is kind and plain."""

import re

import pytest
import textstat
from traitlets import TraitError

from beyond_the_no import own
from beyond_the_no.own.exercise import Exercise

EXERCISES = [
    kind for name in own.__all__ if issubclass(kind := getattr(own, name), Exercise)
]
WRITTEN = {"text", "line", "list"}

each = pytest.mark.parametrize("kind", EXERCISES, ids=lambda kind: kind.__name__)


def fields(table: dict) -> dict[str, dict]:
    return {f["id"]: f for step in table["steps"] for f in step.get("fields", ())}


def option(one: str | dict) -> str:
    return one if isinstance(one, str) else one["say"]


@pytest.mark.parametrize("name", sorted(set(own.__all__) - {"NoteToSelf"}))
def test_each_widget_is_made_without_a_word(name: str) -> None:
    made = getattr(own, name)()

    assert made.title
    assert made.words["own"] == "Yours"


@each
def test_a_lesson_may_give_a_name_and_a_title(kind: type[Exercise]) -> None:
    made = kind(name="mine", title="Another title")

    assert (made.name, made.title) == ("mine", "Another title")
    assert kind().name == kind.table


def test_a_mood_is_before_or_after() -> None:
    with pytest.raises(TraitError):
        own.Mood("during")


@each
def test_every_answer_is_known_where_it_is_used(kind: type[Exercise]) -> None:
    table = kind().exercise
    known = fields(table)
    used = {
        name
        for line in table["page"]
        for hole in re.findall(r"{([\w, ]+)}", line)
        for name in hole.split(", ")
    }
    spoken = {
        name
        for step in table["steps"]
        for line in step.get("say", ())
        for name in re.findall(r"{(\w+)}", line)
    }
    assert used
    assert used | spoken <= set(known)
    for step in table["steps"]:
        if "when" in step:
            field, *answers = step["when"]
            assert set(answers) <= {option(o) for o in known[field]["options"]}


@each
def test_sams_answers_could_be_given(kind: type[Exercise]) -> None:
    table = kind().exercise
    for field in fields(table).values():
        sam = field.get("sam")
        if sam is None:
            continue
        options = {option(o) for o in field.get("options", ())}
        if field["kind"] == "words":
            assert set(sam) <= options
            assert len(sam) <= field.get("most", len(sam))
        elif field["kind"] == "choice":
            assert sam in options
        elif field["kind"] == "list":
            assert len(sam) <= field["most"]
            asked = set(field.get("ask", {}).get("options", ()))
            assert {entry["ask"] for entry in sam if "ask" in entry} <= asked


@each
def test_every_exercise_with_writing_has_a_story_of_sams(kind: type[Exercise]) -> None:
    table = kind().exercise
    written = [f for f in fields(table).values() if f["kind"] in WRITTEN]

    assert bool(written) == bool(table.get("story"))
    assert bool(written) == any("sam" in field for field in fields(table).values())


@each
def test_the_words_read_at_grade_six(kind: type[Exercise]) -> None:
    table = kind().exercise
    said = [table["about"], table.get("story", "")]
    for step in table["steps"]:
        said += [*step.get("say", ()), *step.get("after", ())]
    text = " ".join(said)

    assert textstat.flesch_kincaid_grade(text) <= 6


def test_a_no_from_a_person_is_final_wherever_one_tries_again() -> None:
    for kind in (own.SmallStepsLadder, own.KindNo):
        said = str(kind().exercise)
        assert re.search(r"no(?: to you)?, (that’s|it’s) final", said)


def test_feelings_may_be_numb_or_unsure() -> None:
    words = fields(own.EmotionWords().exercise)["words"]["options"]

    assert {"numb", "nothing much", "not sure", "relieved"} <= set(words)
    assert len(words) >= 36


def test_there_are_twelve_traps_and_none_of_them() -> None:
    traps = fields(own.ThoughtRecord().exercise)["traps"]["options"]

    assert len(traps) == 13
    assert all(trap["hint"] and trap["ask"] for trap in traps)
