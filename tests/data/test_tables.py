"""The tables in data/: told in the README, and quoted in a lesson that notices."""

import csv
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

import tidy_notebooks as tidy
from beyond_the_no.models.files import DATA, published
from damaged import checkout_in, nbval_of, sum_again

TABLES = sorted(name for name in published() if name.endswith(".csv"))
# a number of each table, another one in its place, and the lesson that quotes it
ALTERED = {
    "anger/pooled.csv": ("-0.63", "-0.64", "02_the_body"),
    "ball_game/cortisol.csv": ("131", "132", "02_the_body"),
    "ball_game/feelings.csv": ("2.32", "2.62", "02_the_body"),
    "base_rates/base_rates.csv": (
        "392,4870,0.0805",
        "489,4870,0.1004",
        "08_kinds_of_no",
    ),
    "base_rates/interviews.csv": (",0.207,", ",0.257,", "08_kinds_of_no"),
    "base_rates/same_resume.csv": ("157", "257", "08_kinds_of_no"),
    "cited/figures.csv": ("98.3", "88.3", "05_cultures"),
    "cortisol/minutes.csv": ("21.88", "22.88", "02_the_body"),
    "cortisol/rises.csv": (",16,4", ",17,4", "02_the_body"),
    "likes/posts_by_likes.csv": ("first,0,0,42", "first,0,0,52", "06_feeds"),
    "neurosynth/region_percentages.csv": (",67,250", ",77,250", "01_why_it_hurts"),
    "oxytocin/on_cortisol.csv": ("-0.433", "-0.333", "02_the_body"),
    "oxytocin/pooled.csv": ("0.32", "0.42", "02_the_body"),
}
ROW = re.compile(
    r"^\| `([\w/]+\.csv)` \| (\d+) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$"
)


def told() -> dict[str, tuple[str, ...]]:
    """What the README's table says of each file."""
    lines = (DATA / "README.md").read_text("utf-8").splitlines()
    found = (ROW.match(line) for line in lines)
    return {row[1]: row.groups()[1:] for row in found if row}


def read(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_readme_tells_of_every_table() -> None:
    assert sorted(told()) == TABLES


@pytest.mark.parametrize("name", TABLES)
def test_the_readme_says_what_a_table_holds(name: str) -> None:
    rows, columns, source, made, lesson = told()[name]
    head, *body = read(name)
    said = re.sub(r"\([^)]*\)", "", columns)

    assert len(body) == int(rows)
    assert [column.strip() for column in said.split(",")] == head
    assert re.search(r"doi:10\.\d{4,9}/|DOIs in|as above|github", source)
    script = re.search(r"`(.+\.py)`", made)
    assert (DATA / script[1]).is_file() if script else made.startswith("typed")
    assert list((DATA.parent / "notebooks").glob(f"{lesson}_*.ipynb"))


@pytest.mark.parametrize("name", TABLES)
def test_the_licences_name_the_folder_of_a_table(name: str) -> None:
    assert f"`{name.split('/')[0]}/" in (DATA / "LICENSES.md").read_text("utf-8")


def test_a_number_of_every_table_is_tried() -> None:
    assert sorted(ALTERED) == TABLES


@pytest.mark.parametrize("name", ALTERED)
def test_a_number_that_is_altered_is_noticed_in_the_lesson_that_quotes_it(
    name: str, tmp_path: Path
) -> None:
    """Even when somebody wrote a new sum for it."""
    old, new, lesson = ALTERED[name]
    here = checkout_in(tmp_path)
    path = here / "data" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    sum_again(here, name)
    (here / "notebooks").mkdir(exist_ok=True)
    quoting = tidy.ROOT / "notebooks" / f"{lesson}.ipynb"
    shutil.copy(quoting, here / "notebooks")

    done = nbval_of(here, lesson)

    assert done.returncode == 1, done.stdout + done.stderr
    assert "Cell outputs differ" in done.stdout
    assert "Error" not in re.sub(r"(Nb|Cell)\w*Error", "", done.stdout)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_small_and_plain(name: str) -> None:
    raw = (DATA / name).read_bytes()

    assert len(raw) < 10_000
    assert raw.endswith(b"\n")
    assert b"\r" not in raw
    assert sha256(raw).hexdigest() == published()[name]
