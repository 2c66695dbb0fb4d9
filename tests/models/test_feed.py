import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beyond_the_no.models import feed


def test_chances_add_up():
    assert feed.chance(np.arange(2000)).sum() == pytest.approx(1)


@settings(deadline=None)
@given(st.integers(0, 300))
def test_more_than_is_what_is_left(count):
    up_to = feed.chance(np.arange(count + 1)).sum()

    assert feed.more_than(count) == pytest.approx(1 - up_to, abs=1e-9)


def test_mean_and_spread_are_as_documented():
    counts = np.arange(2000)
    chance = feed.chance(counts)
    mean = (counts * chance).sum()

    assert mean == pytest.approx(feed.MEAN)
    assert ((counts - mean) ** 2 * chance).sum() == pytest.approx(
        feed.MEAN + feed.MEAN**2 / feed.SHAPE
    )


def test_many_draws_are_as_often_nothing_as_the_formula_says():
    drawn = feed.likes(20_000, 3)

    assert np.mean(drawn == 0) == pytest.approx(feed.chance(np.array([0]))[0], abs=0.01)


@settings(deadline=None)
@given(st.integers(1, 50))
def test_a_longer_draw_begins_like_a_shorter_one(rounds):
    assert (feed.likes(rounds) == feed.likes(50)[:rounds]).all()


def test_the_rounds_on_screen_fit_on_the_axis():
    shown = feed.likes()

    assert shown.shape == (feed.ROUNDS, feed.POSTS)
    assert shown.min() == 0  # no like at all is among them
    assert shown.max() <= 30
