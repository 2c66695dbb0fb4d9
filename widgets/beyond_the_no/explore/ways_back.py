"""Eight ways back after a rejection: what people do, and how well it is tested."""

from types import SimpleNamespace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, canvas, style
from beyond_the_no.explore.shapes import sheet
from beyond_the_no.explore.small_figures import box, many, people
from beyond_the_no.explore.ways_back_scenes import scene
from beyond_the_no.models.ways_back import STEPS, ways

WORDS = wording("ways_back")
SAY = SimpleNamespace(**WORDS["picture"])
TREAD, RISE = 34, 28  # px of a step
FOOT = 196  # px: the top of the lowest one


class WaysBack(Explore):
    """Look through eight practices, and at how much is known of each."""

    name = "ways_back"
    claims = ("C64", "C66", "C65", "C62", "C63", "C61", "C67", "C86")
    reads = (ways,)

    way = Choice(WORDS["controls"]["way"], WORDS["ways"])
    side = Choice(WORDS["controls"]["side"], WORDS["sides"])

    @staticmethod
    def figure(way: str, side: str) -> Figure:
        """Draw the scene, or the step of a stair that its tests have reached."""
        title = SAY.title[way] if side == "do" else SAY.tested
        with style() as colour:
            fig = canvas(226, title)
            ax = sheet(fig)
            if side == "do":
                scene(way, ax, colour)
            else:
                _stair(ax, STEPS.index(ways()[way].tested), colour)
        return fig

    @staticmethod
    def sentence(way: str, side: str) -> str:
        """Say what people do, or what is known of it."""
        row = ways()[way]
        counted = str(row.studies)
        spelled = WORDS["counted"].get(counted, counted)
        text: str = WORDS[side][way]
        return text.format(studies=spelled, people=row.people)

    @staticmethod
    def rows(way: str, side: str) -> list[list[str]]:
        """Give what is known of this way."""
        row, head = ways()[way], WORDS["table"]
        missing = head["none"] if row.tested in STEPS[:2] else head["unknown"]
        return [
            [head["about"], head["found"]],
            [head["tested"], SAY.steps[row.tested]],
            [head["studies"], str(row.studies or missing)],
            [head["people"], str(row.people or missing)],
            [head["source"], row.source],
        ]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say where it was read, and to borrow with care."""
        say: dict[str, str] = WORDS["caption"]
        return f"{say[controls['way']]} {say['all']}"


def _stair(ax: Axes, reached: int, c: SimpleNamespace) -> None:
    """Draw a stair of evidence, with a figure on the step that was reached."""
    for at, step in enumerate(STEPS):
        left, top = TREAD * at, FOOT - RISE * at
        here = at == reached
        ink = c.pale_cloth if here else c.wash
        many(ax, box(WIDTH - left, RISE - 2, 3), [(left, top)], 1, color=ink)
        words = {"color": c.cloth, "weight": "bold"} if here else {"color": c.soft}
        at_middle = top + RISE / 2 - 1
        ax.text(left + 46, at_middle, SAY.steps[step], va="center_baseline", **words)
    place = (TREAD * (reached + 0.5), FOOT - RISE * reached)
    people(ax, [place], 58, color=c.cloth, zorder=3)
