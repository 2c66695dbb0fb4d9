"""On which line a value of a JSON file stands."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from beyond_the_no.common.json_lines import line_of, lines

SCALARS = st.none() | st.booleans() | st.integers() | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def places(value: Any, at: tuple[int | str, ...] = ()) -> list[tuple[int | str, ...]]:
    inside = enumerate(value) if isinstance(value, list) else ()
    inside = value.items() if isinstance(value, dict) else inside
    return [at, *(one for key, part in inside for one in places(part, (*at, key)))]


def reached(value: Any, at: tuple[int | str, ...]) -> Any:
    for part in at:
        value = value[part]
    return value


@given(VALUES)
def test_each_value_begins_on_the_line_that_is_said(value: Any) -> None:
    text = json.dumps(value, indent=1)
    found = lines(text)

    assert list(found) == places(value)
    for at, line in found.items():
        said = text.splitlines()[line - 1] if line > 1 else text
        first = json.dumps(reached(value, at), indent=1).splitlines()[0]
        assert first in said


def test_what_is_missing_is_on_the_line_of_what_should_hold_it() -> None:
    found = lines('{\n "a": [\n  {"b": 1}\n ]\n}')

    assert line_of(found, ("a", 0, "b")) == 3
    assert line_of(found, ("a", 0, "c")) == 3
    assert line_of(found, ("x",)) == 1
