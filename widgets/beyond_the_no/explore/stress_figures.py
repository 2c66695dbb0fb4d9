"""The pictures of `StressCurve`: a wave, rises of single people, an order of groups."""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from beyond_the_no.explore.explore import wording
from beyond_the_no.explore.house import WIDTH, axes, canvas, say
from beyond_the_no.models import stress
from beyond_the_no.models.brain import wilson

WORDS = wording("stress_curve")
SAY = SimpleNamespace(**WORDS["picture"])
SPEECH = (0, 10)  # minutes: the speech, and the sums that follow it


def measured(group: stress.Group, c: SimpleNamespace) -> Figure:
    """Draw the middle person, measured, and the middle half of people."""
    wave = stress.measured(group)
    people = sum(people for _, _, people in stress.rises(group))
    fig, ax = _frame(SAY.title, c)
    ax.fill_between(wave.minute, wave.low, wave.high, color=c.pale_cloth)
    ax.plot(wave.minute, wave.line, "o-", color=c.cloth)
    ax.text(22, 34.4, SAY.band.format(n=people), color=c.cloth)
    above = np.interp(44, wave.minute, wave.line)
    ax.text(44, above + 1.2, SAY.middle_person, color=c.cloth, weight="bold")
    return fig


def model(wave: stress.Wave, c: SimpleNamespace) -> Figure:
    """Draw the model's wave, with what was measured as dots."""
    fig, ax = _frame(SAY.title_model, c)
    ax.fill_between(wave.minute, wave.low, wave.high, color=c.pale_ribbon)
    found = stress.measured()
    ax.plot(found.minute, stress.means(), "o", color=c.cloth, markeredgecolor=c.paper)
    ax.plot(wave.minute, wave.line, "--", color=c.ribbon)
    if (wave.high > wave.low).any():
        ax.text(22, 34.4, SAY.model_band, color=c.ribbon)
    ax.text(43, 20.6, SAY.measured, color=c.cloth, weight="bold")
    ax.text(58, 7.2, SAY.model, color=c.ribbon, weight="bold")
    return fig


def _frame(title: list[str], c: SimpleNamespace) -> tuple[Figure, Axes]:
    """Axes that stay while a control moves."""
    fig = canvas(290, *title)
    ax = axes(fig, 24, 66, 330, 194)
    ax.set(xlim=(-8, 75), ylim=(0, 37))
    ax.set_xticks([0, 20, 40, 60], ["0", "20", "40", SAY.minutes])
    ax.set_yticks([0, 10, 20, 30])
    ax.axvspan(*SPEECH, color=c.wash)
    ax.text(5, 1.6, SAY.speech, ha="center", color=c.soft)
    say(fig, 0, 53, SAY.unit, color=c.soft)
    return fig, ax


def people(group: stress.Group, c: SimpleNamespace) -> Figure:
    """Draw how many people rose by how much, each with its 95 % interval."""
    bars = stress.rises(group)
    n = sum(people for _, _, people in bars)
    fig = canvas(44 + 32 * len(bars), *SAY.title_people)
    ax = axes(fig, 84, 42, 200, 32 * len(bars))
    ax.set(xlim=(0, 40), ylim=(len(bars) - 0.5, -0.5))
    ax.axis("off")
    at, share = np.arange(len(bars)), [100 * count / n for _, _, count in bars]
    clear = [low >= stress.CLEAR for low, *_ in bars]
    colours = [c.pale_cloth if risen else c.wash for risen in clear]
    ax.barh(at, share, 0.62, color=colours)
    ends = 100 * np.array([wilson(count, n) for _, _, count in bars])
    ax.hlines(at, *ends.T, color=c.cloth, linewidth=3, capstyle="round")
    for row, (low, high, count) in enumerate(bars):
        y = 42 + 32 * (row + 0.5)
        say(fig, 0, y, bar_name(low, high), weight="normal" if clear[row] else "bold")
        of = SAY.of.format(people=count, n=n)
        say(fig, WIDTH - 1, y, of, ha="right", color=c.soft)
    return fig


def bar_name(low: float, high: float) -> str:
    """Name a bar by its limits."""
    if low == -np.inf:
        name: str = SAY.none
    elif high == np.inf:
        name = SAY.more.format(low=f"{low:g}")
    else:
        name = SAY.between.format(low=f"{low:g}", high=f"{high:g}")
    return name


def order(c: SimpleNamespace) -> Figure:
    """Draw what is known of four groups: their order, and so no scale and no bars."""
    fig = canvas(250, *SAY.title_friend)
    ax = axes(fig, 0, 46, WIDTH, 200)
    ax.set(xlim=(0, WIDTH), ylim=(200, 0))
    ax.axis("off")
    arrow = {"arrowstyle": "-|>", "color": c.soft, "linewidth": 1.6}
    ax.annotate("", (14, 172), (14, 22), arrowprops=arrow)
    ax.fill_between([88, 356], 64, 130, color=c.wash)
    big = {"weight": "bold", "size": 15}
    for x, y, text, look in (
        (28, 22, SAY.highest, {"color": c.soft}),
        (94, 22, SAY.alone, {"color": c.cloth, **big}),
        (28, 97, SAY.middle, {"color": c.soft}),
        (98, 84, SAY.friend, {"color": c.ribbon, **big}),
        (172, 84, SAY.spray, {"color": c.cloth, **big}),
        (98, 112, SAY.unknown, {"color": c.soft}),
        (28, 172, SAY.lowest, {"color": c.soft}),
        (94, 172, SAY.both, {"color": c.ribbon, **big}),
    ):
        ax.text(x, y, text, va="center_baseline", **look)
    return fig
