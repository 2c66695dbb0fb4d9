"""Screens and well-being in 1,000 dots: at most four of them.

It shows how small 0.4 % is. It does not say that screens matter to nobody, nor what
causes what.
"""

from math import sqrt
from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Steps
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, axes, canvas, say, style
from beyond_the_no.models.cited import cited

WORDS = wording("four_tenths")
SAY = SimpleNamespace(**WORDS["picture"])
ACROSS, DOTS = 40, 1000


class FourTenths(Explore):
    """See the link as dots, and put a guess beside it."""

    name = "four_tenths"
    claims = ("C18",)
    reads = (cited,)

    beside = Steps(
        WORDS["controls"]["beside"],
        start=0,
        stop=500,
        step=100,
        unit=WORDS["controls"]["unit"],
    )

    @staticmethod
    def figure(beside: int) -> Figure:
        """Draw the dots: found, guessed, and all others."""
        found = _found()
        with style() as c:
            title, of = SAY.title
            fig = canvas(318, title, of.format(people=cited()["screens"].people))
            ax = axes(fig, 3, 102, 352, 212)
            ax.set(xlim=(-0.6, ACROSS - 0.4), ylim=(DOTS / ACROSS - 0.4, -0.6))
            ax.axis("off")
            at = np.arange(DOTS)
            x, y = at % ACROSS, at // ACROSS
            few, others = at < found, at >= max(beside, found)
            guess = ~few & (at < beside)
            small: Any = {"markersize": 4.6, "markeredgewidth": 0}
            ax.plot(x[others], y[others], "o", color=c.line, **small)
            ax.plot(x[guess], y[guess], "D", color=c.ribbon, **small)
            large: Any = {"markersize": 7.6, "markeredgewidth": 0, "clip_on": False}
            ax.plot(x[few], y[few], "o", color=c.cloth, **large)
            bold: Any = {"weight": "bold"}
            say(fig, 0, 86, SAY.found.format(found=found), color=c.cloth, **bold)
            say(fig, WIDTH, 86, SAY.rest, color=c.soft, ha="right")
            if beside:
                text = SAY.guess.format(beside=beside)
                say(fig, 0, 62, text, color=c.ribbon, **bold)
        return fig

    @staticmethod
    def sentence(beside: int) -> str:
        """Say what was found, and how a guess compares."""
        found, people = _found(), cited()["screens"].people
        text: str = WORDS["sentence"]["guess" if beside else "found"]
        return text.format(
            found=found, people=people, beside=beside, times=beside / found
        )

    @staticmethod
    def rows(beside: int) -> list[list[str]]:
        """Give the dots: found, guessed, and all."""
        head = WORDS["table"]
        rows = [[head["found"], f"{_found()}"], [head["all"], f"{DOTS:,}"]]
        rows.append([head["r"], f"{_correlation():.2f}"])
        if beside:
            rows.insert(1, [head["guess"], f"{beside}"])
        return [[head["dots"], head["number"]], *rows]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say whose answers these are, and what stands beside them."""
        text: str = WORDS["caption"]
        return text.format(r=_correlation())

    @staticmethod
    def every() -> str:
        """Return the figure with its source, as plain text."""
        people, source = cited()["screens"].people, cited()["screens"].source
        return f"at most {_found()} of {DOTS:,} ({people:,} teenagers) {source}"


def _correlation() -> float:
    """Give the bound as a correlation: its square is the part that is explained."""
    return sqrt(cited()["screens"].high / 100)


def _found() -> int:
    """Give the bound in dots."""
    return round(cited()["screens"].high * DOTS / 100)
