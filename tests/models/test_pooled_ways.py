import pytest
from pydantic import ValidationError

from beyond_the_no.evidence.claims import claim
from beyond_the_no.models.nine_ways import Pooled, every, pooled

ROW = {
    **{"way": "cbt", "against": "waiting", "effect": "0.79", "low": "0.7"},
    **{"high": "0.89", "trials": "409", "people": "52702"},
    **{"source": "10.1002/wps.21069"},
}


def test_the_figures_are_the_published_ones():
    assert {n: r.effect for n, r in pooled("waiting").items()} == {
        "cbt": 0.79,
        "act": 0.57,
        "ipt": 0.6,
        "mbsr": 0.55,
        "compassion": 0.66,
        "narrative": 1.64,
        "medicine": "",
    }
    assert {n: r.effect for n, r in pooled("other").items()} == {
        "cbt": 0.06,
        "ipt": 0.06,
        "mbsr": 0.23,
        "group": -0.01,
    }
    assert {n: r.effect for n, r in pooled("placebo").items()} == {"exposure": 0.56}


def test_beside_other_help_each_effect_shrinks():
    waiting = pooled("waiting")
    for name, row in pooled("other").items():
        if name in waiting:
            assert row.effect < waiting[name].effect


def test_an_interval_holds_its_effect():
    ends = [r for r in every() if r.low != ""]

    assert len(ends) == 4
    assert all(row.low <= row.effect <= row.high for row in ends)


def test_cbt_was_tested_with_most_people_by_far():
    people = {r.way: r.people for r in every() if r.people and r.way != "medicine"}

    assert max(people, key=people.get) == "cbt"


def test_every_doi_is_a_reference_of_the_claims():
    ids = ["C74", *(f"C{n}" for n in range(30, 39))]
    known = {r.doi.lower() for id in ids for r in claim(id).references if r.doi}

    assert {row.source.lower() for row in every()} <= known


@pytest.mark.parametrize(
    "change",
    [{"way": "luck"}, {"against": "x"}, {"effect": "big"}, {"source": "nowhere"}],
)
def test_a_row_that_does_not_fit_is_refused(change):
    assert Pooled.model_validate(ROW)
    with pytest.raises(ValidationError):
        Pooled.model_validate(ROW | change)
