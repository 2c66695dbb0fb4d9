"""The architecture that docs/architecture.md draws, measured."""

import pytest

import architecture

WIDGETS = {"explore", "own", "together"}
MOST = 0.20  # of the hand-written lines, for a package that holds no widgets


def test_the_page_says_what_the_imports_are() -> None:
    text = architecture.PAGE.read_text("utf-8")

    assert architecture.page(text) == text, "run: python tools/architecture.py"


def test_every_package_has_a_row() -> None:
    found = {architecture.package_of(path) for path in architecture.hand_written()}

    assert found - {""} == {name for row in architecture.ROWS for name in row}


def test_no_files_import_each_other() -> None:
    assert architecture.circles(architecture.python_imports()) == []
    assert architecture.circles(architecture.javascript_imports()) == []


def test_a_circle_would_be_seen() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set(), "e": {"a"}}

    assert architecture.circles(graph) == [["a", "b", "c"]]


def test_imports_are_read() -> None:
    python = architecture.python_imports()
    scripts = architecture.javascript_imports()

    assert sum(map(len, python.values())) > 300
    assert sum(map(len, scripts.values())) > 10
    room = f"{architecture.OURS}.room.room"
    assert room in python[f"{architecture.OURS}.server.workshop.workshop"]


@pytest.mark.parametrize("name", [n for row in architecture.ROWS for n in row])
def test_a_package_imports_only_from_rows_below(name: str) -> None:
    row = architecture.row_of(name)
    others = architecture.between_packages()[name]

    assert [other for other in others if architecture.row_of(other) <= row] == []


def test_no_package_holds_most_of_the_code() -> None:
    count = architecture.lines()
    total = sum(count.values())
    large = {name for name, n in count.items() if n > MOST * total}

    assert large <= WIDGETS
