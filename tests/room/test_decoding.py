"""Decoding: who knows how many answered tries every room that fits what she sees.

She knows the rules, the picture, and n, for she sees who sits there. An option is
*singled out* where exactly one person chose it in every room that fits. Here all rooms
are tried. To print how often it happens, out of a hundred pictures:

    PYTHONPATH=widgets python tests/room/test_decoding.py
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beyond_the_no.room import rules

Counts = tuple[int, ...]  # how many people chose each option
Picture = Callable[[Counts], Hashable]
NAMES = "abcdefghijkl"
PEOPLE = range(3, 13)
OPTIONS = range(2, 7)


def rooms(n: int, options: int) -> Iterator[Counts]:
    """Each way in which n people can give one answer each."""
    if options == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for others in rooms(n - first, options - 1):
            yield (first, *others)


def rooms_of_many(n: int, options: int) -> Iterator[Counts]:
    """Each way in which n people can give one answer or more each."""
    every = itertools.product(range(n + 1), repeat=options)
    return (counts for counts in every if sum(counts) >= n)


def poll(counts: Counts, *, sensitive: bool = True) -> Hashable:
    """What is shown, with the lowest k: a picture, or that there is none."""
    return rules.snapshot(counts, NAMES[: len(counts)], 3, sensitive=sensitive)


def not_sensitive(counts: Counts) -> Hashable:
    return poll(counts, sensitive=False)


def many(n: int, *, sensitive: bool = True) -> Picture:
    def picture(counts: Counts) -> Hashable:
        names = NAMES[: len(counts)]
        return rules.snapshot(counts, names, 3, sensitive=sensitive, people=n)

    return picture


def alike(all_rooms: Iterable[Counts], picture: Picture) -> list[list[Counts]]:
    """Put together the rooms that look the same; leave out where nothing is shown."""
    found: dict[Hashable, list[Counts]] = defaultdict(list)
    for counts in all_rooms:
        found[picture(counts)].append(counts)
    found.pop(None, None)
    return list(found.values())


def singled_out(fitting: list[Counts]) -> list[int]:
    """Options that stand for exactly one person in every room that fits."""
    return [i for i, seen in enumerate(zip(*fitting, strict=True)) if {*seen} == {1}]


def test_the_attack_finds_who_is_singled_out() -> None:
    """Were all numbers shown, or were "a few" one or two, she would know."""
    exact = alike(rooms(8, 3), lambda counts: counts)
    a_few = alike(rooms(5, 3), lambda counts: tuple((c > 0) + (c > 2) for c in counts))

    assert sum(map(bool, map(singled_out, exact))) == 3 * 8 - 3
    assert [singled_out(fitting) for fitting in a_few if (3, 1, 1) in fitting] == [
        [1, 2]
    ]


@pytest.mark.parametrize("picture", [poll, not_sensitive])
@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("n", PEOPLE)
def test_no_option_is_singled_out(n: int, options: int, picture: Picture) -> None:
    """Polls, scales and guesses: one answer each."""
    assert not any(map(singled_out, alike(rooms(n, options), picture)))


@pytest.mark.parametrize("sensitive", [True, False])
@pytest.mark.parametrize(
    ("n", "options"),
    [(n, o) for n in PEOPLE for o in OPTIONS if (n + 1) ** o < 20_000],
)
def test_no_option_is_singled_out_where_one_may_choose_several(
    n: int, options: int, sensitive: bool
) -> None:
    fitting = alike(rooms_of_many(n, options), many(n, sensitive=sensitive))

    assert not any(map(singled_out, fitting))


@pytest.mark.parametrize(("n", "options"), [(4, 3), (5, 3), (7, 2), (8, 2), (8, 3)])
def test_no_thing_is_singled_out_by_dots(n: int, options: int) -> None:
    """All ways to lay them: how many people gave a thing dots, and how many count."""
    each = [(who, laid) for who in range(n + 1) for laid in range(who, 2 * who + 1)]
    found: dict[Hashable, list[Counts]] = defaultdict(list)
    for room in itertools.product(each, repeat=options):
        people, points = zip(*room, strict=True)
        if sum(people) >= n:
            shown = rules.bands(people, points, NAMES[:options], 3, n=n)
            found[shown].append(people)

    assert len(found) > 1
    assert not any(map(singled_out, found.values()))


@pytest.mark.parametrize(("n", "options"), [(4, 3), (5, 3), (7, 3), (8, 3), (9, 4)])
def test_no_question_is_singled_out_by_support(n: int, options: int) -> None:
    """All ways to say "me too": how many people support a question, each once."""
    found: dict[Hashable, list[Counts]] = defaultdict(list)
    for people in itertools.product(range(n + 1), repeat=options):
        names = NAMES[:options]
        shown = rules.bands(people, people, names, 3, n=n, section="support")
        found[shown].append(people)

    assert len(found) > 1
    assert not any(map(singled_out, found.values()))


@pytest.mark.parametrize("options", OPTIONS)
def test_no_option_is_singled_out_for_who_does_not_know_how_many_answered(
    options: int,
) -> None:
    fitting = alike(itertools.chain(*(rooms(n, options) for n in PEOPLE)), poll)

    assert not any(map(singled_out, fitting))


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize(("n", "options"), [(4, 4), (5, 3), (6, 4), (7, 3), (8, 3)])
def test_no_option_is_singled_out_by_two_rounds_beside_each_other(
    n: int, options: int, ordered: bool
) -> None:
    """All pairs of rounds of the same people, with what is said of the change."""

    def beside(both: Counts) -> Hashable:
        before, now = (poll(c) for c in (both[:options], both[options:]))
        names = NAMES[:options]
        return rules.beside(before, now, names, ordered=ordered).model_dump_json()

    each = list(rooms(n, options))
    pairs = (first + second for first in each for second in each)

    assert not any(map(singled_out, alike(pairs, beside)))


@given(st.lists(st.integers(0, 40), min_size=2, max_size=12))
def test_a_room_that_looks_the_same_can_always_be_named(counts: list[int]) -> None:
    """Large groups and many options: the proof in `rules`, step by step."""
    picture = poll(tuple(counts))
    for alone in (i for i, count in enumerate(counts) if count == 1):
        assert picture is None or any(
            poll(other) == picture for other in _without_one_at(alone, counts)
        )


def _without_one_at(alone: int, counts: list[int]) -> Iterator[Counts]:
    """Other rooms of as many people, in which that option is not of one person."""
    for i, count in enumerate(counts):
        for here in {0, 2, count} - {1}:
            other = list(counts)
            other[alone], other[i] = here, count + 1 - here
            if i != alone and other[i] >= 0:
                yield tuple(other)


# -- how often: a table to print -------------------------------------------------------


def share(fitting: list[list[Counts]], own: bool = False) -> float:
    """Part of all pictures that single somebody out, where any answer is as likely.

    With ``own`` the attacker is one of them and knows her own answer, too; somebody
    else is singled out then.
    """
    every = found = 0.0
    for looks_the_same in fitting:
        for counts in looks_the_same:
            ways = math.factorial(sum(counts)) / math.prod(map(math.factorial, counts))
            for mine in range(len(counts)) if own else [None]:
                part = ways if mine is None else ways * counts[mine] / sum(counts)
                every += part
                found += part * bool(part and singled_out(_seen(looks_the_same, mine)))
    return found / every if every else 0


def _seen(fitting: list[Counts], mine: int | None) -> list[Counts]:
    """Take her own answer out of every room that fits."""
    if mine is None:
        return fitting
    return [(*c[:mine], c[mine] - 1, *c[mine + 1 :]) for c in fitting if c[mine]]


def table() -> Iterator[str]:
    """Of a hundred pictures, how many single somebody out."""
    yield "options  n   by who only sees   by who answered, too"
    for options in OPTIONS:
        for n in PEOPLE:
            fitting = alike(rooms(n, options), poll)
            if fitting:
                alone, own = 100 * share(fitting), 100 * share(fitting, own=True)
                yield f"{options:7}  {n:2}  {alone:16.1f}   {own:19.1f}"


if __name__ == "__main__":
    print(*table(), sep="\n")
