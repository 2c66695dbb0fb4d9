import pytest
from pydantic import ValidationError

from beyond_the_no.evidence.claims import claim
from beyond_the_no.models.lonely import Lonely, lonely

ROW = {
    **{"group": "teens", "of_100": "21", "from_year": "2014", "to_year": "2023"},
    **{"source": "WHO 2025"},
}


def test_the_figures_are_the_published_ones():
    assert {name: row.of_100 for name, row in lonely().items()} == {
        "world": 16,
        "teens": 21,
        "young": 17,
        "low_income": 24,
        "high_income": 11,
    }


def test_the_claim_says_the_same():
    said = claim("C53").supports

    for group in ("world", "teens", "low_income"):
        assert f"{lonely()[group].of_100} of 100" in said


@pytest.mark.parametrize(
    "change", [{"group": "all"}, {"of_100": "101"}, {"of_100": ""}, {"source": ""}]
)
def test_a_row_that_does_not_fit_is_refused(change):
    assert Lonely.model_validate(ROW)
    with pytest.raises(ValidationError):
        Lonely.model_validate(ROW | change)
