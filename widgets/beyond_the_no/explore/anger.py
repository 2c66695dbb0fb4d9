"""Letting off steam, or calming the body: what 154 pooled studies saw.

The anger itself is not what is to be changed; it may say that something was unfair.
"""

from types import SimpleNamespace

from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.effect_figures import Line, effects
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import style
from beyond_the_no.models.effects import Effect, on_anger

WORDS = wording("anger")
SAY = SimpleNamespace(**WORDS["picture"])


class Anger(Explore):
    """Try two ways with anger, then see them side by side."""

    name = "anger"
    claims = ("C45",)
    reads = (on_anger,)

    way = Choice(WORDS["controls"]["way"], WORDS["ways"])

    @staticmethod
    def figure(way: str) -> Figure:
        """Draw the chosen way, or both, beside no change."""
        with style() as colour:
            lines = [
                Line(WORDS["ways"][name], small, _shown(way).get(name))
                for name, small in WORDS["examples"].items()
            ]
            around = (SAY.less, SAY.none, SAY.more)
            return effects(SAY.title, lines, (-1, 0.4), around, colour)

    @staticmethod
    def sentence(way: str) -> str:
        """Say how much anger changed on average."""
        text: str = WORDS["sentence"][way]
        return text.format(effect=abs(on_anger()["calm"].effect))

    @staticmethod
    def rows(way: str) -> list[list[str]]:
        """Give each way that is shown with its 95 % interval."""
        head = WORDS["table"]
        rows = [
            [
                WORDS["ways"][name],
                f"{found.effect:.2f}",
                head["to"].format(low=found.low, high=found.high),
            ]
            for name, found in _shown(way).items()
        ]
        return [[head["way"], head["effect"], head["interval"]], *rows]


def _shown(way: str) -> dict[str, Effect]:
    return {name: e for name, e in on_anger().items() if way in (name, "both")}
