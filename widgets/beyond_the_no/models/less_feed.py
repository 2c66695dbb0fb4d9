"""Using social media less: how much better people felt, and which kinds of help did it.

Burnell 2025, doi:10.1016/j.ssmmh.2025.100459; a review of ten trials,
doi:10.3390/ejihpe15110222; a review of kinds of help, doi:10.2196/44922.
"""

from functools import cache
from math import erf
from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.files import Record, records


class Pooled(Record):
    """
    A row of ``studies/less_feed.csv``.

    Attributes
    ----------
    measure : str
        ``well_being``, or ``low_mood``, which eased.
    effect, low, high : float
        Gain in spreads (standard deviations), with its 95 % interval.
    trials, people : int
    source : str
    """

    count: ClassVar[int] = 2
    measure: Literal["well_being", "low_mood"]
    effect: float
    low: float
    high: float
    trials: int = Field(ge=1)
    people: int = Field(ge=2)
    source: str = Field(min_length=1)


class Kind(Record):
    """A row of ``studies/less_feed_kinds.csv``: in how many studies mood got better."""

    count: ClassVar[int] = 3
    kind: Literal["therapy", "limits", "break"]
    improved: int = Field(ge=0)
    studies: int = Field(ge=1)
    source: str = Field(min_length=1)


@cache
def pooled() -> dict[str, Pooled]:
    """Read the two pooled gains, by measure."""
    return {row.measure: row for row in records("studies/less_feed.csv", Pooled)}


@cache
def kinds() -> dict[str, Kind]:
    """Read the three kinds of help, by name."""
    return {row.kind: row for row in records("studies/less_feed_kinds.csv", Kind)}


def better_of_pair(effect: float) -> float:
    """
    How often one with the help does better than one without.

    For two normal groups of the same spread it is Φ(effect / √2).

    Parameters
    ----------
    effect : float
        Distance of their means, in spreads.

    Returns
    -------
    float
        0 to 1; a coin gives 0.5.
    """
    return (1 + erf(effect / 2)) / 2
