"""Cortisol in saliva around a speech before judges: what was measured, and a model.

Measured: 200 people in Dresden, computed from osf.io/ecjy6. The model has the shape of
Miller et al. 2018, doi:10.48550/arXiv.1708.08504. In both, time 0 is when the speech
begins; a task in the head follows it. Amounts are nmol in a litre of saliva.
"""

from functools import cache
from typing import ClassVar, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from scipy.linalg import expm

from beyond_the_no.models.files import Record, records

Group = Literal["all", "women", "men"]
Numbers = NDArray[np.float64]

# rates per minute, as estimated by Miller et al. 2018
TRANSIT = 0.219  # k_t: each of three steps on the way to the saliva
UPTAKE = 0.208  # k_a: from the pool into the saliva
CLEARING = 0.090  # k_e: out of the saliva; half is gone after 7.7 min
ALONE, BOTH, NEITHER = 1 / 3, 1.0, 0.0  # our choice: judged or helpless; both; neither
MINUTES = np.arange(-5.0, 71)  # of the model, from before the speech
FRIEND = 2 / 3  # our choice: what a friend leaves of the pulse


class Sample(Record):
    """A row of ``cortisol/minutes.csv``: a group at one minute."""

    count: ClassVar[int] = 21
    group: Group
    minute: float
    people: int = Field(ge=1)
    mean: float = Field(gt=0)
    sd: float = Field(gt=0)
    low: float = Field(gt=0)
    middle: float = Field(gt=0)
    high: float = Field(gt=0)


class Bar(Record):
    """A row of ``cortisol/rises.csv``: how many rose by so much; "" has no limit."""

    count: ClassVar[int] = 9
    at_least: Literal[""] | float
    below: Literal[""] | float
    women: int = Field(ge=0)
    men: int = Field(ge=0)


class Wave(NamedTuple):
    """Cortisol over time: minutes, the line that is drawn, the middle half of people.

    The line of what was measured is the middle person, as the band is the middle half;
    that of the model is its average.
    """

    minute: Numbers
    line: Numbers
    low: Numbers
    high: Numbers


class Fit(NamedTuple):
    """The model set to the measured means: nmol/l at rest, height, correlation."""

    start: float
    height: float
    r: float


@cache
def measured(group: Group = "all") -> Wave:
    """Median and quartiles at the seven minutes when saliva was taken."""
    names = ("minute", "middle", "low", "high")
    columns = [[getattr(row, name) for row in _samples(group)] for name in names]
    return Wave(*np.array(columns, dtype=float))


@cache
def means() -> Numbers:
    """Return the average of all 200 people at the seven minutes."""
    return np.array([row.mean for row in _samples("all")])


def _samples(group: Group) -> list[Sample]:
    return [r for r in records("cortisol/minutes.csv", Sample) if r.group == group]


# nmol/l: from here on a rise counts (Miller 2013, Psychosomatic Medicine 75:832-840)
CLEAR = 1.5


@cache
def rises(group: Group = "all") -> list[tuple[float, float, int]]:
    """
    How many people rose by how much, from before the speech to their highest.

    Returns
    -------
    list of (at least, below, people)
        nmol/l; the first bar has no lower limit and holds those who did not rise.
    """
    found = []
    for row in records("cortisol/rises.csv", Bar):
        low = -np.inf if row.at_least == "" else row.at_least
        high = np.inf if row.below == "" else row.below
        of = {"all": row.women + row.men, "women": row.women, "men": row.men}
        found.append((low, high, of[group]))
    return found


def no_clear_rise(group: Group = "all") -> int:
    """Count the people whose amount rose by less than `CLEAR`, or not at all."""
    return sum(people for _, below, people in rises(group) if below <= CLEAR)


def shape(minute: Numbers) -> Numbers:
    """
    Saliva after one pulse of stress at time 0, per unit of the pulse.

    Three steps of transit, a pool, saliva; each passes on in proportion to what it
    holds: ``dx/dt = A x`` with `x` of five stores, so ``x(t) = exp(A t) x(0)``.

    Parameters
    ----------
    minute : array
        Before 0 there is nothing.
    """
    rate = (TRANSIT, TRANSIT, TRANSIT, UPTAKE, CLEARING)
    flow = -np.diag(rate) + np.diag(rate[:-1], -1)
    stores: Numbers = expm(flow * np.maximum(minute, 0)[:, None, None])[:, :, 0]
    return stores[:, -1]


@cache
def fit() -> Fit:
    """Set start and height of the model to the measured means by least squares."""
    minute, mean = measured().minute, means()
    wave = shape(minute)
    start, height = np.linalg.lstsq(np.c_[np.ones_like(wave), wave], mean)[0]
    return Fit(start, height, float(np.corrcoef(start + height * wave, mean)[0, 1]))


def strength(judged: bool, in_control: bool, friend: bool) -> float:
    """
    How strong the pulse is, from 0 to 1, beside that of the study.

    The order is that of Dickerson 2004 (doi:10.1037/0033-2909.130.3.355; judged and
    helpless most) and Heinrichs 2003 (doi:10.1016/S0006-3223(03)00465-7; less with a
    friend). How much each changes is our choice.
    """
    threats = judged + (not in_control)
    return (NEITHER, ALONE, BOTH)[threats] * (FRIEND if friend else 1)


def modelled(judged: bool, in_control: bool, friend: bool, differ: float) -> Wave:
    """
    Let the model run from 5 minutes before the speech to 70 after.

    Parameters
    ----------
    judged, in_control, friend : bool
        What changes the pulse; see `strength`.
    differ : float
        How far people differ: 0 not at all, 1 as much as the middle half of the study
        did, at rest and in how much they rose.
    """
    minute = MINUTES
    start, height, _ = fit()
    rise = strength(judged, in_control, friend) * height * _pulse()
    ends = [start * (1 + differ * a) + rise * (1 + differ * b) for a, b in _spread()]
    return Wave(minute, start + rise, *ends)


@cache
def _pulse() -> Numbers:
    return shape(MINUTES)


@cache
def _spread() -> list[tuple[float, float]]:
    """How far the quartiles lie from the mean: at rest, and in the rise, as shares."""
    found, mean = measured(), means()
    top = int(mean.argmax())
    rise = mean[top] - mean[0]
    return [
        (end[0] / mean[0] - 1, (end[top] - end[0]) / rise - 1)
        for end in (found.low, found.high)
    ]
