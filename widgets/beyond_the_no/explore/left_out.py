"""After an online ball game: needs, feelings, and what cortisol did in other studies.

The players are a study's. Nobody who uses the kit plays, or is left out.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, axes, canvas, say, style
from beyond_the_no.models import ball_game

WORDS = wording("left_out")
SAY = SimpleNamespace(**WORDS["picture"])
STEP = 60  # px from one scale to the next


class LeftOut(Explore):
    """Compare players who were left out of a ball game with those who got the ball."""

    name = "left_out"
    claims = ("C03", "C05")
    reads = (ball_game.feelings, ball_game.studies)

    view = Choice(WORDS["controls"]["view"], WORDS["views"])

    @staticmethod
    def figure(view: str) -> Figure:
        """Draw both groups on each scale, or what five studies saw."""
        with style() as colour:
            return _cortisol(colour) if view == "cortisol" else _scales(view, colour)

    @staticmethod
    def sentence(view: str) -> str:
        """Say what changed, and what did not."""
        shown = ball_game.feelings()["hurt" if view == "feelings" else "belonging"]
        text: str = WORDS["sentence"][view]
        return text.format(out=shown.mean_left_out, in_=shown.mean_included)

    @staticmethod
    def rows(view: str) -> list[list[str]]:
        """Give means and gaps, or what each study saw."""
        head = WORDS["table"]
        if view == "cortisol":
            seen = [[WORDS[view][s.study], _found(s)] for s in ball_game.studies()]
            return [[head["study"], head["found"]], *seen]
        rows = []
        for name, words in WORDS[view].items():
            row = ball_game.feelings()[name]
            numbers = (row.mean_left_out, row.mean_included, abs(row.gap))
            rows.append([words, *(f"{x:.1f}" for x in numbers)])
        return [[head["scale"], SAY.left_out, SAY.included, SAY.gap], *rows]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say whose answers these are, and what they leave open."""
        text: str = WORDS[f"caption_{controls['view']}"]
        return text


def _found(study: ball_game.Study) -> str:
    text: str = WORDS["found"][study.found]
    return text


def _scales(view: str, c: SimpleNamespace) -> Figure:
    """Draw mean and spread of two groups on each scale."""
    scales = list(WORDS[view].items())
    fig = canvas(76 + STEP * len(scales), getattr(SAY, f"title_{view}"))
    ax = axes(fig, 0, 28, 284, STEP * len(scales))
    ax.set(xlim=(0.9, 5.1), ylim=(len(scales), 0))
    ax.set_yticks([])
    ax.set_xticks([1, 3, 5], [SAY.low, "3", SAY.high])
    ax.get_xticklabels()[0].set_horizontalalignment("left")
    ax.get_xticklabels()[2].set_horizontalalignment("right")
    say(fig, WIDTH - 2, 38, SAY.gap, ha="right", color=c.soft)
    for at, (name, words) in enumerate(scales):
        row = ball_game.feelings()[name]
        top = 28 + STEP * at
        say(fig, 0, top + 12, words, weight="bold")
        say(
            fig,
            WIDTH - 2,
            top + 38,
            f"{abs(row.gap):.1f}",
            ha="right",
            weight="bold",
            size=15,
        )
        for word, mean, sd, down, ink, pale in (
            (
                "left_out",
                row.mean_left_out,
                row.sd_left_out,
                0.51,
                c.cloth,
                c.pale_cloth,
            ),
            (
                "included",
                row.mean_included,
                row.sd_included,
                0.75,
                c.ribbon,
                c.pale_ribbon,
            ),
        ):
            ends = np.clip([mean - sd, mean + sd], 1, 5)
            ax.hlines(at + down, *ends, color=pale, linewidth=10)
            mark = "o" if word == "left_out" else "D"
            size = 12 if word == "left_out" else 10
            ax.plot(mean, at + down, mark, color=ink, mec=c.paper, markersize=size)
            if at == 0:
                right = ends[1] < 4
                x = ends[1] + 0.1 if right else ends[0] - 0.1
                place: dict[str, Any] = {
                    "ha": "left" if right else "right",
                    "va": "center_baseline",
                }
                name_of = getattr(SAY, word)
                ax.text(x, at + down, name_of, color=ink, weight="bold", **place)
    say(fig, 0, 66 + STEP * len(scales), SAY.band, color=c.soft)
    return fig


def _cortisol(c: SimpleNamespace) -> Figure:
    """Draw one line for each study: flat, down, or up for some."""
    studies = ball_game.studies()
    fig = canvas(56 + 44 * len(studies), *SAY.title_cortisol)
    ax = axes(fig, 196, 44, 50, 44 * len(studies))
    ax.set(xlim=(0, 1), ylim=(len(studies), 0))
    ax.axis("off")
    for at, study in enumerate(studies):
        y = 44 + 44 * (at + 0.5)
        say(fig, 0, y, WORDS["cortisol"][study.study])
        say(fig, 256, y, _found(study), color=c.cloth, weight="bold")
        for end in {"none": [0.5], "lower": [0.8], "depends": [0.5, 0.2]}[study.found]:
            look = "--" if study.found == "depends" else "-"
            ax.plot([0.05, 0.95], [at + 0.5, at + end], look, color=c.cloth)
    return fig
