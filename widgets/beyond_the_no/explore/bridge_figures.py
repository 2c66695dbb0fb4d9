"""The footbridge with its planks, and a strip for what studies say of one plank."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from beyond_the_no.explore.explore import wording
from beyond_the_no.explore.house import WIDTH, canvas, say
from beyond_the_no.explore.shapes import PERSON, TILE, put, sheet
from beyond_the_no.models.planks import PLANKS, Plank, sag

WORDS = wording("bridge")
SAY = SimpleNamespace(**WORDS["picture"])
DECK, LEFT, RIGHT = 72, 46, 312  # the bridge, unloaded: px from the top; its ends
DOWN = 22  # px for a sag of 1
THICK = 5  # px of a plank
BOARDS, BOARD, GAP = 154, 36, 6  # where the boards begin; their height; between two
Box = tuple[float, float, float, float]  # left, top, width, height
SCALES = {"d": (0.2, 0.5, 0.8), "r": ()}


def board(at: int) -> Box:
    """Say where the board of a plank lies: left, top, width, height."""
    wide = (WIDTH - 8) / 2
    return at % 2 * (wide + 8), BOARDS + at // 2 * (BOARD + GAP), wide, BOARD


def deck(low: float, layers: Sequence[int] = (0,)) -> Path:
    """Bend the bridge by a sag: a curve for each layer, which are planks under it."""
    ends = [DECK + THICK * layer for layer in layers]
    bends = [
        # a curve passes its handle at half the way
        Path(
            [(LEFT, y), ((LEFT + RIGHT) / 2, y + 2 * DOWN * low), (RIGHT, y)],
            [Path.MOVETO, Path.CURVE3, Path.CURVE3],
        )
        for y in ends
    ]
    return Path.make_compound_path(*bends)


def bridge(load: int, held: list[str], c: SimpleNamespace) -> Figure:
    """Draw somebody on the bridge, with the planks under it."""
    fig = canvas(BOARDS + 3 * BOARD + 2 * GAP + 2, SAY.title)
    ax = sheet(fig)
    banks = [(0, DECK, LEFT, 74), (RIGHT, DECK, WIDTH - RIGHT, 74)]
    _boxes(ax, banks, 0, facecolor=c.wash)
    low = sag(load, len(held))
    bare: Any = {"edgecolor": c.soft, "linestyle": ":", "linewidth": 1.5}
    if held:
        ax.add_patch(PathPatch(deck(sag(load, 0)), facecolor="none", **bare))
        say(fig, WIDTH, 33, SAY.bare, color=c.soft, ha="right")
        ax.plot([192, 214], [33, 33], color=c.soft, linestyle=":", linewidth=1.5)
        under = deck(low, range(1, len(held) + 1))
        look: Any = {"edgecolor": c.cloth, "linewidth": THICK - 1}
        ax.add_patch(PathPatch(under, facecolor="none", **look))
    ax.add_patch(PathPatch(deck(low), facecolor="none", edgecolor=c.ink, linewidth=3))
    _walker(ax, load, DECK + DOWN * low, c)
    on = [board(at) for at, name in enumerate(PLANKS) if name in held]
    off = [board(at) for at, name in enumerate(PLANKS) if name not in held]
    _boxes(ax, on, 1, facecolor=c.pale_cloth, edgecolor=c.cloth, linewidth=2)
    _boxes(ax, off, 1, facecolor="none", edgecolor=c.soft, linewidth=1, linestyle="--")
    for at, name in enumerate(PLANKS):
        left, top, _, tall = board(at)
        say(fig, left + 38, top + tall / 2, WORDS["planks"][name])
    return fig


def _boxes(ax: Axes, boxes: Sequence[Box], inside: float, **look: Any) -> None:
    """Draw boxes as one shape, each a little smaller than its place."""
    shapes = [
        Path(
            [
                (left + inside, top + inside),
                (left + wide - inside, top + inside),
                (left + wide - inside, top + tall - inside),
                (left + inside, top + tall - inside),
                (left + inside, top + inside),
            ],
            closed=True,
        )
        for left, top, wide, tall in boxes
    ]
    if shapes:
        ax.add_patch(PathPatch(Path.make_compound_path(*shapes), **look))


def _walker(ax: Axes, load: int, ground: float, c: SimpleNamespace) -> None:
    """Put a person on the deck, with a pack that grows with the load."""
    tall, middle = 46, (LEFT + RIGHT) / 2
    size = 6 + 8 * load
    put(ax, TILE, [(middle - 11 - size / 2, ground - 14 - size / 2)], size, c.ribbon)
    put(ax, PERSON, [(middle, ground - tall / 2 - 1)], tall, c.cloth, zorder=3)


def strip(plank: str, rows: list[Plank], c: SimpleNamespace) -> Figure:
    """Draw what studies say of one plank, on a scale of its own."""
    title, *names = WORDS["outcomes"][plank]
    fig = canvas(58 + 62 * len(names), title)
    ax = sheet(fig)
    if rows[0].measure == "order":
        _order(fig, ax, names, c)
        return fig
    left, span = 4, 320
    for at, (name, row) in enumerate(zip(names, rows, strict=True)):
        top = 40 + 62 * at
        say(fig, 0, top, name)
        ax.plot([left, left + span], [top + 30] * 2, color=c.line)
        found = row.interval
        if found is None:
            continue
        for mark in SCALES[row.measure]:
            ax.plot([left + span * mark] * 2, [top + 25, top + 35], color=c.line)
        ends = [left + span * end for end in (found.low, found.high)]
        ax.plot(ends, [top + 30] * 2, color=c.cloth, linewidth=4)
        dot = {"color": c.cloth, "mec": c.paper, "markersize": 13}
        ax.plot(left + span * found.effect, top + 30, "o", **dot)
    below = 62 * len(names) + 28
    if rows[0].measure == "r":
        say(fig, 0, below, SAY.no_link, color=c.soft)
        say(fig, left + span, below, SAY.full_link, color=c.soft, ha="right")
        return fig
    say(fig, 0, below, SAY.none, color=c.soft)
    for mark, word in zip(SCALES["d"], (SAY.small, SAY.medium, SAY.large), strict=True):
        say(fig, left + span * mark, below, word, color=c.soft, ha="center")
    return fig


def _order(fig: Figure, ax: Axes, names: list[str], c: SimpleNamespace) -> None:
    """Draw people who stayed: more of them, or no more, and no number."""
    ends = (WORDS["outcomes"]["more"], WORDS["outcomes"]["same"])
    for at, (name, end) in enumerate(zip(names, ends, strict=True)):
        top = 40 + 62 * at
        say(fig, 0, top, name)
        say(fig, 76, top + 30, end, color=c.cloth, weight="bold")
        put(ax, PERSON, [(10 + 17 * i, top + 30) for i in range(2)], 30, c.cloth)
        if end == ends[0]:
            put(ax, PERSON, [(44, top + 30)], 30, c.pale_cloth, edge=c.cloth)
    say(fig, 0, 62 * len(names) + 44, SAY.order, color=c.soft)
