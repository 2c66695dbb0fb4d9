"""Children filmed on a playground: whether others were there, and stepped in."""

from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.files import Record, records


class Step(Record):
    """
    A row of ``studies/step_in.csv``.

    Attributes
    ----------
    step : str
        Others were there; somebody stepped in; it worked.
    of_100 : int
        Of 100 scenes; of the last step, of 100 times that somebody stepped in.
    children : int
        How many were filmed.
    source : str
        A DOI.
    """

    count: ClassVar[int] = 3
    step: Literal["there", "stepped", "worked"]
    of_100: int = Field(ge=0, le=100)
    children: int = Field(ge=1)
    source: str = Field(pattern=r"^10\.\d{4,9}/")

    @property
    def of_ten(self) -> int:
        """The same of ten, to the nearest one."""
        return round(self.of_100 / 10)


def steps() -> dict[str, Step]:
    """Read the three steps (Hawkins 2001)."""
    return {row.step: row for row in records("studies/step_in.csv", Step)}
