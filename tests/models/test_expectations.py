import pytest
from pydantic import ValidationError

from beyond_the_no.evidence.claims import claim
from beyond_the_no.models.expectations import Expectation, expectations

ROW = {
    **{"row": "ask", "feared": "less", "expected": "52", "came": "100"},
    **{"studies": "", "people": "14000", "source": "10.1177/0963721415628011"},
}


def test_one_row_has_numbers_and_they_are_48_in_100_apart():
    found = expectations()
    numbers = {name: (r.expected, r.came) for name, r in found.items() if r.came}

    assert numbers == {"ask": (52, 100)}
    assert 1 - found["ask"].expected / found["ask"].came == pytest.approx(0.48)


def test_the_fear_alone_was_more_than_what_came():
    assert [n for n, r in expectations().items() if r.feared == "more"] == ["hello"]


def test_every_doi_is_a_reference_of_the_claims():
    known = {r.doi for id in ("C57", "C58") for r in claim(id).references}

    assert {row.source for row in expectations().values()} <= known


@pytest.mark.parametrize(
    "change", [{"row": "date"}, {"feared": "same"}, {"came": "all"}, {"source": ""}]
)
def test_a_row_that_does_not_fit_is_refused(change):
    assert Expectation.model_validate(ROW)
    with pytest.raises(ValidationError):
        Expectation.model_validate(ROW | change)
