import pytest
from pydantic import ValidationError

from beyond_the_no.models.ghosted import Bar, bars

ROW = {
    **{"measure": "care", "item": "told", "order": "higher", "studies": "8"},
    **{"people": "", "source": "10.1037/xge0001590"},
}


def test_the_order_is_that_of_the_papers():
    assert {item: bar.order for item, bar in bars("care").items()} == {
        **{"thought": "lower", "told": "higher"}
    }
    assert {item: bar.order for item, bar in bars("recall").items()} == {
        **{"clear": "lower", "silence": "higher"}
    }
    assert {bar.studies for bar in bars("care").values()} == {8}
    assert {bar.people for bar in bars("recall").values()} == {176}


@pytest.mark.parametrize("change", [{"order": "3"}, {"item": "love"}, {"source": ""}])
def test_a_row_that_is_no_bar_is_refused(change):
    assert Bar.model_validate(ROW)
    with pytest.raises(ValidationError):
        Bar.model_validate(ROW | change)
