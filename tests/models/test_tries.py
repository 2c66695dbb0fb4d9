import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beyond_the_no.models.tries import EVERY, NOES, START, WEEKS, fear, tried

often = st.sampled_from(sorted(EVERY))
step = st.sampled_from(sorted(NOES))


@pytest.mark.parametrize(
    ("often", "tries"), [("never", 0), ("month", 3), ("fortnight", 6), ("week", 12)]
)
def test_there_are_as_many_tries_as_said(often, tries):
    assert tried(often).sum() == tries


@settings(max_examples=30, deadline=None)
@given(often, step, st.integers(0, 2**31))
def test_nothing_is_learned_in_a_week_without_a_try(often, step, seed):
    path = fear(often, step, 50, seed)
    quiet = ~tried(often)

    assert path.shape == (50, WEEKS + 1)
    assert (np.diff(path)[:, quiet] == 0).all()
    assert (np.diff(path)[:, ~quiet] != 0).all()
    assert path.min() >= 0
    assert path.max() <= 1


@settings(deadline=None)
@given(step)
def test_staying_away_keeps_the_fear_as_it_was(step):
    assert (fear("never", step) == START).all()


@pytest.mark.parametrize("step", NOES)
def test_with_each_try_the_fear_comes_nearer_to_what_there_is_to_fear(step):
    path = fear("week", step, runs=4000).mean(axis=0)

    assert (np.diff(abs(path - NOES[step])) < 0).all()


def test_twelve_small_tries_bring_it_from_seventy_to_about_fifty_and_runs_differ():
    ends = fear("week", "small")[:, -1]
    low, middle, high = np.percentile(ends, (25, 50, 75))

    assert START == 0.7
    assert 0.45 < middle < 0.55
    assert high - low > 0.15


def test_more_small_tries_bring_the_fear_down_further():
    ends = [fear(often, "small")[:, -1].mean() for often in EVERY]

    assert ends == sorted(ends, reverse=True)


def test_small_steps_loosen_more_than_leaps_and_leaps_more_than_unfair_places():
    for often in ("month", "fortnight", "week"):
        ends = [fear(often, step)[:, -1].mean() for step in ("small", "big", "unfair")]
        assert ends == sorted(ends)
