"""How often a no comes: real rates of jobs, grants and places, and what interviews say.

Job applications: Bertrand & Mullainathan 2004, doi:10.1257/0002828042002561. Grants:
Bornmann et al. 2007, doi:10.1016/j.joi.2007.03.001. University: Bickel et al. 1975,
doi:10.1126/science.187.4175.398. Interviews: McDaniel et al. 1994,
doi:10.1037/0021-9010.79.4.599. How they were counted: data/README.md.
"""

from functools import cache
from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.files import Record, records


class Rate(Record):
    """
    Share of yes among all tries of one kind, and how far its groups lie apart.

    Attributes
    ----------
    kind : {"job", "grant", "university"}
    groups : int
        Kinds of name, rounds, or departments.
    yes, tries : int
    rate, low, high : float
        Shares from 0 to 1. The band is the middle half of the groups, or the lowest and
        the highest where there are fewer than ten.
    """

    count: ClassVar[int] = 3

    kind: Literal["job", "grant", "university"]
    groups: int = Field(ge=2)
    yes: int = Field(ge=1)
    tries: int = Field(ge=1)
    rate: float = Field(gt=0, lt=1)
    low: float = Field(gt=0, lt=1)
    high: float = Field(gt=0, lt=1)

    @property
    def share(self) -> float:
        """Share of yes, 0 to 1, unrounded."""
        return self.yes / self.tries


class Named(Record):
    """Call backs for one kind of first name."""

    count: ClassVar[int] = 2

    names: Literal["black", "white"]
    yes: int = Field(ge=1)
    tries: int = Field(ge=1)


class Interview(Record):
    """Correlation of what an interview said with how the work went, 95 % interval."""

    count: ClassVar[int] = 3

    interview: Literal["all", "planned", "free"]
    studies: int = Field(ge=2)
    people: int = Field(ge=4)
    r: float = Field(ge=-1, le=1)
    low: float = Field(ge=-1, le=1)
    high: float = Field(ge=-1, le=1)


@cache
def rates() -> dict[str, Rate]:
    """Read the rates of ``job``, ``grant`` and ``university``."""
    return {row.kind: row for row in records("base_rates/base_rates.csv", Rate)}


@cache
def same_resume() -> dict[str, float]:
    """
    Read the share of call backs for one résumé under two kinds of first name.

    Returns
    -------
    dict of str to float
        ``white`` and ``black``: names more common among white and among Black
        Americans. Which name a résumé got was left to chance.
    """
    rows = records("base_rates/same_resume.csv", Named)
    return {row.names: row.yes / row.tries for row in rows}


@cache
def interviews() -> dict[str, Interview]:
    """
    Read how well interviews foretell work.

    Returns
    -------
    dict of str to Interview
        ``all``; ``planned``, the same questions for everyone; ``free``, open talk.
        Not adjusted for who was never hired, or for how work was rated, so the true
        link may be stronger.
    """
    rows = records("base_rates/interviews.csv", Interview)
    return {row.interview: row for row in rows}
