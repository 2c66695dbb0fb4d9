import pytest
from pydantic import ValidationError

from beyond_the_no.evidence.claims import claim
from beyond_the_no.models.step_in import Step, steps

ROW = {"step": "there", "of_100": "88", "children": "58"}
ROW |= {"source": "10.1111/1467-9507.00178"}


def test_the_figures_are_the_published_ones():
    assert {name: row.of_100 for name, row in steps().items()} == {
        "there": 88,
        "stepped": 19,
        "worked": 57,
    }
    assert {row.children for row in steps().values()} == {58}


def test_of_ten_they_are_rounded():
    assert [row.of_ten for row in steps().values()] == [9, 2, 6]


def test_the_claim_rests_on_the_same_study():
    assert {row.source for row in steps().values()} == {
        r.doi for r in claim("C60").references
    }


@pytest.mark.parametrize(
    "change", [{"step": "ran"}, {"of_100": "101"}, {"children": "0"}, {"source": ""}]
)
def test_a_row_that_does_not_fit_is_refused(change):
    assert Step.model_validate(ROW)
    with pytest.raises(ValidationError):
        Step.model_validate(ROW | change)
