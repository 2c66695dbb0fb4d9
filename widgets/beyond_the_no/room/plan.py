"""Plan of a session: its steps in order, with minutes.

A plan knows no clock: it is told the minute, and says how far the group is from it.
"""

from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from . import words
from .messages import Name

SOON = 2  # minutes that nobody minds


class Step(BaseModel):
    """One line of the run-sheet: a step of a lesson, or a break, which has none.

    Parameters
    ----------
    step : which step of the lesson; 0 is its beginning.
    cut : 0 where it must stay; of the others the smallest is left out first.
    late : what to leave out within it when the group is late.
    upset : what to do, or where to go, if someone is upset here.
    at : the id of the cell with its heading.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=120)]
    minutes: int = Field(ge=1, le=240)
    lesson: Name | None = None
    step: int = Field(0, ge=0, le=99)
    cut: int = Field(0, ge=0, le=99)
    late: str = Field("", max_length=300)
    upset: str = Field("", max_length=300)
    at: str = Field("", max_length=64)


def steps_of(
    lesson: str, title: str, minutes: int, metadata: Iterable[Mapping[str, Any]]
) -> tuple[Step, ...]:
    """Read a lesson's steps as its notebook tells them; one that tells none is one.

    Raises
    ------
    pydantic.ValidationError
        Where a step has no name, or no minutes.
    """
    rows = list(metadata) or [{"name": title, "minutes": minutes}]
    return tuple(
        Step.model_validate({**row, "lesson": lesson, "step": at})
        for at, row in enumerate(rows)
    )


class Pace(BaseModel):
    """How the group stands to its plan.

    ``late`` is in minutes at the end of this step, negative where there is time left;
    ``cuts`` are the rows that could be left out to end on time.
    """

    model_config = ConfigDict(frozen=True)

    late: int
    cuts: tuple[int, ...]


class Plan(BaseModel):
    """An order of steps. Rows count from 0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field("", max_length=200)
    steps: tuple[Step, ...] = Field((), max_length=200)

    @property
    def starts(self) -> tuple[int, ...]:
        """Minute at which each row would begin, and the one at which all is over."""
        return tuple(accumulate((step.minutes for step in self.steps), initial=0))

    @property
    def minutes(self) -> int:
        """How long the whole takes."""
        return self.starts[-1]

    def find(self, lesson: str, step: int, after: int | None = None) -> int | None:
        """Row of a lesson's step: the first from ``after`` on, or else the first."""
        found = [
            row
            for row, one in enumerate(self.steps)
            if (one.lesson, one.step) == (lesson, step)
        ]
        first = found[0] if found else None
        return next((row for row in found if row >= (after or 0)), first)

    def pace(self, row: int, entered: int, minute: int) -> Pace:
        """Compare with the plan.

        Parameters
        ----------
        row : where the group is.
        entered : minute of the session at which it came there.
        minute : minute of the session now.
        """
        until = max(entered + self.steps[row].minutes, minute)
        late = until - self.starts[row + 1]
        cuts: list[int] = []
        if late > SOON:
            ahead = [r for r in range(row + 1, len(self.steps)) if self.steps[r].cut]
            for one in sorted(ahead, key=lambda r: (self.steps[r].cut, r)):
                if sum(self.steps[r].minutes for r in cuts) >= late:
                    break
                cuts.append(one)
        return Pace(late=late, cuts=tuple(sorted(cuts)))

    def describe(self, pace: Pace) -> tuple[str, str]:
        """Put a pace into words: how the group stands, and what could be left out."""
        kind = "behind" if pace.late > SOON else "ahead" if pace.late < -SOON else "on"
        names = [
            words.render_text("pace", "step", step=self.steps[r].name)
            for r in pace.cuts
        ]
        left_out = words.listing(names) if names else ""
        return (
            words.render_text("pace", kind, minutes=words.number(abs(pace.late))),
            words.render_text("pace", "cut", names=left_out) if names else "",
        )
