"""Nine ways of working with a trained helper: the pooled effects, and their size."""

from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.files import Record, records


class Pooled(Record):
    """
    A row of ``studies/nine_ways.csv``.

    Attributes
    ----------
    way : str
    against : str
        What it was compared with: nothing or waiting, a placebo (worry and fear alone),
        or other active help.
    effect, low, high : float or ""
        Spreads, with a 95 % interval, as far as they were seen.
    trials, people : int or ""
        How many, as far as they were seen.
    source : str
        A DOI.
    """

    count: ClassVar[int] = 12
    way: Literal[
        "cbt",
        "act",
        "ipt",
        "exposure",
        "mbsr",
        "compassion",
        "narrative",
        "group",
        "medicine",
    ]
    against: Literal["waiting", "other", "placebo"]
    effect: Literal[""] | float
    low: Literal[""] | float
    high: Literal[""] | float
    trials: Literal[""] | int
    people: Literal[""] | int
    source: str = Field(pattern=r"^10\.\d{4,9}/")


def pooled(against: str) -> dict[str, Pooled]:
    """Read the pooled effects against one thing, by way; none is for rejection."""
    rows = records("studies/nine_ways.csv", Pooled)
    return {row.way: row for row in rows if row.against == against}


def every() -> tuple[Pooled, ...]:
    """Read the table."""
    return records("studies/nine_ways.csv", Pooled)
