import numpy as np
import pytest
from pydantic import ValidationError

from beyond_the_no.evidence.claims import claim
from beyond_the_no.models.life_paths import LifePath, life_paths, shape

ROW = {"path": "steady", "seen": "63", "groups": "67"}
ROW |= {"source": "10.1016/j.cpr.2018.05.008"}


def test_the_counts_are_the_published_ones():
    assert {name: row.seen for name, row in life_paths().items()} == {
        "steady": 63,
        "recovery": 49,
        "long": 47,
        "later": "",
    }
    assert {row.groups for row in life_paths().values()} == {67}


def test_the_claim_says_the_same():
    text = claim("C48")

    for name in ("steady", "recovery", "long"):
        assert f"{life_paths()[name].seen} " in f"{text.supports} {text.limits}"
    assert life_paths()["steady"].source in {r.doi for r in text.references}


def test_the_sketches_are_what_their_names_say():
    found = {name: shape(name)[1] for name in life_paths()}

    assert all(((line >= 0) & (line <= 1)).all() for line in found.values())
    assert found["steady"].max() < found["recovery"].max() / 1.5
    assert found["recovery"][-1] < found["recovery"].max() / 4
    assert found["long"][-1] > 0.8 * found["long"].max()
    assert np.argmax(found["later"]) == len(found["later"]) - 1


@pytest.mark.parametrize(
    "change", [{"path": "up"}, {"seen": "many"}, {"groups": "0"}, {"source": ""}]
)
def test_a_row_that_does_not_fit_is_refused(change):
    assert LifePath.model_validate(ROW)
    with pytest.raises(ValidationError):
        LifePath.model_validate(ROW | change)
