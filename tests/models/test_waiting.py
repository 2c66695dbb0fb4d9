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


@given(chances, counts)
def test_noes_leave_no_trace_in_the_next_chance(chance, noes):
    assert waiting.next_yes(chance, noes) == pytest.approx(chance, rel=1e-9)


@given(chances, chances, counts)
def test_a_better_chance_never_waits_longer(one, other, n):
    worse, better = sorted((one, other))
    waits = [waiting.waiting(waiting.same(p, n))[-1] for p in (worse, better)]

    assert waits[1] <= waits[0]
    assert waiting.tries_until(better) <= waiting.tries_until(worse)


@given(chances, st.floats(0, 0.1), counts)
def test_learning_never_hurts_and_stays_a_chance(chance, step, n):
    learned = waiting.learning(chance, n, step)

    assert (learned <= 1).all()
    assert (
        waiting.waiting(learned)[-1]
        <= waiting.waiting(waiting.same(chance, n))[-1] + 1e-12
    )


@pytest.mark.parametrize(
    ("chance", "middle", "most"),
    [(0.05, 14, 59), (0.1, 7, 29), (0.2, 4, 14), (0.3, 2, 9), (0.5, 1, 5)],
)
def test_known_counts_of_tries(chance, middle, most):
    assert waiting.tries_until(chance) == middle
    assert waiting.tries_until(chance, 0.95) == most


@given(chances, st.floats(0.01, 0.99))
def test_the_count_of_tries_is_the_first_that_is_enough(chance, share):
    n = waiting.tries_until(chance, share)

    assert 1 - (1 - chance) ** n >= share - 1e-6
    assert n == 1 or 1 - (1 - chance) ** (n - 1) < share + 1e-6


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
