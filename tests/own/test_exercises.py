"""The table of exercises: what it refers to is there, and it is kind and plain."""

import re

import pytest
import textstat
from traitlets import TraitError

from beyond_the_no import own
from beyond_the_no.own.exercise import Exercise, exercises

EXERCISES = [
    kind for name in own.__all__ if issubclass(kind := getattr(own, name), Exercise)
]
WRITTEN = {"text", "line", "list", "ticks"}
PEOPLE = {"Sam", "Noor", "Tomasz", "Kai"}
NEW = {
    *("pie", "menu", "trust", "feedback", "make", "values_love"),
    *("letter", "marker", "limits", "guess10", "call"),
}

each = pytest.mark.parametrize("kind", EXERCISES, ids=lambda kind: kind.__name__)


def fields(table: dict) -> dict[str, dict]:
    return {f["id"]: f for step in table["steps"] for f in step.get("fields", ())}


def option(one: str | dict) -> str:
    return one if isinstance(one, str) else one["say"]


def text(one: str | dict) -> str:
    return one if isinstance(one, str) else one["text"]


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
def test_answers_of_the_made_up_could_be_given(kind: type[Exercise]) -> None:
    table = kind().exercise
    known = fields(table)
    for person in table.get("people", ()):
        assert set(person["answers"]) <= set(known)
        for name, answer in person["answers"].items():
            field = known[name]
            options = {option(o) for o in field.get("options", ())}
            if field["kind"] == "words":
                assert set(answer) <= options
                assert len(answer) <= field.get("most", len(answer))
            elif field["kind"] == "ticks":
                assert {one for one in answer if isinstance(one, str)} <= options
                assert len(answer) <= field["most"]
            elif field["kind"] == "choice":
                assert answer in options
            elif field["kind"] == "sizes":
                of = [text(one) for one in person["answers"][field["of"]]]
                assert [entry["text"] for entry in answer] == of
                assert {entry["ask"] for entry in answer} <= options
            elif field["kind"] == "when":
                assert re.fullmatch(r"(\w+), \d\d:\d\d", answer)[1] in options
            elif field["kind"] == "list":
                assert len(answer) <= field["most"]
                asked = set(field.get("ask", {}).get("options", ()))
                assert {entry["ask"] for entry in answer if "ask" in entry} <= asked


@each
def test_every_exercise_with_writing_has_a_story_of_someone_made_up(
    kind: type[Exercise],
) -> None:
    table = kind().exercise
    people = table.get("people", [])
    written = [f for f in fields(table).values() if f["kind"] in WRITTEN]

    assert bool(written) == bool(people)
    assert all(one["story"] and one["answers"] for one in people)
    assert {one["who"] for one in people} <= PEOPLE


@pytest.mark.parametrize("name", sorted(NEW))
def test_an_exercise_has_four_people_and_says_when_to_leave_it(name: str) -> None:
    table = exercises()[name]

    assert {one["who"] for one in table["people"]} == PEOPLE
    assert table["ground"]
    # a first call is never the wrong thing
    assert (name == "call") or table["leave_out"].startswith(("if ", "after ", "with "))


def test_the_slice_called_me_may_stay_empty() -> None:
    """After abuse, discrimination or bullying (teaching design, section 4)."""
    parts, sizes = exercises()["pie"]["steps"][1:3]
    empties = parts["empties"]
    [field] = parts["fields"]

    assert empties["field"] == field["id"] == sizes["fields"][0]["of"]
    assert empties["option"] == field["options"][-1] == sizes["fields"][0]["last"]
    assert re.search("abuse.*bullying.*discrimination", empties["label"])
    assert empties["help"] == "abuse"


@each
def test_what_is_drawn_is_a_field_of_its_kind(kind: type[Exercise]) -> None:
    table = kind().exercise
    if "draws" not in table:
        assert not any("drawing" in step for step in table["steps"])
        return
    known, draws = fields(table), table["draws"]
    of = {"pie": "sizes", "ladder": "list", "menu": "when"}
    if draws["kind"] == "map":
        assert sum(field.get("ring", False) for field in known.values()) == 3
    else:
        assert known[draws["of"]]["kind"] == of[draws["kind"]]
    assert any("drawing" in step for step in table["steps"])


@each
def test_the_words_read_at_grade_six(kind: type[Exercise]) -> None:
    table = kind().exercise
    said = [table["about"], *(one["story"] for one in table.get("people", ()))]
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
