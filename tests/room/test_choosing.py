"""What one chooses, once or twice: held, shown, restored, and put into words."""

import json

import pytest

from beyond_the_no.room import kinds, rules
from beyond_the_no.room import messages as m
from beyond_the_no.room.activity import Activity, Declaration, Phase

OPTIONS = ("a", "b", "c", "d", "e")
SCALE = Declaration(id="q", kind="scale", question="?", options=OPTIONS)
VOTE = SCALE.model_copy(update={"kind": "two_rounds"})
POLL = SCALE.model_copy(update={"kind": "poll"})


def answer(activity: Activity, who: str, value: int | None, round_: int = 0) -> None:
    said = {"type": "answer", "activity": "q", "round": round_ or activity.round}
    activity.answer(who, m.read(json.dumps(said | {"value": value})))


def ask(activity: Activity, values: str) -> None:
    """One round, in which each answers the option of this letter; - is a pass."""
    activity.collect()
    for who, value in enumerate(values):
        answer(activity, str(who), None if value == "-" else OPTIONS.index(value))


def refused(act: object, *args: object) -> str:
    with pytest.raises(m.Refusal) as refusal:
        act(*args)
    return refusal.value.reason


def twice(about: Declaration, first: str, second: str) -> Activity:
    activity = kinds.begin(about)
    ask(activity, first)
    activity.hold()
    ask(activity, second)
    return activity


def said(activity: Activity, k: int = 3) -> list[str | int]:
    activity.reveal(k)
    return [row.word or row.people for row in activity.snapshot.rows]


def test_both_answers_go_with_whoever_leaves_in_the_second_round() -> None:
    activity = twice(VOTE, "aabbb", "aaabb")
    activity.withdraw("4")
    activity.withdraw("nobody")
    assert (activity.answered_count, len(activity._first)) == (4, 4)
    activity.reveal(3)
    alone = twice(VOTE, "aabb", "aaab")
    alone.reveal(3)

    assert activity.snapshot == alone.snapshot
    assert refused(twice(VOTE, "aabbb", "aaabb").reveal, 6) == "too_few"


def test_who_leaves_in_the_second_round_is_in_neither_even_if_she_comes_back() -> None:
    activity = twice(VOTE, "aabb", "aabb")
    activity.withdraw("3")
    answer(activity, "3", 1)
    assert refused(activity.reveal, 4) == "too_few"


def test_a_first_round_is_held_once_and_only_while_it_is_collected() -> None:
    activity = kinds.begin(VOTE)
    assert refused(activity.hold) == "no_second_round"
    ask(activity, "aabbb")
    assert activity.may_hold
    assert not activity.second
    activity.hold()
    assert not activity.may_hold
    assert refused(activity.hold) == "no_second_round"
    activity.collect()
    assert activity.second
    assert not activity.may_hold
    assert (activity.round, activity.phase) == (2, Phase.COLLECTING)
    assert refused(kinds.begin(POLL).hold) == "no_second_round"


def test_a_first_round_that_was_held_may_be_shown_by_itself() -> None:
    activity = kinds.begin(VOTE)
    ask(activity, "aabbb")
    activity.hold()
    assert said(activity) == ["rest", "half", "rest", "rest", "rest"]
    assert activity.snapshot.before is None
    assert activity.shown == 1
    ask(activity, "aabbb")
    assert not activity.may_hold, "one was shown already"
    activity.reveal(3)
    assert refused(activity.collect) == "twice_shown"


def test_two_rounds_are_shown_once() -> None:
    activity = twice(VOTE, "aabbb", "aaabb")
    activity.reveal(3)
    assert (activity.phase, activity.second) == (Phase.REVEALED, False)
    assert refused(activity.collect) == "twice_shown"


def test_a_first_answer_that_comes_late_is_taken_and_none_is_changed() -> None:
    """After a restart phones bring both; nobody changes the first after the talk."""
    activity = twice(VOTE, "aaaa", "bbbb")
    answer(activity, "0", 2, round_=1)
    answer(activity, "late", 2, round_=1)
    answer(activity, "late", 1)
    activity.reveal(5)

    assert activity.snapshot.before.rows[0].word == "most"
    assert refused(lambda: answer(activity, "0", 1, round_=3)) == "not_collecting"


def kept(phase: str, **more: object) -> m.Kept:
    return m.Kept.model_validate({"phase": phase, "round": 2} | more)


@pytest.mark.parametrize(
    ("brought", "phase", "second"),
    [
        (kept("collecting", second=True), Phase.COLLECTING, True),
        (kept("collecting"), Phase.COLLECTING, False),
        (kept("held"), Phase.HELD, False),
        (kept("held", second=True), Phase.HELD, False),
        (kept("idle", second=True), Phase.IDLE, False),
        (kept("collecting", second=True, shown=1), Phase.IDLE, False),
        (kept("revealed"), Phase.IDLE, False),
    ],
)
def test_two_rounds_stand_again_where_they_stood(
    brought: m.Kept, phase: Phase, second: bool
) -> None:
    activity = kinds.begin(VOTE)
    activity.restore(brought)
    assert (activity.phase, activity.second, activity.round) == (phase, second, 2)


