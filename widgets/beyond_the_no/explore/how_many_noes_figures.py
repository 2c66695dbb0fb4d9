"""The pictures of `HowManyNoes`: curves of who still waits, and a hundred dots."""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from beyond_the_no.explore.explore import wording
from beyond_the_no.explore.house import WIDTH, axes, canvas, say
from beyond_the_no.models import base_rates, waiting

WORDS = wording("how_many_noes")
SAY = SimpleNamespace(**WORDS["picture"])
MOST = 30  # tries on the axis
MADE_UP = {"few": 0.05, "some": 0.2, "many": 0.5}  # chances without a source
STEP = 0.005  # what a try adds to the next chance where people learn
DASHED, DOTTED = (0, (3, 1.6)), (0, (1, 1))  # a model's line is never solid


def chance(goal: str) -> tuple[float, float, float]:
    """Find the chance of one try, with the lowest and highest that belong to it."""
    if goal in MADE_UP:
        return (MADE_UP[goal],) * 3
    rate = base_rates.rates()[goal]
    return rate.share, rate.low, rate.high


def of_100(goal: str) -> str:
    """Say the chance of one try in people of 100."""
    return people(100 * chance(goal)[0])


def left(goal: str, count: int) -> float:
    """Of 100 people, how many still wait after so many tries."""
    return float(100 * waiting.waiting(waiting.same(chance(goal)[0], count))[-1])


def people(number: float) -> str:
    """Say a number of people: whole ones, or that it is fewer than one."""
    if 0.5 <= number < 99.5 or number == 100:
        return f"{number:.0f}"
    return str(SAY.fewer if number < 0.5 else SAY.nearly)


def both(change: str, count: int) -> tuple[list[NDArray[np.float64]], list[float]]:
    """Who still waits under each kind of name: for every try, and after `count`."""
    names = base_rates.same_resume()
    if change == "fair":
        names = dict.fromkeys(names, names["white"])
    step = STEP if change == "learn" else 0
    lines = [
        waiting.waiting(waiting.learning(names[name], MOST, step))
        for name in ("black", "white")
    ]
    return lines, [float(line[count]) for line in lines]


def right_of_100(ask: str) -> int:
    """Of 100 pairs, in how many the one an interview preferred did better at work."""
    return round(100 * waiting.better_of_two(base_rates.interviews()[ask].r))


def _curves(fig: Figure) -> Axes:
    ax = axes(fig, 32, 50, 318, 190)
    ax.set(xlim=(0, MOST), ylim=(0, 100))
    ax.set_xticks([0, 10, 20, 30], ["0", "10", "20", SAY.tries.format(n=30)])
    ax.get_xticklabels()[-1].set_horizontalalignment("right")
    ax.set_yticks([0, 50, 100])
    return ax


def _answer(ax: Axes, row: float, text: str, **look: object) -> None:
    ax.text(MOST, row, text, ha="right", va="center_baseline", **look)  # type: ignore[arg-type]


def wait(goal: str, count: int, c: SimpleNamespace) -> Figure:
    """Draw how many of 100 still wait after each try, with a band of settings."""
    fig = canvas(266, SAY.title_wait, SAY.title_for.format(what=WORDS["nouns"][goal]))
    ax, n = _curves(fig), np.arange(MOST + 1)
    share, low, high = chance(goal)
    line, slow, fast = (
        100 * waiting.waiting(waiting.same(p, MOST)) for p in (share, low, high)
    )
    ax.fill_between(n, slow, fast, color=c.pale_cloth)
    ax.plot(n, line, linestyle=DASHED, color=c.cloth)
    _mark(ax, count, line[count], c.cloth, c)
    after = SAY.after.format(tries=count, people=people(line[count]))
    _answer(ax, 91, after, weight="bold", size=15)
    _answer(ax, 78, SAY.chance.format(people=of_100(goal)), color=c.cloth)
    if low < high:
        ends = SAY.band.format(low=people(100 * low), high=people(100 * high))
        _answer(ax, 67, ends, color=c.cloth)
    return fig


def _mark(ax: Axes, at: int, height: float, ink: str, c: SimpleNamespace) -> None:
    ax.plot([at, at], [0, height], color=c.ink, linewidth=1.5)
    look = {"markersize": 13, "markeredgecolor": c.paper, "clip_on": False}
    ax.plot(at, height, "o", color=ink, **look)


