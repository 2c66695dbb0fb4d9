"""Who leads, who helps to lead, and what each of them is shown."""

import json

import pytest

from beyond_the_no.room import messages as m
from beyond_the_no.room import views
from beyond_the_no.room.activity import Declaration
from beyond_the_no.room.plan import Plan, Step
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


# -- what is put away, and what becomes of it when the group goes on -------------------

POLL = Declaration(id="poll", question="Which?", options=("a", "b"), lesson="one")
FIRST = Declaration(
    id="first", kind="two_rounds", question="Which?", options=("a", "b"), lesson="one"
)
PAIRS = Declaration(id="pairs", kind="pairs", question="Two by two", lesson="one")


def asked(about: Declaration, act: str = "") -> Room:
    """A room of six who have answered a question; two lessons, one after the other."""
    made = Room(k=5)
    made.lessons = {"one": "One", "two": "Two"}
    made.follow(Plan(steps=[Step(name=n, minutes=1, lesson=n) for n in made.lessons]))
    made.declare([about, TEXTS if about is not TEXTS else POLL])
    say(made, LEADER, "open")
    say(made, LEADER, "turn", row=0)
    say(made, LEADER, "collect", activity=about.id)
    for n in range(6):
        said = {"text": f"line {n}"} if about is TEXTS else {}
        value = None if about is TEXTS else 0 if about is PAIRS else n % 2
        it = {"activity": about.id, "round": 1, "value": value} | said
        say(made, m.Role.PHONE, "answer", made.join(), **it)
    if act:
        say(made, LEADER, act, activity=about.id)
    return made


def on_the_wall(room: Room) -> list[views.Question]:
    return [q for q in views.state(room, m.Role.WALL).questions if q.phase != "held"]


@pytest.mark.parametrize("about", [POLL, FIRST, TEXTS, PAIRS])
def test_what_was_put_away_comes_back_as_it_was(about: Declaration) -> None:
    room = asked(about, "reveal")
    before = on_the_wall(room)
    say(room, LEADER, "put_away", activity=about.id)
    assert on_the_wall(room) == []
    say(room, LEADER, "put_away", activity=about.id)  # a second tap changes nothing
    assert views.state(room, LEADER).hidden == about.id
    assert views.state(room, m.Role.PHONE).hidden is None

    say(room, LEADER, "bring_back", activity=about.id)

    shown = on_the_wall(room)
    assert [q.snapshot for q in shown] == [q.snapshot for q in before]
    assert room.activities[about.id].shown == 1
    assert refused(room, "bring_back", activity=about.id) == "nothing_hidden"


def test_pairs_that_come_back_are_the_same_pairs() -> None:
    room = asked(PAIRS, "reveal")
    before = list(room.activities["pairs"]._groups)
    say(room, LEADER, "put_away", activity="pairs")
    assert room.drawn is None
    say(room, LEADER, "bring_back", activity="pairs")
    assert room.drawn._groups == before

    say(room, LEADER, "put_away", activity="pairs")
    room.forget_hidden()
    assert room.activities["pairs"]._groups == []


def refused(room: Room, what: str, role: m.Role = LEADER, **more: object) -> str:
    with pytest.raises(m.Refusal) as refusal:
        say(room, role, what, **more)
    return refusal.value.reason


@pytest.mark.parametrize(
    "then",
    [{"type": "turn", "row": 1}, {"type": "collect", "activity": "words"}, None],
)
def test_what_was_put_away_is_gone_with_the_next_act_or_after_a_while(
    then: dict | None,
) -> None:
    room = asked(POLL, "reveal")
    say(room, LEADER, "put_away", activity="poll")
    if then is None:
        room.forget_hidden()  # as the server does after ten seconds
    else:
        room.apply(LEADER, m.read(json.dumps(then)))

    assert refused(room, "bring_back", activity="poll") == "nothing_hidden"
    assert room.activities["poll"].hidden is None


@pytest.mark.parametrize("act", ["", "hold"])
def test_what_nobody_has_seen_does_not_come_back(act: str) -> None:
    room = asked(FIRST, act)
    say(room, LEADER, "put_away", activity="first")
    assert room.hidden is None
    assert refused(room, "bring_back", activity="first") == "nothing_hidden"


@pytest.mark.parametrize("role", [SECOND, m.Role.WALL, m.Role.PHONE])
def test_only_the_leader_brings_back(role: m.Role) -> None:
    room = asked(POLL, "reveal")
    say(room, LEADER, "put_away", activity="poll")
    assert refused(room, "bring_back", role, activity="poll") == "not_yours"


def test_an_edited_question_comes_back_with_the_options_that_were_shown() -> None:
    room = asked(POLL, "reveal")
    say(room, LEADER, "put_away", activity="poll")
    edited = POLL.model_copy(update={"options": ("x", "y", "z")})
    room.declare([edited, TEXTS], "one")
    say(room, LEADER, "bring_back", activity="poll")
    (question,) = on_the_wall(room)
    assert question.options == ("a", "b")

    say(room, LEADER, "put_away", activity="poll")
    room.forget_hidden()
    assert room.activities["poll"].declaration.options == ("x", "y", "z")


@pytest.mark.parametrize(
    "how", [{"type": "turn", "row": 1}, {"type": "move", "lesson": "two"}]
)
@pytest.mark.parametrize("about", [POLL, TEXTS, PAIRS])
@pytest.mark.parametrize("act", ["", "reveal"])
def test_a_group_that_goes_on_leaves_no_question_behind(
    about: Declaration, act: str, how: dict
) -> None:
    room = asked(about, act)
    room.apply(LEADER, m.read(json.dumps(how)))

    for role in (m.Role.PHONE, m.Role.WALL):
        seen = views.state(room, role)
        assert (seen.questions, seen.lesson) == ((), "two")
    assert room.activities[about.id].answered_count == 0


def test_a_first_round_waits_unseen_when_the_group_goes_on() -> None:
    room = asked(FIRST)
    say(room, LEADER, "turn", row=1)
    (question,) = views.state(room, m.Role.PHONE).questions
    assert (question.phase, room.activities["first"].answered_count) == ("held", 6)


def test_turning_to_where_the_group_is_changes_nothing() -> None:
    room = asked(POLL)
    say(room, LEADER, "turn", row=0)
    assert [q.phase for q in on_the_wall(room)] == ["collecting"]


def test_nobody_is_called_ready_before_anyone_could_be() -> None:
    room = Room(k=5)
    room.declare([POLL])
    say(room, LEADER, "open")
    say(room, LEADER, "collect", activity="poll")
    (question,) = views.state(room, LEADER).questions
    assert question.ready == ""
    room.join()
    (question,) = views.state(room, LEADER).questions
    assert question.ready == "Fewer than half of us are ready so far."
