"""Who feels lonely: a hundred people, by age, by country, and what we guess of others.

It counts loneliness, which is not rejection, and it says of nobody here that they are.
"""

from types import SimpleNamespace
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, canvas, say, style
from beyond_the_no.explore.shapes import PERSON, grid, put, sheet
from beyond_the_no.models.lonely import lonely

WORDS = wording("not_the_only_one")
SAY = SimpleNamespace(**WORDS["picture"])
SHOWN = {"age": ("teens", "young", "world"), "income": ("low_income", "high_income")}
TALL = 244
WIDE = (34, 10.4, 27, 23)  # people in a row, px to the next, to the next row; height
# of the bars without numbers: one is longer, and that is all they say
BARS = {"guessed": 168, "had": 268}


class NotTheOnlyOne(Explore):
    """See how many of 100 people felt lonely, and what we guess of each other."""

    name = "not_the_only_one"
    claims = ("C53", "C54")
    reads = (lonely,)

    view = Choice(WORDS["controls"]["view"], WORDS["views"])

    @staticmethod
    def figure(view: str) -> Figure:
        """Draw 100 people, or 100 of each group, or two bars without numbers."""
        with style() as c:
            title = getattr(SAY, f"title_{view}")
            fig = canvas(TALL, title.format(n=lonely()["world"].of_100))
            if view == "guess":
                _bars(fig, c)
            elif view == "world":
                people = grid(100, 20, 11, 46, 17.7, 42)
                _people(fig, people, 36, lonely()["world"].of_100, c)
            else:
                _groups(fig, SHOWN[view], c)
            return fig

    @staticmethod
    def sentence(view: str) -> str:
        """Say how many, or what we guess."""
        text: str = WORDS["sentence"][view]
        return text.format(**{name: row.of_100 for name, row in lonely().items()})

    @staticmethod
    def rows(view: str) -> list[list[str]]:
        """Give how many of 100, or the order."""
        head = WORDS["table"]
        if view == "guess":
            order = [[SAY.guessed, head["fewer"]], [SAY.had, head["more"]]]
            return [[head["times"], head["order"]], *order]
        rows = [
            [WORDS["groups"][group], f"{lonely()[group].of_100}"]
            for group in SHOWN.get(view, ("world",))
        ]
        return [[head["who"], head["of_100"]], *rows]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say whose numbers these are, and what they leave open."""
        text: str = WORDS["caption_guess" if controls["view"] == "guess" else "caption"]
        return text


def _people(
    fig: Figure,
    places: list[tuple[float, float]],
    height: float,
    filled: int,
    c: SimpleNamespace,
) -> None:
    """Draw people, the first of them filled."""
    ax = fig.axes[0] if fig.axes else sheet(fig)
    put(ax, PERSON, places[filled:], height, c.wash, edge=c.line)
    put(ax, PERSON, places[:filled], height, c.cloth)


def _groups(fig: Figure, groups: tuple[str, ...], c: SimpleNamespace) -> None:
    """Draw 100 people for each group, in rows that fill the space."""
    step = (TALL - 26) / len(groups)
    across, right, down, height = (50, 7.1, 21, 15) if len(groups) > 2 else WIDE
    for i, group in enumerate(groups):
        top = 26 + step * i
        number = lonely()[group].of_100
        say(fig, 0, top + 10, WORDS["groups"][group], weight="bold")
        text = SAY.number.format(n=number)
        say(fig, WIDTH, top + 10, text, ha="right", color=c.cloth, weight="bold")
        _people(fig, grid(100, across, 6, top + 33, right, down), height, number, c)


def _bars(fig: Figure, c: SimpleNamespace) -> None:
    """Draw two bars of which one is longer."""
    ax = sheet(fig)
    bars = ((60, "guessed", c.pale_cloth, "--"), (146, "had", c.cloth, "-"))
    for top, name, ink, dash in bars:
        say(fig, 0, top - 14, getattr(SAY, name), weight="bold")
        look = {"edgecolor": c.cloth, "linewidth": 2, "linestyle": dash}
        ax.add_patch(Rectangle((34, top), BARS[name], 34, facecolor=ink, **look))
        put(ax, PERSON, [(12, top + 17)], 34, ink, edge=c.cloth)
    say(fig, 0, 228, SAY.order, color=c.soft)
