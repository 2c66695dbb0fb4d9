"""Who just missed: a hundred scientists at a fence, and a hundred papers."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path

from beyond_the_no.explore.controls import Choice, Toggle
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, canvas, style
from beyond_the_no.explore.shapes import grid, sheet
from beyond_the_no.explore.small_figures import box, many, people
from beyond_the_no.models.near_miss import findings, of_hundred

WORDS = wording("near_miss")
SAY = SimpleNamespace(**WORDS["picture"])
PLACES = {"lower": 150, "higher": 262}  # px, ours: the order alone is known
PICKET = Path([(0, 5), (3, 0), (6, 5), (6, 30), (0, 30), (0, 5)], [1, 2, 2, 2, 2, 79])


class NearMiss(Explore):
    """See who left after a near miss, and how those who stayed did."""

    name = "near_miss"
    claims = ("C72",)
    reads = (lambda: findings("grants"), lambda: findings("papers"))

    view = Choice(WORDS["controls"]["view"], WORDS["views"])
    left = Toggle(WORDS["controls"]["left"], when={"view": ["grants"]})

    @staticmethod
    def figure(view: str, left: bool) -> Figure:
        """Draw a hundred of them, and under them an order."""
        with style() as colour:
            fig = canvas(246, getattr(SAY, f"title_{view}"))
            ax = sheet(fig)
            if view == "grants":
                _at_the_fence(ax, left, colour)
            else:
                _papers(ax, colour)
            _scale(ax, view, view == "papers" or left, colour)
        return fig

    @staticmethod
    def sentence(view: str, left: bool) -> str:
        """Tell both stories."""
        text: str = WORDS["sentence"]["left" if left else view]
        return text.format(
            left=of_hundred("grants", "left"), first=of_hundred("papers", "first")
        )

    @staticmethod
    def rows(view: str, left: bool) -> list[list[str]]:
        """Give each group: how many, and how it did later."""
        head = WORDS["table"]
        later = head["orders" if view == "grants" else "cited"]
        rows = []
        for name, row in findings(view).items():
            said = head["over" if name == "left" else "about"]
            number = said.format(n=row.of_hundred) if row.of_hundred else ""
            rows.append([head[name], number or head["unknown"], later[row.order]])
        return [[head["group"], head["number"], head["later"]], *rows]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say which study, and what it leaves open."""
        text: str = WORDS["captions"][controls["view"]]
        return text


def _at_the_fence(ax: Axes, left: bool, c: SimpleNamespace) -> None:
    """Draw those who got it behind a fence, and in front of it those who did not."""
    middle: Any = {"va": "center_baseline"}
    bold: Any = {"weight": "bold", **middle}
    people(ax, grid(12, 12, 128, 56, 20, 0), 22, color=c.ribbon)
    ax.text(0, 44, SAY.winners, color=c.ribbon, **bold)
    many(ax, PICKET, grid(30, 30, 2, 50, 12.1, 0), 1, color=c.line, zorder=3)
    ax.plot([0, WIDTH], [66, 66], color=c.line, linewidth=3)
    gone = np.zeros(100, dtype=bool)
    if left:
        count = of_hundred("grants", "left")
        gone[np.random.default_rng(4).permutation(100)[:count]] = True
    places = np.array(grid(100, 25, 8, 122, 14.2, 21.5))
    people(ax, places[~gone], 19, color=c.cloth)
    people(ax, places[gone] + [0, 2], 19, fc=c.paper, ec=c.soft, lw=0.8, ls=":")
    ax.text(0, 92, SAY.missed, color=c.cloth, **bold)
    if left:
        words = SAY.gone.format(left=of_hundred("grants", "left"))
        ax.text(WIDTH, 92, words, color=c.soft, ha="right", **middle)


def _papers(ax: Axes, c: SimpleNamespace) -> None:
    """Draw a hundred sheets: those that came out elsewhere stand out."""
    first = of_hundred("papers", "first")
    places = grid(100, 25, 3, 58, 14.2, 30)
    bold: Any = {"weight": "bold", "va": "center_baseline"}
    many(ax, SHEET, places[:first], 1, fc=c.pale_ribbon, ec=c.ribbon, lw=1)
    many(ax, SHEET, places[first:], 1, fc=c.cloth, ec=c.cloth, lw=1)
    ax.text(0, 40, SAY.first.format(first=first), color=c.ribbon, **bold)
    elsewhere = SAY.elsewhere.format(elsewhere=of_hundred("papers", "elsewhere"))
    ax.text(WIDTH, 40, elsewhere, color=c.cloth, ha="right", **bold)


SHEET = box(10, 22, 1.5)


def _scale(ax: Axes, view: str, shown: bool, c: SimpleNamespace) -> None:
    """Draw a line without numbers, and on it two groups in their order."""
    foot = 226
    middle: Any = {"va": "center_baseline"}
    ax.plot([0, WIDTH], [foot, foot], color=c.line, linewidth=1)
    ax.text(0, foot + 10, SAY.low, color=c.soft, **middle)
    words = getattr(SAY, f"scale_{view}")
    ax.text(WIDTH / 2, foot + 10, words, ha="center", color=c.soft, **middle)
    ax.text(WIDTH, foot + 10, SAY.high, color=c.soft, ha="right", **middle)
    if not shown:
        return
    for name, row in findings(view).items():
        if not row.order:
            continue
        won = row.order == "lower"
        ink, x = c.ribbon if won else c.cloth, PLACES[row.order]
        look: Any = {"zorder": 3, "color": ink}
        if view == "grants":
            people(ax, [(x, foot)], 30, **look)
        else:
            many(ax, SHEET, [(x - 5, foot - 25)], 1, **look)
        label = getattr(SAY, name if view == "grants" else f"{name}_short")
        step, ha = (-12, "right") if won else (12, "left")
        place: Any = {"ha": ha, "weight": "bold", "color": ink, **middle}
        ax.text(x + step, foot - 12, label, **place)
