"""A hundred pairs who were interviewed: how often the preferred one did better."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, axes, canvas, say, style
from beyond_the_no.models import base_rates, waiting

WORDS = wording("interviews")
SAY = SimpleNamespace(**WORDS["picture"])
ROWS = 5  # of twenty pairs each
GAP = 15  # px


class Interviews(Explore):
    """See an interview's choice beside a tossed coin."""

    name = "interviews"
    claims = ("C88",)
    reads = (base_rates.interviews,)

    ask = Choice(WORDS["controls"]["ask"], WORDS["asks"])

    @staticmethod
    def figure(ask: str) -> Figure:
        """Draw a hundred pairs, those in which the interview was right filled."""
        right = _right_of_100(ask)
        with style() as c:
            fig = canvas(216, *SAY.title)
            bold: Any = {"color": c.cloth, "weight": "bold"}
            say(fig, 8, 54, SAY.right.format(n=right), **bold)
            say(fig, 8, 73, SAY.other.format(n=100 - right), color=c.soft)
            ax = axes(fig, 29, 96, GAP * 100 / ROWS, GAP * ROWS)
            ax.set(xlim=(-0.5, 100 / ROWS - 0.5), ylim=(ROWS - 0.5, -0.5))
            ax.axis("off")
            column, row = np.divmod(np.arange(100), ROWS)
            ring: Any = {"markerfacecolor": "none", "markeredgecolor": c.soft}
            ax.plot(column[right:], row[right:], "o", markersize=8, **ring)
            ax.plot(column[:right], row[:right], "o", color=c.cloth, markersize=10)
            middle = 50 / ROWS - 0.5  # to its left lie fifty pairs
            ends = [-1, ROWS]
            ax.plot([middle, middle], ends, color=c.ink, linewidth=2, clip_on=False)
            say(fig, WIDTH / 2, 196, SAY.coin, ha="center")
        return fig

    @staticmethod
    def sentence(ask: str) -> str:
        """Say in how many pairs it was right, and in how many it was not."""
        right, text = _right_of_100(ask), str(WORDS["sentence"])
        return text.format(right=right, other=100 - right)

    @staticmethod
    def rows(ask: str) -> list[list[str]]:
        """Give every kind of interview, with what was measured."""
        found = base_rates.interviews().items()
        cells = (
            [WORDS["asks"][name], f"{_right_of_100(name)}", f"{one.studies}"]
            for name, one in found
        )
        return [WORDS["table"], *cells]


def _right_of_100(ask: str) -> int:
    """Of 100 pairs, in how many the one an interview preferred did better at work."""
    return round(100 * waiting.better_of_two(base_rates.interviews()[ask].r))
