"""Figures that other people computed and published, typed from where they were read.

The table ``data/cited/figures.csv`` says for each where it is from. They are ranges
between places or bounds, never a rank of places.
"""

import csv
from functools import cache
from typing import NamedTuple

from beyond_the_no.models.files import DataError, data_file

FILE = "cited/figures.csv"


class Figure(NamedTuple):
    """
    One published figure.

    Attributes
    ----------
    low, high : float
        Ends of the range, in `unit`; of a bound, 0 and the bound.
    unit : str
    people, places : int
        How many people were asked and in how many places; 0 where we do not know.
    source : str
        A DOI, or an address.
    """

    low: float
    high: float
    unit: str
    people: int
    places: int
    source: str


@cache
def cited() -> dict[str, Figure]:
    """
    Read the figures, by name.

    Raises
    ------
    DataError
        A row holds something that is no range.
    """
    with data_file(FILE).open(encoding="utf-8", newline="") as file:
        return {row["figure"]: read(row) for row in csv.DictReader(file)}


def read(row: dict[str, str]) -> Figure:
    """Read one row of the table; what it needs is in `Figure`."""
    try:
        low, high = float(row["low"]), float(row["high"])
        people, places = int(row["people"]), int(row["places"])
        unit, source = row["unit"], row["source"]
    except (KeyError, TypeError, ValueError) as error:
        name = row.get("figure", "?")
        raise DataError(
            f"data/{FILE}, row {name}: cannot be read ({error})."
        ) from error
    if not 0 <= low <= high <= 100:
        raise DataError(f"data/{FILE}, row {row['figure']}: low to high is no range.")
    return Figure(low, high, unit, people, places, source)
