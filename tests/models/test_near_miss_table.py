import pytest
from pydantic import ValidationError

from beyond_the_no.models.near_miss import Finding, findings, of_hundred

ROW = {
    **{"view": "grants", "finding": "left", "of_hundred": "10", "order": ""},
    **{"source": "10.1038/s41467-019-12189-3"},
}


def test_what_was_found_is_what_the_papers_say():
    found = {
        view: {n: (r.of_hundred, r.order) for n, r in findings(view).items()}
        for view in ("grants", "papers")
    }

    assert found == {
        "grants": {
            **{"left": (10, ""), "won": ("", "lower"), "stayed": ("", "higher")}
        },
        "papers": {"first": (75, "lower"), "elsewhere": (25, "higher")},
    }
    assert of_hundred("grants", "stayed") == 0


@pytest.mark.parametrize(
    "change", [{"order": "0.2"}, {"finding": "gone"}, {"of_hundred": "some"}]
)
def test_a_row_that_is_no_finding_is_refused(change):
    assert Finding.model_validate(ROW)
    with pytest.raises(ValidationError):
        Finding.model_validate(ROW | change)
