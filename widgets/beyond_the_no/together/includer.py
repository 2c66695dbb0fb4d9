"""Includer: one figure on the screen is left out; you choose how to bring it in."""

from .together import Together, script, words

MOST_THROWS = 6  # without the figure that is left out (S-30)


class Includer(Together):
    """A short scene for adults who choose it: three figures throw a ball, one waits.

    All of it is told beforehand. No person is left out and nobody is asked to leave
    anyone out: you look on, you choose how to bring the figure in, and it ends in play
    for all. Nothing is sent, nothing is counted; Stop is there at every moment. Plan
    five minutes to talk afterwards, and not within the last 25 of a session.

    Parameters
    ----------
    question : its title; without it, "Bring one in".
    throws : how many go by without the figure before you choose, 2 to 6.
    """

    _esm = script("includer")
    kind = "includer"

    def __init__(
        self,
        id: str,
        question: str = "",
        *,
        throws: int = 4,
        can_stir: str = "",
        minutes: int = 5,
    ) -> None:
        if not 2 <= throws <= MOST_THROWS:
            raise ValueError(f"Two to {MOST_THROWS} throws go by without the figure.")
        table = words()["kinds"]["includer"]
        super().__init__(
            id,
            question or table["title"]["say"],
            can_stir=can_stir or table["title"]["can_stir"],
            minutes=minutes,
            throws=throws,
        )
