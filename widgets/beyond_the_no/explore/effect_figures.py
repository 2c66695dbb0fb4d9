"""Pooled effects as dots with 95 % intervals, beside the line where there is none."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import NamedTuple

from matplotlib.figure import Figure

from beyond_the_no.explore.house import WIDTH, axes, canvas, say
from beyond_the_no.models.effects import Effect

TOP, STEP, LEFT, SPAN = 52, 66, 8, 342


class Line(NamedTuple):
    """One row: its name, what stands behind the name, and the effect, if shown."""

    name: str
    small: str
    effect: Effect | None


def effects(
    title: Sequence[str],
    lines: Sequence[Line],
    ends: tuple[float, float],
    words: tuple[str, str, str],
    c: SimpleNamespace,
) -> Figure:
    """
    Draw one row for each effect.

    Parameters
    ----------
    title : one or two short lines.
    lines : the rows, from the top.
    ends : left and right end of the scale, in spreads.
    words : what stands left of none, at none, and right of it; may be empty.
    c : colours of the house.
    """
    height = STEP * len(lines)
    fig = canvas(TOP + height + 30, *title)
    ax = axes(fig, LEFT, TOP, SPAN, height)
    ax.set(xlim=ends, ylim=(len(lines), 0))
    ax.axis("off")
    ax.axvline(0, color=c.soft, linewidth=1.5)
    below = TOP + height + 14
    left, middle, right = words
    zero = LEFT - ends[0] / (ends[1] - ends[0]) * SPAN
    say(fig, 0, below, left, color=c.soft)
    say(fig, zero, below, middle, color=c.soft, ha="center")
    say(fig, WIDTH, below, right, color=c.soft, ha="right")
    for at, line in enumerate(lines):
        y = TOP + STEP * at + 12
        name = say(fig, 0, y, line.name, weight="bold")
        name.set_bbox({"facecolor": c.paper, "edgecolor": "none", "pad": 1})
        small = say(fig, WIDTH, y, line.small, color=c.soft, ha="right")
        small.set_bbox({"facecolor": c.paper, "edgecolor": "none", "pad": 1})
        if line.effect is None:
            continue
        ink = c.cloth if line.effect.clear else c.soft
        ends_of = (line.effect.low, line.effect.high)
        ax.hlines(at + 0.62, *ends_of, color=ink, linewidth=3, capstyle="round")
        full = ink if line.effect.clear else c.paper
        ax.plot(line.effect.effect, at + 0.62, "o", mfc=full, mec=ink, markersize=12)
    return fig
