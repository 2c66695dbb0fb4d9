"""How hard it can feel in the months after a no: four paths, and a forecast.

The paths are drawn, not measured, and none is the right one. There are no shares: how
many people walk each depends on how a study counts.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice, Toggle
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import axes, canvas, say, style
from beyond_the_no.models import paths

WORDS = wording("recovery_paths")
SAY = SimpleNamespace(**WORDS["picture"])
DAYS = np.linspace(0, paths.MONTHS, paths.MONTHS * 30 + 1)
TIMES = np.array([0, paths.AGAIN, paths.MONTHS])  # months, in the table
DASHED, DOTTED = (0, (3, 1.6)), (0, (1, 1))  # a model's line is never solid
# where the name of each path stands: months, hardness
NAMES = {"steady": (13, 4), "recover": (3.6, 33), "slow": (0.8, 93), "late": (9.5, 64)}


class RecoveryPaths(Explore):
    """
    Choose a path of Sam's, and see that hard days belong to each of them.

    Nobody is told which path is hers: nobody can know.
    """

    name = "recovery_paths"
    claims = ("C48", "C39", "C04")

    view = Choice(WORDS["controls"]["view"], WORDS["views"])
    path = Choice(WORDS["controls"]["path"], WORDS["paths"], when={"view": ["paths"]})
    days = Toggle(WORDS["controls"]["days"], when={"view": ["paths"]})
    again = Toggle(WORDS["controls"]["again"], when={"view": ["paths"]})

    @staticmethod
    def figure(view: str, path: str, days: bool, again: bool) -> Figure:
        """Draw four paths with one of them in colour, or a forecast and what came."""
        with style() as colour:
            if view == "forecast":
                return _forecast(colour)
            return _paths(path, days, again, colour)

    @staticmethod
    def sentence(view: str, path: str, days: bool, again: bool) -> str:
        """Say what the path does, and what nobody can know."""
        said: dict[str, str] = WORDS["sentence"]
        if view == "forecast":
            return said["forecast"]
        parts = [path, "days" if days else "", "again" if again else ""]
        return " ".join([*(said[part] for part in parts if part), said["end"]])

    @staticmethod
    def rows(view: str, path: str, days: bool, again: bool) -> list[list[str]]:
        """Give in words how hard it is at three times."""
        head = WORDS["table"]
        if view == "forecast":
            lines = {
                head["foretold"]: paths.foretold(TIMES),
                head["felt"]: paths.felt(TIMES),
            }
        else:
            lines = {
                WORDS["paths"][kind]: paths.path(kind, TIMES, again and kind == path)
                for kind in paths.PATHS
            }
        said = ([name, *map(_hardness, line)] for name, line in lines.items())
        return [head["paths"], *said]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say that this is drawn, and what it leans on."""
        text: str = WORDS[f"caption_{controls['view']}"]
        return text


def _hardness(value: float) -> str:
    from_the_top = WORDS["hardness"].items()
    return next(str(say) for least, say in from_the_top if value >= float(least))


def _months(fig: Figure) -> Axes:
    ax = axes(fig, 8, 50, 340, 200)
    ax.set(xlim=(0, paths.MONTHS), ylim=(0, 100))
    ax.set_xticks([0, 6, 12, 18], [SAY.start, "6", "12", SAY.months])
    ax.get_xticklabels()[0].set_horizontalalignment("left")
    ax.get_xticklabels()[-1].set_horizontalalignment("right")
    ax.set_yticks([])
    return ax


def _paths(path: str, days: bool, again: bool, c: SimpleNamespace) -> Figure:
    fig = canvas(276, SAY.title, SAY.title_more)
    say(fig, 358, 44, SAY.harder, color=c.soft, ha="right")
    ax = _months(fig)
    for kind in paths.PATHS:
        chosen = kind == path
        ink, wide = (c.cloth, 3.0) if chosen else (c.line, 2.0)
        if chosen and days:
            each = paths.days(kind, DAYS, again)
            ax.plot(DAYS, each, color=c.cloth, linewidth=1, alpha=0.55)
        line = paths.path(kind, DAYS, again and chosen)
        ax.plot(DAYS, line, linestyle=DASHED, color=ink, linewidth=wide)
        name = {"color": ink, "weight": "bold"} if chosen else {"color": c.soft}
        ax.text(*NAMES[kind], WORDS["paths"][kind], va="center_baseline", **name)
    if again:
        ax.plot(paths.AGAIN, 2, "^", color=c.ribbon, clip_on=False)
        ax.text(paths.AGAIN + 0.5, 3, SAY.reminder, color=c.ribbon, weight="bold")
    return fig


def _forecast(c: SimpleNamespace) -> Figure:
    fig = canvas(276, SAY.title_forecast, SAY.title_forecast_more)
    say(fig, 358, 44, SAY.harder, color=c.soft, ha="right")
    ax = _months(fig)
    told, came = paths.foretold(DAYS), paths.felt(DAYS)
    ax.fill_between(DAYS, came, told, color=c.wash)
    ax.plot(DAYS, told, linestyle=DOTTED, color=c.ribbon)
    ax.plot(DAYS, came, linestyle=DASHED, color=c.cloth)
    ax.text(3.4, 47, SAY.foretold, color=c.ribbon, weight="bold")
    ax.text(0.4, 5, SAY.felt, color=c.cloth, weight="bold")
    return fig
