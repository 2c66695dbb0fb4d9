"""Four comparisons of groups of people who were turned away: which group had more.

Read in the abstracts of four papers, which tell the order and not always the amounts.
So there is no number here. The two groups of each study are ``first`` and ``second``.
"""

from functools import cache
from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.files import Record, records

Order = Literal["lower", "same", "higher"]
PEOPLE = ("first", "second")


class Compared(Record):
    """A row of ``studies/four_studies.csv``: where one group stands on one measure."""

    count: ClassVar[int] = 12
    study: Literal["strangers", "support", "failing", "game"]
    measure: str = Field(min_length=1)
    people: Literal["first", "second"]
    order: Order
    source: str = Field(min_length=1)


@cache
def four_studies() -> dict[str, dict[str, tuple[Order, Order]]]:
    """
    Read what each study found.

    Returns
    -------
    dict of str to dict of str to tuple
        By study and measure: where its first and its second group stand.
    """
    found: dict[str, dict[str, dict[str, Order]]] = {}
    for row in records("studies/four_studies.csv", Compared):
        found.setdefault(row.study, {}).setdefault(row.measure, {})[row.people] = (
            row.order
        )
    return {
        study: {name: (at["first"], at["second"]) for name, at in measures.items()}
        for study, measures in found.items()
    }
