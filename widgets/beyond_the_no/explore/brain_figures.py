"""The pictures of `BrainOverlap`: two maps over each other, and counts area by area."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from contourpy import FillType, contour_generator
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from numpy.typing import NDArray

from beyond_the_no.explore.explore import wording
from beyond_the_no.explore.house import WIDTH, axes, canvas, px, say
from beyond_the_no.models import brain

WORDS = wording("brain_overlap")
SAY = SimpleNamespace(**WORDS["picture"])
AREAS = [name for name in WORDS["regions"] if name != "all"]
DASHED, SOLID = (0, (2.2, 1)), "-"  # pain, being left out: not by colour alone

# for each side: left, top, width, height in px; what is shown, in mm right and up
Sides = dict[str, tuple[tuple[int, int, int, int], tuple[int, int], tuple[int, int]]]
Marked = dict[str, tuple[str, ...]]
WHOLE: Sides = {
    "sagittal": ((0, 76, 204, 172), (-110, 76), (-76, 82)),
    "axial": ((214, 62, 144, 194), (-74, 74), (-112, 82)),
}
CLOSE: Sides = {"midline": ((0, 64, 358, 266), (-62, 78), (-34, 70))}
# the same height for each view: the brain that can be turned lies over them
FLAT = 460
OUTSIDE: Sides = {
    "sagittal": ((0, 140, 204, 172), (-110, 76), (-76, 82)),
    "axial": ((214, 126, 144, 194), (-74, 74), (-112, 82)),
}
INSIDE: Sides = {"midline": ((0, 110, 358, 266), (-62, 78), (-34, 70))}
INSULA = ("front_insula", "back_insula")


def outlined(side: str) -> dict[str, list[NDArray[np.float64]]]:
    """Outlines that can be drawn: the insula lies outside the middle 24 mm."""
    lines = brain.outlines(side)
    return {n: a for n, a in lines.items() if side != "midline" or "insula" not in n}


def whole(bar: int, region: str, colour: SimpleNamespace) -> Figure:
    """Draw both maps from the side and from above."""
    fig = _maps(284, WHOLE, bar, {WORDS["regions"][region]: (region,)}, colour)
    say(fig, 102, 275, SAY.side, color=colour.soft, ha="center")
    say(fig, 286, 275, SAY.above, color=colour.soft, ha="center")
    return fig


def close(bar: int, region: str, colour: SimpleNamespace) -> Figure:
    """Draw both maps of the middle 24 mm, larger."""
    fig = _maps(356, CLOSE, bar, {WORDS["regions"][region]: (region,)}, colour)
    say(fig, WIDTH / 2, 346, SAY.middle, color=colour.soft, ha="center")
    return fig


def flat(
    view: str, bar: int, topics: tuple[str, ...], colour: SimpleNamespace
) -> Figure:
    """Draw the maps, or one of them, where a brain that is turned cannot be drawn."""
    own = wording("brain_turn")["picture"]
    marked: Marked = {own["insula"]: INSULA} if view == "unfolded" else {}
    sides = INSIDE if view == "inside" else OUTSIDE
    fig = _maps(FLAT, sides, bar, marked, colour, topics)
    if view == "inside":
        say(fig, WIDTH / 2, 402, SAY.middle, color=colour.soft, ha="center")
        return fig
    say(fig, 102, 350, SAY.side, color=colour.soft, ha="center")
    say(fig, 286, 350, SAY.above, color=colour.soft, ha="center")
    return fig


def _maps(
    height: int,
    sides: Sides,
    bar: int,
    marked: Marked,
    c: SimpleNamespace,
    topics: tuple[str, ...] = tuple(brain.STUDIES),
) -> Figure:
    """Draw one or both maps; `marked` are the areas to outline, by their name."""
    fig = canvas(height, SAY.title.format(bar=bar))
    found = ""
    for side, (place, right, up) in sides.items():
        ax = axes(fig, *place)
        ax.set(xlim=right, ylim=up, aspect="equal")
        ax.axis("off")
        for line in brain.outlines(side)["brain"]:
            ax.plot(*line, color=c.line, linewidth=2, zorder=0)
        maps = [brain.share_map(topic, side) for topic in topics]
        for topic, layer in zip(topics, maps, strict=True):
            _fill(ax, side, layer, bar, _look(topic, c))
        if len(maps) > 1:
            _fill(ax, side, np.minimum(*maps), bar, _look("both", c))
        for name, areas in marked.items():
            for line in (line for a in areas for line in outlined(side).get(a, [])):
                ax.plot(*line, color=c.paper, linewidth=6)  # seen on any colour
                ax.plot(*line, color=c.ink, linewidth=2.2)
                found = name
    _key(fig, topics, found, c)
    return fig


def _look(topic: str, c: SimpleNamespace) -> tuple[Any, Any, Any]:
    """Name the fill, the edge and the dashes of a map, or of what maps share."""
    return {
        "pain": (c.pale_ribbon, c.ribbon, DASHED),
        "rejection": (c.pale_cloth, c.cloth, SOLID),
        "both": (c.soft, c.soft, SOLID),
    }[topic]


def _fill(
    ax: Axes,
    side: str,
    layer: NDArray[np.float64],
    bar: int,
    look: tuple[Any, Any, Any],
) -> None:
    """Colour where a layer clears the bar."""
    right, up = brain.ticks(side)
    lines = contour_generator(right, up, layer, fill_type=FillType.OuterCode)
    points, codes, *_ = lines.filled(bar, 100)
    if points:  # one path for all of them: contourf takes four times as long
        path = Path(np.concatenate(points), np.concatenate(codes))  # type: ignore[arg-type]
        face, edge, dash = look
        patch = PathPatch(
            path, facecolor=face, edgecolor=edge, linewidth=2, linestyle=dash
        )
        ax.add_artist(patch)


def _key(fig: Figure, topics: tuple[str, ...], region: str, c: SimpleNamespace) -> None:
    """Name what is drawn, each beside its own look."""
    looks = [
        (0, 32 + 19 * i, getattr(SAY, topic), *_look(topic, c), topic)
        for i, topic in enumerate(topics)
    ]
    if len(topics) > 1:
        looks.append((222, 32, SAY.both, *_look("both", c), ""))
    if region:
        looks.append((222, 51, region, c.paper, c.ink, SOLID, ""))
    for x, y, text, fill, edge, dash, topic in looks:
        box = Rectangle((x + 1, fig.bbox.height - y - 5), 14, 10, transform=px(fig))
        box.set(facecolor=fill, edgecolor=edge, linewidth=2, linestyle=dash)
        fig.add_artist(box)
        weight = "normal" if text == region else "bold"
        say(fig, x + 22, y, text, color=edge, weight=weight)
        if topic:
            studies = SAY.studies.format(n=brain.STUDIES[topic])
            say(fig, x + 134, y, studies, color=c.soft)


def counts(region: str, c: SimpleNamespace) -> Figure:
    """Draw a row for each area: any other topic as a bar, two sets as dot and line."""
    left, top, step = 8, 26, 58
    fig = canvas(407, SAY.title_count)
    ax = axes(fig, left, top, 314, step * len(AREAS))
    ax.set(xlim=(0, 70), ylim=(len(AREAS), 0))
    ax.set_yticks([])
    ax.set_xticks([0, 20, 40, 60], ["0", "20", "40", SAY.hundred])
    ax.get_xticklabels()[0].set_horizontalalignment("left")
    ax.spines["bottom"].set_visible(False)
    shares = [brain.regions()[area] for area in AREAS]
    rows = np.arange(len(AREAS))
    for row, area in enumerate(AREAS):
        weight = "bold" if region in (area, "all") else "normal"
        say(fig, left, top + 11 + step * row, WORDS["regions"][area], weight=weight)
    other = [share["other"].percent for share in shares]
    ax.barh(rows + 0.64, other, 0.58, color=c.wash)
    ax.vlines(other, rows + 0.35, rows + 0.93, color=c.soft, linewidth=1.5)
    widest = float(np.argmax(other))
    ax.text(1, widest + 0.48, SAY.other, color=c.soft, va="center_baseline")
    for topic, ink, down, mark, size in (
        ("pain", c.ribbon, 0.48, "D", 8),
        ("rejection", c.cloth, 0.79, "o", 10),
    ):
        at = [share[topic] for share in shares]
        low, high = [s.low for s in at], [s.high for s in at]
        ax.hlines(rows + down, low, high, color=ink, linewidth=3, capstyle="round")
        dots = {"markersize": size, "markeredgecolor": c.paper}
        ax.plot([s.percent for s in at], rows + down, mark, color=ink, **dots)
        name = {"color": ink, "weight": "bold", "va": "center_baseline"}
        ax.text(high[0] + 2, down, getattr(SAY, topic), **name)
    if region != "all":
        bottom = fig.bbox.height - top - step * (AREAS.index(region) + 1)
        box = Rectangle((1, bottom + 1), WIDTH - 2, step - 2, transform=px(fig))
        box.set(facecolor="none", edgecolor=c.ink, linewidth=1.5)
        fig.add_artist(box)
    return fig
