"""What people expected of others, and what came."""

from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.files import Record, records


class Expectation(Record):
    """
    A row of ``studies/fear_and_fact.csv``.

    Attributes
    ----------
    row : str
        What people did.
    feared : str
        Whether what they feared or expected was less or more than what came.
    expected, came : int or ""
        Counts, on one scale; empty where only the order was seen.
    studies, people : int or ""
        How many, as far as they were seen; of people, at least so many.
    source : str
        A DOI.
    """

    count: ClassVar[int] = 5
    row: Literal["ask", "hello", "touch", "liked", "trust"]
    feared: Literal["less", "more"]
    expected: Literal[""] | int
    came: Literal[""] | int
    studies: Literal[""] | int
    people: Literal[""] | int
    source: str = Field(pattern=r"^10\.\d{4,9}/")


def expectations() -> dict[str, Expectation]:
    """Read what people expected and what came, by what they did.

    The 52 are our reading of “on average, requesters underestimate compliance by 48%”
    (Bohns 2016).
    """
    rows = records("studies/fear_and_fact.csv", Expectation)
    return {row.row: row for row in rows}
