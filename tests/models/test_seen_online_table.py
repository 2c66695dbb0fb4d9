import pytest
from pydantic import ValidationError

from beyond_the_no.models.seen_online import Case, cases

ROW = {
    **{"study": "first", "case": "cut", "order": "higher", "need": "", "studies": "5"},
    **{"people": "1149", "source": "10.1016/j.chb.2021.107062"},
}


def test_the_order_is_that_of_the_two_papers():
    assert {n: (r.study, r.order, r.need, r.people) for n, r in cases().items()} == {
        "not_tagged": ("first", "lower", "more", 1149),
        "cut": ("first", "higher", "", 1149),
        "choice": ("second", "lower", "", 563),
        "not_asked": ("second", "higher", "", 563),
    }


@pytest.mark.parametrize(
    "change", [{"order": "0.4"}, {"case": "liked"}, {"people": ""}, {"need": "less"}]
)
def test_a_row_that_is_no_case_is_refused(change):
    assert Case.model_validate(ROW)
    with pytest.raises(ValidationError):
        Case.model_validate(ROW | change)
