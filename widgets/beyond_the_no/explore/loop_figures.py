"""The pictures of `SensitivityLoop`: a ring of four boxes, and a line over time."""

from types import SimpleNamespace

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Polygon

from beyond_the_no.explore.explore import wording
from beyond_the_no.explore.house import WIDTH, axes, canvas, px, say
from beyond_the_no.models.loop import MESSAGES, PLACES, half, loop

WORDS = wording("sensitivity_loop")
SAY = SimpleNamespace(**WORDS["picture"])
TALL, HIGH = 312, 92  # of the ring's figure; of a box, px
WIDE, TOPS, LEFTS = 120, (42, 214), (1, 237)  # of a box, px
PLACED = {"expects": (0, 0), "reads": (1, 0), "pulls": (1, 1), "noes": (0, 1)}

# each arrow, which is a control: left, top, width, height in px; where it points
Box = tuple[float, float, float, float]
ARROWS: dict[str, tuple[Box, tuple[int, int]]] = {
    "facts": ((123, 56, 112, 64), (1, 0)),
    "pause": ((237, 138, 120, 72), (0, 1)),
    "kindly": ((123, 228, 112, 64), (-1, 0)),
    "steps": ((1, 138, 120, 72), (0, -1)),
}
TIP = 14  # px from its shoulders to its tip


def arrow(help: str) -> Box:
    """Say where the control of an arrow lies: left, top, width, height."""
    return ARROWS[help][0]


def ring(place: str, helps: dict[str, bool], c: SimpleNamespace) -> Figure:
    """Draw four boxes, how often each happens, and an arrow from each to the next."""
    fig = canvas(TALL, SAY.title[0].format(n=MESSAGES), SAY.title[1])
    for name, values in loop(place, **helps)._asdict().items():
        column, row = PLACED[name]
        left, top = LEFTS[column], TOPS[row]
        low, middle, high = 100 * half(values[:, -1])
        ink = c.cloth if name == "noes" else c.ink
        box = FancyBboxPatch(
            (left + 5, TALL - top - HIGH + 5), WIDE - 10, HIGH - 10, "round,pad=4"
        )
        box.set(facecolor="none", edgecolor=ink, linewidth=2, transform=px(fig))
        fig.add_artist(box)
        middle_of = left + WIDE / 2
        for line, text in enumerate(getattr(SAY, name)):
            say(fig, middle_of, top + 20 + 17 * line, text, color=ink, ha="center")
        number = {"color": ink, "size": 20, "weight": "bold", "ha": "right"}
        say(fig, middle_of - 14, top + 70, f"{middle:.0f}", **number)
        span = SAY.half.format(low=low, high=high)
        say(fig, middle_of - 8, top + 71, span, color=c.soft)
    for help, used in helps.items():
        _arrow(fig, help, used, help == "kindly" and place == "unfair", c)
    return fig


def _arrow(
    fig: Figure, help: str, used: bool, untied: bool, c: SimpleNamespace
) -> None:
    """Draw an arrow: full while it feeds the loop, empty once something is done."""
    (left, top, wide, tall), (right, down) = ARROWS[help]
    middle, centre = left + wide / 2, top + tall / 2
    along, across = (wide / 2, tall / 2) if right else (tall / 2, wide / 2)
    # points ahead of the middle and beside it, then turned to where the arrow points
    shape = [
        (-along, -across),
        (along - TIP, -across),
        (along, 0),
        (along - TIP, across),
        (-along, across),
    ]
    points = [
        (middle + a * right - b * down, TALL - centre - a * down - b * right)
        for a, b in shape
    ]
    patch = Polygon(points, closed=True, transform=px(fig))
    look = {"facecolor": c.wash, "edgecolor": c.soft, "linewidth": 2}
    if untied:
        look |= {"facecolor": "none", "linestyle": ":"}
    elif used:
        look |= {"facecolor": "none", "edgecolor": c.ribbon, "linestyle": "--"}
    patch.set(**look)
    fig.add_artist(patch)
    lines = [*WORDS["arrows"][help], *([SAY.no_tie] if untied else [])]
    ink = c.soft if untied else c.ribbon if used else c.ink
    first = centre - 8 * (len(lines) - 1)
    for at, text in enumerate(lines):
        say(fig, left + 39, first + 16 * at, text, color=ink)


def time(place: str, helps: dict[str, bool], c: SimpleNamespace) -> Figure:
    """Draw what Sam expects, message by message, and the noes without the loop."""
    fig = canvas(304, *SAY.title_time)
    ax = axes(fig, 30, 84, 318, 180)
    messages = np.arange(MESSAGES + 1)
    low, middle, high = 100 * half(loop(place, **helps).expects)
    bare = 100 * PLACES[place]
    ax.set(xlim=(0, MESSAGES), ylim=(0, 100))
    ax.set_yticks([0, 50, 100])
    ax.set_xticks([0, 10, MESSAGES], ["0", "10", SAY.last.format(n=MESSAGES)])
    ax.get_xticklabels()[2].set_horizontalalignment("right")
    ax.fill_between(messages, low, high, color=c.pale_cloth, linewidth=0)
    ax.axhline(bare, color=c.soft, linewidth=1.5)
    ax.plot(messages, middle, "--", color=c.cloth)
    ax.plot(MESSAGES, middle[-1], "o", color=c.cloth, clip_on=False)
    ends = SAY.end.format(middle=middle[-1])
    say(fig, 0, 60, ends, color=c.cloth, size=15, weight="bold")
    without = SAY.bare.format(bare=bare)
    say(fig, WIDTH, 60, without, color=c.soft, weight="bold", ha="right")
    say(fig, 30, 295, SAY.band, color=c.soft)
    return fig
