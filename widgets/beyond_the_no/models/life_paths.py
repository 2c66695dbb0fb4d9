"""Paths after a heavy blow: in how many groups of people each one was seen."""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from beyond_the_no.models.files import Record, records


class LifePath(Record):
    """
    A row of ``studies/paths.csv``.

    Attributes
    ----------
    path : str
    seen : int or ""
        In how many groups; empty where the count was not seen by us.
    groups : int
        How many groups there are, in 54 studies.
    source : str
        A DOI.
    """

    count: ClassVar[int] = 4
    path: Literal["steady", "recovery", "long", "later"]
    seen: Literal[""] | int
    groups: int = Field(ge=1)
    source: str = Field(pattern=r"^10\.\d{4,9}/")


def life_paths() -> dict[str, LifePath]:
    """Read in how many groups each path was seen (Galatzer-Levy 2018)."""
    return {row.path: row for row in records("studies/paths.csv", LifePath)}


def shape(path: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """
    Sketch a path. It is drawn by us, and no study's.

    Returns
    -------
    time, hardship : arrays
        Both from 0 to 1; the blow comes at 0.1.
    """
    t = np.linspace(0, 1, 46)
    since = np.clip(t - 0.1, 0, None)
    rise = np.clip(since / 0.06, 0, 1)
    after = {
        "steady": 0.32 * rise * np.exp(-6 * since),
        "recovery": 0.85 * rise * np.exp(-3 * since),
        "long": 0.85 * rise * (1 - 0.12 * since),
        "later": 0.15 * rise + 0.6 / (1 + np.exp(-18 * (since - 0.45))),
    }
    return t, 0.08 + after[path]
