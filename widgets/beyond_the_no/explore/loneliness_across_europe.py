"""Loneliness and support as cited figures: ranges between places, never a rank.

No place has a name in the picture, and no person is a place. The axis runs to 100, so
that what most people say can be seen.
"""

from types import SimpleNamespace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, axes, canvas, px, say, style
from beyond_the_no.models.cited import cited

WORDS = wording("loneliness_across_europe")
SAY = SimpleNamespace(**WORDS["picture"])
AGES = [age for age in WORDS["ages"] if age != "all"]
TOP, STEP = 46, 62  # of the first row, px


class LonelinessAcrossEurope(Explore):
    """Look at one age or at all, or at who has someone to count on."""

    name = "loneliness_across_europe"
    claims = ("C17",)
    reads = (cited,)

    look = Choice(WORDS["controls"]["look"], WORDS["looks"])
    age = Choice(WORDS["controls"]["age"], WORDS["ages"], when={"look": ["lonely"]})

    @staticmethod
    def figure(look: str, age: str) -> Figure:
        """Draw a range for each age, or one for all countries."""
        draw = _lonely if look == "lonely" else _support
        with style() as colour:
            return draw(age, colour)

    @staticmethod
    def sentence(look: str, age: str) -> str:
        """Say the range, and what most people say."""
        name = "lonely_older" if age == "all" else f"lonely_{age}"
        found = cited()["support" if look == "support" else name]
        part = "support" if look == "support" else "all" if age == "all" else "one"
        text: str = WORDS["sentence"][part]
        return text.format(
            low=found.low,
            high=found.high,
            rest=100 - round(found.high),
            age=WORDS["ages"][age],
            places=found.places,
        )

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say where the figures are from, and what is not drawn."""
        text: str = WORDS[f"caption_{controls['look']}"]
        return text.format(places=cited()["support"].places)

    @staticmethod
    def rows(look: str, age: str) -> list[list[str]]:
        """Give both ends of each range, in percent as published."""
        head = WORDS["table"]
        names = {f"lonely_{each}": WORDS["ages"][each] for each in AGES}
        if look == "support":
            names = {"support": SAY.support}
        found = [(label, cited()[name]) for name, label in names.items()]
        rows = [[label, f"{f.low:g}", f"{f.high:g}"] for label, f in found]
        return [[head["who"], head["low"], head["high"]], *rows]

    @staticmethod
    def every() -> str:
        """Return the figures with their sources, as plain text."""
        lines = []
        for name, found in cited().items():
            if found.unit.startswith("percent of people"):
                ends = f"{found.low:.0f} to {found.high:.0f} of 100"
                lines.append(f"{name:<14} {ends:<18} {found.source}")
        norms = cited()["norms"]
        size = f"{norms.people:,} people, {norms.places} societies"
        return "\n".join([*lines, f"{'norms':<14} {size} {norms.source}"])


def _people(fig: Figure, rows: int) -> Axes:
    """Add axes from 0 to 100 people."""
    ax = axes(fig, 2, TOP, WIDTH - 4, STEP * rows)
    ax.set(xlim=(0, 100), ylim=(rows, 0))
    ax.set_yticks([])
    ax.set_xticks([0, 50, 100], ["0", "50", SAY.hundred])
    ax.get_xticklabels()[0].set_horizontalalignment("left")
    ax.get_xticklabels()[2].set_horizontalalignment("right")
    ax.spines["bottom"].set_visible(False)
    return ax


def _range(ax: Axes, row: int, name: str, c: SimpleNamespace) -> str:
    """Draw all people as a bar, and the range of places on it; give it in words."""
    found = cited()[name]
    ax.broken_barh([(0, 100)], (row + 0.46, 0.36), color=c.wash)
    width = found.high - found.low
    ax.broken_barh([(found.low, width)], (row + 0.46, 0.36), color=c.cloth)
    words: str = SAY.range.format(low=found.low, high=found.high)
    return words


def _lonely(age: str, c: SimpleNamespace) -> Figure:
    fig = canvas(TOP + STEP * len(AGES) + 26, *SAY.title)
    ax = _people(fig, len(AGES))
    for row, each in enumerate(AGES):
        ends = _range(ax, row, f"lonely_{each}", c)
        weight = "bold" if age in (each, "all") else "normal"
        down = TOP + 14 + STEP * row
        say(fig, 6, down, WORDS["ages"][each], weight=weight)
        say(fig, WIDTH - 6, down, ends, color=c.cloth, weight="bold", ha="right")
    if age != "all":
        bottom = fig.bbox.height - TOP - STEP * (AGES.index(age) + 1)
        box = Rectangle((1, bottom + 2), WIDTH - 2, STEP - 2, transform=px(fig))
        box.set(facecolor="none", edgecolor=c.ink, linewidth=1.5)
        fig.add_artist(box)
    return fig


def _support(age: str, c: SimpleNamespace) -> Figure:
    fig = canvas(TOP + STEP + 26, *SAY.title_support)
    ends = _range(_people(fig, 1), 0, "support", c)
    say(fig, 6, TOP + 14, SAY.support)
    say(fig, WIDTH - 6, TOP + 14, ends, color=c.cloth, weight="bold", ha="right")
    return fig
