"""Compute the tables of this folder from four published data sets.

    python data/base_rates/compute.py FOLDER

FOLDER holds resume_callbacks.csv, dat.bornmann2007.csv, UCBAdmissions.csv and
dat.mcdaniel1994.csv. README.md, one folder up, says which packages they come in.
Takes a moment; needs numpy.
"""

import csv
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
# "structured" and "unstructured" in the source; of some studies it does not say
INTERVIEWS = {"all": ("s", "u", ""), "planned": ("s",), "free": ("u",)}


def table(path):
    """Rows of a csv as dicts."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def jobs(rows):
    """Call backs, by the kind of first name that was printed on the résumé."""
    for group in ("black", "white"):
        those = [row for row in rows if row["race"] == group]
        yes = sum(int(row["sum"]) for row in those)
        yield "job", f"{group}_names", yes, sum(int(row["count"]) for row in those)


def grants(rows):
    """Awards, by round of funding: women and men together."""
    for row in rows:
        yes = int(row["waward"]) + int(row["maward"])
        yield "grant", row["obs"], yes, int(row["wtotal"]) + int(row["mtotal"])


def places(rows):
    """Admissions, by department."""
    for dept in sorted({row["Dept"] for row in rows}):
        those = [row for row in rows if row["Dept"] == dept]
        yes = sum(int(row["Freq"]) for row in those if row["Admit"] == "Admitted")
        total = sum(int(row["Freq"]) for row in those)
        yield "university", dept, yes, total


def rates(groups):
    """Pool the groups of one kind, and say how far they lie apart.

    Returns
    -------
    dict
        ``low`` and ``high`` are the ends of the middle half of the groups; where there
        are fewer than ten groups, the lowest and the highest of them.
    """
    yes = np.array([group[2] for group in groups])
    tries = np.array([group[3] for group in groups])
    ends = (25, 75) if len(groups) >= 10 else (0, 100)
    low, high = np.percentile(yes / tries, ends)
    return {
        "kind": groups[0][0],
        "groups": len(groups),
        "yes": yes.sum(),
        "tries": tries.sum(),
        "rate": f"{yes.sum() / tries.sum():.4f}",
        "low": f"{low:.4f}",
        "high": f"{high:.4f}",
    }


def pooled(rows):
    """Average correlations over studies: Fisher's z, weighted by n - 3."""
    n = np.array([int(row["ni"]) for row in rows])
    z = np.arctanh([float(row["ri"]) for row in rows])
    mean, half = np.average(z, weights=n - 3), 1.959964 / np.sqrt((n - 3).sum())
    r, low, high = np.tanh([mean, mean - half, mean + half])
    return {
        "studies": len(rows),
        "people": n.sum(),
        "r": f"{r:.3f}",
        "low": f"{low:.3f}",
        "high": f"{high:.3f}",
    }


def write(name, rows):
    """Write dicts as a csv."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def main(folder):
    """Write the three files."""
    names = list(jobs(table(Path(folder) / "resume_callbacks.csv")))
    kinds = [
        names,
        list(grants(table(Path(folder) / "dat.bornmann2007.csv"))),
        list(places(table(Path(folder) / "UCBAdmissions.csv"))),
    ]
    write("base_rates.csv", [rates(groups) for groups in kinds])
    both = [
        {"names": group.removesuffix("_names"), "yes": yes, "tries": tries}
        for _, group, yes, tries in names
    ]
    write("same_resume.csv", both)
    studies = table(Path(folder) / "dat.mcdaniel1994.csv")
    found = [
        {"interview": name} | pooled([row for row in studies if row["struct"] in kept])
        for name, kept in INTERVIEWS.items()
    ]
    write("interviews.csv", found)


if __name__ == "__main__":
    main(*sys.argv[1:])