def test_phones_fill_both_rounds_again() -> None:
    activity = kinds.begin(VOTE)
    activity.restore(kept("collecting", second=True))
    for who, (first, second) in enumerate(zip("aabbb", "bbbba", strict=True)):
        answer(activity, str(who), OPTIONS.index(first), round_=1)
        answer(activity, str(who), OPTIONS.index(second))
    activity.reveal(5)
    assert activity.snapshot.before.rows[1].word == "half"
    assert activity.snapshot.rows[1].word == "most"


def test_a_first_round_that_is_held_is_filled_again_by_the_phones() -> None:
    activity = kinds.begin(VOTE)
    activity.restore(kept("held"))
    for who in "01234":
        answer(activity, who, 0, round_=2)
        answer(activity, who, 3, round_=2)  # the first one that came counts
    assert refused(lambda: answer(activity, "0", 1, round_=1)) == "not_collecting"
    assert said(activity) == ["most", "rest", "rest", "rest", "rest"]


@pytest.mark.parametrize(
    ("first", "second", "change"),
    [
        ("aaabb", "aaacc", "The same answer came up most both times."),
        ("aaabb", "abbbb", "The first time it was: a."),
        ("aabbc", "aaabb", "The first time it was: spread out."),
        ("aaabbb", "aabbbb", "The first time it was: a and b."),
        ("aaaaaabbb", "aaabbbbbb", "The first time it was: a."),
    ],
)
def test_two_votes_are_compared_by_what_came_up_most(
    first: str, second: str, change: str
) -> None:
    activity = twice(VOTE, first, second)
    activity.reveal(3)
    assert activity.snapshot.change == change


@pytest.mark.parametrize(
    ("first", "second", "change"),
    [
        ("aaaaa", "eeeee", "The room has moved towards “e”."),
        ("eeeee", "aaaaa", "The room has moved towards “a”. Thank you"),
        ("ccccc", "cccce", "The room is about where it was."),
        ("aaaccc", "cccccc", "The room is about where it was."),  # its middle is c
        ("aaabbccc", "aaabbccc", "The room is about where it was."),
        ("aaaabbbb", "aaabbbbb", "The room is about where it was."),
        ("aaaabccc", "aaabbccc", "The room has moved towards “e”."),
    ],
)
def test_a_scale_says_which_way_a_room_has_moved(
    first: str, second: str, change: str
) -> None:
    activity = twice(SCALE, first, second)
    activity.reveal(3)
    assert activity.snapshot.change.startswith(change)


@pytest.mark.parametrize(
    ("rows", "middle"),
    [
        ([6, "rest", "rest", "rest", 3], 0.5),
        (["rest", "rest", "rest", "rest", "rest"], 2),
        (["rest", "rest", "half", "rest", "rest"], 2),
        (["half", "rest", "half"], 1),
        (["most", "rest", "rest", "rest", "rest"], 0),
        (["rest", "rest", "rest", "rest", "most"], 4),
        (["some", "some", 4, 5], 2),
        ([3, 3], 0.5),
    ],
)
def test_the_middle_of_a_picture(rows: list, middle: float) -> None:
    made = [
        rules.Row(word=r) if isinstance(r, str) else rules.Row(people=r) for r in rows
    ]
    assert rules._middle(made) == middle


@pytest.mark.parametrize(
    ("counts", "at", "said_"),
    [
        ([6, 3, 0], 1, "lower"),
        ([0, 3, 6], 1, "higher"),
        ([3, 6, 0], 1, "near"),
        ([4, 0, 4], 1, "near"),
        ([4, 4, 0], 0, "near"),
        ([4, 4, 0], 2, "lower"),
        ([3, 3, 3], 1, ""),
    ],
)
def test_guesses_beside_the_data(counts: list[int], at: int, said_: str) -> None:
    shown = rules.snapshot(counts, OPTIONS[:3], 3, sensitive=False)
    change = rules.beside_truth(shown, at).change
    table = {"lower": "too low", "higher": "too high", "near": "about right"}
    assert table.get(said_, "") in change
    assert bool(change) == bool(said_)


@pytest.mark.parametrize(
    ("ready", "seats", "word"),
    [
        (0, 10, "Fewer"),
        (3, 10, "Fewer"),
        (4, 10, "About half"),
        (6, 10, "About half"),
        (7, 10, "Most"),
        (10, 10, "Most"),
    ],
)
def test_readiness_in_words(ready: int, seats: int, word: str) -> None:
    assert rules.readiness(ready, seats).startswith(word)


def test_a_picture_is_of_dots_up_to_thirty_and_then_of_bars() -> None:
    for n, form in ((7, "words"), (8, "dots"), (30, "dots"), (31, "bars")):
        counts = [n - 3, 3]
        assert rules.snapshot(counts, "ab", 3).form == form


def test_a_pass_is_no_answer_and_counts_as_ready() -> None:
    activity = kinds.begin(POLL)
    ask(activity, "aab-")
    assert activity.answered_count == 4
    assert refused(activity.reveal, 4) == "too_few"
