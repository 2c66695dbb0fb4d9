"""Pairs: two by two at random, and nobody is picked last."""

from .together import Together, script


class Pairs(Together):
    """Put those who like into pairs, by lot; an odd one makes a three.

    Phones that belong together show the same shape and word, and so their people find
    each other. No list is kept: when it is put away, nobody knows who was with whom.

    Parameters
    ----------
    question : what the two could talk about.
    """

    _esm = script("pairs")
    kind = "pairs"

    def __init__(
        self,
        id: str,
        question: str,
        *,
        can_stir: str = "",
        minutes: int = 4,
    ) -> None:
        super().__init__(id, question, can_stir=can_stir, minutes=minutes)
