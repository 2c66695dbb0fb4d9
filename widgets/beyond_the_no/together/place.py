"""Place: where on a picture of the brain the group would expect something."""

from .together import DRAWING, Together, script, words

BRAIN = (DRAWING.with_name("brain_map.js"), DRAWING.with_name("brain_heat.js"))


class Place(Together):
    """The group taps a brain; all see how often each area came up, as a map.

    It is asked before the data is shown: where would you expect it? The areas are
    named, so that it works as a list, too, and one answer is that it has no one place.
    """

    _esm = script("place", *BRAIN)
    kind = "place"

    def __init__(
        self,
        id: str,
        question: str,
        *,
        can_stir: str = "",
        minutes: int = 3,
        **picture: str,
    ) -> None:
        names = words()["kinds"]["place"]["places"]
        super().__init__(
            id,
            question,
            can_stir=can_stir,
            minutes=minutes,
            options=list(names.values()),
            **picture,
        )
