import numpy as np
import pytest
from pydantic import ValidationError

from beyond_the_no.models.one_poet import Log, log, opened, yeses

ROW = {
    **{"sent": "841", "taken_low": "114", "taken_high": "117", "years": "3"},
    **{"source": "github"},
}


def test_the_log_is_the_public_one():
    assert (log().sent, log().taken_low, log().taken_high, log().years) == (
        *(841, 114, 117, 3),
    )
    assert log().taken == 116


def test_as_many_envelopes_hold_a_yes_as_were_taken():
    assert yeses().shape == (841,)
    assert yeses().sum() == log().taken


def test_a_larger_handful_holds_the_smaller_one_and_no_envelope_twice():
    few, more = opened(10, 1), opened(100, 1)

    assert np.array_equal(few, more[:10])
    assert len(set(more.tolist())) == 100
    assert not np.array_equal(few, opened(10, 2))


@pytest.mark.parametrize("change", [{"sent": "0"}, {"taken_low": "-1"}, {"years": ""}])
def test_a_row_that_is_no_log_is_refused(change):
    assert Log.model_validate(ROW)
    with pytest.raises(ValidationError):
        Log.model_validate(ROW | change)
