import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beyond_the_no.models import waiting

chances = st.floats(0.01, 0.99)
counts = st.integers(0, 60)


@given(chances, counts)
def test_waiting_is_the_power_where_every_chance_is_the_same(chance, n):
    left = waiting.waiting(waiting.same(chance, n))

    assert len(left) == n + 1
    assert left[-1] == pytest.approx((1 - chance) ** n)


@given(st.lists(st.floats(0, 1), max_size=40))
def test_waiting_never_rises_and_stays_a_share(each):
    left = waiting.waiting(each)

    assert left[0] == 1
    assert (np.diff(left) <= 0).all()
    assert (left >= 0).all()


@given(chances, chances, counts)
def test_a_better_chance_never_waits_longer(one, other, n):
    worse, better = sorted((one, other))
    waits = [waiting.waiting(waiting.same(p, n))[-1] for p in (worse, better)]

    assert waits[1] <= waits[0]


def test_waiting_agrees_with_people_who_try():
    people = np.random.default_rng(1).geometric(0.08, 200_000)

    assert (people > 10).mean() == pytest.approx(0.92**10, abs=0.005)


@pytest.mark.parametrize("bad", [-0.1, 1.1])
def test_what_is_no_chance_is_refused(bad):
    with pytest.raises(ValueError, match="from 0 to 1"):
        waiting.waiting([0.5, bad])


@pytest.mark.parametrize("r", [-0.9, -0.2, 0.0, 0.21, 0.25, 0.7])
def test_better_of_two_agrees_with_pairs_drawn_by_chance(r):
    random = np.random.default_rng(2)
    here, there = random.multivariate_normal([0, 0], [[1, r], [r, 1]], (2, 200_000)).T
    agree = (here[:, 0] > here[:, 1]) == (there[:, 0] > there[:, 1])

    assert waiting.better_of_two(r) == pytest.approx(agree.mean(), abs=0.005)


@given(st.floats(-1, 1))
def test_a_coin_is_the_middle_and_signs_mirror(r):
    assert waiting.better_of_two(r) + waiting.better_of_two(-r) == pytest.approx(1)
    assert waiting.better_of_two(0) == 0.5
