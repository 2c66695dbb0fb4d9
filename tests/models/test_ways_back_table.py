import pytest
from pydantic import ValidationError

from beyond_the_no.models.ways_back import STEPS, Way, ways

ROW = {
    **{"way": "ritual", "tested": "experiments", "studies": "3", "people": ""},
    **{"source": "10.1037/a0031772"},
}


def test_how_well_each_way_is_tested():
    assert {name: row.tested for name, row in ways().items()} == {
        "bench": "trial",
        "setting_right": "described",
        "ritual": "experiments",
        "company": "seen",
        "practise": "seen",
        "stranger": "seen",
        "prayer": "experiments",
        "go_between": "view",
    }
    assert (ways()["bench"].studies, ways()["bench"].people) == (1, 573)
    assert {ways()[n].studies for n in ("ritual", "prayer")} == {3}


def test_a_trial_is_the_highest_step_and_a_view_the_lowest():
    assert STEPS[0] == "view"
    assert STEPS[-1] == "trial"


@pytest.mark.parametrize(
    "change", [{"tested": "proven"}, {"way": ""}, {"studies": "few"}, {"source": ""}]
)
def test_a_row_that_is_no_way_is_refused(change):
    assert Way.model_validate(ROW)
    with pytest.raises(ValidationError):
        Way.model_validate(ROW | change)
