"""A spray of oxytocin, honestly: three pooled looks, and what it does to cortisol.

A spray in a lab is not time with a friend, and no treatment is meant here.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.effect_figures import Line, effects
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, axes, canvas, say, style
from beyond_the_no.models.cited import cited
from beyond_the_no.models.effects import Effect, on_cortisol, reviews

WORDS = wording("oxytocin_trials")
SAY = SimpleNamespace(**WORDS["picture"])
MORE = WORDS["more"]  # figures of a review that were not pooled again


class OxytocinTrials(Explore):
    """See pooled trials, how many were clear one by one, and the effect on cortisol."""

    name = "oxytocin_trials"
    claims = ("C06",)
    reads = (reviews, on_cortisol, cited)

    view = Choice(WORDS["controls"]["view"], WORDS["views"])

    @staticmethod
    def figure(view: str) -> Figure:
        """Draw effects with intervals, or a square for each trial."""
        with style() as colour:
            if view == "trials":
                return _squares(colour)
            if view == "cortisol":
                tasks = WORDS["tasks"].items()
                lines = [Line(words, "", on_cortisol()[n]) for n, words in tasks]
                around = (SAY.less, SAY.none, SAY.more)
                return effects(SAY.title_cortisol, lines, (-1, 0.4), around, colour)
            lines = [
                Line(
                    words,
                    SAY.trials.format(n=reviews()[name].trials),
                    Effect(*_numbers(name)),
                )
                for name, words in WORDS["reviews"].items()
            ]
            lines += [Line(w, SAY.report, _reported(n)) for n, w in MORE.items()]
            around = ("", SAY.none, SAY.help)
            return effects(SAY.title_pooled, lines, (-0.2, 0.85), around, colour)

    @staticmethod
    def sentence(view: str) -> str:
        """Say what is known, and how little of it is settled."""
        found = reviews().values()
        text: str = WORDS["sentence"][view]
        return text.format(
            n=sum(row.trials for row in found),
            unclear=sum(row.unclear for row in found),
        )

    @staticmethod
    def rows(view: str) -> list[list[str]]:
        """Give effects with intervals, or the trials that were unclear."""
        head = WORDS["table"]
        if view == "trials":
            names = [head["review"], head["trials"], head["unclear"]]
            counts = [
                [words, str(reviews()[name].trials), str(reviews()[name].unclear)]
                for name, words in WORDS["reviews"].items()
            ]
            return [names, *counts]
        if view == "cortisol":
            shown = [(w, on_cortisol()[name]) for name, w in WORDS["tasks"].items()]
        else:
            named = WORDS["reviews"].items()
            shown = [(words, Effect(*_numbers(name))) for name, words in named]
        first = head["task"] if view == "cortisol" else head["review"]
        rows = [
            [words, f"{e.effect:.2f}", head["to"].format(low=e.low, high=e.high)]
            for words, e in shown
        ]
        if view == "pooled":
            alone = ((w, _reported(name).effect) for name, w in MORE.items())
            rows += [[words, f"{effect:.2f}", SAY.unseen] for words, effect in alone]
        return [[first, head["effect"], head["interval"]], *rows]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say which reviews these are, and what they leave open."""
        text: str = WORDS[f"caption_{controls['view']}"]
        return text


def _numbers(name: str) -> tuple[float, float, float]:
    row = reviews()[name]
    return row.effect, row.low, row.high


def _reported(name: str) -> Effect:
    """Give a figure that others computed, and whose interval we haven't seen."""
    figure = cited()[name]
    return Effect(figure.low, figure.low, figure.low)


def _squares(c: SimpleNamespace) -> Figure:
    """Draw a square for each trial: filled where it could tell help from none."""
    fig = canvas(244, *SAY.title_trials)
    ax = axes(fig, 0, 44, WIDTH, 198)
    ax.set(xlim=(0, WIDTH), ylim=(198, 0))
    ax.axis("off")
    for at, (name, words) in enumerate(WORDS["reviews"].items()):
        row, y = reviews()[name], 66 * at
        say(fig, 0, 44 + y + 14, words, weight="bold")
        said = f"{SAY.clear.format(n=row.trials - row.unclear)}, "
        said += SAY.unclear.format(n=row.unclear)
        say(fig, WIDTH - 1, 44 + y + 14, said, color=c.soft, ha="right")
        x = 8 + 18 * np.arange(row.trials)
        face = [c.cloth] * (row.trials - row.unclear) + [c.paper] * row.unclear
        ax.scatter(
            x, [y + 40] * row.trials, 150, face, marker="s", edgecolors=c.cloth, lw=1.5
        )
    return fig
