"""Ten playground scenes: others were there, seldom stepped in, and it mostly worked.

It is about children who were filmed. It asks nobody to step in.
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
from beyond_the_no.models.step_in import steps

WORDS = wording("step_in")
SAY = SimpleNamespace(**WORDS["picture"])
WIDE, TALL, TOP = 66, 74, 52  # px of a scene, and where the first one begins
CHILD = 34  # px


class StepIn(Explore):
    """Go through three steps of ten playground scenes."""

    name = "step_in"
    claims = ("C60",)
    reads = (steps,)

    step = Choice(WORDS["controls"]["step"], WORDS["steps"])

    @staticmethod
    def figure(step: str) -> Figure:
        """Draw ten scenes; those in which it happened lie on a ground of their own."""
        yes = steps()[step].of_ten
        with style() as c:
            fig = canvas(TOP + 2 * TALL + 38, getattr(SAY, f"title_{step}"))
            ax = sheet(fig)
            scenes = grid(10, 5, 0, TOP, WIDE + 7, TALL + 7)
            for at, (left, top) in enumerate(scenes):
                ground = c.pale_ribbon if at < yes else c.wash
                box = Rectangle((left, top), WIDE, TALL, facecolor=ground)
                ax.add_patch(box)
                _scene(ax, step, left, top + TALL - 22, at < yes, c)
            say(fig, 0, 34, SAY.count.format(n=yes), color=c.ribbon, weight="bold")
            below = TOP + 2 * TALL + 26
            for x, word, ink, edge in (
                (6, SAY.hurt, c.cloth, c.cloth),
                (116, SAY.doing, c.paper, c.soft),
                (226, SAY.others, c.ribbon, c.ribbon),
            ):
                put(ax, PERSON, [(x, below)], 18, ink, edge=edge)
                say(fig, x + 11, below + 1, word, color=c.soft)
            return fig

    @staticmethod
    def sentence(step: str) -> str:
        """Say in how many of ten scenes."""
        text: str = WORDS["sentence"][step]
        return text.format(n=steps()[step].of_ten)

    @staticmethod
    def rows(step: str) -> list[list[str]]:
        """Give the step with all that came before."""
        names = list(WORDS["steps"])
        so_far = names[: names.index(step) + 1]
        rows = [
            [WORDS["steps"][name], f"{steps()[name].of_100}", f"{steps()[name].of_ten}"]
            for name in so_far
        ]
        return [WORDS["table"]["head"], *rows]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say who was filmed, and that adults are in charge."""
        text: str = WORDS["caption"]
        return text.format(children=steps()[controls["step"]].children)


def _scene(
    ax: Axes, step: str, left: float, y: float, yes: bool, c: SimpleNamespace
) -> None:
    """Draw a child who is bullied, the one who does it, and others, if there are."""
    put(ax, PERSON, [(left + 13, y)], CHILD, c.cloth)
    inside = step == "worked" or (step == "stepped" and yes)
    place, tall = (left + 50 if inside else left + 34), CHILD + 8
    if step == "worked" and yes:  # they walk off
        place, tall = left + 57, CHILD - 8
    put(ax, PERSON, [(place, y + (CHILD - tall) / 2)], tall, c.paper, edge=c.soft)
    if inside:
        put(ax, PERSON, [(left + 30, y)], CHILD, c.ribbon)
    elif step == "there" and yes:
        others = [(left + 51, y + 4), (left + 59, y + 4)]
        put(ax, PERSON, others, CHILD - 8, c.ribbon)
    elif step == "stepped":
        put(ax, PERSON, [(left + 56, y + 4)], CHILD - 8, c.paper, edge=c.ribbon)
