"""One poet's public log: how many poems went out, and how many were taken.

Which of the envelopes held a yes is not in the log's totals, so chance puts them there.
"""

from functools import cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from beyond_the_no.models.files import Record, records


class Log(Record):
    """
    The row of ``studies/one_poet.csv``.

    Attributes
    ----------
    sent, taken_low, taken_high : int
        Poems; how many were taken depends on how a few lines of the log are read.
    years : int
    source : str
    """

    count: ClassVar[int] = 1
    sent: int = Field(ge=1)
    taken_low: int = Field(ge=0)
    taken_high: int = Field(ge=0)
    years: int = Field(ge=1)
    source: str = Field(min_length=1)

    @property
    def taken(self) -> int:
        """The middle of the two readings, rounded up."""
        return -(-(self.taken_low + self.taken_high) // 2)


@cache
def log() -> Log:
    """Read the log."""
    rows: tuple[Log, ...] = records("studies/one_poet.csv", Log)
    return rows[0]


def yeses() -> NDArray[np.bool_]:
    """Put the yeses into envelopes by chance, always the same: one bool for each."""
    order = np.random.default_rng(0).permutation(log().sent)
    return order < log().taken


def opened(count: int, handful: int) -> NDArray[np.int_]:
    """
    Choose envelopes at random.

    Parameters
    ----------
    count : int
        How many.
    handful : int
        Seed. A larger `count` of the same handful holds the smaller one.

    Returns
    -------
    array of `count`
        Their numbers, from 0.
    """
    return np.random.default_rng(handful).permutation(log().sent)[:count]
