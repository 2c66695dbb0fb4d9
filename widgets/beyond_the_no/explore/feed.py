"""Sam's feed: the same photo on three days, and likes that came about by chance.

Sam is made up. It shows that a few numbers look like a message where there is none. It
is no claim that likes on a real feed are chance alone.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon, Rectangle

from beyond_the_no.explore.controls import Choice, Presses
from beyond_the_no.explore.explore import Explore, listed, wording
from beyond_the_no.explore.house import axes, canvas, px, say, style
from beyond_the_no.models.feed import MEAN, RARE, ROUNDS, chance, likes, more_than

WORDS = wording("feed")
SAY = SimpleNamespace(**WORDS["picture"])
TALL, SIDE, STEP = 236, 106, 126  # of the posts' figure; of a photo; from post to post
TOP = 30  # likes, the end of the axis


class Feed(Explore):
    """Let Sam post again, guess why the likes differ, then look behind the numbers."""

    name = "feed"
    claims = ("C18",)

    view = Choice(WORDS["controls"]["view"], WORDS["views"])
    again = Presses(WORDS["controls"]["again"], ROUNDS)

    @staticmethod
    def figure(view: str, again: int) -> Figure:
        """Draw three posts, or the draw that their likes came from."""
        draw = _posts if view == "posts" else _behind
        with style() as colour:
            return draw(again, colour)

    @staticmethod
    def sentence(view: str, again: int) -> str:
        """Say the three numbers, or where they came from."""
        text: str = WORDS["sentence"][view]
        got = listed([str(n) for n in likes()[again - 1]], mark="")
        none = 100 * chance(np.array([0]))[0]
        many = 100 * more_than(RARE)
        return text.format(got=got, none=none, many=many, rare=RARE)

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say what is made up, and what real feeds depend on."""
        text: str = WORDS["caption"]
        return text.format(mean=MEAN)

    @staticmethod
    def rows(view: str, again: int) -> list[list[str]]:
        """Give the likes of each day, or how many posts get how many."""
        head = WORDS["table"]
        if view == "posts":
            days = zip(SAY.days, likes()[again - 1], strict=True)
            return [[head["day"], head["likes"]], *([day, f"{n}"] for day, n in days)]
        none, many = 100 * chance(np.array([0]))[0], 100 * more_than(RARE)
        shares = {
            head["none"]: none,
            head["some"].format(rare=RARE): 100 - round(none) - round(many),
            head["many"].format(rare=RARE): many,
        }
        rows = [[name, f"{share:.0f}"] for name, share in shares.items()]
        return [[head["likes"], head["share"]], *rows]

    @staticmethod
    def every() -> str:
        """Return the shares that a lesson quotes, as plain text."""
        none, many = 100 * chance(np.array([0]))[0], 100 * more_than(RARE)
        return f"no like: {none:.0f} of 100; more than {RARE}: {many:.0f} of 100"


def _posts(again: int, c: SimpleNamespace) -> Figure:
    fig = canvas(TALL, SAY.title[0].format(again=again))
    for at, (day, count) in enumerate(zip(SAY.days, likes()[again - 1], strict=True)):
        left = STEP * at
        _photo(fig, left, 52, c)
        middle = left + SIDE / 2
        say(fig, middle, 38, day, ha="center", color=c.soft)
        big = {"size": 20, "weight": "bold", "color": c.cloth}
        say(fig, middle, 190, str(count), ha="center", **big)
        word = SAY.like if count == 1 else SAY.likes
        say(fig, middle, 214, word, ha="center")
    return fig


def _photo(fig: Figure, left: float, top: float, c: SimpleNamespace) -> None:
    """Draw a sun and two hills: always the same photo."""
    bottom = TALL - top - SIDE
    place: Any = {"transform": px(fig)}
    frame = Rectangle((left + 1, bottom), SIDE - 2, SIDE - 2, linewidth=1.5, **place)
    frame.set(facecolor=c.wash, edgecolor=c.soft)
    fig.add_artist(frame)
    fig.add_artist(Circle((left + 74, bottom + 74), 11, color=c.ribbon, **place))
    for x, high, ink in ((30, 52, c.soft), (72, 38, c.cloth)):
        slope = [(left + x - 28, bottom), (left + x, bottom + high)]
        hill = [*slope, (left + x + 28, bottom)]
        fig.add_artist(Polygon(hill, closed=True, color=ink, linewidth=0, **place))


def _behind(again: int, c: SimpleNamespace) -> Figure:
    fig = canvas(296, *SAY.title_behind)
    ax = axes(fig, 84, 48, 268, 128)
    counts = np.arange(TOP + 1)
    share = 100 * chance(counts)
    ax.set(xlim=(-0.6, TOP + 0.6), ylim=(0, 22))
    ax.set_yticks([0, 10, 20])
    ax.set_xticks([0, 10, 20, TOP], ["0", "10", "20", SAY.axis.format(top=TOP)])
    ax.get_xticklabels()[3].set_horizontalalignment("right")
    ax.bar(counts, share, 0.8, color=c.wash)
    ax.bar(counts[:1], share[:1], 0.8, color=c.pale_cloth)
    none = SAY.none.format(none=share[0])
    ax.text(1, share[0], none, va="center_baseline", color=c.cloth, weight="bold")
    rows = axes(fig, 84, 200, 268, 90)
    rows.set(xlim=(-0.6, TOP + 0.6), ylim=(2.6, -0.6))
    rows.axis("off")
    rows.hlines([0, 1, 2], 0, TOP, color=c.line, linewidth=1)
    found = likes()[again - 1]
    rows.plot(found, [0, 1, 2], "o", color=c.cloth, markersize=11, clip_on=False)
    for row, day in enumerate(SAY.days):
        say(fig, 0, 216.9 + 28.1 * row, day)
        x = found[row] + 1
        ink = {"color": c.cloth, "weight": "bold", "va": "center_baseline"}
        rows.text(x, row - 0.02, str(found[row]), **ink)
    return fig
