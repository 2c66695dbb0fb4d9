"""A made-up bridge that sags, and what studies say of five things that hold people."""

from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.effects import Effect
from beyond_the_no.models.files import Record, records

PLANKS = ("skills", "people", "sleep", "money", "belonging")


class Plank(Record):
    """
    A row of ``studies/bridge.csv``.

    Attributes
    ----------
    plank : str
        One of `PLANKS`; money has two rows.
    outcome : str
        What was measured.
    measure : str
        ``"d"`` (spreads between groups), ``"r"`` (a correlation), or ``"order"`` where
        only a direction was seen.
    effect, low, high : float or ""
        The effect with its 95 % interval, as far as they were seen.
    studies, people : int or ""
        How many, as far as they were seen.
    source : str
        A DOI.
    """

    count: ClassVar[int] = 6
    plank: Literal["skills", "people", "sleep", "money", "belonging"]
    outcome: str
    measure: Literal["d", "r", "order"]
    effect: Literal[""] | float
    low: Literal[""] | float
    high: Literal[""] | float
    studies: Literal[""] | int
    people: Literal[""] | int
    source: str = Field(pattern=r"^10\.\d{4,9}/")

    @property
    def interval(self) -> Effect | None:
        """The size of the effect with its ends; both ends are it where none is known.

        None where only a direction was seen.
        """
        if self.effect == "":
            return None
        low, high = self.low, self.high
        if low == "" or high == "":
            low = high = self.effect
        ends = sorted(map(abs, (low, high)))
        return Effect(abs(self.effect), *ends)


def planks() -> dict[str, list[Plank]]:
    """Read what studies say of each plank."""
    rows = records("studies/bridge.csv", Plank)
    return {name: [row for row in rows if row.plank == name] for name in PLANKS}


def sag(load: int, held: int) -> float:
    """
    Say how far the made-up bridge sags.

    Parameters
    ----------
    load : int
        1 (light) to 3 (very heavy).
    held : int
        How many planks are under it; the bare bridge counts as one more.

    Returns
    -------
    float
        No unit; `load` where there is no plank. Never 0, and never without an end.
    """
    return load / (1 + held)
