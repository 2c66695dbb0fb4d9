"""Hiring experiments: how many more replies the same application got under other names.

Quillian et al. 2017, doi:10.1073/pnas.1706255114: 28 studies in the USA. Quillian, Lee
and Oliver 2020, Social Forces: the 12 studies that went on to the job offer; their
“more than 13,000” applications stand as 13,000.
"""

from functools import cache
from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.files import Record, records


class Gap(Record):
    """
    A row of ``studies/fair_doors.csv``.

    Attributes
    ----------
    view, group : str
        ``pooled``: call backs to white names against those to ``black`` and to
        ``latino`` names. ``offers``: ``calls`` and job ``offers`` to majority names
        against those to minority names.
    more : int
        How many percent more.
    studies, applications : int
    source : str
    """

    count: ClassVar[int] = 4
    view: Literal["pooled", "offers"]
    group: Literal["black", "latino", "calls", "offers"]
    more: int = Field(ge=0)
    studies: int = Field(ge=1)
    applications: int = Field(ge=1)
    source: str = Field(min_length=1)

    @property
    def of_hundred(self) -> int:
        """How many the one side got, for every 100 that the other side got."""
        return 100 + self.more


@cache
def gaps(view: str) -> dict[str, Gap]:
    """Read the gaps of a view, by group."""
    rows = records("studies/fair_doors.csv", Gap)
    return {row.group: row for row in rows if row.view == view}
