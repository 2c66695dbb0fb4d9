"""How many people felt lonely, and what students guessed of each other."""

from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.files import Record, records


class Lonely(Record):
    """
    A row of ``studies/not_the_only_one.csv``.

    Attributes
    ----------
    group : str
        Whom it is about.
    of_100 : int
        How many of 100 of them felt lonely, rounded.
    from_year, to_year : int
        The years of the surveys, both included.
    source : str
    """

    count: ClassVar[int] = 5
    group: Literal["world", "teens", "young", "low_income", "high_income"]
    of_100: int = Field(ge=0, le=100)
    from_year: int
    to_year: int
    source: str = Field(min_length=4)


def lonely() -> dict[str, Lonely]:
    """Read how many of 100 people felt lonely, by group (WHO 2025)."""
    return {row.group: row for row in records("studies/not_the_only_one.csv", Lonely)}
