import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from beyond_the_no.evidence.claims import claim
from beyond_the_no.models.planks import PLANKS, Plank, planks, sag

ROW = {
    **{"plank": "skills", "outcome": "x", "measure": "d", "effect": "0.4"},
    **{"low": "0.2", "high": "0.6", "studies": "11", "people": ""},
    **{"source": "10.1136/bmjopen-2017-017858"},
}


@given(st.integers(1, 3), st.integers(0, 4))
def test_a_plank_more_lessens_the_sag_and_a_load_more_deepens_it(load, held):
    assert 0 < sag(load, held + 1) < sag(load, held) < sag(load + 1, held)


def test_the_same_sag_comes_from_fewer_planks_or_a_heavier_load():
    assert sag(1, 0) == sag(2, 1) == sag(3, 2)


def test_the_figures_are_the_published_ones():
    found = {
        name: [(row.effect, row.low, row.high) for row in rows]
        for name, rows in planks().items()
    }

    assert found == {
        "skills": [(0.44, 0.23, 0.64)],
        "people": [(-0.25, -0.28, -0.21)],
        "sleep": [(0.53, "", "")],
        "money": [(0.13, 0.09, 0.18), (0.07, 0.05, 0.09)],
        "belonging": [("", "", "")],
    }
    assert list(found) == list(PLANKS)


def test_a_link_is_drawn_by_its_size_with_its_ends_in_order():
    (people,) = planks()["people"]
    (sleep,) = planks()["sleep"]
    (belonging,) = planks()["belonging"]

    assert people.interval == (0.25, 0.21, 0.28)
    assert sleep.interval == (0.53, 0.53, 0.53)
    assert belonging.interval is None


def test_every_doi_is_a_reference_of_the_claim():
    known = {r.doi for id in ("C39", "C75") for r in claim(id).references}

    assert {row.source for rows in planks().values() for row in rows} <= known


@pytest.mark.parametrize(
    "change", [{"plank": "luck"}, {"measure": "g"}, {"effect": "much"}, {"source": "x"}]
)
def test_a_row_that_does_not_fit_is_refused(change):
    assert Plank.model_validate(ROW)
    with pytest.raises(ValidationError):
        Plank.model_validate(ROW | change)
