import pytest
from pydantic import ValidationError

from beyond_the_no.models.fair_doors import Gap, gaps

ROW = {
    **{"view": "pooled", "group": "black", "more": "36", "studies": "28"},
    **{"applications": "55842", "source": "10.1073/pnas.1706255114"},
}


def test_the_gaps_are_the_published_ones():
    pooled, offers = gaps("pooled"), gaps("offers")

    assert {name: gap.of_hundred for name, gap in pooled.items()} == {
        **{"black": 136, "latino": 124}
    }
    assert {name: gap.of_hundred for name, gap in offers.items()} == {
        **{"calls": 153, "offers": 245}
    }
    assert {(g.studies, g.applications) for g in pooled.values()} == {(28, 55_842)}
    assert {(g.studies, g.applications) for g in offers.values()} == {(12, 13_000)}


@pytest.mark.parametrize(
    "change",
    [{"more": "-1"}, {"more": "a third"}, {"group": "white"}, {"studies": "0"}],
)
def test_a_row_that_is_no_gap_is_refused(change):
    assert Gap.model_validate(ROW)
    with pytest.raises(ValidationError):
        Gap.model_validate(ROW | change)
