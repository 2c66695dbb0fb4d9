"""Count the posts of three people by their likes.

    python data/likes/compute.py DATA_FIG1

DATA_FIG1 is data_fig1.csv of github georgiaturner/rl_twitter; README.md, one folder up,
says where it is. Needs nothing but Python.
"""

import csv
import sys
from bisect import bisect_left
from pathlib import Path

HERE = Path(__file__).parent
PEOPLE = {"first": "a_user1_likes", "second": "a_user2_likes", "third": "a_user3_likes"}
TOPS = (0, 2, 5, 1_000_000)  # likes, the last for all that are left


def counts(rows):
    """Count each person's posts with likes up to each top, and above the one before.

    Parameters
    ----------
    rows : list of dict
        Of the published table. A column ends where its person's posts end.

    Returns
    -------
    list of tuple
        Person, likes from, likes to, posts.
    """
    found = []
    for person, column in PEOPLE.items():
        bins = [0] * len(TOPS)
        for row in rows:
            if row[column] not in ("", "NA"):
                bins[bisect_left(TOPS, float(row[column]))] += 1
        starts = (0, *(top + 1 for top in TOPS[:-1]))
        found += [(person, *each) for each in zip(starts, TOPS, bins, strict=True)]
    return found


def main(table):
    """Write the file."""
    with open(table, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(HERE / "posts_by_likes.csv", "w", newline="") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(("person", "likes_from", "likes_to", "posts"))
        write.writerows(counts(rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
