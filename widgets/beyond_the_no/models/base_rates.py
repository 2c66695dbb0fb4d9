"""How often a no comes: real rates of jobs, grants and places, and what interviews say.

Job applications: Bertrand & Mullainathan 2004, doi:10.1257/0002828042002561. Grants:
Bornmann et al. 2007, doi:10.1016/j.joi.2007.03.001. University: Bickel et al. 1975,
doi:10.1126/science.187.4175.398. Interviews: McDaniel et al. 1994,
doi:10.1037/0021-9010.79.4.599. How they were counted: data/README.md.
"""

import csv
from functools import cache
from typing import NamedTuple

from beyond_the_no.models.files import data_file


class Rate(NamedTuple):
    """
    Share of yes among all tries of one kind, and how far its groups lie apart.

    `low` and `high` are shares from 0 to 1: the middle half of the groups, or the
    lowest and the highest where there are fewer than ten.
    """

    yes: int
    tries: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Share of yes, 0 to 1."""
        return self.yes / self.tries


class Interview(NamedTuple):
    """Correlation of what an interview said with how the work went, 95 % interval."""

    studies: int
    people: int
    r: float
    low: float
    high: float


def _rows(name: str) -> list[dict[str, str]]:
    path = data_file(f"base_rates/{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def rates() -> dict[str, Rate]:
    """Read the rates of ``job``, ``grant`` and ``university``."""
    return {
        row["kind"]: Rate(
            int(row["yes"]), int(row["tries"]), float(row["low"]), float(row["high"])
        )
        for row in _rows("base_rates")
    }


@cache
def same_resume() -> dict[str, float]:
    """
    Read the share of call backs for one résumé under two kinds of first name.

    Returns
    -------
    dict of str to float
        ``white`` and ``black``: names more common among white and among Black
        Americans. Which name a résumé got was left to chance.
    """
    rows = _rows("same_resume")
    return {row["names"]: int(row["yes"]) / int(row["tries"]) for row in rows}


@cache
def interviews() -> dict[str, Interview]:
    """
    Read how well interviews foretell work.

    Returns
    -------
    dict of str to Interview
        ``all``; ``planned``, the same questions for everyone; ``free``, open talk.
        Not adjusted for who was never hired, or for how work was rated, so the true
        link may be stronger.
    """
    return {
        row["interview"]: Interview(
            *(int(row[n]) for n in ("studies", "people")),
            *(float(row[n]) for n in ("r", "low", "high")),
        )
        for row in _rows("interviews")
    }
