"""The small-group rules, one by one, and what an attacker can learn from pictures."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beyond_the_no.room import rules
from served import REPO

OPTIONS = ("Work", "School", "Love", "Family", "Health")
counts_of = st.lists(st.integers(0, 40), min_size=2, max_size=5)
ks = st.integers(3, 8)


def show(counts: list[int], k: int = 5, **options: bool) -> rules.Snapshot | None:
    return rules.snapshot(counts, OPTIONS[: len(counts)], k, **options)


@given(counts_of, ks)
def test_r1_nothing_is_shown_below_k(counts: list[int], k: int) -> None:
    assert (show(counts, k) is None) == (sum(counts) < k)


@given(counts_of, ks)
def test_r3_no_row_stands_for_one_person(counts: list[int], k: int) -> None:
    shown = show(counts, k)
    for row in shown.rows if shown else ():
        assert row.people != 1
        if row.people is not None:
            assert row.people == sum(counts[i] for i in row.options)


@given(counts_of, ks)
def test_every_option_stands_in_exactly_one_row(counts: list[int], k: int) -> None:
    shown = show(counts, k)
    if shown:
        named = sorted(i for row in shown.rows for i in row.options)
        assert named == list(range(len(counts)))


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


@given(st.integers(5, 7), st.data())
def test_a_word_never_means_exactly_one_person(n: int, data: st.DataObject) -> None:
    """For each word but "none" there are two counts it could stand for, or it is 3."""
    one = data.draw(st.integers(1, n - 2))
    meant = {
        count
        for count in range(1, n - 1)
        if rules._words([count, n - count])[0].word
        == rules._words([one, n - one])[0].word
    }
    assert meant != {1}
    assert len(meant) > 1 or min(meant) >= 3


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


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ([6, 0, 0, 0, 0], "Most of us said: Work."),
        ([3, 2, 1, 0, 0], "About half of us said: Work."),
        ([2, 2, 2, 0, 0], "Our answers are spread out. None stands out."),
        ([9, 5, 3, 2, 0], "This came up most: Work."),
        ([5, 5, 2, 0, 0], "These came up most: Work and School."),
        ([4, 4, 4, 0, 0], "Our answers are spread out. None stands out."),
    ],
)
def test_the_sentence_says_what_the_picture_shows(
    counts: list[int], sentence: str
) -> None:
    assert show(counts).sentence == sentence


def test_single_answers_are_merged_and_named_together() -> None:
    shown = show([6, 3, 1, 1, 0])

    assert [(row.options, row.people) for row in shown.rows] == [
        ((0,), 6),
        ((1,), 3),
        ((4,), 0),
        ((2, 3), 2),
    ]


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
            "Below {} answers there are words": rules.WORDS_BELOW,
            "Up to {} each dot": rules.DOTS_UP_TO,
            "A question has {} pictures at most": rules.MAX_ROUNDS,
        }.items():
            assert name.format(number) in PROMISES

    def test_names_attacks_that_exist(self) -> None:
        source = Path(__file__).with_name("test_attacks.py").read_text("utf-8")
        named = set(re.findall(r"`(test_\w+)`", PROMISES))

        assert len(named) >= 12
        assert named <= set(re.findall(r"(?m)^def (test_\w+)", source))

    def test_is_told_where_people_and_engineers_look(self) -> None:
        for place in ("README.md", "CONTRIBUTING.md"):
            text = (REPO / place).read_text("utf-8")
            assert "room/PROMISES.md" in text
