"""Dots: what counts of what one lays, and what everyone is shown."""

import json

import pytest
from pydantic import ValidationError

from beyond_the_no.room import kinds, picture, rules
from beyond_the_no.room import messages as m
from beyond_the_no.room.activity import Activity, Declaration

THINGS = ("walk", "friend", "sleep", "music")
ABOUT = Declaration(id="q", kind="dots", question="?", options=THINGS, points=5)


def lay(activity: Activity, who: str, laid: list[int] | None, **more: object) -> None:
    said = {"type": "answer", "activity": "q", "round": activity.round, "value": None}
    message = json.dumps(said | {"values": laid} | more)
    activity.answer(who, m.read(message))


def shown(*laid: list[int] | None, about: Declaration = ABOUT) -> rules.Snapshot:
    activity = kinds.begin(about)
    activity.collect()
    for who, points in enumerate(laid):
        lay(activity, str(who), points)
    activity.reveal(5)
    assert activity.snapshot is not None
    return activity.snapshot


def words(snapshot: rules.Snapshot) -> list[str | None]:
    assert all(row.people is None for row in snapshot.rows)
    return [row.word for row in snapshot.rows]


def test_they_are_shown_as_an_order_in_three_bands_without_numbers() -> None:
    laid = [[0, 0, 1]] * 4 + [[0, 0, 1, 3]] * 4

    assert words(shown(*laid)) == ["first", "second", "third", "third"]
    assert "walk" in shown(*laid).sentence


def test_equal_points_stand_together() -> None:
    assert words(shown(*[[0, 1]] * 6)) == ["first", "first", "third", "third"]


def test_nobody_carries_a_thing_alone() -> None:
    """Fewer than three people, however much they give, move nothing."""
    others = [[1, 2]] * 6

    assert shown(*others, [0] * 5, [0] * 5) == shown(*others, [3], None, [1])


def test_of_one_persons_points_on_a_thing_two_count() -> None:
    four = [[1, 0, 2]] * 6
    assert shown(*four, [0] * 5, [0] * 4) == shown(*four, [0, 0], [0, 0])


def test_of_a_small_group_people_count() -> None:
    assert words(shown(*[[0, 0, 1]] * 5)) == ["first", "first", "third", "third"]


def test_too_few_are_not_shown() -> None:
    with pytest.raises(m.Refusal, match="too_few"):
        shown([0], [0], [1], [1], None)


@pytest.mark.parametrize(
    ("laid", "more", "why"),
    [
        ([0] * 6, {}, "too_many_points"),
        ([4], {}, "no_such_option"),
        ([0], {"value": 1}, "other_kind"),
        (None, {"text": "a walk"}, "other_kind"),
    ],
)
def test_what_is_no_answer_is_refused(laid: list[int], more: dict, why: str) -> None:
    activity = kinds.begin(ABOUT)
    activity.collect()

    with pytest.raises(m.Refusal, match=why):
        lay(activity, "a", laid, **more)
    assert activity.answered_count == 0


def test_the_amounts_are_words() -> None:
    activity = kinds.begin(ABOUT)
    activity.snapshot = shown(*[[0, 0, 1]] * 8)

    assert picture.drawn(activity)["amounts"] == (
        "most dots", "some dots", "few dots or none", "few dots or none",
    )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": 0},
        {"points": 11},
        {"options": tuple("abcdefghijk")},
        {"kind": "poll"},
        {"options": ("a",)},
    ],
)
def test_a_declaration_that_could_not_be_kept_is_refused(wrong: dict) -> None:
    with pytest.raises(ValidationError):
        Declaration.model_validate(ABOUT.model_dump() | wrong)
