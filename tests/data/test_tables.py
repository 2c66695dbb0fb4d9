"""The tables in data/: told in the README, and quoted in a lesson that notices."""

import csv
import re
from hashlib import sha256
from pathlib import Path

import nbformat
import pytest

import tidy_notebooks as tidy
from beyond_the_no.content.decks import UNSEEN
from beyond_the_no.models.files import DATA, published
from support.damaged import checkout_in, nbval_of, sum_again

TABLES = sorted(name for name in published() if name.endswith(".csv"))
# a number of each table, another one in its place, and the lesson that quotes it
ALTERED = {
    "anger/pooled.csv": ("-0.63", "-0.64", "02_the_body"),
    "ball_game/cortisol.csv": ("89", "99", "02_the_body"),
    "ball_game/feelings.csv": ("2.32", "2.62", "02_the_body"),
    "base_rates/base_rates.csv": (
        "392,4870,0.0805",
        "489,4870,0.1004",
        "08_work_study_art",
    ),
    "base_rates/interviews.csv": (",0.207,", ",0.257,", "08_work_study_art"),
    "base_rates/same_resume.csv": ("157", "257", "08_work_study_art"),
    "cited/figures.csv": (",0.4,", ",0.5,", "06_feeds"),
    "cortisol/minutes.csv": ("19.86", "20.86", "02_the_body"),
    "cortisol/rises.csv": (",16,4", ",17,4", "02_the_body"),
    "likes/posts_by_likes.csv": ("first,0,0,42", "first,0,0,52", "06_feeds"),
    "neurosynth/region_percentages.csv": (",67,250", ",77,250", "01_why_it_hurts"),
    "oxytocin/on_cortisol.csv": ("-0.433", "-0.333", "02_the_body"),
    "oxytocin/pooled.csv": ("0.32", "0.42", "02_the_body"),
    "studies/bridge.csv": ("0.44", "0.54", "11_going_on"),
    "studies/company.csv": ("0.69", "0.79", "02_the_body"),
    "studies/family_paths.csv": ("father,26", "father,36", "07_love_friends_family"),
    "studies/fear_and_fact.csv": ("52", "62", "04_the_loop"),
    "studies/nine_ways.csv": ("0.79", "0.89", "10_finding_help"),
    "studies/not_the_only_one.csv": ("world,16", "world,26", "00_welcome"),
    "studies/paths.csv": ("63", "53", "07_love_friends_family"),
    "studies/step_in.csv": ("stepped,19", "stepped,39", "07_love_friends_family"),
    "studies/fair_doors.csv": ("black,36", "black,26", "08_work_study_art"),
    "studies/four_studies.csv": ("far,first,lower", "far,first,higher", "05_cultures"),
    "studies/ghosted.csv": ("told,higher", "told,lower", "06_feeds"),
    "studies/less_feed.csv": ("0.17", "0.37", "06_feeds"),
    "studies/less_feed_kinds.csv": ("therapy,5", "therapy,4", "06_feeds"),
    "studies/near_miss.csv": ("left,10", "left,20", "08_work_study_art"),
    "studies/one_poet.csv": ("114,117", "124,127", "08_work_study_art"),
    "studies/seen_online.csv": ("1149", "1249", "06_feeds"),
    "studies/ways_back.csv": ("573", "673", "05_cultures"),
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


def figures_of(lesson: str, folder: Path) -> None:
    """Write a lesson with its imports, and the cells that print its figures, alone.

    Its other cells draw for seconds, and what they show is compared elsewhere.
    """
    notebook = nbformat.read(tidy.ROOT / "notebooks" / f"{lesson}.ipynb", 4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in code:
        if UNSEEN not in cell.metadata.get("tags", []):
            lines = cell.source.splitlines()
            cell.source = "\n".join(one for one in lines if one.startswith("from "))
            cell.outputs = []
            cell.metadata.pop("tags", None)
    notebook.cells = code
    folder.mkdir()
    nbformat.write(notebook, folder / f"{lesson}.ipynb")


@pytest.fixture(scope="module")
def noticed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What nbval says where a number was altered, even with a new sum for it."""
    copies = tmp_path_factory.mktemp("copies")
    folders = {name: name.replace("/", "-").removesuffix(".csv") for name in ALTERED}
    for name, (old, new, lesson) in ALTERED.items():
        here = checkout_in(copies / folders[name])
        path = here / "data" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        sum_again(here, name)
        figures_of(lesson, here / "notebooks")
    said = nbval_of(copies, *folders.values())
    return {name: said[folder] for name, folder in folders.items()}


@pytest.mark.parametrize("name", ALTERED)
def test_a_number_that_is_altered_is_noticed_in_the_lesson_that_quotes_it(
    name: str, noticed: dict[str, str]
) -> None:
    assert "Cell outputs differ" in noticed[name]
    assert "Error" not in re.sub(r"(Nb|Cell)\w*Error", "", noticed[name])


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_small_and_plain(name: str) -> None:
    raw = (DATA / name).read_bytes()

    assert len(raw) < 10_000
    assert raw.endswith(b"\n")
    assert b"\r" not in raw
    assert sha256(raw).hexdigest() == published()[name]
