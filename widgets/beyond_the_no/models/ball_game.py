"""Being left out of an online ball game: how 247 players felt, and their cortisol.

Feelings: computed from osf.io/zfqax (Meral 2022, doi:10.31234/osf.io/v8kwx). Cortisol:
what five other studies report. Nobody who uses the kit is ever left out of a game.
"""

from typing import ClassVar, Literal

from pydantic import Field

from beyond_the_no.models.files import Record, records


class Feeling(Record):
    """A row of ``ball_game/feelings.csv``: one scale from 1 to 5, two groups."""

    count: ClassVar[int] = 7
    feeling: str
    left_out: int = Field(ge=2)
    included: int = Field(ge=2)
    mean_left_out: float = Field(ge=1, le=5)
    sd_left_out: float = Field(gt=0)
    mean_included: float = Field(ge=1, le=5)
    sd_included: float = Field(gt=0)
    gap: float  # Cohen's d: the distance of the means, in spreads


class Study(Record):
    """A row of ``ball_game/cortisol.csv``: what a study saw after being left out."""

    count: ClassVar[int] = 5
    study: str
    people: Literal[""] | int
    found: Literal["none", "lower", "depends"]


def feelings() -> dict[str, Feeling]:
    """Read the seven scales by name: four needs, then hurt, sadness and anger."""
    return {r.feeling: r for r in records("ball_game/feelings.csv", Feeling)}


def studies() -> tuple[Study, ...]:
    """Read the studies of cortisol after being left out."""
    return records("ball_game/cortisol.csv", Study)
