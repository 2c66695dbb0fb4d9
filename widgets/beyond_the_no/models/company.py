"""Company before a stressful speech, and what touch eased in pooled studies."""

from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.effects import Effect
from beyond_the_no.models.files import Record, records


class Company(Record):
    """
    A row of ``studies/company.csv``.

    Attributes
    ----------
    part : str
        A study of a speech (``"women"``, ``"men"``), or a part of the pooled studies.
    row : str
    level : str
        In a study of a speech: whether the stress hormone was higher or lower.
    effect, low, high : float or ""
        Spreads, with a 95 % interval; above 0 is help. Pooled studies alone.
    people : int or ""
    source : str
        A DOI.
    """

    count: ClassVar[int] = 12
    part: Literal["women", "men", "touch", "who"]
    row: str = Field(min_length=1)
    level: Literal["", "higher", "lower"]
    effect: Literal[""] | float
    low: Literal[""] | float
    high: Literal[""] | float
    people: Literal[""] | int
    source: str = Field(pattern=r"^10\.\d{4,9}/")


def company(part: str) -> list[Company]:
    """Read one part, in the order of the file."""
    return [row for row in every() if row.part == part]


def every() -> tuple[Company, ...]:
    """Read the table."""
    return records("studies/company.csv", Company)


def eased(part: str) -> dict[str, Effect]:
    """Read pooled effects of touch (Packheiser 2024): on what, or by whom."""
    return {
        row.row: Effect(float(row.effect), float(row.low), float(row.high))
        for row in company(part)
    }
