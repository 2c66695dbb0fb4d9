"""WordBoard and Texts: one writes a word or a few lines, and the leader reads first."""

from .together import Together, script


class WordBoard(Together):
    """Words of the group on one board, read by the leader before they are shown.

    Words stand in no order; a word that enough people wrote is larger, and says so.
    """

    _esm = script("write")
    kind = "words"

    def __init__(
        self,
        id: str,
        question: str,
        *,
        longest: int = 40,
        can_stir: str = "",
        minutes: int = 4,
    ) -> None:
        super().__init__(
            id, question, can_stir=can_stir, minutes=minutes, longest=longest
        )


class Texts(Together):
    """Short texts of the group: the leader reads, retells or leaves each, in batches.

    The leader sees none before writing is closed and enough people have written. The
    author can take hers back until it is shown.

    Parameters
    ----------
    longest : how many characters a text may have, up to 400.
    """

    _esm = script("write")
    kind = "texts"

    def __init__(
        self,
        id: str,
        question: str,
        *,
        longest: int = 280,
        can_stir: str = "",
        minutes: int = 6,
    ) -> None:
        super().__init__(
            id, question, can_stir=can_stir, minutes=minutes, longest=longest
        )
