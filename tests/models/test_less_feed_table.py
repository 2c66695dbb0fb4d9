import pytest
from pydantic import ValidationError
from scipy.stats import norm

from beyond_the_no.models.less_feed import Kind, Pooled, better_of_pair, kinds, pooled

ROW = {
    **{"measure": "low_mood", "effect": "0.25", "low": "0.10", "high": "0.41"},
    **{"trials": "10", "people": "1491", "source": "10.3390/ejihpe15110222"},
}


def test_the_gains_are_the_published_ones():
    found = {
        name: (row.effect, row.low, row.high, row.trials, row.people)
        for name, row in pooled().items()
    }

    assert found == {
        "well_being": (0.17, 0.08, 0.27, 32, 5544),
        "low_mood": (0.25, 0.10, 0.41, 10, 1491),
    }


def test_the_kinds_of_help_are_the_published_ones():
    assert {name: (row.improved, row.studies) for name, row in kinds().items()} == {
        "therapy": (5, 6),
        "limits": (1, 5),
        "break": (3, 12),
    }


@pytest.mark.parametrize("effect", [-0.5, 0, 0.17, 0.8, 3])
def test_the_better_of_a_pair_follows_two_normal_groups(effect):
    assert better_of_pair(effect) == pytest.approx(norm.cdf(effect / 2**0.5))


@pytest.mark.parametrize(
    "change", [{"effect": "small"}, {"trials": "0"}, {"measure": "sleep"}]
)
def test_a_row_that_is_no_gain_is_refused(change):
    assert Pooled.model_validate(ROW)
    with pytest.raises(ValidationError):
        Pooled.model_validate(ROW | change)
    with pytest.raises(ValidationError):
        Kind.model_validate(ROW)
