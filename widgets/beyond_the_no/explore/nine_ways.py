"""Nine ways of working with a trained helper: how much they help, and beside what.

They stand in the order of the lesson, and not by size: this is no table of winners. For
rejection itself none was tested, and the picture says so.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from beyond_the_no.evidence.claims import claim
from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, canvas, say, style
from beyond_the_no.explore.shapes import TILE, put, sheet
from beyond_the_no.models.nine_ways import Pooled, every, pooled

WORDS = wording("nine_ways")
HEAD = SimpleNamespace(**WORDS["table"])
SAY = SimpleNamespace(**WORDS["picture"])
WAYS = [name for name in WORDS["ways"] if name != "all"]
CLAIMS = dict(
    zip(WAYS, (f"C{n}" for n in (30, 31, 32, 33, 34, 35, 36, 37, 38)), strict=True)
)
TOP, STEP, ZERO, ONE = 34, 24, 134, 352  # px: first row, row to row, effects 0 and 1
TICKS = dict(zip((0, 0.2, 0.5, 0.8), SAY.ticks, strict=True))


class NineWays(Explore):
    """Choose what for and beside what, and look closer at one way."""

    name = "nine_ways"
    claims = ("C74", *CLAIMS.values())
    reads = (every,)

    ask = Choice(WORDS["controls"]["ask"], WORDS["asks"])
    way = Choice(WORDS["controls"]["way"], WORDS["ways"])

    @staticmethod
    def figure(ask: str, way: str) -> Figure:
        """Draw a strip with a dot and an interval for each way."""
        found = pooled(WORDS["against"][ask])
        with style() as c:
            bottom = TOP + STEP * len(WAYS)
            fig = canvas(bottom + 24, getattr(SAY, f"title_{ask}"))
            ax = sheet(fig)
            if way in WAYS:
                y = TOP + STEP * WAYS.index(way) + 11
                ax.plot([0, WIDTH], [y, y], color=c.wash, linewidth=22)
            for row, name in enumerate(WAYS):
                look: dict[str, str] = {"weight": "bold"} if name == way else {}
                say(fig, 4, TOP + STEP * row + 11, WORDS["ways"][name], **look)
            if ask == "rejection":
                rings = [(243.0, TOP + STEP * row + 11.0) for row in range(len(WAYS))]
                ring: Any = {"mfc": c.paper, "mec": c.soft, "markersize": 12}
                ax.plot(*zip(*rings, strict=True), "o", **ring)
                say(fig, 243, bottom + 10, SAY.untested, color=c.soft, ha="center")
            else:
                _strips(fig, ax, found, bottom, c)
            return fig

    @staticmethod
    def sentence(ask: str, way: str) -> str:
        """Say what holds of all nine, or of one."""
        if way == "all":
            text: str = WORDS["sentence"][ask]
            return text
        shared = WORDS["closer"][ask]
        own: str = WORDS.get(f"closer_{ask}", {}).get(way, shared)
        row = pooled(WORDS["against"][ask]).get(way)
        people = f"{row.people:,}" if row and row.people != "" else ""
        trials = row.trials if row else ""
        return own.format(name=WORDS["ways"][way], trials=trials, people=people)

    @staticmethod
    def rows(ask: str, way: str) -> list[list[str]]:
        """Give each way's effect, interval, trials and people."""
        found = pooled(WORDS["against"][ask])
        nothing = HEAD.untested if ask == "rejection" else HEAD.none
        rows = [
            [
                WORDS["ways"][name],
                *(_cells(found[name]) if name in found else [nothing] * 3),
            ]
            for name in WAYS
        ]
        return [HEAD.head, *rows]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say what is pooled, what cannot be compared, and how sure one way is."""
        ask, way = controls["ask"], controls["way"]
        text: str = "" if ask == "rejection" else WORDS["caption"]
        text += WORDS["captions"][ask]
        if way != "all":
            evidence = claim(CLAIMS[way]).evidence
            text += WORDS["evidence"].format(name=WORDS["ways"][way], evidence=evidence)
        return text.strip()


def _cells(row: Pooled) -> list[str]:
    """Give what was seen of one way."""
    effect = HEAD.effect.format(x=row.effect) if row.effect != "" else HEAD.none
    ends = HEAD.unseen
    if row.low != "" and row.high != "":
        ends = HEAD.to.format(low=row.low, high=row.high)
    size = [f"{n:,}" if n != "" else HEAD.unseen for n in (row.trials, row.people)]
    return [effect, ends, ", ".join(dict.fromkeys(size))]


def _at(effect: float) -> float:
    """Place an effect on the strip, in px."""
    return ZERO + (ONE - ZERO) * effect


def _strips(
    fig: Figure, ax: Axes, found: dict[str, Pooled], bottom: float, c: SimpleNamespace
) -> None:
    """Draw none, small, medium, large; and a dot and a line where they were seen."""
    for effect, word in TICKS.items():
        x = _at(effect)
        ax.plot(
            [x, x], [TOP, bottom], color=c.soft if effect == 0 else c.wash, linewidth=1
        )
        say(fig, x, bottom + 10, word, color=c.soft, ha="center")
    dots, dashes = [], []
    for row, name in enumerate(WAYS):
        y, one = TOP + STEP * row + 11, found.get(name)
        if one is None or one.effect == "":
            dashes.append((ZERO + 16, y))
            continue
        if one.effect > 1:  # off the strip: weak trials, which are not compared
            ax.plot([ZERO, ONE - 6], [y, y], "--", color=c.soft)
            ax.plot(ONE - 2, y, ">", color=c.soft, markersize=9)
            apart = say(fig, _at(0.5), y, SAY.apart, color=c.soft, ha="center")
            apart.set_bbox({"facecolor": c.paper, "edgecolor": "none", "pad": 1})
            continue
        dots.append((_at(one.effect), y))
        if one.low != "" and one.high != "":
            ax.plot([_at(one.low), _at(one.high)], [y, y], color=c.cloth, linewidth=3)
    x, y = np.array(dots).T
    ax.plot(x, y, "o", color=c.cloth, mec=c.paper, markersize=12)
    put(ax, TILE, [(x + dx, y) for x, y in dashes for dx in (-4, 0, 4)], 2.5, c.soft)
