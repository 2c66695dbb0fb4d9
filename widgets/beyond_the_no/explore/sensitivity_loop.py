"""Sam's unanswered messages: a loop whose arrows are its controls.

It shows how expecting a no can bring one about, and what loosens that. It measures
nobody, and where the treatment really is unfair it says so: there Sam is right.
"""

from typing import Any

from matplotlib.figure import Figure

from beyond_the_no.explore import loop_figures
from beyond_the_no.explore.controls import Choice, Toggle
from beyond_the_no.explore.explore import Explore, listed
from beyond_the_no.explore.house import style
from beyond_the_no.explore.loop_figures import WORDS
from beyond_the_no.models.loop import MESSAGES, PLACES, RUNS, half, loop

HELPS = list(WORDS["done"])  # in the order of the arrows


def _arrow(help: str) -> Toggle:
    place, label = loop_figures.arrow(help), WORDS["controls"][help]
    return Toggle(label, at=place, on={"view": ["ring"]})


class SensitivityLoop(Explore):
    """
    Choose the people around Sam, and what Sam does on each arrow of the loop.

    Nothing is asked of the person who moves the controls, and nothing is said of them.
    """

    name = "sensitivity_loop"
    claims = ("C07", "C08")

    view = Choice(WORDS["controls"]["view"], WORDS["views"])
    place = Choice(WORDS["controls"]["place"], WORDS["places"], default="mixed")
    facts = _arrow("facts")
    pause = _arrow("pause")
    kindly = _arrow("kindly")
    steps = _arrow("steps")

    @staticmethod
    def figure(view: str, place: str, **helps: bool) -> Figure:
        """Draw the loop as a ring, or what Sam expects over time."""
        draw = loop_figures.ring if view == "ring" else loop_figures.time
        with style() as colour:
            return draw(place, helps, colour)

    @staticmethod
    def sentence(view: str, place: str, **helps: bool) -> str:
        """Say what Sam expects in the end, what comes, and why."""
        done = [WORDS["done"][each] for each in HELPS if helps[each]]
        parts = ["start", "noes"]
        if place == "unfair":
            parts = ["unfair", "unfair_help" if done else "unfair_ways"]
        elif done:
            parts.append("fades")
        else:
            parts.append("alone" if place == "kind" else "grows")
        text = " ".join(WORDS["sentence"][part] for part in parts)
        last = _last(place, helps)
        listing = listed(done, mark="") if done else ""
        return text.format(
            n=MESSAGES,
            middle=last["expects"][1],
            noes=last["noes"][1],
            bare=100 * PLACES[place],
            done=listing,
        )

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say what is made up, and what is drawn."""
        text: str = WORDS["caption"]
        return text.format(runs=RUNS)

    @staticmethod
    def rows(view: str, place: str, **helps: bool) -> list[list[str]]:
        """Give each box of the loop, at first and in the end, with half of the runs."""
        head, say = WORDS["table"], WORDS["picture"]
        rows = []
        for name, values in loop(place, **helps)._asdict().items():
            low, middle, high = 100 * half(values[:, -1])
            span = say["half"].format(low=low, high=high)
            at_first = f"{100 * values[0, 0]:.0f}"
            rows.append([" ".join(say[name]).strip(), at_first, f"{middle:.0f}", span])
        return [[head["box"], head["first"], head["end"], head["half"]], *rows]

    @staticmethod
    def every() -> str:
        """
        Return where the loop ends, as plain text: the figures that a lesson quotes.

        Returns
        -------
        str
            For each place, noes of 100 without the loop, with it, with each help, with
            all four.
        """
        shown = [{}, *({help: True} for help in HELPS), dict.fromkeys(HELPS, True)]
        names = ["", "bare", "loop", *HELPS, "all four"]
        lines = ["".join(f"{name:>9}" for name in names)]
        for place, label in WORDS["places"].items():
            noes = [100 * PLACES[place], *(_last(place, h)["noes"][1] for h in shown)]
            lines.append(
                "".join(f"{c:>9}" for c in [label, *(f"{n:.0f}" for n in noes)])
            )
        return "\n".join(lines)


def _last(place: str, helps: dict[str, bool]) -> dict[str, Any]:
    """Give ends and middle of the middle half after the last message, of 100."""
    runs = loop(place, **helps)._asdict()
    return {name: 100 * half(values[:, -1]) for name, values in runs.items()}
