"""A hundred doors: how many were shut between adults and a parent, and opened again.

It never advises to get in touch, nor to stay away.
"""

from types import SimpleNamespace
from typing import Any

from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, canvas, say, style
from beyond_the_no.explore.shapes import AJAR, OPEN, SHUT, grid, put, sheet
from beyond_the_no.models.estranged import estranged

WORDS = wording("family_paths")
SAY = SimpleNamespace(**WORDS["picture"])


class FamilyPaths(Explore):
    """Choose a parent, and see how many doors were shut, and how many reopened."""

    name = "family_paths"
    claims = ("C59",)
    reads = (estranged,)

    parent = Choice(WORDS["controls"]["parent"], WORDS["parents"])
    step = Choice(WORDS["controls"]["step"], WORDS["steps"])

    @staticmethod
    def figure(parent: str, step: str) -> Figure:
        """Draw 100 doors: never shut, shut, opened again."""
        row = estranged()[parent]
        again = row.again if step == "later" else 0
        with style() as c:
            fig = canvas(238, getattr(SAY, f"title_{step}"))
            ax = sheet(fig)
            doors = grid(100, 20, 9, 68, 17.8, 38)
            shut, rest = doors[again : row.of_100], doors[row.of_100 :]
            put(ax, OPEN, rest, 28, c.line)
            put(ax, SHUT, shut, 28, c.cloth)
            put(ax, AJAR, doors[:again], 28, c.ribbon)
            told = SAY.stayed if again else SAY.shut
            bold: Any = {"weight": "bold"}
            left = 0.0
            if again:
                say(fig, 0, 34, SAY.again.format(n=again), color=c.ribbon, **bold)
                left = 146
            say(fig, left, 34, told.format(n=len(shut)), color=c.cloth, **bold)
            say(fig, WIDTH, 34, SAY.open, color=c.soft, ha="right")
            return fig

    @staticmethod
    def sentence(parent: str, step: str) -> str:
        """Say how many doors were shut, or how many opened again."""
        row = estranged()[parent]
        text: str = WORDS["sentence"][step][parent]
        return text.format(n=row.of_100, again=row.again)

    @staticmethod
    def rows(parent: str, step: str) -> list[list[str]]:
        """Count the doors."""
        row, head = estranged()[parent], WORDS["table"]
        counts = {SAY.open: 100 - row.of_100}
        if step == "later":
            counts |= {_name(SAY.again): row.again}
            counts |= {_name(SAY.stayed): row.of_100 - row.again}
        else:
            counts |= {_name(SAY.shut): row.of_100}
        rows = [[name, f"{n}"] for name, n in counts.items()]
        return [
            [head["doors"], head["number"]],
            *rows,
            [head["asked"], f"{row.people:,}"],
        ]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say who was asked, and what a door doesn't tell."""
        people = estranged()[controls["parent"]].people
        text: str = WORDS["caption"]
        return text.format(people=f"{people:,}")


def _name(text: str) -> str:
    """Take the name from “shut: {n}”."""
    return text.split(":")[0]
