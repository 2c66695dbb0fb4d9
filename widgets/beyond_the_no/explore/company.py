"""What company does before a stressful speech, and what welcome touch eases.

Two small studies are shown by their order alone. No view is about oxytocin.
"""

from types import SimpleNamespace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.effect_figures import Line, effects
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import canvas, say, style
from beyond_the_no.explore.shapes import PERSON, put, sheet
from beyond_the_no.models.company import Company as Row
from beyond_the_no.models.company import company, eased, every

WORDS = wording("company")
SAY = SimpleNamespace(**WORDS["picture"])
ENDS = (-0.1, 1.0)  # of the scale, in spreads
COLUMNS = {"women": 0, "men": 188}  # where the ladders stand, px
FLOORS = {"higher": 98, "lower": 180}  # px from the top
PLACES = (60, 128)  # of those on one floor, px from its ladder
TOGETHER = ("words", "massage", "friend")  # with whom somebody was


class Company(Explore):
    """Look at two studies of a speech, or at pooled studies of touch."""

    name = "company"
    claims = ("C55", "C56")
    reads = (every,)

    view = Choice(WORDS["controls"]["view"], WORDS["views"])

    @staticmethod
    def figure(view: str) -> Figure:
        """Draw two ladders with people, or effects with their intervals."""
        with style() as c:
            title = getattr(SAY, f"title_{view}")
            if view == "speech":
                return _ladders(title, c)
            lines = [
                Line(WORDS["rows"][name], WORDS["pairs"][name], effect)
                for name, effect in eased(view).items()
            ]
            return effects([title], lines, ENDS, ("", SAY.none, SAY.large), c)

    @staticmethod
    def sentence(view: str) -> str:
        """Say what helped."""
        text: str = WORDS["sentence"][view]
        return text

    @staticmethod
    def rows(view: str) -> list[list[str]]:
        """Give the order, or effects with their intervals."""
        head, names = WORDS["table"], WORDS["rows"]
        if view == "speech":
            rows = [
                [f"{names[row.row]}: {_whom(row)}", head[row.level]]
                for part in COLUMNS
                for row in company(part)
            ]
            return [head["speech"], *rows]
        rows = [
            [names[name], f"{e.effect:.2f}", head["to"].format(low=e.low, high=e.high)]
            for name, e in eased(view).items()
        ]
        return [head["effect"], *rows]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say how many took part, and that touch has to be wanted."""
        text: str = WORDS[f"caption_{controls['view']}"]
        return text


def _whom(row: Row) -> str:
    """Say who took part in a study of a speech."""
    text: str = getattr(SAY, row.part).format(people=row.people)
    return text


def _ladders(title: str, c: SimpleNamespace) -> Figure:
    """Draw a ladder for each study: who stands higher has more of the hormone."""
    fig = canvas(236, title)
    ax = sheet(fig)
    for part, left in COLUMNS.items():
        rows = company(part)
        say(fig, left, 34, _whom(rows[0]), weight="bold")
        _ladder(ax, left, c)
        for level, floor in FLOORS.items():
            ax.plot([left + 30, left + 166], [floor, floor], color=c.soft)
            on = [row.row for row in rows if row.level == level]
            for name, place in zip(on, PLACES, strict=False):
                _standing(fig, ax, name, left + place, floor, c)
    say(fig, 0, 224, SAY.order, color=c.soft)
    return fig


def _ladder(ax: Axes, left: float, c: SimpleNamespace) -> None:
    """Draw two rails and their rungs."""
    for x in (left + 3, left + 25):
        ax.plot([x, x], [52, 194], color=c.line)
    for y in range(62, 194, 18):
        ax.plot([left + 3, left + 25], [y, y], color=c.line)


def _standing(
    fig: Figure, ax: Axes, name: str, x: float, floor: float, c: SimpleNamespace
) -> None:
    """Put somebody on a floor, alone or with another, and the name under it."""
    near = (7 if name == "massage" else 10) if name in TOGETHER else 0
    put(ax, PERSON, [(x - near, floor - 18)], 34, c.cloth)
    if near:
        put(ax, PERSON, [(x + near, floor - 18)], 34, c.ribbon)
    say(fig, x, floor + 14, WORDS["rows"][name], ha="center")
