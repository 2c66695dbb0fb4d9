"""One poet's 841 envelopes: open a handful, and see how many were taken."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.path import Path

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, canvas, style
from beyond_the_no.explore.shapes import grid, sheet
from beyond_the_no.explore.small_figures import many
from beyond_the_no.models.one_poet import log, opened, yeses

WORDS = wording("one_poet")
SAY = SimpleNamespace(**WORDS["picture"])
ACROSS = 29  # 29 rows of 29 are 841
# a box and its flap, 10 px wide
ENVELOPE = Path(
    [(0, 0), (10, 0), (10, 6.6), (0, 6.6), (0, 0), (0, 0), (5, 4), (10, 0)],
    [1, 2, 2, 2, 79, 1, 2, 2],
)


class OnePoet(Explore):
    """Open some of a poet's envelopes at random, as often as you like."""

    name = "one_poet"
    claims = ("C73",)
    reads = (log,)

    count = Choice(WORDS["controls"]["count"], WORDS["counts"])
    handful = Choice(
        WORDS["controls"]["handful"],
        WORDS["handfuls"],
        when={"count": [count for count in WORDS["counts"] if count != "all"]},
    )

    @staticmethod
    def figure(count: str, handful: str) -> Figure:
        """Draw every envelope; those that were opened show what was in them."""
        chosen, yes = _opened(count, handful)
        places = np.array(grid(log().sent, ACROSS, 3, 49, 12.2, 8.6))
        closed = np.ones(log().sent, dtype=bool)
        closed[chosen] = False
        with style() as c:
            title = SAY.title.format(sent=log().sent, years=log().years)
            fig = canvas(300, title)
            ax = sheet(fig)
            bold: Any = {"weight": "bold", "va": "center_baseline"}
            taken, no = SAY.yes.format(yes=yes.sum()), SAY.no.format(no=(~yes).sum())
            ax.text(3, 33, taken, color=c.ribbon, **bold)
            ax.text(WIDTH - 4, 33, no, color=c.cloth, ha="right", **bold)
            many(ax, ENVELOPE, places[closed], 1, fc=c.paper, ec=c.line, lw=0.8)
            many(ax, ENVELOPE, places[chosen[~yes]], 1, fc=c.cloth, ec=c.paper, lw=1)
            # a letter looks out of those that were taken
            letters = places[chosen[yes]] + [2, -2.2]
            many(ax, LETTER, letters, 1, fc=c.paper, ec=c.ribbon, lw=1, zorder=3)
            taken_at = places[chosen[yes]]
            many(ax, ENVELOPE, taken_at, 1, fc=c.ribbon, ec=c.paper, lw=1, zorder=4)
        return fig

    @staticmethod
    def sentence(count: str, handful: str) -> str:
        """Say how many of those were taken."""
        yes = int(_opened(count, handful)[1].sum())
        few = {0: "none", 1: "one"}.get(yes, "some")
        text: str = WORDS["sentence"]["all" if count == "all" else few]
        return text.format(count=count, yes=yes, sent=log().sent, years=log().years)

    @staticmethod
    def rows(count: str, handful: str) -> list[list[str]]:
        """Give the envelopes that were sent, opened and taken."""
        head, (chosen, yes) = WORDS["table"], _opened(count, handful)
        both = head["range"].format(low=log().taken_low, high=log().taken_high)
        return [
            [head["what"], head["number"]],
            [head["sent"], f"{log().sent}"],
            [head["open"], f"{len(chosen)}"],
            [head["yes"], f"{yes.sum()}"],
            [head["all"], both],
        ]

    @staticmethod
    def truth() -> int:
        """Return for a guess: how many poems were taken."""
        return log().taken

    @classmethod
    def kind(cls, **controls: Any) -> str:
        """Say that chance puts the yeses into the envelopes of a handful."""
        return "study" if controls["count"] == "all" else "model"

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say whose log it is."""
        text: str = WORDS["caption"]
        return text.format(years=log().years)


LETTER = Path([(0, 0), (6, 0), (6, 5), (0, 5), (0, 0)], [1, 2, 2, 2, 79])


def _opened(count: str, handful: str) -> tuple[Any, Any]:
    """Give the numbers of the envelopes that are open, and which of them hold a yes."""
    many_ = log().sent if count == "all" else int(count)
    chosen = opened(many_, int(handful))
    return chosen, yeses()[chosen]
