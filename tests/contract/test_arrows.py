"""Who may know whom: the drawing of the house, held against the imports."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from served import REPO

PACKAGE = REPO / "widgets" / "beyond_the_no"
OURS = "beyond_the_no"
# each folder, and the others that it may know; nothing points back
ARROWS = {
    "explore": {"models", "evidence"},
    "own": {"models", "evidence"},
    "together": {"models", "evidence"},
    "models": set(),
    "evidence": set(),
    "room": set(),
    "serve": {"room", "evidence", "own", "models"},
}
WEB_AND_WIDGETS = re.compile(
    r"^(tornado|voila|jupyter\w*|nbformat|nbclient|ipykernel|ipywidgets|anywidget"
    r"|matplotlib)$"
)
MODULES = sorted(PACKAGE.rglob("*.py"))
NOTEBOOKS = sorted(
    path for name in ("notebooks", "slides") for path in (REPO / name).rglob("*.ipynb")
)


def imported(source: str, package: str = "") -> Iterator[str]:
    """Every module that a source imports, by its full name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            start = ".".join(above) if node.level else ""
            module = ".".join(filter(None, (start, node.module)))
            yield module
            yield from (f"{module}.{name.name}" for name in node.names)


def imports_of(path: Path) -> set[str]:
    package = ".".join(path.parent.relative_to(PACKAGE.parent).parts)
    return set(imported(path.read_text("utf-8"), package))


def folders(names: set[str]) -> set[str]:
    """Of which of our folders these are."""
    parts = (name.split(".") for name in names)
    return {p[1] for p in parts if p[0] == OURS and len(p) > 1}


def name_of(path: Path) -> str:
    return str(path.relative_to(REPO))


def test_a_relative_import_is_read_as_what_it_means() -> None:
    source = "from ..room import messages\nfrom . import pages\nimport json"

    assert folders(set(imported(source, f"{OURS}.serve"))) == {"room", "serve"}


def test_every_folder_of_the_house_is_in_the_drawing() -> None:
    found = {p.relative_to(PACKAGE).parts[0] for p in MODULES if p.parent != PACKAGE}

    assert found == set(ARROWS)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_knows_only_what_its_folder_may_know(path: Path) -> None:
    folder = path.relative_to(PACKAGE).parts[0]
    allowed = ARROWS.get(folder, set()) | {folder}

    assert folders(imports_of(path)) <= allowed


@pytest.mark.parametrize(
    "path", [p for p in MODULES if {"room", "models"} & set(p.parts)], ids=name_of
)
def test_room_and_models_know_no_web_server_and_no_widget(path: Path) -> None:
    known = {name.split(".")[0] for name in imports_of(path)}

    assert not [name for name in known if WEB_AND_WIDGETS.match(name)]


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.parent.name == "snapshot"], ids=name_of
)
def test_the_snapshot_knows_nothing_of_rooms_or_rejection(path: Path) -> None:
    ours = {name for name in imports_of(path) if name.startswith(f"{OURS}.")}

    assert all(name.startswith(f"{OURS}.serve.snapshot") for name in ours)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_a_notebook_imports_only_what_is_made_to_be_shown(path: Path) -> None:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    names = set(imported(code))

    assert {name.split(".")[0] for name in names} <= {OURS}
    assert folders(names) <= {"explore", "own", "together"}
