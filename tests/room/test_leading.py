"""Who leads, who helps to lead, and what each of them is shown."""

import json

import pytest

from beyond_the_no.room import messages as m
from beyond_the_no.room import views
from beyond_the_no.room.activity import Declaration
from beyond_the_no.room.room import Room

LEADER, SECOND = m.Role.FACILITATOR, m.Role.COFACILITATOR
TEXTS = Declaration(id="words", kind="texts", question="What helped?", lesson="one")


def say(room: Room, role: m.Role, what: str, token: str = "", **more: object) -> None:
    room.apply(role, m.read(json.dumps({"type": what} | more)), token)


@pytest.fixture
def room() -> Room:
    made = Room(k=5)
    made.lessons = {"one": "Lesson one"}
    made.declare([TEXTS])
    say(made, LEADER, "open")
    say(made, LEADER, "collect", activity="words")
    for n in range(5):
        text = {"activity": "words", "round": 1, "value": None, "text": f"line {n}"}
        say(made, m.Role.PHONE, "answer", made.join(), **text)
    return made


def test_the_second_adult_sees_signals_and_no_more(room: Room) -> None:
    say(room, m.Role.PHONE, "signal", room.join(), kind="slow")
    seen = views.state(room, SECOND)

    assert seen.signals == (("slow", "Someone would like to slow down."),)
    assert [q.ready for q in seen.questions] == [""]
    assert (seen.locked, seen.row, seen.wifi, seen.shown, seen.receipt) == (None,) * 5

    say(room, SECOND, "acknowledge", signal="slow")
    assert room.signals == []


def test_the_second_adult_releases_texts_that_wait(room: Room) -> None:
    assert views.state(room, SECOND).questions[0].queue == ()
    say(room, LEADER, "reveal", activity="words")
    first, second, *_ = views.state(room, SECOND).questions[0].queue
    assert views.state(room, m.Role.PHONE).questions[0].queue == ()

    say(room, SECOND, "release", activity="words", texts=[{"id": first.id}])
    say(room, SECOND, "set_aside", activity="words", id=second.id)

    shown = views.state(room, m.Role.WALL).questions[0].snapshot
    assert [text.text for text in shown.texts] == [first.text]
    assert len(views.state(room, LEADER).questions[0].queue) == 3


def test_those_who_lead_are_told_what_may_be_a_name(room: Room) -> None:
    say(room, LEADER, "put_away", activity="words")
    say(room, LEADER, "collect", activity="words")
    for n in range(5):
        text = {
            "activity": "words",
            "round": 2,
            "value": None,
            "text": f"I told Ana {n}",
        }
        say(room, m.Role.PHONE, "answer", room.join(), **text)
    say(room, LEADER, "reveal", activity="words")

    for role in (LEADER, SECOND):
        (question,) = views.state(room, role).questions
        assert [one.hints for one in question.queue] == [("Ana",)] * 5


def test_what_is_asked_twice_is_asked_last_where_it_is_asked_again() -> None:
    weather = Declaration(
        id="weather", kind="scale", question="How?", options=("a", "b"), lesson="one"
    )
    room = Room(k=5)
    room.lessons = {"one": "Lesson one", "two": "Lesson two"}
    room.declare([weather])
    room.repeat_questions("two", ["weather"])
    say(room, LEADER, "open")

    def asked_in() -> tuple[str, str]:
        (question,) = views.state(room, LEADER).questions
        return question.lesson, question.title

    assert asked_in() == ("one", "Lesson one")
    say(room, LEADER, "collect", activity="weather")
    assert asked_in() == ("one", "Lesson one")
    say(room, LEADER, "hold", activity="weather")
    assert asked_in() == ("two", "Lesson two")
    say(room, LEADER, "collect", activity="weather")
    assert asked_in() == ("two", "Lesson two")

    room.repeat_questions("two", [])  # it was taken out of that lesson
    assert asked_in() == ("one", "Lesson one")


def test_two_leaders_with_one_key_do_not_open_the_room_twice(room: Room) -> None:
    with pytest.raises(m.Refusal, match="already_begun"):
        say(room, LEADER, "open", keep=True)
    assert room.exported is None


def test_a_question_that_is_opened_twice_keeps_its_answers(room: Room) -> None:
    say(room, LEADER, "collect", activity="words")

    assert room.activities["words"].answered_count == 5
    assert room.activities["words"].round == 1
