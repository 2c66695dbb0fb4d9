import pytest
from pydantic import ValidationError

from beyond_the_no.evidence.claims import claim
from beyond_the_no.models.company import Company, company, eased, every

ROW = {
    **{"part": "touch", "row": "pain", "level": "", "effect": "0.69", "low": "0.48"},
    **{"high": "0.89", "people": "", "source": "10.1038/s41562-024-01841-8"},
}


def test_the_effects_are_the_published_ones():
    assert {name: tuple(effect) for name, effect in eased("touch").items()} == {
        "pain": (0.69, 0.48, 0.89),
        "mood": (0.59, 0.40, 0.78),
        "worry": (0.64, 0.44, 0.84),
    }
    assert {name: tuple(effect) for name, effect in eased("who").items()} == {
        "people": (0.58, 0.43, 0.73),
        "objects": (0.34, 0.19, 0.49),
        "familiar": (0.51, 0.29, 0.73),
        "trained": (0.50, 0.38, 0.61),
    }


def test_the_studies_of_a_speech_have_an_order_and_no_size():
    rows = [*company("women"), *company("men")]

    assert [row.row for row in rows if row.level == "lower"] == ["massage", "friend"]
    assert {row.effect for row in rows} == {""}
    assert {(row.part, row.people) for row in rows} == {("women", 67), ("men", 37)}


def test_every_doi_is_a_reference_of_the_claims():
    known = {r.doi for id in ("C55", "C56") for r in claim(id).references}

    assert {row.source for row in every()} == known


@pytest.mark.parametrize(
    "change", [{"part": "robots"}, {"level": "up"}, {"effect": "big"}, {"source": ""}]
)
def test_a_row_that_does_not_fit_is_refused(change):
    assert Company.model_validate(ROW)
    with pytest.raises(ValidationError):
        Company.model_validate(ROW | change)
