"""Ghosting from both sides: an order, from two papers.

Park & Klein 2024, doi:10.1037/xge0001590, and Pancani 2022.
"""

from functools import cache
from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.files import Record, records


class Bar(Record):
    """
    A row of ``studies/ghosted.csv``.

    Attributes
    ----------
    measure, item : str
        ``care``: how much those who went silent cared, as ``told`` by themselves and as
        ``thought`` by the others. ``recall``: how bad ``silence`` and a ``clear`` no
        were to recall.
    order : str
        Whether the item has less or more than the other one.
    studies, people : int or ""
        Empty where the abstract does not say.
    source : str
    """

    count: ClassVar[int] = 4
    measure: Literal["care", "recall"]
    item: Literal["thought", "told", "clear", "silence"]
    order: Literal["lower", "higher"]
    studies: Literal[""] | int
    people: Literal[""] | int
    source: str = Field(min_length=1)


@cache
def bars(measure: str) -> dict[str, Bar]:
    """Read the two bars of a measure, by item."""
    rows = records("studies/ghosted.csv", Bar)
    return {row.item: row for row in rows if row.measure == measure}
