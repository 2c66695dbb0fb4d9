import re

import pytest
from pydantic import ValidationError

from beyond_the_no.evidence.claims import claim
from beyond_the_no.models.cited import Figure, cited

ROW = {
    **{"figure": "lonely", "low": "2.9", "high": "7.5", "unit": "percent"},
    **{"people": "0", "places": "0", "source": "10.1136/bmj-2021-067068"},
}


def test_the_figures_on_screen_are_the_published_ones():
    found = {name: (figure.low, figure.high) for name, figure in cited().items()}

    assert found == {
        "screens": (0, 0.4),
        "guessing_thoughts": (0.21, 0.21),
        "norms": (0, 0),
    }


def test_every_doi_is_a_reference_of_a_claim_that_is_shown_with_it():
    known = {r.doi for id in ("C06", "C17", "C18") for r in claim(id).references}
    sources = {figure.source for figure in cited().values()}

    assert {s for s in sources if re.match(r"10\.", s)} <= known


@pytest.mark.parametrize(
    "change",
    [
        {"low": "high"},
        {"low": ""},
        {"high": "nan"},
        {"high": "101"},
        {"low": "8"},
        {"people": "many"},
        {"places": None},
        {"source": ""},
    ],
)
def test_a_row_that_is_no_range_is_refused(change):
    assert Figure.model_validate(ROW)
    with pytest.raises(ValidationError):
        Figure.model_validate(ROW | change)
