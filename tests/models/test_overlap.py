import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beyond_the_no.models.overlap import hill, overlap

gaps = st.floats(-6, 6)


@pytest.mark.parametrize(
    ("d", "shared"), [(0, 100), (0.2, 92), (0.3, 88), (0.5, 80), (0.8, 69), (1, 62)]
)
def test_the_overlap_is_what_is_known(d, shared):
    assert round(overlap(d).shared) == shared


@pytest.mark.parametrize("d", [0.2, 0.5, 1.0])
def test_the_overlap_is_the_area_under_both_hills(d):
    x = np.linspace(-9, 9, 20_001)
    lower = np.minimum(hill(x, -d / 2), hill(x, d / 2))

    area = 100 * np.trapezoid(lower, x) / np.sqrt(2 * np.pi)
    assert overlap(d).shared == pytest.approx(area, abs=0.01)


@given(gaps)
def test_what_is_shared_and_what_is_guessed_belong_together(d):
    shared, right = overlap(d)

    assert 0 < shared <= 100
    assert 50 <= right < 100
    assert right == pytest.approx(100 - shared / 2)
    assert overlap(-d) == overlap(d)


@given(gaps, gaps)
def test_a_wider_gap_leaves_less_in_common(one, other):
    near, far = sorted((abs(one), abs(other)))

    assert overlap(far).shared <= overlap(near).shared


@pytest.mark.parametrize("d", [0.3, 0.8])
def test_guesses_of_drawn_people_are_as_often_right(d):
    rng = np.random.default_rng(1)
    people = np.concatenate(
        [rng.normal(-d / 2, 1, 40_000), rng.normal(d / 2, 1, 40_000)]
    )
    group = np.repeat([False, True], 40_000)

    right = 100 * np.mean((people > 0) == group)
    assert overlap(d).right == pytest.approx(right, abs=0.6)
