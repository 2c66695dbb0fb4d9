"""Breathe: in step with the wall, by the server's clock; nobody is counted."""

from .together import Together, script, words


class Breathe(Together):
    """Breathe together for a minute or two; lines swell and rest on wall and phones.

    Each page asks the server what time it is, and so they keep step whatever their own
    clocks say. A person may stop, take the words alone, or a soft sound with eyes shut.
    Nothing is sent.

    Parameters
    ----------
    question : what to say above the lines; without it, "Breathe together".
    breath_in, breath_out : seconds, 3 to 8; out is not shorter than in.
    """

    _esm = script("breathe")
    kind = "breathe"

    def __init__(
        self,
        id: str,
        question: str = "",
        *,
        breath_in: int = 4,
        breath_out: int = 6,
        can_stir: str = "",
        minutes: int = 2,
    ) -> None:
        if not 3 <= breath_in <= breath_out <= 8:
            raise ValueError(
                "A breath: 3 seconds in at least, 8 out at most, out last."
            )
        super().__init__(
            id,
            question or words()["kinds"]["breathe"]["title"]["say"],
            can_stir=can_stir,
            minutes=minutes,
            breath=[breath_in, breath_out],
        )
