"""Two groups that differ on average, how much they share, and a guess from one person.

The groups have no names, and none is above the other. The person chooses the gap; it is
not a measured difference.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, axes, canvas, say, style
from beyond_the_no.models.overlap import hill, overlap

WORDS = wording("culture_overlap")
SAY = SimpleNamespace(**WORDS["picture"])
LARGE = 80  # hundredths of a spread from which a gap is often called large


class CultureOverlap(Explore):
    """Set how far two groups lie apart, and see how little one person's group tells."""

    name = "culture_overlap"
    claims = ("C17",)

    view = Choice(WORDS["controls"]["view"], WORDS["views"])
    gap = Choice(WORDS["controls"]["gap"], WORDS["gaps"], default="50")

    @staticmethod
    def figure(view: str, gap: str) -> Figure:
        """Draw two curves and what they share, or a hundred guesses."""
        draw = _curves if view == "curves" else _guesses
        with style() as colour:
            return draw(int(gap), colour)

    @staticmethod
    def sentence(view: str, gap: str) -> str:
        """Say how many people are in the overlap, and how often a guess is right."""
        wide = int(gap)
        shared, right = overlap(wide / 100)
        size = "none" if not wide else "small" if wide < LARGE else "large"
        text: str = WORDS["sentence"][size]
        return text.format(shared=shared, right=right, wrong=100 - round(right))

    @staticmethod
    def rows(view: str, gap: str) -> list[list[str]]:
        """Give overlap and right guesses, of 100, for each gap."""
        head, rows = WORDS["table"], []
        for each, called in WORDS["gaps"].items():
            shared, right = overlap(int(each) / 100)
            rows.append([called, f"{shared:.0f}", f"{right:.0f}"])
        return [[head["gap"], head["shared"], head["right"]], *rows]

    @staticmethod
    def truth(gap: int = 50) -> int:
        """Return for a guess: of 100 people, those in the part that both share."""
        return round(overlap(gap / 100).shared)


def _curves(gap: int, c: SimpleNamespace) -> Figure:
    fig = canvas(272, *SAY.title)
    ax = axes(fig, 6, 58, 346, 184)
    x, half = np.linspace(-3.6, 3.6, 121), gap / 200
    left, right = hill(x, -half), hill(x, half)
    ax.set(xlim=(-3.6, 3.6), ylim=(0, 1.16))
    ax.set_yticks([])
    ax.set_xticks([-3.55, 3.55], [SAY.less, SAY.more])
    ax.get_xticklabels()[0].set_horizontalalignment("left")
    ax.get_xticklabels()[1].set_horizontalalignment("right")
    ax.fill_between(x, np.minimum(left, right), color=c.wash, linewidth=0)
    ax.plot(x, left, "-", color=c.cloth)
    ax.plot(x, right, "--", color=c.ribbon)
    bold: Any = {"weight": "bold"}
    ax.text(-half - 0.95, 0.8, SAY.one, ha="right", color=c.cloth, **bold)
    ax.text(half + 0.95, 0.8, SAY.other, color=c.ribbon, **bold)
    shared = SAY.shared.format(shared=overlap(gap / 100).shared)
    ax.text(0, 0.2, shared, ha="center", size=17, **bold)
    ax.text(0, 0.07, SAY.shared_note, ha="center")
    return fig


def _guesses(gap: int, c: SimpleNamespace) -> Figure:
    right = round(overlap(gap / 100).right)
    fig = canvas(272, *SAY.title_guesses)
    ax = axes(fig, 6, 76, 346, 180)
    ax.set(xlim=(-0.6, 19.6), ylim=(4.6, -0.6))
    ax.axis("off")
    at = np.arange(100)
    x, y = at // 5, at % 5  # column by column: fifty end in the middle
    ax.plot(x[:right], y[:right], "o", color=c.cloth, markeredgewidth=0, markersize=11)
    ax.plot(
        x[right:], y[right:], "o", color="none", markeredgecolor=c.ribbon, markersize=10
    )
    ax.plot([9.5, 9.5], [-0.6, 4.6], color=c.ink, linewidth=2, clip_on=False)
    say(fig, 0, 62, SAY.right.format(right=right), color=c.cloth, weight="bold")
    say(fig, WIDTH / 2, 62, SAY.coin, ha="center")
    wrong = SAY.wrong.format(wrong=100 - right)
    say(fig, WIDTH, 62, wrong, color=c.ribbon, weight="bold", ha="right")
    return fig
