"""The pictures of `SensitivityLoop`: a ring of four boxes, and a line over time."""

from types import SimpleNamespace

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from beyond_the_no.explore.explore import wording
from beyond_the_no.explore.house import WIDTH, axes, canvas, px, say
from beyond_the_no.models.loop import MESSAGES, PLACES, half, loop

WORDS = wording("sensitivity_loop")
SAY = SimpleNamespace(**WORDS["picture"])
TALL, HIGH = 338, 96  # of the ring's figure; of a box, px
WIDE, TOPS, LEFTS = 142, (50, 236), (1, 215)  # of a box, px
PLACED = {"expects": (0, 0), "reads": (1, 0), "pulls": (1, 1), "noes": (0, 1)}

# each arrow: its help, from and to in px from the top left, where its word stands
ARROWS = {
    "facts": ((147, 98), (211, 98), (179, 80, "center")),
    "pause": ((286, 150), (286, 232), (278, 191, "right")),
    "kindly": ((211, 284), (147, 284), (179, 266, "center")),
    "steps": ((72, 232), (72, 150), (80, 191, "left")),
}


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
        say(fig, middle_of - 14, top + 72, f"{middle:.0f}", **number)
        span = SAY.half.format(low=low, high=high)
        say(fig, middle_of - 6, top + 73, span, color=c.soft)
    for help, (start, end, word) in ARROWS.items():
        _arrow(fig, help, start, end, word, place, helps[help], c)
    return fig


def _arrow(
    fig: Figure,
    help: str,
    start: tuple[int, int],
    end: tuple[int, int],
    word: tuple[int, int, str],
    place: str,
    used: bool,
    c: SimpleNamespace,
) -> None:
    """Draw an arrow: thick, or thin with the name of what is done about it."""
    untied = help == "kindly" and place == "unfair"
    thin = used or untied
    arrow = FancyArrowPatch(
        (start[0], TALL - start[1]),
        (end[0], TALL - end[1]),
        arrowstyle="-|>",
        mutation_scale=16 if thin else 22,
        shrinkA=0,
        shrinkB=0,
    )
    ink = c.ribbon if used and not untied else c.line if untied else c.soft
    arrow.set(color=ink, linewidth=1.6 if thin else 5, transform=px(fig))
    arrow.set_linestyle((0, (2, 2)) if thin else "-")
    fig.add_artist(arrow)
    x, y, side = word
    if untied:
        say(fig, x, y, SAY.no_tie, color=c.soft, ha=side)
    elif used:
        say(fig, x, y, getattr(SAY, help), color=c.ribbon, weight="bold", ha=side)


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
