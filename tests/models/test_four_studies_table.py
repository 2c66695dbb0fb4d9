import pytest
from pydantic import ValidationError

from beyond_the_no.models.four_studies import Compared, four_studies

ROW = {
    **{"study": "failing", "measure": "trying", "people": "first"},
    **{"order": "lower", "source": "10.1037/0022-3514.81.4.599"},
}


def test_each_study_has_the_order_that_its_paper_tells():
    assert four_studies() == {
        "strangers": {"close": ("same", "same"), "far": ("lower", "higher")},
        "support": {"company": ("lower", "higher"), "asking": ("higher", "lower")},
        "failing": {"trying": ("lower", "higher")},
        "game": {"shaken": ("higher", "lower")},
    }


@pytest.mark.parametrize(
    "change", [{"order": "0.5"}, {"people": "third"}, {"study": ""}, {"source": ""}]
)
def test_a_row_that_is_no_order_is_refused(change):
    assert Compared.model_validate(ROW)
    with pytest.raises(ValidationError):
        Compared.model_validate(ROW | change)
