"""Count the likes again from the published table, which is not part of the kit."""

import csv
import importlib.util

import pytest

from beyond_the_no.models.files import DATA

FOLDER = DATA / "likes"
EXTRACT = DATA.parents[1] / "shared" / "data" / "likes_gpl3" / "data_fig1.csv"


@pytest.fixture(scope="module")
def compute():
    spec = importlib.util.spec_from_file_location("likes", FOLDER / "compute.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_post_falls_into_one_bin(compute):
    column = ["0", "1", "2", "3", "5", "6.0", "40", "NA", ""]
    rows = [dict.fromkeys(compute.PEOPLE.values(), cell) for cell in column]

    first = [posts for person, *_, posts in compute.counts(rows) if person == "first"]
    assert first == [1, 2, 2, 2]


@pytest.mark.skipif(not EXTRACT.is_file(), reason="the published table is not at hand")
def test_the_file_comes_out_of_the_published_table(compute):
    with EXTRACT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (FOLDER / "posts_by_likes.csv").open(encoding="utf-8", newline="") as file:
        _, *published = csv.reader(file)

    found = [list(map(str, row)) for row in compute.counts(rows)]
    assert found == published
