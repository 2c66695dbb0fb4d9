"""Pooled effects: oxytocin sprays, and ways with anger.

An effect is the distance between two groups, in spreads: 0 is none, 0.2 is often called
small, 0.8 large. `low` and `high` are the ends of a 95 % interval.
"""

from typing import ClassVar, Literal, NamedTuple

from pydantic import Field
from scipy.special import ndtri

from beyond_the_no.models.files import Record, records


class Effect(NamedTuple):
    """An effect with its 95 % interval."""

    effect: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the whole interval lies on one side of none."""
        return self.low * self.high > 0


class Review(Record):
    """A row of ``oxytocin/pooled.csv``: trials pooled, and how many are unclear."""

    count: ClassVar[int] = 3
    review: str
    trials: int = Field(ge=1)
    unclear: int = Field(ge=0)
    effect: float
    low: float
    high: float


class OnCortisol(Record):
    """A row of ``oxytocin/on_cortisol.csv``: an abstract gives p or an interval."""

    count: ClassVar[int] = 2
    tasks: str
    studies: Literal[""] | int
    people: Literal[""] | int
    effect: float
    p: Literal[""] | float
    low: Literal[""] | float
    high: Literal[""] | float


class Way(Record):
    """A row of ``anger/pooled.csv``: a way with anger, and what it changed."""

    count: ClassVar[int] = 2
    way: str
    effect: float
    low: float
    high: float


def interval(effect: float, p: float) -> Effect:
    """
    Work out the 95 % interval of an effect from its p value.

    Parameters
    ----------
    effect : float
        Not 0.
    p : float
        Two-sided, between 0 and 1, of a statistic that is normal.
    """
    half = abs(effect) / ndtri(p / 2) * ndtri(0.025)
    return Effect(effect, effect - half, effect + half)


def reviews() -> dict[str, Review]:
    """Read three pooled looks at trials with a spray of oxytocin."""
    return {row.review: row for row in records("oxytocin/pooled.csv", Review)}


def on_cortisol() -> dict[str, Effect]:
    """Read what a spray does to cortisol: in any task, in tasks with strong stress.

    Cardoso 2014, doi:10.1016/j.psyneuen.2014.07.014. Below 0 is less cortisol.
    """
    found = {}
    for row in records("oxytocin/on_cortisol.csv", OnCortisol):
        if row.low == "" or row.high == "":
            found[row.tasks] = interval(row.effect, float(row.p))
        else:
            found[row.tasks] = Effect(row.effect, row.low, row.high)
    return found


def on_anger() -> dict[str, Effect]:
    """Read what calming the body and letting off steam do to anger; below 0 is less.

    Kjaervik 2024, doi:10.1016/j.cpr.2024.102414: 154 studies, 10,189 people.
    """
    rows = records("anger/pooled.csv", Way)
    return {row.way: Effect(row.effect, row.low, row.high) for row in rows}
