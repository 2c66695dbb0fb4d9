"""Adults who had a time without contact with a parent, and contact later on."""

from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.files import Record, records


class Estranged(Record):
    """
    A row of ``studies/family_paths.csv``.

    Attributes
    ----------
    parent : str
    of_100 : int
        Of 100 adults in the USA, those who ever had such a time.
    people : int
        How many were asked.
    again_of_100 : int
        Of 100 who had it, those who were in contact again later on.
    source : str
    """

    count: ClassVar[int] = 2
    parent: Literal["father", "mother"]
    of_100: int = Field(ge=1, le=100)
    people: int = Field(ge=1)
    again_of_100: int = Field(ge=0, le=100)
    source: str = Field(min_length=4)

    @property
    def again(self) -> int:
        """How many of the `of_100` were in contact again, to the nearest one."""
        return round(self.of_100 * self.again_of_100 / 100)


def estranged() -> dict[str, Estranged]:
    """Read how many, by parent (Reczek 2023)."""
    rows = records("studies/family_paths.csv", Estranged)
    return {row.parent: row for row in rows}
