"""Paper slips of those without phones: one batch, beside the phones and never a sum."""

import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beyond_the_no.room import messages as m
from beyond_the_no.room import rules, views
from beyond_the_no.room.activity import Declaration
from beyond_the_no.room.room import Room

LEADER, PHONE = m.Role.FACILITATOR, m.Role.PHONE
OPTIONS = ("a", "b", "c")
POLL = Declaration(id="q", question="?", options=OPTIONS)
OTHERS = [
    Declaration(id="many", question="?", options=OPTIONS, many=True),
    Declaration(id="scale", kind="scale", question="?", options=OPTIONS),
    Declaration(id="dots", kind="dots", question="?", options=OPTIONS, points=3),
    Declaration(id="words", kind="words", question="?"),
]
counts = st.tuples(*[st.integers(0, 6)] * 3)


def made(k: int = 5, most: int = 200) -> Room:
    room = Room(k=k, max_seats=most)
    room.declare([POLL, *OTHERS])
    lead(room, "open")
    lead(room, "collect", activity="q")
    return room


def lead(room: Room, act: str, **fields: object) -> None:
    room.apply(LEADER, m.read(json.dumps({"type": act} | fields)))


def tally(room: Room, *slips: int, activity: str = "q") -> None:
    lead(room, "tally", activity=activity, counts=slips)


def phones(room: Room, values: list[int | None]) -> None:
    for value in values:
        about = {"activity": "q", "round": room.activities["q"].round, "value": value}
        said = json.dumps({"type": "answer"} | about)
        room.apply(PHONE, m.read(said), room.join())


def refusal(act: object, *args: object, **more: object) -> str:
    with pytest.raises(m.Refusal) as refused:
        act(*args, **more)  # type: ignore[operator]
    said = views.refused(refused.value).say
    assert said.endswith(".")
    assert "{" not in said
    return refused.value.reason


def shown(room: Room) -> rules.Snapshot | None:
    lead(room, "reveal", activity="q")
    return views.state(room, PHONE).questions[0].snapshot


def test_slips_stand_beside_the_phones_and_are_no_sum() -> None:
    room = made()
    phones(room, [0] * 8 + [1] * 4)
    tally(room, 3, 6, 1)
    both = shown(room)

    assert [row.people for row in both.before.rows[:2]] == [8, 4]
    assert [row.people or row.word for row in both.rows] == ["some", 6, "some"]
    assert both.sentence == "This came up most: a."
    assert both.change == "On paper, this came up most: b."
    assert views.state(room, PHONE).questions[0].titles == ("On phones", "On paper")


@settings(deadline=None)
@given(st.lists(st.integers(0, 2), min_size=5, max_size=14), counts)
def test_whoever_knows_the_slips_learns_no_more_of_the_phones(
    values: list[int], slips: tuple[int, ...]
) -> None:
    """Take the batch away: what is left is the picture that there would be without."""
    alone, both = made(), made()
    for room in (alone, both):
        phones(room, values)
    if sum(slips) >= 5:
        tally(both, *slips)
    else:
        assert sum(slips) == 0 or refusal(tally, both, *slips) == "tally_too_few"
    one, other = shown(alone), shown(both)

    assert one == (
        other.before.model_copy(update={"change": one.change}) if other.paper else other
    )


@settings(deadline=None)
@given(counts)
def test_whoever_knows_the_phones_sees_slips_under_the_rules(
    slips: tuple[int, ...],
) -> None:
    room = made()
    if sum(slips) < 5:
        return
    phones(room, [0] * 9)
    tally(room, *slips)

    assert shown(room).rows == rules.snapshot(slips, OPTIONS, 5).rows


@pytest.mark.parametrize(
    "said", [v for n in (1, 4) for v in itertools.product([0, 1, None], repeat=n)]
)
def test_fewer_than_k_phones_are_not_shown_and_a_pass_looks_like_an_answer(
    said: tuple[int | None, ...],
) -> None:
    room = made()
    phones(room, list(said))
    tally(room, 5, 3, 3)

    assert refusal(shown, room) == "tally_few_phones"
    assert views.state(room, PHONE).questions[0].snapshot is None


def test_a_group_without_phones_is_shown_what_is_on_paper() -> None:
    room = made()
    tally(room, 4, 4, 0)
    found = shown(room)

    assert (found.before, found.paper) == (None, False)
    assert found.sentence == "On paper, these came up most: a and b."


def test_slips_are_shown_in_one_round_only() -> None:
    """Nobody knows whose they are: two batches could differ by one person (R10)."""
    room = made()
    tally(room, 4, 4, 0)
    shown(room)
    lead(room, "collect", activity="q")

    assert refusal(tally, room, 4, 3, 0) == "no_tally"


def test_another_batch_takes_the_place_of_the_first_and_none_takes_it_back() -> None:
    room = made()
    tally(room, 9, 0, 0)
    tally(room, 3, 3, 3)
    assert views.state(room, LEADER).questions[0].slips == 9
    tally(room, 0, 0, 0)

    assert views.state(room, LEADER).questions[0].slips == 0
    assert refusal(shown, room) == "too_few"


def test_a_batch_is_forgotten_with_its_round() -> None:
    room = made()
    tally(room, 5, 5, 5)
    lead(room, "put_away", activity="q")
    lead(room, "collect", activity="q")

    assert views.state(room, LEADER).questions[0].slips == 0


@pytest.mark.parametrize(
    ("k", "slips", "why"),
    [
        (5, (4, 0, 0), "tally_too_few"),
        (3, (1, 1, 1), "tally_too_few"),
        (5, (0, 20, 0), "tally_too_many"),
        (5, (9, 9), "no_such_option"),
    ],
)
def test_a_batch_that_could_not_be_is_refused(
    k: int, slips: tuple[int, ...], why: str
) -> None:
    room = made(k, most=12)
    phones(room, [None, None])

    assert refusal(tally, room, *slips) == why
    assert views.state(room, LEADER).questions[0].slips == 0


@pytest.mark.parametrize("name", [about.id for about in OTHERS])
def test_what_needs_the_same_people_or_more_than_one_answer_has_no_slips(
    name: str,
) -> None:
    room = made()
    lead(room, "collect", activity=name)

    assert refusal(tally, room, 5, 5, 5, activity=name) == "no_tally"


def test_slips_come_before_the_reveal_and_from_the_leader() -> None:
    room = made()
    message = {"type": "tally", "activity": "q", "counts": [5, 0, 0]}
    for role in (PHONE, m.Role.WALL, m.Role.COFACILITATOR):
        assert refusal(room.apply, role, m.read(json.dumps(message)), room.join()) in {
            "not_yours"
        }
    phones(room, [0] * 6)
    shown(room)

    assert refusal(tally, room, 5, 0, 0) == "no_tally"


def test_only_the_leader_is_told_that_there_are_slips() -> None:
    room = made()
    before = [views.state(room, role) for role in (PHONE, m.Role.WALL)]
    tally(room, 5, 5, 5)

    assert [views.state(room, role) for role in (PHONE, m.Role.WALL)] == before
