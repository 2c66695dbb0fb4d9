"""Questions to the leader: written, read first, shown, supported, and answered."""

import pytest

from beyond_the_no.room import messages as m
from beyond_the_no.room import picture, views
from beyond_the_no.room.activity import Declaration, Phase
from beyond_the_no.room.room import Room
from support.boards import board, say

LEADER = m.Role.FACILITATOR
ASKED = Declaration(id="q", kind="questions", question="Ask us", longest=120)
SAID = [
    "What does it cost?",
    "what does it cost",
    "How long?",
    "Is Ana well?",
    "Where?",
]
EVERYONE = (LEADER, m.Role.WALL, m.Role.PHONE)


def question(room: Room, kind: str, role: m.Role = m.Role.PHONE) -> views.Question:
    return next(q for q in views.state(room, role).questions if q.kind == kind)


def supported(room: Room, phones: list[str], chosen: dict[int, list[str]]) -> str:
    """Let these phones say "me too" to the questions that begin so; return its name."""
    say(room, "weigh", activity="q")
    asked = question(room, "support")
    for at, who in enumerate(phones):
        values = [
            i
            for i, option in enumerate(asked.options)
            if any(option.casefold().startswith(text) for text in chosen.get(at, []))
        ]
        answer = {"activity": asked.id, "round": 1, "value": None, "values": values}
        say(room, "answer", m.Role.PHONE, who, **answer)
    return asked.id


def test_support_is_shown_on_reveal_only_and_only_in_words() -> None:
    room, phones = board(ASKED, *SAID)
    chosen = {at: ["what", *(["how"] if at == 0 else [])] for at in range(5)}
    name = supported(room, phones, chosen)
    asked = question(room, "support")

    assert asked.question != ASKED.question
    assert sorted(o.casefold()[:5] for o in asked.options) == [
        "how l",
        "what ",
        "where",
    ]
    assert asked.phase is Phase.COLLECTING
    assert room.activities["q"].phase is Phase.IDLE, "one question at a time"
    assert all(question(room, "support", role).snapshot is None for role in EVERYONE)
    say(room, "reveal", activity=name)
    shown = question(room, "support")
    assert shown.snapshot is not None
    assert all(row.people is None for row in shown.snapshot.rows)
    amount = {
        o.casefold()[:4]: a for o, a in zip(shown.rows, shown.amounts, strict=True)
    }
    assert amount["what"] == "most support"
    assert amount["how "] == amount["wher"] == "a little support, or none"
    assert "Ana" not in views.state(room, m.Role.WALL).model_dump_json()


def test_fewer_than_k_who_support_are_not_shown() -> None:
    room, phones = board(ASKED, *SAID)
    name = supported(room, phones, {0: ["what"], 1: ["what"]})
    with pytest.raises(m.Refusal, match="too_few"):
        say(room, "reveal", activity=name)


def test_an_answered_question_stays_with_its_mark_on_all_screens() -> None:
    room, _ = board(ASKED, *SAID)
    before = question(room, "questions").snapshot
    assert before is not None
    say(room, "answered", activity="q", at=1)

    for role in EVERYONE:
        shown = question(room, "questions", role)
        assert shown.snapshot is not None
        assert [one.answered for one in shown.snapshot.texts] == [
            at == 1 for at in range(len(before.texts))
        ]
        assert shown.answered
    waiting = {"id": room.activities["q"].queue[0].id, "looked": True}
    say(room, "release", activity="q", texts=[waiting])
    shown = question(room, "questions")
    assert shown.snapshot is not None
    assert shown.snapshot.texts[1].answered, "another text takes no mark away"
    say(room, "answered", activity="q", at=1, answered=False)
    again = question(room, "questions").snapshot
    assert again is not None
    assert not any(one.answered for one in again.texts)


def test_a_supported_question_is_marked_and_its_band_stays() -> None:
    room, phones = board(ASKED, *SAID)
    name = supported(room, phones, {at: ["what", "how"] for at in range(5)})
    with pytest.raises(m.Refusal, match="no_such_question"):
        say(room, "answered", activity=name, at=0)
    say(room, "reveal", activity=name)
    before = question(room, "support")
    say(room, "answered", activity=name, at=0)
    after = question(room, "support")

    assert after.snapshot is not None
    assert after.snapshot.rows[0].answered
    assert after.amounts == before.amounts
    assert picture.in_words(room.activities[name], "One").rows


def test_what_is_answered_is_not_put_to_the_group_again() -> None:
    room, _ = board(ASKED, "What does it cost?", "How long?", "Where?")
    shown = question(room, "questions").snapshot
    assert shown is not None
    say(room, "answered", activity="q", at=0)
    say(room, "weigh", activity="q")

    assert question(room, "support").options == tuple(
        one.text for one in shown.texts[1:]
    )


@pytest.mark.parametrize("role", [m.Role.PHONE, m.Role.WALL, m.Role.COFACILITATOR])
def test_only_those_who_lead_mark(role: m.Role) -> None:
    room, phones = board(ASKED, *SAID)
    with pytest.raises(m.Refusal, match="not_yours"):
        say(room, "answered", role, phones[0], activity="q", at=0)


def test_nothing_else_is_marked_or_supported() -> None:
    room = Room(k=3)
    texts = Declaration(id="t", kind="texts", question="?")
    room.declare([ASKED, texts])
    say(room, "open")
    for activity, why in [("q", "no_such_question"), ("t", "other_kind")]:
        with pytest.raises(m.Refusal, match=why):
            say(room, "answered", activity=activity, at=0)
    with pytest.raises(m.Refusal, match="no_questions"):
        say(room, "weigh", activity="q")
    with pytest.raises(m.Refusal, match="no_ideas"):
        say(room, "ask", kind="support", question="What?", options=["a", "b"])


@pytest.mark.parametrize(
    "said", [["Same?", "same", "SAME"], [f"Question {n:c}" for n in range(97, 108)]]
)
def test_two_to_ten_questions_are_supported(said: list[str]) -> None:
    room, _ = board(ASKED, *said)
    with pytest.raises(m.Refusal, match="ask_options_support"):
        say(room, "weigh", activity="q")


def test_a_restarted_room_goes_on_with_the_support() -> None:
    room, _ = board(ASKED, "What does it cost?", "How long?", "Where?" + " yes" * 25)
    say(room, "weigh", activity="q")
    asked = question(room, "support")
    again = Room(k=3)
    again.lessons = {"one": "One"}
    ask = {"type": "ask", "kind": "support", "question": asked.question}
    ask |= {"options": asked.options, "minutes": 3, "can_stir": "", "sure": True}
    kept = {"phase": "collecting", "round": 1, "lesson": "one", "asked": ask}
    say(again, "restore", phase="open", lesson="one", activities={asked.id: kept})

    assert question(again, "support").options == asked.options
    assert question(again, "support").many
