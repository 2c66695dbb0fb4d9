"""Figures that other people computed and published, typed from where they were read.

The table ``data/cited/figures.csv`` says for each where it is from. They are ranges
between places or bounds, never a rank of places.
"""

from typing import ClassVar, Self

from pydantic import Field, model_validator

from beyond_the_no.models.files import Record, records


class Figure(Record):
    """
    One published figure.

    Attributes
    ----------
    figure : str
        Its name.
    low, high : float
        Ends of the range, in `unit`; of a bound, 0 and the bound; of one number, twice
        that number.
    unit : str
    people, places : int
        How many people were asked and in how many places; 0 where we do not know.
    source : str
        A DOI, or an address.
    """

    count: ClassVar[int] = 3
    figure: str = Field(min_length=1)
    low: float = Field(ge=0, le=100)
    high: float = Field(ge=0, le=100)
    unit: str = Field(min_length=1)
    people: int = Field(ge=0)
    places: int = Field(ge=0)
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


def cited() -> dict[str, Figure]:
    """Read the figures, by name."""
    return {row.figure: row for row in records("cited/figures.csv", Figure)}
