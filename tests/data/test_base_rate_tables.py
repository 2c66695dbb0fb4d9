"""Recompute what is in data/base_rates/ from tables that are not part of the kit."""

import csv
import importlib.util
from pathlib import Path

import numpy as np
import pytest

from beyond_the_no.models.files import DATA

FOLDER = DATA / "base_rates"
TABLES = DATA.parents[1] / "shared" / "data" / "r_datasets_gpl"


@pytest.fixture(scope="module")
def compute():
    spec = importlib.util.spec_from_file_location("compute", FOLDER / "compute.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not TABLES.is_dir(), reason="the packaged tables are not at hand")
def test_the_files_come_out_of_the_packaged_tables(compute, monkeypatch, tmp_path):
    monkeypatch.setattr(compute, "HERE", tmp_path)
    compute.main(TABLES)

    for path in sorted(FOLDER.glob("*.csv")):
        assert (tmp_path / path.name).read_text() == path.read_text(), path.name


def test_a_band_is_the_middle_half_of_many_groups_and_the_ends_of_few(compute):
    many = [("kind", str(n), n, 100) for n in range(1, 13)]

    assert compute.rates(many)["low"] == f"{np.percentile(range(1, 13), 25) / 100:.4f}"
    assert compute.rates(many[:9])["low"] == "0.0100"
    assert compute.rates(many[:9])["high"] == "0.0900"


def test_correlations_are_pooled_by_the_size_of_their_studies(compute):
    rows = [{"ni": "103", "ri": "0.5"}, {"ni": "103", "ri": "-0.5"}]
    one = compute.pooled([{"ni": "103", "ri": "0.3"}])

    assert float(compute.pooled(rows)["r"]) == 0
    # the textbook interval for r = .3 with 103 people
    assert (one["low"], one["high"]) == ("0.113", "0.466")


def test_a_kind_of_interview_that_is_not_said_is_in_neither_kind(compute):
    assert "" in compute.INTERVIEWS["all"]
    assert "" not in compute.INTERVIEWS["planned"]
    assert "" not in compute.INTERVIEWS["free"]


def test_the_pooled_rate_is_yes_of_tries():
    with Path(FOLDER / "base_rates.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            share = int(row["yes"]) / int(row["tries"])
            assert float(row["rate"]) == pytest.approx(share, abs=5e-5)
