"""Compute what `feelings.csv` holds: how 247 players felt after an online ball game.

    python data/ball_game/compute.py data_for_study_1.xlsx

The sheet is ``zfqax_src/Data and Analysis Scripts/Study 1: Manipulation effectiveness/
data/data_for_study_1.xlsx`` of github code-inspect-binder/osf_zfqax at
ee5477a073614f401be6248241de96f68db5da48, a copy of osf.io/zfqax (Meral et al. 2022,
doi:10.31234/osf.io/v8kwx). It names no licence, so it is not part of the kit: what we
computed from it is. People, reversed items and scales are those of the authors' script.
"""

import csv
import re
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

HERE = Path(__file__).parent
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SCALES = {  # what we call it: the columns, and whether 5 means little
    "belonging": (["belonging_t1_1", "belonging_t1_2", "belonging_t1_3"], True),
    "self_esteem": (
        ["self_esteem_t1_1", "self_esteem_t1_2", "self_esteem_t1_3"],
        False,
    ),
    "control": (["control_t1_1", "control_t1_2", "control_t1_3"], False),
    "meaning": (["existence_t1_1", "existence_t1_2", "existence_t1_3"], True),
    "hurt": (["mood_t1_3"], False),
    "sadness": (["mood_t1_2"], False),
    "anger": (["mood_t1_1"], False),
}


def sheet(path: Path) -> list[dict[str, str]]:
    """Read the first sheet of a workbook, each row by the names in the first."""
    with zipfile.ZipFile(path) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        cells = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    texts = ["".join(part.text or "" for part in e.iter(f"{MAIN}t")) for e in shared]
    rows = []
    for row in cells.iter(f"{MAIN}row"):
        found = {}
        for cell in row:
            value = cell.findtext(f"{MAIN}v", "")
            column = re.sub(r"\d", "", cell.get("r", ""))
            found[column] = texts[int(value)] if cell.get("t") == "s" else value
        rows.append(found)
    names, *people = rows
    return [{name: who.get(at, "") for at, name in names.items()} for who in people]


def took_part(who: dict[str, str]) -> bool:
    """Whether a person finished, and passed at least one of two attention checks."""
    attentive = who["catch_like_5"] == "3" or who["attention_check_1"] == "1"
    return who["Finished"] in ("1", "TRUE") and attentive


def rows(people: list[dict[str, str]]) -> list[list[object]]:
    """Mean, spread and gap (Cohen's d, pooled) of each scale, from 1 to 5."""
    made = []
    for name, (columns, turned) in SCALES.items():
        groups = []
        for group in ("exclusion", "inclusion"):
            chosen = [who for who in people if who["catch_belonging"] == group]
            values = np.array([[float(who[c]) for c in columns] for who in chosen])
            groups.append((6 - values if turned else values).mean(1))
        (n, m), (out, in_) = map(len, groups), (g.mean() for g in groups)
        sds = [g.std(ddof=1) for g in groups]
        pooled = np.sqrt(((n - 1) * sds[0] ** 2 + (m - 1) * sds[1] ** 2) / (n + m - 2))
        numbers = (out, sds[0], in_, sds[1], (in_ - out) / pooled)
        made.append([name, n, m, *(f"{x:.2f}" for x in numbers)])
    return made


def main(path: Path) -> None:
    """Write the table."""
    head = ["feeling", "left_out", "included", "mean_left_out", "sd_left_out"]
    head += ["mean_included", "sd_included", "gap"]
    people = [who for who in sheet(path) if took_part(who)]
    with (HERE / "feelings.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows(people)])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
