"""Eight things that people do after a rejection, and how well each has been tested."""

from functools import cache
from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.files import Record, records

Tested = Literal["view", "described", "seen", "experiments", "trial"]
STEPS: tuple[Tested, ...] = ("view", "described", "seen", "experiments", "trial")


class Way(Record):
    """
    A row of ``studies/ways_back.csv``.

    Attributes
    ----------
    way : str
    tested : str
        One of `STEPS`, from a view up to a trial in which chance decided who got it.
        ``seen``: studies compared who does it, and none tried it out as help.
    studies, people : int or ""
        How many; empty where the abstract does not say.
    source : str
        A DOI, or the paper's author and year.
    """

    count: ClassVar[int] = 8
    way: str = Field(min_length=1)
    tested: Tested
    studies: Literal[""] | int
    people: Literal[""] | int
    source: str = Field(min_length=1)


@cache
def ways() -> dict[str, Way]:
    """Read the ways, by name."""
    return {row.way: row for row in records("studies/ways_back.csv", Way)}
