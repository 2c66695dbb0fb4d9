"""Two leaders: who may what, and what happens when both press at once."""

import itertools
import json

import pytest

from beyond_the_no.room import messages as m
from beyond_the_no.room import views
from beyond_the_no.room.activity import Declaration
from beyond_the_no.room.plan import Plan
from beyond_the_no.room.room import Room

FIRST, SECOND = m.Role.FACILITATOR, m.Role.SECOND_LEADER
ASKED = Declaration(id="q", question="?", options=("a", "b"), lesson="one")
PLAN = Plan.model_validate(
    {
        "steps": [
            {"name": name, "lesson": "one", "minutes": 5} for name in ("a", "b", "c")
        ]
    }
)


@pytest.fixture
def room() -> Room:
    room = Room(k=3)
    room.lessons = {"one": "One"}
    room.declare([ASKED], "one")
    room.follow(PLAN)
    steer(room, FIRST, "open")
    return room


def steer(room: Room, role: m.Role, kind: str, **fields: object) -> str:
    """Say it, as this leader's page; return why it was refused, if it was."""
    message = m.read(json.dumps({"type": kind} | fields))
    try:
        room.apply(role, message, role.value)
    except m.Refusal as refusal:
        return refusal.reason
    return ""


def acts(room: Room) -> int:
    return views.state(room, FIRST).acts or 0


ACTS = [
    ("collect", {"activity": "q"}),
    ("put_away", {"activity": "q"}),
    ("reveal", {"activity": "q"}),
    ("turn", {"row": 1}),
    ("turn", {"row": 2}),
    ("move", {"lesson": "one"}),
    ("pause", {}),
    ("resume", {}),
    ("roam", {"freely": True}),
    ("breathe", {"on": True}),
]


def begun(room: Room) -> None:
    steer(room, FIRST, "collect", activity="q")
    for _ in range(4):
        said = {"type": "answer", "activity": "q", "round": 1, "value": 0}
        room.apply(m.Role.PHONE, m.read(json.dumps(said)), room.join())


@pytest.mark.parametrize(("one", "other"), list(itertools.permutations(ACTS, 2)))
def test_of_two_presses_at_once_the_first_counts_and_the_second_is_told(
    one: tuple, other: tuple, room: Room
) -> None:
    begun(room)
    seen = acts(room)
    first = steer(room, FIRST, one[0], seen=seen, **one[1])
    after = views.state(room, SECOND)

    second = steer(room, SECOND, other[0], seen=seen, **other[1])

    assert first in {"", "overtaken"}
    assert views.state(room, SECOND) == after, "the second press changed nothing"
    assert second in {"", "overtaken"}
    assert views.state(room, FIRST).questions == views.state(room, SECOND).questions


@pytest.mark.parametrize(("kind", "fields"), ACTS)
def test_two_who_want_the_same_are_told_nothing(
    kind: str, fields: dict, room: Room
) -> None:
    begun(room)
    seen = acts(room)

    assert steer(room, FIRST, kind, seen=seen, **fields) == ""
    assert steer(room, SECOND, kind, seen=seen, **fields) == ""


def test_one_page_that_presses_twice_is_not_overtaken_by_itself(room: Room) -> None:
    seen = acts(room)
    assert steer(room, SECOND, "collect", seen=seen, activity="q") == ""
    assert steer(room, SECOND, "turn", seen=seen, row=1) == ""
    assert room.place.row == 1


def test_who_has_seen_it_or_says_nothing_of_it_steers_on(room: Room) -> None:
    assert steer(room, FIRST, "turn", seen=acts(room), row=1) == ""
    assert steer(room, SECOND, "turn", seen=acts(room), row=2) == ""
    assert steer(room, FIRST, "turn", row=0) == ""


def test_the_second_leader_may_all_but_name_another_and_bring_back() -> None:
    lacks = set(m.ALLOWED[FIRST]) - set(m.ALLOWED[SECOND])
    assert lacks == {m.SecondLeader, m.Restore}
    assert set(m.ALLOWED[SECOND]) < set(m.ALLOWED[FIRST])


def test_both_see_the_same_but_for_the_key(room: Room) -> None:
    steer(room, FIRST, "second_leader", on=True)
    first, second = views.state(room, FIRST), views.state(room, SECOND)

    assert first.second_leader
    assert second.second_leader is None
    assert first.model_copy(update={"second_leader": None}) == second
    for role in set(m.Role) - {FIRST}:
        assert first.second_leader not in views.state(room, role).model_dump_json()


def test_a_key_is_new_each_time_and_goes_with_the_room(room: Room) -> None:
    keys = []
    for _ in range(2):
        steer(room, FIRST, "second_leader", on=True)
        keys.append(room.second_key)
    assert len(set(keys)) == 2
    assert min(map(len, keys)) >= 16
    steer(room, FIRST, "second_leader", on=False)
    assert room.second_key == ""
    steer(room, FIRST, "second_leader", on=True)
    steer(room, FIRST, "end")
    assert room.second_key == ""
    assert room.phase.value == "ended"


def test_a_restarted_room_knows_the_key_again_or_that_it_was_taken_back() -> None:
    for key in ("k" * 20, ""):
        room = Room(k=3)
        room.second_key = "made-at-this-start-0"
        steer(room, FIRST, "restore", phase="open", second_leader=key)
        assert room.second_key == key
