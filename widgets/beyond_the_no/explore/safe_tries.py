"""What keeps an old fear going: staying away, and small safe tries beside it.

It shows that nothing new is learned where nothing is tried, that big leaps teach less
that is new, and that in an unfair place the fear is accurate. It measures nobody.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, axes, canvas, say, style
from beyond_the_no.models.loop import half
from beyond_the_no.models.tries import EVERY, NOES, RUNS, START, WEEKS, fear, tried

WORDS = wording("safe_tries")
SAY = SimpleNamespace(**WORDS["picture"])


class SafeTries(Explore):
    """Choose how often Sam tries, and what, and see what becomes of the fear."""

    name = "safe_tries"
    claims = ("C46", "C29")

    often = Choice(WORDS["controls"]["often"], WORDS["often"])
    step = Choice(
        WORDS["controls"]["step"],
        WORDS["steps"],
        when={"often": [often for often, every in EVERY.items() if every]},
    )

    @staticmethod
    def figure(often: str, step: str) -> Figure:
        """Draw how sure Sam is of a no, week by week, with each try marked."""
        with style() as c:
            fig = canvas(304, *SAY.title)
            ax = axes(fig, 30, 84, 318, 180)
            ax.set(xlim=(0, WEEKS), ylim=(0, 100))
            ax.set_yticks([0, 50, 100])
            ax.set_xticks([0, 4, 8, WEEKS], ["0", "4", "8", SAY.last.format(n=WEEKS)])
            ax.get_xticklabels()[3].set_horizontalalignment("right")
            ax.axhline(100 * START, color=c.soft, linewidth=1.5)
            away = SAY.away.format(start=100 * START)
            say(fig, WIDTH, 60, away, color=c.soft, ha="right", weight="bold")
            low, middle, high = 100 * half(fear(often, step))
            weeks = np.arange(WEEKS + 1)
            ax.fill_between(weeks, low, high, color=c.pale_cloth, linewidth=0)
            ax.plot(weeks, middle, "--", color=c.cloth)
            ax.plot(WEEKS, middle[-1], "o", color=c.cloth, clip_on=False)
            ends = SAY.end.format(middle=middle[-1])
            say(fig, 0, 60, ends, color=c.cloth, size=15, weight="bold")
            if often != "never":
                at = np.flatnonzero(tried(often)) + 1
                ax.plot(at, np.full(len(at), 5), "^", color=c.ribbon, clip_on=False)
                noes = f"{SAY.tries} · {SAY.bare.format(noes=100 * NOES[step])}"
                say(fig, 30, 295, noes, color=c.ribbon, weight="bold")
        return fig

    @staticmethod
    def sentence(often: str, step: str) -> str:
        """Say where the fear ends, and why."""
        text: str = WORDS["sentence"]["never" if often == "never" else step]
        less = 100 * (START - half(fear(often, step)[:, -1])[1])
        amounts = WORDS["amounts"].items()
        fits = (word for least, word in amounts if less >= float(least))
        return text.format(n=WEEKS, amount=next(fits, ""))

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say what is made up, and whom a try is never for."""
        text: str = WORDS["caption"]
        return text.format(runs=RUNS)

    @staticmethod
    def rows(often: str, step: str) -> list[list[str]]:
        """Give how sure Sam is of a no, every four weeks, with half of the runs."""
        head, rows = WORDS["table"], []
        for week in range(0, WEEKS + 1, 4):
            low, middle, high = 100 * half(fear(often, step)[:, week])
            span = head["to"].format(low=low, high=high)
            rows.append([f"{week}", f"{middle:.0f}", span])
        return [[head["week"], head["middle"], head["half"]], *rows]

    @staticmethod
    def every() -> str:
        """Return where the fear ends: a row for each kind of try, by how often."""
        lines = ["".join(f"{name:>14}" for name in ["of 100", *EVERY])]
        for step, label in WORDS["steps"].items():
            ends = [100 * half(fear(often, step)[:, -1])[1] for often in EVERY]
            cells = [label, *(f"{end:.0f}" for end in ends)]
            lines.append("".join(f"{cell:>14}" for cell in cells))
        return "\n".join(lines)
