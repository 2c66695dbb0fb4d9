import pytest
from pydantic import ValidationError

from beyond_the_no.evidence.claims import claim
from beyond_the_no.models.estranged import Estranged, estranged

ROW = {
    **{"parent": "father", "of_100": "26", "people": "8119"},
    **{"again_of_100": "69", "source": "Reczek 2023"},
}


def test_the_figures_are_the_published_ones():
    assert {
        name: (row.of_100, row.people, row.again_of_100)
        for name, row in estranged().items()
    } == {"father": (26, 8119, 69), "mother": (6, 8495, 81)}


def test_the_doors_that_reopened_are_rounded_to_whole_ones():
    assert {name: row.again for name, row in estranged().items()} == {
        "father": 18,  # 17.9
        "mother": 5,  # 4.9
    }


def test_the_claim_says_the_same():
    said = claim("C59").supports

    for row in estranged().values():
        assert f"{row.of_100} of 100" in said
        assert f"{row.again_of_100}" in said


@pytest.mark.parametrize(
    "change", [{"parent": "aunt"}, {"of_100": "101"}, {"people": ""}, {"source": ""}]
)
def test_a_row_that_does_not_fit_is_refused(change):
    assert Estranged.model_validate(ROW)
    with pytest.raises(ValidationError):
        Estranged.model_validate(ROW | change)
