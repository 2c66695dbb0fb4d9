"""Near misses: scientists who just missed a grant, and papers that were turned down.

Wang 2019, doi:10.1038/s41467-019-12189-3; Calcagno 2012, doi:10.1126/science.1227833.
How much better, and how much more, is not typed: the order alone.
"""

from functools import cache
from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.files import Record, records


class Finding(Record):
    """
    A row of ``studies/near_miss.csv``.

    Attributes
    ----------
    view : str
        ``grants`` or ``papers``.
    finding : str
    of_hundred : int or ""
        How many of 100; of those who ``left``, more than that.
    order : str
        Where this group stands later, against the other group of the view.
    source : str
    """

    count: ClassVar[int] = 5
    view: Literal["grants", "papers"]
    finding: Literal["left", "won", "stayed", "first", "elsewhere"]
    of_hundred: Literal[""] | int
    order: Literal["", "lower", "higher"]
    source: str = Field(min_length=1)


@cache
def findings(view: str) -> dict[str, Finding]:
    """Read the findings of a view, by name."""
    rows = records("studies/near_miss.csv", Finding)
    return {row.finding: row for row in rows if row.view == view}


@cache
def of_hundred(view: str, finding: str) -> int:
    """Return how many of 100; 0 where no number is known."""
    return int(findings(view)[finding].of_hundred or 0)
