"""What particular packages, and notebooks, must not import."""

import json
import re
from pathlib import Path

import pytest

from architecture import imported
from support.served import REPO

PACKAGE = REPO / "widgets" / "beyond_the_no"
OURS = "beyond_the_no"
WEB_AND_WIDGETS = re.compile(
    r"^(tornado|voila|jupyter\w*|nbformat|nbclient|ipykernel|ipywidgets|anywidget"
    r"|matplotlib)$"
)
MODULES = sorted(PACKAGE.rglob("*.py"))
PLAIN = "plain_ipywidgets.ipynb"  # shows that a lesson may be an ordinary notebook
NOTEBOOKS = sorted(
    path
    for name in ("notebooks", "slides")
    for path in (REPO / name).rglob("*.ipynb")
    if path.name != PLAIN
)


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

    assert folders(set(imported(source, f"{OURS}.server"))) == {"room", "server"}


@pytest.mark.parametrize(
    "path", [p for p in MODULES if {"room", "models"} & set(p.parts)], ids=name_of
)
def test_room_and_models_know_no_web_server_and_no_widget(path: Path) -> None:
    known = {name.split(".")[0] for name in imports_of(path)}

    assert not [name for name in known if WEB_AND_WIDGETS.match(name)]


@pytest.mark.parametrize(
    "path", [p for p in MODULES if "engine" in p.parts], ids=name_of
)
def test_the_engine_knows_nothing_of_rooms_or_rejection(path: Path) -> None:
    assert folders(imports_of(path)) <= {"engine", "common"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_a_notebook_imports_only_what_is_made_to_be_shown(path: Path) -> None:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    names = set(imported(code))

    assert {name.split(".")[0] for name in names} <= {OURS}
    assert folders(names) <= {"explore", "own", "together"}
