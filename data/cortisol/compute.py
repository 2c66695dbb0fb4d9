"""Compute what `minutes.csv` and `rises.csv` hold from 200 people's saliva.

    python data/cortisol/compute.py CortStressResponse.csv

The table is ``ecjy6_src/CortStressResponse.csv`` of github
code-inspect-binder/osf_ecjy6-f at 837562296b4cc70935b86c4bd386aff85990a3de, a copy of
osf.io/ecjy6 (Miller et al. 2018, doi:10.48550/arXiv.1708.08504). It names no licence,
so it is not part of the kit: what we computed from it is.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
DRESDEN, WOMAN = "2", "1"  # as the authors' own script reads FLAG and SEX
MINUTES = (-5, 11, 20, 30, 40, 55, 70)  # from the beginning of the speech
EDGES = (0, 1.5, 5, 10, 15, 20, 25, 30)  # nmol/l, between two bars of a rise


def people(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Read the Dresden study: who is a woman, and people x minutes in nmol/l."""
    woman, found = {}, defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["FLAG"] == DRESDEN:
                woman[row["ID"]] = row["SEX"] == WOMAN
                found[row["ID"]][int(row["TAD"])] = float(row["DV"])
    saliva = [[found[who][minute] for minute in MINUTES] for who in found]
    return np.array([woman[who] for who in found]), np.array(saliva)


def minutes(woman: np.ndarray, saliva: np.ndarray) -> list[list[object]]:
    """Mean, spread and quartiles of each group at each minute."""
    rows = []
    for group, chosen in (("all", woman | ~woman), ("women", woman), ("men", ~woman)):
        for minute, values in zip(MINUTES, saliva[chosen].T, strict=True):
            quarters = np.percentile(values, (25, 50, 75))
            numbers = (values.mean(), values.std(ddof=1), *quarters)
            rows.append([group, minute, len(values), *(f"{x:.2f}" for x in numbers)])
    return rows


def rises(woman: np.ndarray, saliva: np.ndarray) -> list[list[object]]:
    """How many people rose by how much, from before the speech to their highest."""
    rise = saliva[:, 1:].max(1) - saliva[:, 0]
    bar = np.searchsorted(EDGES, rise, side="right")
    low, high = ("", *EDGES), (*EDGES, "")
    return [
        [low[i], high[i], int((bar[woman] == i).sum()), int((bar[~woman] == i).sum())]
        for i in range(len(EDGES) + 1)
    ]


def main(path: Path) -> None:
    """Write both tables."""
    head = ["group", "minute", "people", "mean", "sd", "low", "middle", "high"]
    tables = {
        "minutes": [head, *minutes(*people(path))],
        "rises": [["at_least", "below", "women", "men"], *rises(*people(path))],
    }
    for name, rows in tables.items():
        with (HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
