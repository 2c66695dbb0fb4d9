"""Two pages that lead at once: whose press counts, and what the other one is told.

Each act that steers the group has a number. A page says with its own act which number
it has seen last. Where another page has steered since, the act is not done: it was
meant for what is no longer on the screen. Whoever wanted the same has it already, and
is told nothing; whoever wanted something else is told, looks, and presses again.
"""

from . import messages as m
from .activity import Phase

WANTED = {
    m.Collect: Phase.COLLECTING,
    m.Hold: Phase.HELD,
    m.Keep: Phase.HELD,
    m.Reveal: Phase.REVEALED,
    m.PutAway: Phase.IDLE,
    m.BringBack: Phase.REVEALED,
    m.Weigh: Phase.IDLE,  # the board has made way for the dots
}


class Steering:
    """Which page steered last."""

    def __init__(self) -> None:
        self.acts = 0
        self._last: dict[str, int] = {}  # the last act of each page

    def note(self, page: str) -> None:
        """Count an act of a page."""
        self.acts += 1
        self._last[page] = self.acts

    def overtaken(self, message: m.Steers, page: str) -> bool:
        """Whether another page has steered since this page last looked."""
        if message.seen is None:
            return False
        others = (act for other, act in self._last.items() if other != page)
        return max(others, default=0) > message.seen
