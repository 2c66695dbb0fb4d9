import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beyond_the_no.explore import Choice, Steps, Toggle

CONTROLS = [
    Toggle("A friend is there"),
    Steps("Minutes", 20, 90, step=10, unit="min", default=60),
    Choice("Look at", {"near": "Near", "far": "Far"}),
    Toggle("A plank", at=(0, 150, 175, 36)),
]


@pytest.mark.parametrize("control", CONTROLS, ids=lambda c: c.label)
def test_a_control_starts_at_one_of_its_values(control):
    assert control.default in control.values()
    assert all(control.takes(value) for value in control.values())


@pytest.mark.parametrize("control", CONTROLS, ids=lambda c: c.label)
def test_a_control_can_be_told_to_the_page(control):
    assert json.loads(json.dumps(control.spec())) == control.spec()


def test_steps_include_both_ends():
    assert Steps("n", 5, 20, 5).values() == (5, 10, 15, 20)


def test_a_start_outside_the_values_is_refused():
    with pytest.raises(ValueError, match="“n” cannot start at 7"):
        Steps("n", 5, 20, 5, default=7)


def test_one_is_not_true():
    assert not Toggle("t").takes(1)
    assert not Steps("n", 0, 3).takes(True)
    assert not Steps("n", 0, 3).takes(1.0)


@pytest.mark.parametrize("control", CONTROLS, ids=lambda c: c.label)
@given(st.recursive(st.none() | st.text() | st.integers() | st.floats(), st.lists))
def test_whatever_a_page_sends_gets_a_plain_yes_or_no(control, value):
    assert control.takes(value) in (True, False)
    assert value in control.values() or not control.takes(value)


def test_where_a_control_lies_is_told_where_it_lies_on_the_picture_alone():
    assert Toggle("t", at=(0, 150, 175, 36)).spec()["at"] == [0, 150, 175, 36]
    assert "at" not in Toggle("t").spec()
