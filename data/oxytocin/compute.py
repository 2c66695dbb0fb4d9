"""Compute what `pooled.csv` holds from three tables of trials with oxytocin sprays.

    python data/oxytocin/compute.py BAKERMANS.csv KEECH.csv OOI.csv

The tables are ``data/dat_bakermans_kranenburg.rda``, ``dat_keech.rda`` and
``dat_ooi.rda`` of github dsquintana/metameta at
3d4d701b2c69d97f38c545a4c0c6e2e827d4da08 (MIT licence), written as CSV with R's
``write.csv``. One line for each trial: its effect ``yi``, and ``sei`` (standard error)
or ``lower`` and ``upper`` (95 %). Papers: doi:10.1038/tp.2013.34,
doi:10.1016/j.psyneuen.2017.09.022, doi:10.1055/s-0042-109400.
"""

import csv
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
NAMES = ("conditions", "emotions", "social")
Z = 1.959964  # 95 %


def trials(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Read the effects of single trials, and their standard errors."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    effect = np.array([float(row["yi"]) for row in rows])
    if "sei" in rows[0]:
        return effect, np.array([float(row["sei"]) for row in rows])
    wide = [float(row["upper"]) - float(row["lower"]) for row in rows]
    return effect, np.array(wide) / (2 * Z)


def pooled(effect: np.ndarray, error: np.ndarray) -> tuple[float, float]:
    """Pool trials as random effects (DerSimonian 1986): the mean and its error."""
    weight = error**-2
    fixed = np.average(effect, weights=weight)
    excess = (weight * (effect - fixed) ** 2).sum() - len(effect) + 1
    between = max(0, excess / (weight.sum() - (weight**2).sum() / weight.sum()))
    weight = 1 / (error**2 + between)
    return float(np.average(effect, weights=weight)), float(weight.sum() ** -0.5)


def main(*paths: Path) -> None:
    """Write the table."""
    rows = [["review", "trials", "unclear", "effect", "low", "high"]]
    for name, path in zip(NAMES, paths, strict=True):
        effect, error = trials(path)
        unclear = int((abs(effect) <= Z * error).sum())
        mean, of_mean = pooled(effect, error)
        ends = (mean, mean - Z * of_mean, mean + Z * of_mean)
        rows.append([name, len(effect), unclear, *(f"{x:.2f}" for x in ends)])
    with (HERE / "pooled.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
