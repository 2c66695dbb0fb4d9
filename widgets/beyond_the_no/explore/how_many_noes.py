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
from beyond_the_no.models import base_rates, tries

KINDS: list[Value] = [
    "wait",
    "memory",
    "heard",
]  # views in which the kind of try matters
COMMON = 5  # of 100 people: fewer make so long a run of noes a rare one


class HowManyNoes(Explore):
    """
    Choose what is tried for and how often, and see how many people still wait.

    Nothing is said about the person who moves the controls.
    """

    name = "how_many_noes"
    claims = ("C40", "C23", "C16", "C41")

    view = Choice(WORDS["controls"]["view"], WORDS["views"])
    kind = Choice(WORDS["controls"]["kind"], WORDS["kinds"], when={"view": KINDS})
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
        when={"view": [*KINDS, "two"]},
    )

    @staticmethod
    def figure(view: str, kind: str, change: str, ask: str, tries: int) -> Figure:
        """Draw curves of who still waits, or a hundred dots."""
        with style() as colour:
            match view:
                case "wait":
                    return figures.wait(kind, tries, colour)
                case "memory":
                    return figures.memory(kind, tries, colour)
                case "heard":
                    return figures.heard(kind, tries, colour)
                case "two":
                    return figures.two(change, tries, colour)
                case _:
                    return figures.interview(ask, colour)

    @staticmethod
    def sentence(view: str, kind: str, change: str, ask: str, tries: int) -> str:
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
        left = figures.left(kind, tries)
        text = said[view]
        if view == "wait":
            text += " " + said["common" if left >= COMMON else "rare"]
        return text.format(
            tries=tries,
            chance=figures.of_100(kind),
            left=people(left),
            gone=people(100 - left),
            what=WORDS["nouns"][kind],
        )

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say what the tries are, where the rates are from, and whose no is final."""
        view, kind = str(controls["view"]), str(controls["kind"])
        source = WORDS["sources"][kind if view in KINDS else view]
        model = WORDS["caption_model"] if view != "interview" else ""
        return " ".join(filter(None, (model, source, WORDS["caption"])))

    @staticmethod
    def table() -> str:
        """
        Return the rates as plain text: the figures that a lesson quotes.

        Returns
        -------
        str
            Rates, who still waits after ten tries, one résumé under two kinds of name,
            and what interviews foretell.
        """
        say = WORDS["table"]
        lines = []
        for kind, rate in base_rates.rates().items():
            after = figures.left(kind, 10)
            lines.append(
                f"{WORDS['nouns'][kind]}: {100 * rate.share:.0f} of 100"
                f" ({rate.yes:,} of {rate.tries:,}); {say['after']} {after:.0f} of 100"
            )
        names = base_rates.same_resume()
        shares = " / ".join(f"{100 * names[n]:.1f} of 100" for n in ("white", "black"))
        half = " / ".join(f"{tries.tries_until(names[n])}" for n in ("white", "black"))
        lines += [f"{say['names']}: {shares}", f"{say['half']}: {half}"]
        for kind, found in base_rates.interviews().items():
            lines.append(
                f"{WORDS['asks'][kind]}: {figures.right_of_100(kind)} of 100"
                f" ({found.studies} {say['studies']}, r {found.r:.2f})"
            )
        return "\n".join(lines)
