import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beyond_the_no.models import paths

MONTHS = np.linspace(0, paths.MONTHS, 541)
kinds = st.sampled_from(paths.PATHS)


@given(kinds, st.booleans(), st.floats(0, 500))
def test_a_path_stays_on_its_scale_for_ever(kind, again, month):
    assert 0 <= float(paths.path(kind, month, again)) <= 100


@given(kinds)
def test_every_path_comes_to_rest(kind):
    assert paths.path(kind, 200.0) == pytest.approx(paths.REST, abs=4.1)


@pytest.mark.parametrize("kind", ["steady", "recover", "slow"])
def test_three_paths_only_ever_get_lighter(kind):
    assert (np.diff(paths.path(kind, MONTHS)) < 0).all()


def test_the_late_path_gets_harder_first():
    late = paths.path("late", MONTHS)
    top = MONTHS[late.argmax()]

    assert late[0] < 20
    assert top == pytest.approx(5, abs=0.1)
    assert (np.diff(late[MONTHS > 5.1]) < 0).all()


def test_the_slow_path_is_harder_than_the_quick_one_after_the_start():
    quick, slow = (paths.path(kind, MONTHS) for kind in ("recover", "slow"))

    assert quick[0] == slow[0]
    assert (slow[1:] > quick[1:]).all()


@given(kinds)
def test_a_reminder_changes_nothing_before_it_and_fades(kind):
    plain, with_it = (paths.path(kind, MONTHS, again) for again in (False, True))

    assert (plain == with_it)[paths.AGAIN > MONTHS].all()
    assert (with_it >= plain).all()
    after = MONTHS > paths.AGAIN + 5 * paths.FADE
    assert with_it[after] == pytest.approx(plain[after], abs=0.2)


@given(kinds, st.booleans())
def test_single_days_are_the_same_each_time_and_keep_to_their_path(kind, again):
    first, second = (paths.days(kind, MONTHS, again) for _ in range(2))
    off = first - paths.path(kind, MONTHS, again)

    assert (first == second).all()
    assert ((first >= 0) & (first <= 100)).all()
    assert abs(off.mean()) < 3
    assert 3 < off.std() < 11


def test_a_path_that_is_none_is_refused():
    with pytest.raises(ValueError, match="no path 'quick'"):
        paths.path("quick", 1.0)


@given(st.floats(0, 60))
def test_the_forecast_is_too_high_and_its_pace_is_right(month):
    told, came = paths.foretold(month), paths.felt(month)
    start = float(paths.foretold(0) - paths.REST), float(paths.felt(0) - paths.REST)

    assert told >= came
    # the same share of the first hurt is left, in both
    assert (told - paths.REST) / start[0] == pytest.approx(
        (came - paths.REST) / start[1]
    )
