"""Ideas: written, read by the leader, shown, and then given dots by the group."""

import pytest

from beyond_the_no.room import messages as m
from beyond_the_no.room import views
from beyond_the_no.room.activity import Declaration, Phase
from beyond_the_no.room.room import Room
from support.boards import board, say

LEADER = m.Role.FACILITATOR
IDEAS = Declaration(id="q", kind="ideas", question="What next?", longest=80)
SAID = ["A walk.", "a walk", "Tea", "Ring Ana", "Sleep", "Music"]


def weighed(room: Room) -> views.Question:
    shown = views.state(room, m.Role.PHONE).questions
    return next(q for q in shown if q.kind == "dots")


def test_shown_ideas_are_given_dots_and_nothing_else_is() -> None:
    room, phones = board(IDEAS, *SAID)
    say(room, "weigh", activity="q")
    dots = weighed(room)

    assert dots.question == IDEAS.question
    assert {option.casefold().strip(".") for option in dots.options} == {
        "a walk", "tea", "sleep", "music",
    }  # fmt: skip
    assert dots.phase is Phase.COLLECTING
    assert room.activities["q"].phase is Phase.IDLE, "one question at a time"
    for who in phones:
        answer = {"activity": dots.id, "round": 1, "value": None, "values": [0, 0, 1]}
        say(room, "answer", m.Role.PHONE, who, **answer)
    say(room, "reveal", activity=dots.id)
    assert weighed(room).snapshot is not None
    assert "Ana" not in views.state(room, m.Role.WALL).model_dump_json()


@pytest.mark.parametrize(
    "said", [["Same", "same.", "SAME"], [f"Idea {n:c}" for n in range(97, 108)]]
)
def test_two_to_ten_ideas_are_weighed(said: list[str]) -> None:
    room, _ = board(IDEAS, *said)
    before = views.state(room, LEADER)
    with pytest.raises(m.Refusal, match="ask_options_dots"):
        say(room, "weigh", activity="q")
    assert views.state(room, LEADER) == before


def test_nothing_but_a_board_of_ideas_is_weighed() -> None:
    room = Room(k=3)
    room.declare([IDEAS, Declaration(id="t", kind="texts", question="?")])
    say(room, "open")
    for name in "qt":
        with pytest.raises(m.Refusal, match="no_ideas"):
            say(room, "weigh", activity=name)
    with pytest.raises(m.Refusal, match="no_ideas"):
        say(room, "ask", kind="dots", question="What?", options=["a", "b"])


def test_a_restarted_room_goes_on_with_the_dots() -> None:
    room, _ = board(IDEAS, "Leave the toxic chat", "Tea", "Sleep")
    say(room, "weigh", activity="q")
    dots = weighed(room)
    again = Room(k=3)
    again.lessons = {"one": "One"}
    ask = {"type": "ask", "kind": "dots", "question": dots.question}
    ask |= {"options": dots.options, "minutes": 3, "can_stir": "", "sure": True}
    kept = {"phase": "collecting", "round": 1, "lesson": "one", "asked": ask}
    say(again, "restore", phase="open", lesson="one", activities={dots.id: kept})

    assert weighed(again).options == dots.options
