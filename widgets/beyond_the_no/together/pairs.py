"""Pairs: two by two, or in threes, at random; and nobody is picked last."""

from collections.abc import Sequence

from .together import Together, script

LONGEST = 60  # letters of a role


class Pairs(Together):
    """Put those who like into pairs or threes, by lot; nobody is left over.

    An odd one makes a three of a pair; threes have a pair or two where need be.

    Phones that belong together show the same shape and word, and so their people find
    each other. No list is kept: when it is put away, nobody knows who was with whom.

    Parameters
    ----------
    question : what they could talk about.
    size : how many are in a group, 2 or 3.
    roles : what each of them does, as many as the size: "Speaker", "Listener". Each
        phone shows its own. At each *Swap* they go round: who began comes last.
    """

    _esm = script("pairs")
    kind = "pairs"

    def __init__(
        self,
        id: str,
        question: str,
        *,
        size: int = 2,
        roles: Sequence[str] = (),
        can_stir: str = "",
        minutes: int = 4,
        **picture: str,
    ) -> None:
        if size not in (2, 3):
            raise ValueError(f"A group has two people or three: {size}.")
        if roles and len(roles) != size:
            raise ValueError(f"{size} in a group need {size} roles: {len(roles)}.")
        if long := [role for role in roles if not 0 < len(role) <= LONGEST]:
            raise ValueError(f"A role has up to {LONGEST} letters: {long[0]!r}.")
        super().__init__(
            id,
            question,
            can_stir=can_stir,
            minutes=minutes,
            size=size,
            roles=list(roles),
            **picture,
        )
