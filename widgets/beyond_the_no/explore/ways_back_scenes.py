"""The scenes of `WaysBack`: a few figures and one thing that they have with them."""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path

from beyond_the_no.explore.house import WIDTH
from beyond_the_no.explore.small_figures import arrow, box, many, people

GROUND = 214  # px from the top
ROUND = Path.circle((0, 0), 1)


def scene(way: str, ax: Axes, c: SimpleNamespace) -> None:
    """Draw a scene on its ground."""
    ax.plot([0, WIDTH], [GROUND, GROUND], color=c.line, linewidth=1)
    SCENES[way](ax, c)


def _elder(ax: Axes, x: float, tall: float, c: SimpleNamespace, foot: float) -> None:
    """Draw an old woman: a figure with her hair in a bun, and a stick."""
    people(ax, [(x, foot)], tall, color=c.ribbon, zorder=3)
    bun = (x + 0.16 * tall, foot - 0.98 * tall)
    many(ax, ROUND, [bun], 0.085 * tall, color=c.ribbon, zorder=3)


def _seat(ax: Axes, left: float, wide: float, c: SimpleNamespace) -> None:
    """Draw a bench: a back, a seat and two legs."""
    many(
        ax, box(wide, 9, 3), [(left, GROUND - 52), (left, GROUND - 36)], 1, color=c.line
    )
    legs = [(left + 12, GROUND - 36), (left + wide - 19, GROUND - 36)]
    many(ax, box(7, 36), legs, 1, color=c.line)


def _bench(ax: Axes, c: SimpleNamespace) -> None:
    many(ax, box(10, 110), [(296, GROUND - 110)], 1, color=c.line)
    crown = [(301, GROUND - 128), (272, GROUND - 108), (328, GROUND - 106)]
    many(ax, ROUND, crown, 34, color=c.wash)
    _seat(ax, 70, 186, c)
    _elder(ax, 128, 108, c, GROUND - 20)
    people(ax, [(202, GROUND - 20)], 108, color=c.cloth, zorder=3)


def _setting_right(ax: Axes, c: SimpleNamespace) -> None:
    bowl = Path(np.asarray(ROUND.vertices) * [1, 0.28], ROUND.codes)
    back = [(88, GROUND - 40), (270, GROUND - 40)]
    people(ax, [*back, (134, GROUND - 52), (224, GROUND - 52)], 74, color=c.cloth)
    _elder(ax, 179, 92, c, GROUND - 58)
    many(ax, bowl, [(179, GROUND - 32)], 104, color=c.wash, zorder=3)
    many(ax, bowl, [(179, GROUND - 38)], 30, color=c.pale_ribbon, zorder=4)
    front = [(112, GROUND), (246, GROUND)]
    people(ax, front, 66, color=c.cloth, zorder=5)


def _ritual(ax: Axes, c: SimpleNamespace) -> None:
    people(ax, [(128, GROUND)], 128, color=c.cloth)
    many(ax, box(72, 8, 2), [(196, GROUND - 46)], 1, color=c.line)
    many(ax, box(7, 38), [(206, GROUND - 38), (251, GROUND - 38)], 1, color=c.line)
    many(ax, ROUND, [(232, GROUND - 103)], 27, color=c.pale_ribbon)
    many(ax, box(16, 40, 2), [(224, GROUND - 86)], 1, color=c.soft, zorder=3)
    flame = Path(
        [(0, -22), (9, -8), (7, 0), (0, 0), (-7, 0), (-9, -8), (0, -22)],
        [1, 4, 4, 4, 4, 4, 4],
    )
    many(ax, flame, [(232, GROUND - 90)], 1, color=c.ribbon, zorder=4)


def _company(ax: Axes, c: SimpleNamespace) -> None:
    many(ax, ROUND, [(300, 62)], 19, color=c.pale_ribbon)
    _seat(ax, 58, 242, c)
    people(ax, [(110, GROUND - 20), (248, GROUND - 20)], 104, color=c.ribbon, zorder=3)
    people(ax, [(179, GROUND - 20)], 104, color=c.cloth, zorder=3)


def _practise(ax: Axes, c: SimpleNamespace) -> None:
    people(ax, [(82, GROUND)], 124, color=c.cloth)
    for size, ink in ((62, c.wash), (42, c.paper), (22, c.pale_cloth)):
        many(ax, ROUND, [(262, GROUND - 84)], size, color=ink, zorder=2)
    many(ax, box(7, 24), [(228, GROUND - 24), (289, GROUND - 24)], 1, color=c.line)
    crosses = np.array([[306, 133], [296, 106], [312, 104]])
    ax.plot(*crosses.T, "x", color=c.ribbon, mew=3, zorder=4)
    arrow(ax, (136, GROUND - 84), (240, GROUND - 84), color=c.cloth, zorder=5)


def _stranger(ax: Axes, c: SimpleNamespace) -> None:
    x = np.linspace(0, WIDTH, 40)
    ax.fill_between(x, GROUND - 34 - 22 * np.sin(x / 62), GROUND, color=c.wash)
    people(ax, [(92, GROUND)], 118, color=c.cloth, zorder=3)
    people(ax, [(278, GROUND)], 104, color=c.ribbon, zorder=3)
    many(ax, box(72, 42, 14), [(118, 64)], 1, color=c.pale_cloth, zorder=3)
    tail = Path([(0, 0), (18, 0), (-8, 18), (0, 0)], [1, 2, 2, 79])
    many(ax, tail, [(130, 104)], 1, color=c.pale_cloth, zorder=3)
    smile = np.linspace(0.15 * np.pi, 0.85 * np.pi, 20)
    ax.plot(154 + 17 * np.cos(smile), 76 + 15 * np.sin(smile), color=c.cloth, zorder=4)
    ax.plot([147, 161], [78, 78], "o", color=c.cloth, markersize=4, zorder=4)


def _prayer(ax: Axes, c: SimpleNamespace) -> None:
    people(ax, [(96, GROUND)], 124, color=c.cloth)
    many(ax, ROUND, [(134, 92), (150, 80)], 5, color=c.pale_ribbon)
    many(ax, box(158, 104, 24), [(172, 40)], 1, color=c.pale_ribbon)
    heart = Path(
        [
            *[(0, 24), (-34, 0), (-20, -24), (0, -8), (20, -24), (34, 0), (0, 24)],
        ],
        [1, 4, 4, 4, 4, 4, 4],
    )
    many(ax, heart, [(251, 80)], 1, color=c.ribbon, zorder=3)
    for y, end in ((112, 300), (124, 274)):
        ax.plot([202, end], [y, y], color=c.soft, linewidth=3)


def _go_between(ax: Axes, c: SimpleNamespace) -> None:
    people(ax, [(44, GROUND)], 108, color=c.cloth)
    people(ax, [(314, GROUND)], 108, color=c.cloth)
    _elder(ax, 179, 112, c, GROUND)
    many(ax, box(50, 32, 2), [(154, 118)], 1, fc=c.paper, ec=c.ribbon, lw=2, zorder=5)
    ax.plot([155, 179, 203], [120, 136, 120], color=c.ribbon, linewidth=2, zorder=6)
    for x in (78, 216):
        arrow(ax, (x, 134), (x + 64, 134), color=c.soft)
        arrow(ax, (x + 64, 152), (x, 152), color=c.soft)


SCENES = {
    "bench": _bench,
    "setting_right": _setting_right,
    "ritual": _ritual,
    "company": _company,
    "practise": _practise,
    "stranger": _stranger,
    "prayer": _prayer,
    "go_between": _go_between,
}
