"""Alone or in a group: a small world where food, watch, illness and harm are chance.

A story in numbers. It says nothing about a person who lives alone, and it shows when
leaving a group is the safe choice.
"""

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from beyond_the_no.explore.controls import Choice, Steps, Toggle
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import axes, canvas, say, style
from beyond_the_no.models import survival
from beyond_the_no.models.survival import World

WORDS = wording("group_or_alone")
LABELS, SAY = WORDS["controls"], SimpleNamespace(**WORDS["picture"])
SAME = 8  # of 100 people: closer than this, we call it no difference


class GroupOrAlone(Explore):
    """Set luck, size, illness, sharing and harm; see who stays well over 60 days."""

    name = "group_or_alone"
    claims = ()

    luck = Choice(LABELS["luck"], WORDS["lucks"], default="50")
    size = Choice(LABELS["size"], WORDS["sizes"], default="8")
    illness = Toggle(LABELS["illness"])
    unfair = Toggle(LABELS["unfair"])
    harmful = Toggle(LABELS["harmful"])
    seed = Steps(LABELS["seed"], 1, 2)

    @staticmethod
    def figure(**controls: Any) -> Figure:
        """Draw both shares day by day, each with its band."""
        group, alone = (100 * days for days in _lived(**controls))
        with style() as c:
            fig = canvas(290, SAY.title)
            ax = axes(fig, 30, 34, 226, 226)
            ax.set(xlim=(1, survival.DAYS), ylim=(0, 101))
            ax.set_xticks([1, 30, survival.DAYS], ["1", "30", SAY.days])
            ax.set_yticks([0, 50, 100])
            at = range(1, survival.DAYS + 1)
            for days, ink, pale, dash in (
                (alone, c.cloth, c.pale_cloth, "-"),
                (group, c.ribbon, c.pale_ribbon, "--"),
            ):
                ax.fill_between(at, days[1], days[2], color=pale, alpha=0.65)
                ax.plot(at, days[0], dash, color=ink)
            # answers have fixed places: labels that move meet each other
            for y, name, days, ink in (
                (60, SAY.group, group, c.ribbon),
                (150, SAY.alone, alone, c.cloth),
            ):
                result = SAY.result.format(n=f"{days[0, -1]:.0f}")
                say(fig, 268, y, name, color=ink, weight="bold")
                say(fig, 268, y + 20, result, color=ink)
            return fig

    @staticmethod
    def sentence(**controls: Any) -> str:
        """Say who stays well, and why, or that leaving is the safer choice."""
        group, alone = (100 * days[0, -1] for days in _lived(**controls))
        better = group - alone
        verdict = "much" if better > SAME else "leave" if better < -SAME else "little"
        if controls["harmful"] and verdict != "leave":
            verdict = "another"  # never that it is safe to stay where harm is done
        words = WORDS["sentence"]
        costs = [name for name in WORDS["costs"] if controls[name]]
        why = costs[0] if costs else "luck" if int(controls["luck"]) <= 50 else "steady"
        result = words["costs" if costs else "result"]
        told = wording("explore")["and"].join(WORDS["costs"][name] for name in costs)
        text = " ".join((result, words[verdict], words[f"why_{why}"]))
        return text.format(group=group, alone=alone, costs=told)

    @staticmethod
    def rows(**controls: Any) -> list[list[str]]:
        """Give both shares at six days, with their bands."""
        head, (group, alone) = WORDS["table"], (100 * d for d in _lived(**controls))
        rows = [
            [
                str(day),
                *(
                    head["to"].format(mean=d[0], low=d[1], high=d[2])
                    for d in (group[:, day - 1], alone[:, day - 1])
                ),
            ]
            for day in range(10, survival.DAYS + 1, 10)
        ]
        return [[head["day"], head["group"], head["alone"]], *rows]


@lru_cache(maxsize=8)  # picture, sentence and table ask for the same
def _lived(
    luck: str, size: str, illness: bool, unfair: bool, harmful: bool, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Live in a group, and each alone: average, low and high, day by day."""
    world = World(int(luck) / 100, int(size), illness, unfair, harmful)
    together, alone = survival.together(world, seed), survival.alone(world, seed)
    return np.array(together), np.array(alone)
