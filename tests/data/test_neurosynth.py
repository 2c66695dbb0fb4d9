"""Recompute what is in data/neurosynth/ from lists that are not part of the kit."""

import csv
import importlib.util
import os
from pathlib import Path

import numpy as np
import pytest

from beyond_the_no.models.files import DATA

FOLDER = DATA / "neurosynth"
EXTRACT = DATA.parents[1] / "shared" / "data" / "neurosynth_odbl"
TABLES = os.environ.get("NEUROSYNTH_TABLES")  # folder with the two public *.tsv.gz
# the extract is rounded to mm: one study's peak at z = 30.6 leaves the upper ACC
ROUNDED = {("upper_acc", "pain"): 66}


@pytest.fixture(scope="module")
def compute():
    spec = importlib.util.spec_from_file_location("compute", FOLDER / "compute.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def areas(compute):
    size = np.prod(compute.SHAPE)
    with np.load(FOLDER / "regions_2mm.npz") as packed:
        return {
            name: np.unpackbits(bits, count=size).reshape(compute.SHAPE).astype(bool)
            for name, bits in packed.items()
        }


@pytest.fixture(scope="module")
def published():
    return {
        (row["region"], row["study_set"]): (
            int(row["studies_with"]),
            int(row["studies"]),
        )
        for row in rows(FOLDER / "region_percentages.csv")
    }


def rows(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_percent_is_studies_with_of_studies():
    for row in rows(FOLDER / "region_percentages.csv"):
        share = 100 * int(row["studies_with"]) / int(row["studies"])
        assert float(row["percent"]) == pytest.approx(share, abs=0.05)


def test_boxes_have_the_limits_that_the_readme_states(areas, compute):
    x, y, z = compute.grid()[areas["forehead"]].T

    assert (abs(x).max(), y.min(), y.max(), z.min(), z.max()) == (12, 44, 64, -4, 30)


@pytest.mark.skipif(not EXTRACT.is_dir(), reason="the list of peaks is not at hand")
def test_counts_come_out_of_the_list_of_peaks(compute, areas, published):
    studies = {row["pmid"]: row for row in rows(EXTRACT / "studies.csv")}
    peaks = rows(EXTRACT / "peaks_mni.csv")
    ids = np.array([int(row["pmid"]) for row in peaks])
    xyz = np.array([[float(row[axis]) for axis in "xyz"] for row in peaks])
    # Talairach places were whole mm before they were moved to MNI and rounded
    old = np.array([studies[row["pmid"]]["space"] == "TAL" for row in peaks])
    to_talairach = compute.TALAIRACH
    xyz[old] = compute.to_mni(
        np.rint(xyz[old] @ to_talairach[:, :3].T + to_talairach[:, 3])
    )
    sets = {
        name: {int(pmid) for pmid, row in studies.items() if row["set"] == name}
        for name in ("pain", "rejection")
    }

    found = {
        (region, name): (some, every)
        for region, name, some, every in compute.counts(areas, sets, ids, xyz)
    }

    for key, (some, every) in found.items():
        assert (some, every) == (ROUNDED.get(key, published[key][0]), published[key][1])


@pytest.mark.skipif(not TABLES, reason="NEUROSYNTH_TABLES does not name a folder")
def test_counts_come_out_of_the_public_tables(compute, areas, published):
    tables = {
        part: compute.table(next(Path(TABLES).glob(f"*{part}.tsv.gz")))
        for part in ("metadata", "coordinates")
    }
    space = {row["id"]: row["space"] for row in tables["metadata"]}
    peaks = tables["coordinates"]
    ids = np.array([int(row["id"]) for row in peaks])
    xyz = np.array([[float(row[axis]) for axis in "xyz"] for row in peaks])
    old = np.array([space[row["id"]] == "TAL" for row in peaks])
    xyz[old] = compute.to_mni(xyz[old])
    sets = compute.chosen(tables["metadata"])

    for region, name, some, every in compute.counts(areas, sets, ids, xyz):
        assert some == published[region, name][0]
        if name != "other":  # of these, 27 have no peak near the brain mask
            assert every == published[region, name][1]
