"""How many noes until a yes? Tries that do not know of each other, at real rates.

The tries are applications, grants and places. They are never one person: a no from a
person is final, and the caption says so beside every picture.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice, Steps
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import axes, canvas, style
from beyond_the_no.models import base_rates, waiting

WORDS = wording("how_many_noes")
SAY = SimpleNamespace(**WORDS["picture"])
TRIES = range(5, 31, 5)
MOST = TRIES[-1]  # on the axis
COMMON = 5  # of 100 people: fewer make so long a run of noes a rare one
DASHED = (0, (3, 1.6))  # a model's line is never solid


class HowManyNoes(Explore):
    """
    Choose what is tried for and how often, and see how many people still wait.

    Nothing is said about the person who moves the controls.
    """

    name = "how_many_noes"
    claims = ("C16", "C40")
    reads = (base_rates.rates,)

    goal = Choice(WORDS["controls"]["goal"], WORDS["goals"])
    tries = Steps(WORDS["controls"]["tries"], start=5, stop=MOST, step=5, default=10)

    @staticmethod
    def figure(goal: str, tries: int) -> Figure:
        """Draw how many of 100 still wait after each try, with a band of settings."""
        title = SAY.title_for.format(what=WORDS["nouns"][goal])
        with style() as c:
            fig = canvas(266, SAY.title_wait, title)
            ax, n = _plane(fig), np.arange(MOST + 1)
            rate = base_rates.rates()[goal]
            line, slow, fast = (
                100 * waiting.waiting(waiting.same(chance, MOST))
                for chance in (rate.share, rate.low, rate.high)
            )
            ax.fill_between(n, slow, fast, color=c.pale_cloth)
            ax.plot(n, line, linestyle=DASHED, color=c.cloth)
            ax.plot([tries, tries], [0, line[tries]], color=c.ink, linewidth=1.5)
            look: Any = {"markersize": 13, "markeredgecolor": c.paper, "clip_on": False}
            ax.plot(tries, line[tries], "o", color=c.cloth, **look)
            after = SAY.after.format(tries=tries, people=_people(line[tries]))
            _answer(ax, 91, after, weight="bold", size=15)
            chance = SAY.chance.format(people=_people(100 * rate.share))
            _answer(ax, 78, chance, color=c.cloth)
            ends = (_people(100 * end) for end in (rate.low, rate.high))
            band = SAY.band.format(**dict(zip(("low", "high"), ends, strict=True)))
            _answer(ax, 67, band, color=c.cloth)
        return fig

    @staticmethod
    def sentence(goal: str, tries: int) -> str:
        """Say how many still wait, and what that does not mean."""
        left = _left(goal, tries)
        text: str = WORDS["sentence"]["common" if left >= COMMON else "rare"]
        chance = _people(100 * base_rates.rates()[goal].share)
        return text.format(tries=tries, chance=chance, left=_people(left))

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say where the rate is from, and whose no is final."""
        return f"{WORDS['sources'][controls['goal']]} {WORDS['caption']}"

    @staticmethod
    def rows(goal: str, tries: int) -> list[list[str]]:
        """Give the same for every number of tries."""
        chance = _people(100 * base_rates.rates()[goal].share)
        left = ([f"{n}", chance, _people(_left(goal, n))] for n in TRIES)
        return [WORDS["table"], *left]


def _left(goal: str, count: int) -> float:
    """Of 100 people, how many still wait after so many tries."""
    share = base_rates.rates()[goal].share
    return float(100 * waiting.waiting(waiting.same(share, count))[-1])


def _people(number: float) -> str:
    """Say a number of people: whole ones, or that it is fewer than one."""
    return f"{number:.0f}" if number >= 0.5 else str(SAY.fewer)


def _plane(fig: Figure) -> Axes:
    ax = axes(fig, 32, 50, 318, 190)
    ax.set(xlim=(0, MOST), ylim=(0, 100))
    ax.set_xticks([0, 10, 20, 30], ["0", "10", "20", SAY.tries.format(n=MOST)])
    ax.get_xticklabels()[-1].set_horizontalalignment("right")
    ax.set_yticks([0, 50, 100])
    return ax


def _answer(ax: Axes, row: float, text: str, **look: Any) -> None:
    ax.text(MOST, row, text, ha="right", va="center_baseline", **look)
