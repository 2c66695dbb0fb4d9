"""Dots: each person has a few points to lay on up to ten things."""

from collections.abc import Sequence

from .choices import checked
from .together import Together, script

MOST = 10


class Dots(Together):
    """A few dots for each person, laid on what fits; shown as an order in three bands.

    Nobody sees how many dots a thing got. It stands among those with most, with some,
    or with few or none; things with as many dots stand together. Of one person's dots
    on a thing two count, so that nobody carries it to the top alone, and a thing to
    which fewer than three people gave one stands with those that got none.

    Parameters
    ----------
    options : two to ten things, in the order in which phones list them.
    points : how many dots each person has, 1 to 10.
    """

    _esm = script("dots")
    kind = "dots"

    def __init__(
        self,
        id: str,
        question: str,
        options: Sequence[str],
        *,
        points: int = 5,
        can_stir: str = "",
        minutes: int = 4,
        **picture: str,
    ) -> None:
        things = checked(options)
        if len(things) > MOST:
            raise ValueError(f"Dots are laid on up to {MOST} things: {len(things)}.")
        if not 1 <= points <= 10:
            raise ValueError(f"Each person has 1 to 10 dots: {points}.")
        super().__init__(
            id,
            question,
            can_stir=can_stir,
            minutes=minutes,
            options=things,
            points=points,
            **picture,
        )
