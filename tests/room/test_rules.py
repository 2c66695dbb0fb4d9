"""The small-group rules, one by one, and what an attacker can learn from pictures."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beyond_the_no.room import rules
from support.served import REPO

OPTIONS = ("Work", "School", "Love", "Family", "Health")
counts_of = st.lists(st.integers(0, 40), min_size=2, max_size=5)
ks = st.integers(3, 8)


def show(counts: list[int], k: int = 5, **options: bool) -> rules.Snapshot | None:
    return rules.snapshot(counts, OPTIONS[: len(counts)], k, **options)


def show_many(counts: list[int], n: int, k: int = 3, **options: bool) -> rules.Snapshot:
    """The picture of n people who could give several answers each."""
    counts = [min(count, n) for count in counts]
    names = OPTIONS[: len(counts)]
    return rules.snapshot(counts, names, k, people=n, **options)


@given(counts_of, ks)
def test_r1_nothing_is_shown_below_k(counts: list[int], k: int) -> None:
    assert (show(counts, k) is None) == (sum(counts) < max(k, rules.FEWEST))


@given(st.integers(0, 60), ks)
def test_r1_nothing_is_shown_below_k_where_one_may_choose_several(
    n: int, k: int
) -> None:
    assert (show_many([n, n], n, k) is None) == (n < max(k, rules.FEWEST))


@given(counts_of, st.booleans())
def test_r3_a_number_stands_for_three_people_or_more(
    counts: list[int], sensitive: bool
) -> None:
    shown = show(counts, sensitive=sensitive)
    for row, count in zip(shown.rows, counts, strict=True) if shown else ():
        assert row.people is None or row.people == count >= 3
        assert (row.word is None) != (row.people is None)
        assert count >= 3 or row.word in ("rest", "some")


@given(counts_of, st.integers(4, 60), st.booleans())
def test_r3_a_number_stands_for_three_where_one_may_choose_several(
    counts: list[int], n: int, sensitive: bool
) -> None:
    shown = show_many(counts, n, sensitive=sensitive)
    for row, count in zip(shown.rows, counts, strict=True):
        assert row.people is None or row.people == min(count, n) >= 3
        assert (row.word == "rest") == (count <= 2)


@given(counts_of)
def test_r3_some_hides_the_one_option_below_three_and_the_next_smallest(
    counts: list[int],
) -> None:
    """As few numbers as need be: where there is nobody to hide, all are told."""
    shown = show(counts)
    if shown is None or shown.form == "words":
        return
    alone = [count for count in counts if count < 3] == [1]
    next_to_it = min((count for count in counts if count > 2), default=None)
    for row, count in zip(shown.rows, counts, strict=True):
        assert (row.word == "some") == (alone and count in (1, next_to_it))


@given(st.integers(0, 4), st.integers(0, 4), st.integers(5, 60))
def test_r4_all_and_all_but_one_look_the_same(top: int, other: int, n: int) -> None:
    everyone, all_but_one = [0] * 5, [0] * 5
    everyone[top] = n
    all_but_one[top], all_but_one[other] = n - 1, 1
    if top == other:
        return

    assert show(everyone) == show(all_but_one)


@given(counts_of, ks)
def test_r5_a_small_group_sees_words_and_no_digit(counts: list[int], k: int) -> None:
    shown = show(counts, k)
    if shown and sum(counts) < rules.WORDS_BELOW:
        assert shown.form == "words"
        assert all(row.word and row.people is None for row in shown.rows)
        assert not re.search(r"\d", shown.sentence)


@given(counts_of, st.integers(4, 7), st.booleans())
def test_r5_a_small_group_sees_words_where_one_may_choose_several(
    counts: list[int], n: int, sensitive: bool
) -> None:
    shown = show_many(counts, n, sensitive=sensitive)
    assert shown.form == "words"
    assert all(row.word and row.people is None for row in shown.rows)
    assert not re.search(r"\d", shown.sentence)


@given(st.integers(4, 60), st.booleans())
def test_r4_all_and_all_but_one_look_the_same_where_one_may_choose_several(
    n: int, sensitive: bool
) -> None:
    all_, all_but_one = (show_many([c, 3], n, sensitive=sensitive) for c in (n, n - 1))

    if sensitive or n < rules.WORDS_BELOW:
        assert all_ == all_but_one
        assert all_.rows[0].word == "most"
    else:
        assert [s.rows[0].people for s in (all_, all_but_one)] == [n, n - 1]


@given(st.integers(4, 60), st.booleans())
def test_r4_holds_for_two_options_whatever_is_asked(n: int, sensitive: bool) -> None:
    """One of two tells the other: [7, 1] would show the one."""
    assert show([n, 0], 3, sensitive=sensitive) == show(
        [n - 1, 1], 3, sensitive=sensitive
    )


def test_r11_k_has_a_floor() -> None:
    with pytest.raises(ValueError, match="at least 3"):
        rules.check_k(2)
    with pytest.raises(ValueError, match="at least 3"):
        show([9, 9], 2)


people = st.frozensets(st.sampled_from("abcdefghijklmnop"))


@given(people, people, ks)
def test_r10_two_pictures_differ_by_nobody_or_by_k(
    first: frozenset[str], second: frozenset[str], k: int
) -> None:
    counted = rules.cohort([first], second, k)
    if counted is None:
        return
    assert counted <= second
    for difference in (first - counted, counted - first):
        assert len(difference) == 0 or len(difference) >= k


@given(people, people, people, ks)
def test_r2_there_is_no_third_picture(
    a: frozenset[str], b: frozenset[str], c: frozenset[str], k: int
) -> None:
    assert rules.cohort([a, b], c, k) is None


answers = st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.integers(0, 4))


@given(answers, st.sampled_from("qrstu"), st.integers(0, 4), ks)
def test_a_latecomer_cannot_be_read_off_the_difference(
    before: dict[str, int], name: str, value: int, k: int
) -> None:
    """Everybody answers again as before, and one more person does."""
    first = rules.cohort([], frozenset(before), k)
    after = before | {name: value}

    second = rules.cohort([first], frozenset(after), k)

    def picture(who: frozenset[str], said: dict[str, int]) -> rules.Snapshot | None:
        counts = [0] * 5
        for one in who:
            counts[said[one]] += 1
        return show(counts, k)

    if second is not None and picture(first, before) is not None:
        assert picture(second, after) == picture(first, before)


@given(answers, st.data(), ks)
def test_a_leaver_is_never_read_off_the_difference(
    before: dict[str, int], data: st.DataObject, k: int
) -> None:
    if not before:
        return
    gone = data.draw(st.sampled_from(sorted(before)))

    assert rules.cohort([frozenset(before)], frozenset(before) - {gone}, k) is None


@given(st.integers(0, 200), st.integers(1, 200))
def test_readiness_does_not_tell_nobody_from_one_in_a_group(ready: int, n: int) -> None:
    if n >= 3:
        assert rules.readiness(0, n) == rules.readiness(1, n)
    assert not re.search(r"\d", rules.readiness(min(ready, n), n))


@given(st.integers(0, 300), ks)
def test_the_crowd_is_told_in_coarse_words(seats: int, k: int) -> None:
    assert not re.search(r"\d", rules.crowd(seats, k))
    if seats < k:
        assert rules.crowd(seats, k) == rules.crowd(0, k)


def test_the_crowd_is_told_in_five_steps() -> None:
    told = [rules.crowd(seats, 5) for seats in range(301)]
    steps = [n for n in range(1, 301) if told[n] != told[n - 1]]

    assert steps == [5, 10, 20, 50, 100]
    assert len(set(told)) == len(steps) + 1


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ([6, 0, 0, 0, 0], "Most of us said: Work."),
        ([3, 2, 1, 0, 0], "About half of us said: Work."),
        ([2, 2, 2, 0, 0], "Our answers are spread out. None of them stands out."),
        ([9, 5, 3, 2, 0], "This came up most: Work."),
        ([5, 5, 2, 0, 0], "These came up most: Work and School."),
        ([4, 4, 4, 0, 0], "Our answers are spread out. None of them stands out."),
        ([4, 4, 1, 0, 0], "These came up most: Work and School."),
        ([4, 4, 4, 4, 1], "Our answers are spread out. None of them stands out."),
        ([2, 2, 2, 2, 2], "Our answers are spread out. None of them stands out."),
    ],
)
def test_the_sentence_says_what_the_picture_shows(
    counts: list[int], sentence: str
) -> None:
    assert show(counts).sentence == sentence


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([6, 3, 1, 1, 0], [6, 3, "rest", "rest", "rest"]),
        ([6, 3, 2, 0, 0], [6, 3, "rest", "rest", "rest"]),
        ([6, 4, 3, 1, 4], [6, 4, "some", "some", 4]),
        ([4, 4, 1], ["some", "some", "some"]),
        ([5, 4, 2], [5, 4, "rest"]),
        ([5, 4, 0], [5, 4, "rest"]),
        ([7, 2], [7, "rest"]),
        ([8, 1], ["most", "rest"]),
        ([3, 3, 1], ["half", "half", "rest"]),
        ([4, 3, 0], ["half", "half", "rest"]),
        ([5, 1, 1], ["most", "rest", "rest"]),
        ([3, 1, 1], ["half", "rest", "rest"]),
        ([2, 2, 1], ["rest", "rest", "rest"]),
        ([2, 2], ["rest", "rest"]),
        ([4, 2], ["most", "rest"]),
    ],
)
def test_a_picture_says_as_much_as_it_may(counts: list[int], said: list) -> None:
    assert [row.word or row.people for row in show(counts, 3).rows] == said


PROMISES = Path(rules.__file__).with_name("PROMISES.md").read_text("utf-8")


class TestThePageOfPromises:
    def test_has_every_rule_of_the_module_and_no_other(self) -> None:
        of_module = re.findall(r"(?m)^(R\d+)  ", rules.__doc__)
        of_page = re.findall(r"(?m)^\| (R\d+) \|", PROMISES)

        assert of_page == of_module == [f"R{i}" for i in range(1, 13)]

    def test_says_the_numbers_that_hold(self) -> None:
        for name, number in {
            "k is {}, and": rules.DEFAULT_K,
            "k is never below {}.": rules.MIN_K,
            "stands for fewer than {}.": rules.FEWEST,
            "Below {} answers there are words": rules.WORDS_BELOW,
            "Up to {} each dot": rules.DOTS_UP_TO,
            "A question has {} pictures at most": rules.MAX_ROUNDS,
        }.items():
            assert name.format(number) in PROMISES

    def test_names_attacks_that_exist(self) -> None:
        paths = Path(__file__).parent.glob("test_*.py")
        source = "".join(path.read_text("utf-8") for path in paths)
        named = set(re.findall(r"`(test_\w+)`", PROMISES))

        assert len(named) >= 12
        assert named <= set(re.findall(r"(?m)^ *def (test_\w+)", source))

    def test_is_told_where_people_and_engineers_look(self) -> None:
        for place in ("README.md", "CONTRIBUTING.md"):
            text = (REPO / place).read_text("utf-8")
            assert "room/PROMISES.md" in text
