"""A question that nobody prepared: what a leader may type, and what becomes of it."""

import json

import pytest

from beyond_the_no.room import asking, views
from beyond_the_no.room import messages as m
from beyond_the_no.room.activity import Declaration
from beyond_the_no.room.activity import Phase as Question
from beyond_the_no.room.room import Room

LEADER, PHONE = m.Role.FACILITATOR, m.Role.PHONE
POLL = Declaration(id="where", question="Where?", options=("a", "b", "c"), lesson="one")
WHO = "Who helped you most?"
FEW = ["a friend", "family", "nobody yet"]


def lead(room: Room, act: str, **fields: object) -> None:
    room.apply(LEADER, m.read(json.dumps({"type": act} | fields), m.MAX_KEPT))


def ask(room: Room, question: str = WHO, kind: str = "poll", **more: object) -> None:
    options = FEW if kind == "poll" else []
    lead(
        room, "ask", **({"question": question, "kind": kind, "options": options} | more)
    )


def refusal(room: Room, *args: object, **more: object) -> str:
    before = set(room.activities)
    with pytest.raises(m.Refusal) as refused:
        ask(room, *args, **more)  # type: ignore[arg-type]
    assert set(room.activities) == before
    assert views.refused(refused.value).say.endswith(".")
    return refused.value.reason


@pytest.fixture
def room() -> Room:
    made = Room(k=5)
    made.lessons = {"one": "Lesson one", "two": "Lesson two"}
    made.declare([POLL], "one")
    lead(made, "open")
    lead(made, "move", lesson="one")
    return made


def typed(room: Room, role: m.Role = LEADER) -> list[views.Question]:
    return [q for q in views.state(room, role).questions if q.typed]


def answered(room: Room, values: list[int]) -> None:
    name = typed(room)[0].id
    for value in values:
        said = {"type": "answer", "activity": name, "round": 1, "value": value}
        room.apply(PHONE, m.read(json.dumps(said)), room.join())


def test_it_is_asked_where_the_group_is_as_any_other(room: Room) -> None:
    ask(room, can_stir="Who wasn’t there.", minutes=4)
    assert typed(room, PHONE) == []
    lead(room, "collect", activity=typed(room)[0].id)
    [seen] = typed(room, PHONE)
    answered(room, [0, 0, 0, 1, 1, 1])
    lead(room, "reveal", activity=seen.id)

    assert (seen.kind, seen.lesson, seen.question) == ("poll", "one", WHO)
    assert (seen.typed.minutes, seen.typed.can_stir) == (4, "Who wasn’t there.")
    [shown] = typed(room, m.Role.WALL)
    assert [row.word for row in shown.snapshot.rows] == ["half", "half", "rest"]


def test_nothing_is_shown_of_fewer_than_k(room: Room) -> None:
    ask(room)
    name = typed(room)[0].id
    lead(room, "collect", activity=name)
    answered(room, [0, 0, 0, 0])

    with pytest.raises(m.Refusal, match="too_few"):
        lead(room, "reveal", activity=name)


@pytest.mark.parametrize("role", [PHONE, m.Role.WALL, m.Role.COFACILITATOR])
def test_only_the_leader_asks(room: Room, role: m.Role) -> None:
    message = m.read(json.dumps({"type": "ask", "kind": "words", "question": "What?"}))

    with pytest.raises(m.Refusal, match="not_"):
        room.apply(role, message, room.join())


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("x" * 5000, "ask_too_long"),
        ("What <b>helped</b> you?", "ask_markup"),
        ("What helped &amp; what hurt?", "ask_markup"),
        ("Has Ana told you about it?", "ask_name"),
        ("Do you ever want to kill yourself or hurt myself?", "ask_danger"),
        ("Who was a loser at school?", "ask_hurts"),
        ("  ?  ", "ask_empty"),
        ("WHERE", "ask_again"),
    ],
)
def test_the_wording_is_checked(room: Room, question: str, reason: str) -> None:
    assert refusal(room, question) == reason


def test_what_looks_like_a_name_and_is_none_may_be_asked(room: Room) -> None:
    assert refusal(room, "Does your Granny call?") == "ask_name"
    ask(room, "Does your Granny call?", sure=True)

    assert typed(room)[0].question == "Does your Granny call?"


@pytest.mark.parametrize(
    ("kind", "options", "reason"),
    [
        ("poll", ["one"], "ask_options_poll"),
        ("poll", [f"answer {n}" for n in range(13)], "ask_options_poll"),
        ("scale", ["low", "high"], "ask_options_scale"),
        ("poll", ["Yes", "yes"], "ask_same_options"),
        ("poll", ["yes", "x" * 81], "ask_option_too_long"),
        ("poll", ["yes", "<i>no</i>"], "ask_markup"),
    ],
)
def test_the_answers_are_checked(
    room: Room, kind: str, options: list[str], reason: str
) -> None:
    assert refusal(room, "Would it help?", kind, options=options) == reason


def test_a_scale_without_steps_is_the_weather(room: Room) -> None:
    ask(room, "How is it now?", "scale")

    assert typed(room)[0].options[0] == "stormy"


def test_it_needs_a_page_on_the_phones() -> None:
    assert refusal(Room(k=5)) == "ask_where"


def test_there_is_an_end_to_it(room: Room) -> None:
    for n in range(asking.MOST):
        ask(room, f"What about {n} of us?")

    assert refusal(room, "And now?") == "ask_too_many"


def test_a_lesson_that_is_saved_does_not_take_it_away(room: Room) -> None:
    ask(room)
    room.declare([], "one")

    assert [q.question for q in views.state(room, LEADER).questions] == [WHO]


def test_one_that_was_not_asked_can_be_taken_out_and_another_cannot(room: Room) -> None:
    ask(room)
    lead(room, "put_away", activity=typed(room)[0].id)
    assert typed(room) == []

    ask(room)
    lead(room, "collect", activity=typed(room)[0].id)
    lead(room, "put_away", activity=typed(room)[0].id)

    assert [q.phase for q in typed(room)] == [Question.IDLE]
    assert refusal(room) == "ask_again"


def test_a_restarted_room_gets_it_back_and_shows_it_no_third_time(room: Room) -> None:
    ask(room)
    [before] = typed(room)
    lead(room, "collect", activity=before.id)
    answered(room, [0, 0, 0, 1, 1, 1])
    lead(room, "reveal", activity=before.id)
    [before] = typed(room)
    asked = {"type": "ask", "kind": "poll", "question": WHO, "options": FEW}
    kept = {
        "phase": "revealed", "round": 1, "shown": 1, "options": FEW, "lesson": "one",
        "asked": asked, "snapshot": before.snapshot.model_dump(),
    }  # fmt: skip

    again = Room(k=5)
    again.lessons = room.lessons
    lead(again, "restore", phase="open", activities={before.id: kept})

    [now] = typed(again)
    assert (now.id, now.question, now.snapshot) == (before.id, WHO, before.snapshot)
    assert not now.again


def test_ending_the_room_forgets_it(room: Room) -> None:
    ask(room)
    lead(room, "end")

    assert (room.asked, room.activities) == (set(), {})
