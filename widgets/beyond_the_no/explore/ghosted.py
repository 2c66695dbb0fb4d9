"""Ghosting from both sides: what each one feels, and an order without numbers."""

from types import SimpleNamespace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, canvas, style
from beyond_the_no.explore.shapes import sheet
from beyond_the_no.explore.small_figures import box, many, people
from beyond_the_no.models.ghosted import bars

WORDS = wording("ghosted")
SAY = SimpleNamespace(**WORDS["picture"])
LENGTHS = {"lower": 110, "higher": 190}  # px, ours: the order alone is known
GROUND = 142


class Ghosted(Explore):
    """Look at a silence from both sides, and at a clear no in its place."""

    name = "ghosted"
    claims = ("C69",)
    reads = (lambda: bars("care"), lambda: bars("recall"))

    side = Choice(WORDS["controls"]["side"], WORDS["sides"])

    @staticmethod
    def figure(side: str) -> Figure:
        """Draw two people with their chat, and under them two bars in their order."""
        with style() as colour:
            fig = canvas(246, SAY.title)
            ax = sheet(fig)
            _scene(ax, side, colour)
            _bars(ax, _measure(side), colour)
        return fig

    @staticmethod
    def sentence(side: str) -> str:
        """Say how it is on this side."""
        text: str = WORDS["sentence"][side]
        return text

    @staticmethod
    def rows(side: str) -> list[list[str]]:
        """Give the order that this side shows."""
        head = WORDS["table"]
        rows = [
            [head["items"][item], head[bar.order], bar.source]
            for item, bar in bars(_measure(side)).items()
        ]
        return [[head["what"], head["order"], head["source"]], *rows]


def _measure(side: str) -> str:
    return "recall" if side == "clear" else "care"


def _scene(ax: Axes, side: str, c: SimpleNamespace) -> None:
    """Draw who went silent on the left, who waited on the right, the chat between."""
    ax.plot([0, WIDTH], [GROUND, GROUND], color=c.line, linewidth=1)
    inks = {"sent": c.ribbon, "waited": c.cloth}
    for who, x in (("sent", 42), ("waited", WIDTH - 42)):
        ink = inks[who] if side in (who, "clear") else c.line
        people(ax, [(x, GROUND)], 94, color=ink)
        if side == who:
            words: Any = {"ha": "center", "va": "center_baseline", "weight": "bold"}
            ax.text(x if x > 50 else 46, 34, getattr(SAY, who), color=ink, **words)
    for y, wide in ((50, 84), (76, 104), (102, 58)):
        place = [(WIDTH - 88 - wide, y)]
        asked = side != "clear" or y == 50
        if asked:
            many(ax, box(wide, 20, 8), place, 1, color=c.pale_cloth)
    if side == "clear":
        many(ax, box(148, 34, 10), [(90, 86)], 1, color=c.pale_ribbon)
        bold: Any = {"weight": "bold", "va": "center_baseline", "ha": "center"}
        ax.text(164, 103, SAY.clear, color=c.ink, size=13, **bold)
    else:
        ax.plot([98, 112, 126], [126] * 3, "o", color=c.line, markersize=7, mew=0)


def _bars(ax: Axes, measure: str, c: SimpleNamespace) -> None:
    """Draw two bars: which is longer is known, and by how much is not."""
    middle: Any = {"va": "center_baseline"}
    ax.text(0, 164, getattr(SAY, measure), weight="bold", **middle)
    ax.text(WIDTH, 164, SAY.order, color=c.soft, ha="right", **middle)
    for at, (item, bar) in enumerate(bars(measure).items()):
        top = 178 + 34 * at
        ink = c.cloth if item in ("thought", "silence") else c.ribbon
        many(ax, box(LENGTHS[bar.order], 26, 4), [(128, top)], 1, color=ink)
        ax.text(0, top + 13, SAY.items[item], color=ink, **middle)
