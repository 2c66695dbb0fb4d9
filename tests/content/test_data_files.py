"""A data file that is missing or was altered: one clear sentence that names it."""

import re
import subprocess
from pathlib import Path

import pytest

from support import damaged
from support import small_lessons as nb
from support.served import serve

DATA = "neurosynth/pain_rejection_projections_2mm.npz"
MOVING = "from beyond_the_no.explore import BrainOverlap\nBrainOverlap()"


LEFT_OUT = "from beyond_the_no.explore import LeftOut\nLeftOut()"
TABLE = "ball_game/feelings.csv"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the kit with two small lessons, to be damaged."""
    damaged.checkout_in(tmp_path)
    nb.write(
        tmp_path / "notebooks",
        one=nb.notebook(MOVING, title="One"),
        two=nb.notebook(LEFT_OUT, title="Two"),
    )
    return tmp_path


def run(checkout: Path, *words: str) -> subprocess.CompletedProcess:
    return damaged.run(checkout, "beyond_the_no.commands.main", *words)


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


@pytest.mark.parametrize("summed", [True, False], ids=["summed", "not summed"])
@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (r"\nhurt,.*", "", "has 6 rows in place of 7"),
        ("mean_included", "mean", ", row 1: the column mean_included is missing"),
        (r"2\.48", "NaN", ", row 6, column mean_left_out: 'NaN' does not fit"),
    ],
    ids=["a row removed", "a column renamed", "not a number"],
)
def test_check_says_where_a_table_is_wrong_and_tries_the_other_lessons(
    checkout: Path, old: str, new: str, says: str, summed: bool
) -> None:
    path = checkout / "data" / TABLE
    path.write_text(re.sub(old, new, path.read_text("utf-8"), count=1), "utf-8")
    if summed:
        damaged.sum_again(checkout, TABLE)
    done = run(checkout, "check")
    one, two = (done.stdout.split(f"{name} … ")[1] for name in ("one", "two"))

    assert done.returncode == 1
    assert one.startswith("runs")
    assert f"data/{TABLE}{'' if says.startswith(',') else ' '}{says}" in two
    assert ("has been changed" in two) != summed
    assert done.stdout.count(says) == 1, "said once"
    assert "Traceback" not in done.stdout + done.stderr


def test_check_looks_at_files_that_no_lesson_reads(checkout: Path) -> None:
    altered(checkout / "data" / "anger" / "pooled.csv")
    done = run(checkout, "check")

    assert done.returncode == 1
    assert "The data file data/anger/pooled.csv has been changed." in done.stdout


def test_a_workshop_closes_the_lesson_concerned_and_no_other(checkout: Path) -> None:
    altered(checkout / "data" / TABLE)
    with serve(checkout=checkout) as served:
        health = served.health()
        status, page, _ = served.get("lesson/two")

    assert health["ready"] == ["one"]
    assert list(health["trouble"]) == ["two"]
    assert status in (200, 503)
    assert "Traceback" not in page


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("check", "help.json"),
        ("open", "help.json"),
        ("check", "claims.json"),
        ("check", "safety/en.toml"),
        ("open", "safety/en.toml"),
    ],
)
def test_a_slip_in_a_file_that_is_edited_by_hand_is_one_sentence(
    checkout: Path, command: str, file: str
) -> None:
    """A leader writes her own numbers into help.json."""
    path = checkout / "data" / file
    path.write_text(path.read_text("utf-8")[:-9], "utf-8")
    done = run(checkout, command)

    assert done.returncode == 1
    assert Path(file).name in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
