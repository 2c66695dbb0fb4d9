"""What hurt more about a post that one isn't part of: an order within each paper.

Büttner & Rudert 2022, doi:10.1016/j.chb.2021.107062, and a study of 2023,
doi:10.1080/15213269.2023.2242769. The two can't be compared with each other.
"""

from functools import cache
from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.files import Record, records


class Case(Record):
    """
    A row of ``studies/seen_online.csv``.

    Attributes
    ----------
    study : str
        ``first`` or ``second`` paper.
    case : str
    order : str
        Whether it hurt less or more than the other case of its paper.
    need : str
        ``more`` where it hurt people more who want to belong a lot; empty where the
        abstract does not say.
    studies : int or ""
    people : int
    source : str
    """

    count: ClassVar[int] = 4
    study: Literal["first", "second"]
    case: Literal["not_tagged", "cut", "choice", "not_asked"]
    order: Literal["lower", "higher"]
    need: Literal["", "more"]
    studies: Literal[""] | int
    people: int = Field(ge=1)
    source: str = Field(min_length=1)


@cache
def cases() -> dict[str, Case]:
    """Read the cases, by name, in the order of the file."""
    return {row.case: row for row in records("studies/seen_online.csv", Case)}
