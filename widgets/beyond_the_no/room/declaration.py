"""Declaration of an activity, as a lesson makes it."""

import re
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ..common.images import IMAGES, LARGEST
from .messages import Name

Role = Annotated[str, Field(min_length=1, max_length=60)]  # in a pair or a three
Text = Annotated[str, Field(min_length=1, max_length=200)]
Kind = Literal[
    "poll", "scale", "guess", "two_rounds", "dots", "place", "words", "texts",
    "ideas", "questions", "support", "breathe", "includer", "pairs",
]  # fmt: skip
CHOOSING = {"poll", "scale", "guess", "two_rounds", "dots", "place", "support"}
TWICE = {"scale", "two_rounds"}  # asked twice, and both rounds shown at once
WRITING = {"words", "texts", "ideas", "questions"}
SILENT = {"breathe", "includer"}  # they ask nothing, and nothing is sent
MOST_DOTTED = 10  # things that one can still compare
# on a brain that a group taps, in the order of the answers; one more is no place on it
PLACES = (
    "upper_acc", "lower_acc", "front_insula", "back_insula", "forehead", "back",
)  # fmt: skip
_DATA = rf"^(data:({'|'.join(map(re.escape, set(IMAGES.values())))});base64,.+)?$"
LONGEST = 400  # characters of a text


class Declaration(BaseModel):
    """One thing the group does, as a `together` widget declares it.

    It is enough for the leader's page, the wall and the phones. ``options`` are the
    answers of a kind in which one chooses, in order; ``many`` allows more than one. A
    guess says what the data says (``truth``), and where its ranges begin and end
    (``edges``). Of dots one has so many ``points`` to lay. ``longest`` bounds a text in
    characters, ``breath`` are seconds in and out, ``throws`` go by before the figure is
    brought in. Pairs are groups of ``size``; each in a group has one of the ``roles``,
    which go round.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Name
    kind: Kind = "poll"
    question: Text
    options: tuple[Text, ...] = Field((), max_length=12)
    minutes: int = Field(3, ge=1, le=60)
    can_stir: str = Field("", max_length=200)
    picture: str = Field("", max_length=4 * LARGEST // 3 + 64, pattern=_DATA)
    alt: str = Field("", max_length=300)
    sensitive: bool = True
    lesson: str = ""
    many: bool = False
    points: int = Field(0, ge=0, le=10)
    truth: float | None = None
    edges: tuple[float, ...] = ()
    unit: str = Field("", max_length=40)
    step: float = Field(1, gt=0)
    source: str = Field("", max_length=200)
    longest: int = Field(LONGEST, ge=1, le=LONGEST)
    breath: tuple[int, int] = (4, 6)
    throws: int = Field(4, ge=2, le=6)
    size: Literal[2, 3] = 2
    roles: tuple[Role, ...] = Field((), max_length=3)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """Check that a kind has what it needs."""
        if bool(self.picture) != bool(self.alt.strip()):
            raise ValueError("a picture needs words that say what it shows")
        if self.kind in CHOOSING and len(self.options) < 2:
            raise ValueError("it needs two answers at least")
        if (self.kind == "dots") != bool(self.points):
            raise ValueError("dots, and nothing else, have points to lay")
        if self.kind in ("dots", "support") and len(self.options) > MOST_DOTTED:
            raise ValueError(f"a group compares {MOST_DOTTED} things at most")
        if self.kind == "place" and len(self.options) != len(PLACES) + 1:
            raise ValueError(
                "each place of the map needs its name, and so does no place"
            )
        if self.roles and len(self.roles) != self.size:
            raise ValueError(
                "each in a group needs a role: as many as its size, or none"
            )
        if self.kind == "guess":
            ordered = all(a < b for a, b in pairwise(self.edges))
            if len(self.edges) != len(self.options) + 1 or not ordered:
                raise ValueError("each range of a guess needs a beginning and an end")
            if self.truth is None or not self.edges[0] <= self.truth <= self.edges[-1]:
                raise ValueError("what the data says lies outside the ranges")
        return self

    def repeats(self, first: "Declaration") -> bool:
        """Whether another lesson asks the same, and this one asks it once more."""
        here = first.model_copy(update={"lesson": self.lesson})
        return self.kind in TWICE and self.lesson != first.lesson and self == here

    @property
    def ordered(self) -> bool:
        """Whether the answers have an order, so that a change has a direction."""
        return self.kind in {"scale", "guess"}

    @property
    def truth_at(self) -> int | None:
        """The range into which the data falls."""
        if self.truth is None:
            return None
        below = sum(edge <= self.truth for edge in self.edges)
        return min(below, len(self.options)) - 1
