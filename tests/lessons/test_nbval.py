"""Run the notebooks: every cell runs, and a checked cell says what it said before."""

import subprocess
import sys
from pathlib import Path

import pytest

import tidy_notebooks as tidy

NOTEBOOKS = tidy.notebooks()


def nbval(*paths: Path) -> subprocess.CompletedProcess[str]:
    # Lax: every cell runs, and those tagged nbval-check-output are compared.
    command = [
        *(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no"),
        *("--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout=120"),
        *("--nbval-sanitize-with", "tests/nbval.cfg"),
        *map(str, paths),
    ]
    return subprocess.run(
        command, cwd=tidy.ROOT, capture_output=True, text=True, timeout=600, check=False
    )


@pytest.fixture(scope="module")
def checked() -> Path:
    """A lesson that prints the figures it quotes."""
    return next(
        path for path in NOTEBOOKS if any(map(tidy.is_checked, tidy.read(path).cells))
    )


def test_every_notebook_runs_and_its_figures_are_what_they_were():
    result = nbval(*NOTEBOOKS)
    assert result.returncode == 0, result.stdout + result.stderr
    code = [
        cell
        for path in NOTEBOOKS
        for cell in tidy.read(path).cells
        if cell.cell_type == "code"
    ]
    assert f"{len(code)} passed" in result.stdout, result.stdout


def test_a_changed_figure_does_not_pass(checked: Path, tmp_path: Path):
    notebook = tidy.read(checked)
    cell = next(cell for cell in notebook.cells if tidy.is_checked(cell))
    text = cell.outputs[0].text
    assert "280" in text
    cell.outputs[0].text = text.replace("280", "281", 1)
    changed = tmp_path / checked.name
    changed.write_text(tidy.text_of(notebook), encoding="utf-8")
    result = nbval(changed)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "Cell outputs differ" in result.stdout
    assert "281" in result.stdout
    assert "1 failed" in result.stdout
