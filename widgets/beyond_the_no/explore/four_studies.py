"""Four comparisons of cultures, as an order: two clouds of people that mostly overlap.

The papers' abstracts tell which group had more. How far apart the clouds stand is ours,
the same for every study, and the axis has no number.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from traitlets import default

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, canvas, style
from beyond_the_no.explore.shapes import sheet
from beyond_the_no.explore.small_figures import people
from beyond_the_no.models.four_studies import PEOPLE, Order, four_studies

WORDS = wording("four_studies")
SAY = SimpleNamespace(**WORDS["picture"])
FIRST = next(iter(WORDS["studies"]))
PLACES = {"lower": 138, "same": WIDTH / 2, "higher": WIDTH - 138}  # px, ours
SPREAD = 62  # px: wide, so that the clouds mostly overlap


class FourStudies(Explore):
    """
    Meet four studies of how people in different places take a rejection.

    One that opens on another study asks the guess of that study. What waits for it on
    the page is then tagged ``after:four_studies_STUDY``.
    """

    name = "four_studies"
    claims = ("C61", "C62", "C63", "C17")
    reads = (four_studies,)

    study = Choice(WORDS["controls"]["study"], WORDS["studies"])
    side = Choice(WORDS["controls"]["side"], WORDS["sides"])

    @staticmethod
    def figure(study: str, side: str) -> Figure:
        """Draw two clouds of people for each thing that a study looked at."""
        found = four_studies()[study]
        room = 196 / len(found)  # px for a title, a cloud and the words under it
        with style() as colour:
            fig = canvas(248, SAY.title)
            ax = sheet(fig)
            _names(ax, study, side, colour)
            for at, (measure, orders) in enumerate(found.items()):
                top = 52 + room * at
                title = WORDS["measures"][measure]
                ax.text(0, top + 10, title, va="center_baseline")
                _clouds(ax, top + room - 20, room - 42, orders, side, colour)
        return fig

    @staticmethod
    def sentence(study: str, side: str) -> str:
        """Say what was found, and what it may mean."""
        text: str = WORDS["sentence"][study][side]
        return text

    @staticmethod
    def rows(study: str, side: str) -> list[list[str]]:
        """Give the order on each measure."""
        found = four_studies()[study]
        head = [WORDS["table"]["people"], *(WORDS["measures"][m] for m in found)]
        rows = [
            [WORDS["people"][study][who]]
            + [WORDS["orders"][orders[at]] for orders in found.values()]
            for at, who in enumerate(PEOPLE)
        ]
        return [head, *rows]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say who took part, and that a person isn't a group."""
        text: str = WORDS["captions"][controls["study"]]
        return text

    @default("words")
    def _words(self) -> dict[str, Any]:
        words: dict[str, Any] = super()._words()
        study = self.settled(self.state)["study"]
        if study == FIRST:
            return words
        own = {"name": f"{self.name}_{study}", "guess": WORDS["guesses"][study]}
        return words | own


def _look(who: str, side: str, c: SimpleNamespace) -> tuple[str, str]:
    """Give the ink and the wash of a group; grey when the other one is looked at."""
    if side not in ("both", who):
        return c.line, c.wash
    inks = {"first": (c.ribbon, c.pale_ribbon), "second": (c.cloth, c.pale_cloth)}
    return inks[who]


def _names(ax: Axes, study: str, side: str, c: SimpleNamespace) -> None:
    """Name the two groups, each with its figure: the one left, the other right."""
    for who, x, ha, step in zip(
        PEOPLE, (8, WIDTH - 8), ("left", "right"), (12, -12), strict=True
    ):
        ink, _ = _look(who, side, c)
        people(ax, [(x, 46)], 20, color=ink)
        words = WORDS["people"][study][who]
        seen = side in ("both", who)
        ax.text(
            x + step,
            37,
            words,
            ha=ha,
            va="center_baseline",
            color=ink if seen else c.soft,
            weight="bold" if seen else "normal",
        )


def _clouds(
    ax: Axes,
    foot: float,
    high: float,
    orders: tuple[Order, Order],
    side: str,
    c: SimpleNamespace,
) -> None:
    """Draw one cloud for each group over an axis without numbers, its figure on it."""
    x = np.linspace(0, WIDTH, 90)
    shown = sorted(zip(PEOPLE, orders, strict=True), key=lambda one: one[0] == side)
    for who, order in shown:
        ink, pale = _look(who, side, c)
        top = foot - high * np.exp(-((x - PLACES[order]) ** 2) / 2 / SPREAD**2)
        dashes = "-" if who == "first" else "--"
        ax.fill_between(x, top, foot, color=pale, alpha=0.6)
        ax.plot(x, top, dashes, color=ink, linewidth=2)
        apart = 0 if order != "same" else -13 if who == "first" else 13
        tall = min(0.7 * high, 64)
        people(ax, [(PLACES[order] + apart, foot)], tall, color=ink, zorder=3)
    ax.plot([0, WIDTH], [foot, foot], color=c.line, linewidth=1)
    for place, ha, words in ((0, "left", SAY.low), (WIDTH, "right", SAY.high)):
        ax.text(place, foot + 11, words, ha=ha, va="center_baseline", color=c.soft)
