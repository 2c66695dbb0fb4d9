"""Run the notebooks: strictly and without flags, every cell shows what it showed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import tidy_notebooks as tidy
from support.one_thread import ALONE

NOTEBOOKS = tidy.notebooks()
PARTS = 2  # of about the same length; each may run on a core of its own
WARNS = """import warnings
warnings.warn("careful")
print("42 people")"""


def nbval(*paths: Path) -> subprocess.CompletedProcess[str]:
    """Compare notebooks as anybody would; what follows is about the report."""
    command = [
        *(sys.executable, "-m", "pytest", "--nbval", *map(str, paths)),
        *("-p", "no:cacheprovider", "-p", "no:xdist", "--color=no", "-rN"),
    ]
    return subprocess.run(
        command,
        cwd=tidy.ROOT,
        env=os.environ | ALONE,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def code_of(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """A copy of a lesson, to be spoilt: an explorer, its figures, a poll, a note."""
    path = next(path for path in NOTEBOOKS if path.name.startswith("01_"))
    return Path(shutil.copy(path, tmp_path))


@pytest.mark.parametrize("part", range(PARTS))
def test_every_notebook_shows_what_it_showed(part: int):
    paths = NOTEBOOKS[part::PARTS]
    result = nbval(*paths)
    assert result.returncode == 0, result.stdout + result.stderr
    cells = sum(len(code_of(tidy.read(path))) for path in paths)
    assert f"{cells} passed" in result.stdout, result.stdout


def test_whatever_a_cell_shows_is_compared(lesson: Path):
    spoilt = {
        "Both about the same": "Both of them",  # an option of a poll
        "none of the coloured": "half of the colours",  # a sentence
        "280": "281",  # a figure
        "One line about Sam": "One line about me",  # a title
    }
    notebook = tidy.read(lesson)
    for shown, other in spoilt.items():
        cell = next(c for c in code_of(notebook) if shown in json.dumps(c.outputs))
        text = json.dumps(cell.outputs)
        assert shown in text
        cell.outputs = nbformat.from_dict(json.loads(text.replace(shown, other, 1)))
    lesson.write_text(tidy.text_of(notebook), encoding="utf-8")

    result = nbval(lesson)

    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stdout.count("Cell outputs differ") == len(spoilt)
    assert f"{len(spoilt)} failed" in result.stdout
    # long lines are broken in a report
    report = "".join(result.stdout.split())
    assert all("".join(other.split()) in report for other in spoilt.values())


def test_a_lesson_that_jupyterlab_ran_and_saved_passes(lesson: Path):
    """Nothing but the run itself: no form, views of widgets, metadata of the run."""
    saved = tidy.run(tidy.read(lesson), lesson.parent)
    lesson.write_text(nbformat.writes(saved), encoding="utf-8")
    assert "widget-view+json" in lesson.read_text("utf-8")

    result = nbval(lesson)

    assert result.returncode == 0, result.stdout + result.stderr


def test_a_cell_that_warns_is_the_same_in_every_run(tmp_path: Path):
    warns = nbformat.v4.new_code_cell(WARNS)
    draws = nbformat.v4.new_code_cell("import matplotlib.pyplot as plt\nplt.plot([1])")
    notebook = nbformat.v4.new_notebook(cells=[warns, draws])
    path = tmp_path / "warns.ipynb"
    for name in ("conftest.py", "tests/nbval.cfg"):  # beside it, as in the kit
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(tidy.ROOT / name, tmp_path / name)

    once = tidy.tidied(tidy.run(notebook, tmp_path))
    twice = tidy.tidied(tidy.run(once, tmp_path))
    path.write_text(tidy.text_of(twice), encoding="utf-8")
    result = nbval(path)

    assert tidy.text_of(once) == tidy.text_of(twice)
    assert "cell.py:2: UserWarning: careful" in tidy.text_of(twice)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "2 passed" in result.stdout
