"""A data file that is missing or was altered: one clear sentence that names it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import small_lessons as nb
from served import REPO

DATA = "neurosynth/pain_rejection_projections_2mm.npz"
MOVING = "from beyond_the_no.explore import BrainOverlap\nBrainOverlap()"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the kit, to be damaged."""
    for name in ("widgets", "data"):
        shutil.copytree(
            REPO / name,
            tmp_path / name,
            ignore=shutil.ignore_patterns("__pycache__", "node_modules"),
        )
    nb.write(tmp_path / "notebooks", one=nb.notebook(MOVING, title="One"))
    return tmp_path


def run(checkout: Path, *words: str) -> subprocess.CompletedProcess:
    kit = [sys.executable, "-m", "beyond_the_no.serve.cli", *words]
    there = os.environ | {"PYTHONPATH": str(checkout / "widgets")}
    return subprocess.run(
        kit, cwd=checkout, env=there, capture_output=True, text=True, timeout=120
    )


def missing(path: Path) -> None:
    path.unlink()


def altered(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


@pytest.mark.parametrize(
    ("damage", "says"), [(missing, "is missing"), (altered, "has been changed")]
)
def test_check_names_a_data_file_that_is_not_as_it_was(
    checkout: Path, damage: object, says: str
) -> None:
    damage(checkout / "data" / DATA)
    done = run(checkout, "check")

    assert done.returncode == 1
    assert f"The data file data/{DATA} {says}" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not re.search(r"/site-packages/|\.py\b", done.stdout)


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("check", "crisis.json"),
        ("open", "crisis.json"),
        ("check", "claims.json"),
        ("check", "safety/en.toml"),
        ("open", "safety/en.toml"),
    ],
)
def test_a_slip_in_a_file_that_is_edited_by_hand_is_one_sentence(
    checkout: Path, command: str, file: str
) -> None:
    """A leader writes her own numbers into crisis.json."""
    path = checkout / "data" / file
    path.write_text(path.read_text("utf-8")[:-9], "utf-8")
    done = run(checkout, command)

    assert done.returncode == 1
    assert Path(file).name in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