def two(change: str, count: int, c: SimpleNamespace) -> Figure:
    """Draw the same résumé under two kinds of name."""
    fig = canvas(266, SAY.title_two, SAY.title_two_more)
    ax, n = _curves(fig), np.arange(MOST + 1)
    lines, left_now = both(change, count)
    looks = [(c.cloth, DASHED, SAY.black), (c.ribbon, DOTTED, SAY.white)]
    for line, (ink, dash, _) in zip(lines, looks, strict=True):
        ax.plot(n, 100 * line, linestyle=dash, color=ink)
    top = max(left_now)
    ax.plot([count, count], [0, 100 * top], color=c.ink, linewidth=1.5)
    for share, (ink, _, _), shape in zip(left_now, looks, "oD", strict=True):
        size = {"o": 13, "D": 9}[shape]
        look = {"markersize": size, "markeredgecolor": c.paper, "clip_on": False}
        ax.plot(count, 100 * share, shape, color=ink, **look)
    _answer(ax, 93, SAY.after_two.format(tries=count), weight="bold", size=15)
    for row, share, (ink, _, name) in zip((80, 69), left_now, looks, strict=True):
        text = f"{name}: {people(100 * share)} {SAY.of}"
        _answer(ax, row, text, color=ink, weight="bold")
    return fig


def _dots(
    fig: Figure, left: float, top: float, columns: int, yes: int, c: SimpleNamespace
) -> None:
    """Draw a hundred people, the first of them filled: column by column."""
    gap, rows = 15, 100 // columns
    ax = axes(fig, left, top, gap * columns, gap * rows)
    ax.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5))
    ax.axis("off")
    column, row = np.divmod(np.arange(100), rows)
    ring = {"markerfacecolor": "none", "markeredgecolor": c.soft, "markersize": 8}
    ax.plot(column[yes:], row[yes:], "o", linewidth=0, **{**ring, "markeredgewidth": 1})
    ax.plot(column[:yes], row[:yes], "o", color=c.cloth, markersize=10)


def memory(goal: str, count: int, c: SimpleNamespace) -> Figure:
    """Draw the next try of a hundred people, on the first try and after the noes."""
    fig = canvas(250, SAY.title_memory, SAY.title_for.format(what=WORDS["nouns"][goal]))
    share = chance(goal)[0]
    for at, head, noes in ((8, SAY.first, 0), (194, SAY.then, count)):
        yes = round(100 * waiting.next_yes(share, noes))
        say(fig, at, 52, head.format(tries=count), color=c.soft)
        say(fig, at, 72, f"{yes} {SAY.yes}", color=c.cloth, weight="bold")
        _dots(fig, at - 4, 88, 10, yes, c)
    return fig


def heard(goal: str, count: int, c: SimpleNamespace) -> Figure:
    """Draw whose story is told, of a hundred people who all went on as long."""
    title = SAY.title_heard.format(tries=count)
    fig = canvas(190, title, SAY.title_for.format(what=WORDS["nouns"][goal]))
    gone = round(100 - left(goal, count))
    say(fig, 8, 54, f"{gone} {SAY.told}", color=c.cloth, weight="bold")
    say(fig, WIDTH - 8, 54, f"{100 - gone} {SAY.untold}", color=c.soft, ha="right")
    _dots(fig, 29, 74, 20, gone, c)
    say(fig, WIDTH / 2, 170, SAY.all_went_on, color=c.soft, ha="center")
    return fig


def interview(ask: str, c: SimpleNamespace) -> Figure:
    """Draw a hundred pairs of people, the one preferred and the one not."""
    fig = canvas(216, SAY.title_interview, SAY.title_interview_more)
    right = right_of_100(ask)
    say(fig, 8, 54, f"{right} {SAY.right}", color=c.cloth, weight="bold")
    say(fig, 8, 73, f"{100 - right} {SAY.other}", color=c.soft)
    _dots(fig, 29, 96, 20, right, c)
    middle = axes(fig, 178.5, 88, 1, 92)
    middle.set(xlim=(0, 1), ylim=(0, 1))
    middle.axis("off")
    middle.plot([0.5, 0.5], [0, 1], color=c.ink, linewidth=2, clip_on=False)
    say(fig, WIDTH / 2, 196, SAY.coin, ha="center")
    return fig
