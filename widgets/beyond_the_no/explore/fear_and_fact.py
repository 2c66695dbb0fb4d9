"""What people feared of others, beside what came: one number, and four orders.

It is about small, kind things. It never advises to ask someone again.
"""

from types import SimpleNamespace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import canvas, say, style
from beyond_the_no.explore.shapes import PERSON, grid, put, sheet
from beyond_the_no.models.expectations import Expectation, expectations

WORDS = wording("fear_and_fact")
SAY = SimpleNamespace(**WORDS["picture"])
TOPS = {"fear": 40, "came": 128}  # where each half begins, in px
# bars that say which is longer, and nothing else
LONG, SHORT = 300, 190


class FearAndFact(Explore):
    """Choose something people do, and see what they feared, what came, or both."""

    name = "fear_and_fact"
    claims = ("C57", "C58")
    reads = (expectations,)

    row = Choice(WORDS["controls"]["row"], WORDS["rows"])
    side = Choice(WORDS["controls"]["side"], WORDS["sides"])

    @staticmethod
    def figure(row: str, side: str) -> Figure:
        """Draw people for a number, or bars for an order; one side stays empty."""
        found, labels = expectations()[row], WORDS["labels"][row]
        with style() as c:
            fig = canvas(212, labels["title"])
            ax = sheet(fig)
            for half, ink, pale in (
                ("fear", c.cloth, c.pale_cloth),
                ("came", c.ribbon, c.ribbon),
            ):
                if side not in ("both", half):
                    continue
                n = _number(found, half)
                text = labels[half].format(n=n)
                say(fig, 0, TOPS[half], text, color=ink, weight="bold")
                if n == "":
                    _bar(ax, half, _long(found, half), ink, pale)
                else:
                    people = grid(n, 34, 6, TOPS[half] + 22, 10.4, 22)
                    put(ax, PERSON, people, 20, ink)
            if found.came == "":
                say(fig, 0, 204, SAY.order, color=c.soft)
            return fig

    @staticmethod
    def sentence(row: str, side: str) -> str:
        """Say what was feared, what came, or both."""
        found = expectations()[row]
        text: str = WORDS["sentence"][row][side]
        return text.format(expected=found.expected, came=found.came)

    @staticmethod
    def rows(row: str, side: str) -> list[list[str]]:
        """Give the two numbers, or which is more."""
        found, labels, head = expectations()[row], WORDS["labels"][row], WORDS["table"]
        rows = []
        for half in ("fear", "came"):
            name = labels[half].split(":")[0]
            order = head["more" if _long(found, half) else "less"]
            rows.append([name, f"{_number(found, half)}" or order])
        return [head["head"], *rows]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say who took part, what is not known, and what it is not about."""
        row = controls["row"]
        order = WORDS["order_only"] if expectations()[row].came == "" else ""
        return f"{WORDS['captions'][row]}{order}{WORDS['limits']}"


def _number(found: Expectation, half: str) -> Any:
    """Return a side's number, or nothing."""
    return found.expected if half == "fear" else found.came


def _long(found: Expectation, half: str) -> bool:
    """Whether this side is the one with more."""
    return (found.feared == "more") == (half == "fear")


def _bar(ax: Axes, half: str, long: bool, ink: str, pale: str) -> None:
    """Draw one of two bars; that of a fear has a broken edge."""
    line: Any = {"edgecolor": ink, "linewidth": 2}
    dash = "--" if half == "fear" else "-"
    top, wide = TOPS[half] + 16, LONG if long else SHORT
    bar = Rectangle((32, top), wide, 34, facecolor=pale, linestyle=dash, **line)
    ax.add_patch(bar)
    put(ax, PERSON, [(12, top + 17)], 34, pale, edge=ink)
