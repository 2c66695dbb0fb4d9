"""WordBoard, Texts, Ideas and Questions: one writes, and the leader reads first."""

from .together import Together, script

LONGEST_IDEA = 80
LONGEST_QUESTION = 120


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
        **picture: str,
    ) -> None:
        super().__init__(
            id, question, can_stir=can_stir, minutes=minutes, longest=longest, **picture
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
        **picture: str,
    ) -> None:
        super().__init__(
            id, question, can_stir=can_stir, minutes=minutes, longest=longest, **picture
        )


class Ideas(Together):
    """Ideas of the group: the leader reads them first, then everyone gives dots.

    As with texts, the leader sees none before writing is closed and enough people have
    written, and an author can take hers back until it is shown. When two to ten ideas
    are on the board, the leader lets everyone lay three dots; the room shows an order
    in three bands, as `Dots` does.

    Parameters
    ----------
    longest : how many characters an idea may have, up to 80: phones list them all.
    """

    _esm = script("write")
    kind = "ideas"

    def __init__(
        self,
        id: str,
        question: str,
        *,
        longest: int = LONGEST_IDEA,
        can_stir: str = "",
        minutes: int = 8,
    ) -> None:
        if not 1 <= longest <= LONGEST_IDEA:
            raise ValueError(f"An idea has 1 to {LONGEST_IDEA} characters: {longest}.")
        super().__init__(
            id, question, longest=longest, can_stir=can_stir, minutes=minutes
        )


class Questions(Together):
    """Questions to the leader, who reads them first, shows them and answers them.

    As with texts, the leader sees none before writing is closed and enough people have
    written, and an author can take hers back until it is shown. When two to ten open
    questions are on the board, the leader may let everyone say which they would like to
    ask, too; the room shows an order in three bands, and never a number. A question
    that the leader has answered stays on the screens, with a tick.

    Parameters
    ----------
    longest : how many characters a question may have, up to 120: phones list them all.
    """

    _esm = script("write")
    kind = "questions"

    def __init__(
        self,
        id: str,
        question: str,
        *,
        longest: int = LONGEST_QUESTION,
        can_stir: str = "",
        minutes: int = 6,
    ) -> None:
        if not 1 <= longest <= LONGEST_QUESTION:
            raise ValueError(
                f"A question has 1 to {LONGEST_QUESTION} characters: {longest}."
            )
        super().__init__(
            id, question, longest=longest, can_stir=can_stir, minutes=minutes
        )
