"""How many noes until a yes? Tries that do not know of each other, at real rates.

Long runs of no are usual, ten noes do not make a yes due, and chances are not shared
out evenly. The tries are applications, grants and places. They are never one person:
a no from a person is final, and the caption says so beside every picture.
"""

from typing import Any

from matplotlib.figure import Figure

from beyond_the_no.explore import how_many_noes_figures as figures
from beyond_the_no.explore.controls import Choice, Steps, Value
from beyond_the_no.explore.explore import Explore
from beyond_the_no.explore.house import style
from beyond_the_no.explore.how_many_noes_figures import WORDS, people
from beyond_the_no.models import base_rates

ANY: list[Value] = ["wait", "memory", "heard"]  # views of any kind of try
TRIES = range(5, 31, 5)
COMMON = 5  # of 100 people: fewer make so long a run of noes a rare one


class HowManyNoes(Explore):
    """
    Choose what is tried for and how often, and see how many people still wait.

    Nothing is said about the person who moves the controls.
    """

    name = "how_many_noes"
    claims = ("C40", "C23", "C16", "C41")
    reads = (base_rates.rates, base_rates.same_resume, base_rates.interviews)

    view = Choice(WORDS["controls"]["view"], WORDS["views"])
    goal = Choice(WORDS["controls"]["goal"], WORDS["goals"], when={"view": ANY})
    change = Choice(
        WORDS["controls"]["change"], WORDS["changes"], when={"view": ["two"]}
    )
    ask = Choice(WORDS["controls"]["ask"], WORDS["asks"], when={"view": ["interview"]})
    tries = Steps(
        WORDS["controls"]["tries"],
        start=5,
        stop=30,
        step=5,
        default=10,
        when={"view": [*ANY, "two"]},
    )

    @staticmethod
    def figure(view: str, goal: str, change: str, ask: str, tries: int) -> Figure:
        """Draw curves of who still waits, or a hundred dots."""
        with style() as colour:
            match view:
                case "wait":
                    return figures.wait(goal, tries, colour)
                case "memory":
                    return figures.memory(goal, tries, colour)
                case "heard":
                    return figures.heard(goal, tries, colour)
                case "two":
                    return figures.two(change, tries, colour)
                case _:
                    return figures.interview(ask, colour)

    @staticmethod
    def sentence(view: str, goal: str, change: str, ask: str, tries: int) -> str:
        """Say how many still wait, and what that does not mean."""
        said: dict[str, str] = WORDS["sentence"]
        if view == "interview":
            right = figures.right_of_100(ask)
            return said[view].format(right=right, other=100 - right)
        if view == "two":
            black, white = (people(100 * s) for s in figures.both(change, tries)[1])
            text = said["two"] if black != white else said["closed"]
            return f"{text} {said[change]}".format(
                tries=tries, black=black, white=white
            )
        left = figures.left(goal, tries)
        text = said[view]
        if view == "wait":
            text += " " + said["common" if left >= COMMON else "rare"]
        return text.format(
            tries=tries,
            chance=figures.of_100(goal),
            left=people(left),
            gone=people(100 - left),
            what=WORDS["nouns"][goal],
        )

    @classmethod
    def kind(cls, **controls: Any) -> str:
        """Say that interviews were studied, and that waiting is a model."""
        return "study" if controls["view"] == "interview" else "model"

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say what the tries are, where the rates are from, and whose no is final."""
        view, goal = str(controls["view"]), str(controls["goal"])
        source = WORDS["sources"][goal if view in ANY else view]
        model = WORDS["caption_model"] if view != "interview" else ""
        return " ".join(filter(None, (model, source, WORDS["caption"])))

    @staticmethod
    def rows(
        view: str, goal: str, change: str, ask: str, tries: int
    ) -> list[list[str]]:
        """Give the same for every number of tries, or for every kind of interview."""
        head: list[str] = WORDS["table"]["two" if view == "two" else "waiting"]
        if view == "interview":
            found = base_rates.interviews().items()
            cells = [
                [
                    WORDS["asks"][name],
                    f"{figures.right_of_100(name)}",
                    f"{one.studies}",
                    f"{one.r:.2f}",
                ]
                for name, one in found
            ]
            return [WORDS["table"]["interview"], *cells]
        if view == "two":
            lines = figures.both(change, tries)[0]
            return [
                head,
                *([f"{n}", *(people(100 * line[n]) for line in lines)] for n in TRIES),
            ]
        chance = figures.of_100(goal)
        left = ([f"{n}", chance, people(figures.left(goal, n))] for n in TRIES)
        return [head, *left]
