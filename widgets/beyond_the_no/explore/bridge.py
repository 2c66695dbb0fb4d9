"""A footbridge under a load: what holds a person up, and what studies say of it.

The bridge is invented and says so. It never breaks, and it blames nobody.
"""

from types import SimpleNamespace
from typing import Any

from matplotlib.figure import Figure

from beyond_the_no.explore import bridge_figures as figures
from beyond_the_no.explore.controls import Choice, Toggle
from beyond_the_no.explore.explore import Explore, listed, wording
from beyond_the_no.explore.house import style
from beyond_the_no.models.planks import PLANKS, Plank, planks, sag

WORDS = wording("bridge")
HEAD = SimpleNamespace(**WORDS["table"])
LOADS = {"light": 1, "heavy": 2, "very": 3}
ON_BRIDGE: Any = {"when": {"view": ["bridge"]}}
NAMED = 2  # planks that a sentence names; of more it says how many


def _plank(name: str, *, on: bool = False) -> Toggle:
    place = figures.board(PLANKS.index(name))
    return Toggle(WORDS["planks"][name], default=on, at=place, **ON_BRIDGE)


class Bridge(Explore):
    """Put planks under a bridge, and read what studies say of each."""

    name = "bridge"
    claims = ("C39", "C75")
    reads = (planks,)

    view = Choice(WORDS["controls"]["view"], WORDS["views"])
    skills = _plank("skills", on=True)
    people = _plank("people")
    sleep = _plank("sleep")
    money = _plank("money")
    belonging = _plank("belonging")
    load = Choice(
        WORDS["controls"]["load"], WORDS["loads"], default="heavy", **ON_BRIDGE
    )
    study = Choice(
        WORDS["controls"]["study"], WORDS["planks"], when={"view": ["studies"]}
    )

    @staticmethod
    def figure(view: str, load: str, study: str, **held: bool) -> Figure:
        """Draw the bridge with its planks, or a strip for one plank."""
        with style() as c:
            if view == "studies":
                return figures.strip(study, planks()[study], c)
            return figures.bridge(LOADS[load], _held(held), c)

    @staticmethod
    def sentence(view: str, load: str, study: str, **held: bool) -> str:
        """Say how far it sags, or what studies say of one plank."""
        if view == "studies":
            text: str = WORDS["sentences"][study]
            return text
        inside, said, on = WORDS["inside"], WORDS["sentence"], _held(held)
        names = [inside[name] for name in on]
        told = (
            listed(names, "") if 0 < len(on) <= NAMED else WORDS["counts"][f"{len(on)}"]
        )
        result: str = said["bridge"].format(
            load=inside[load],
            planks=told,
            amount=_amount(sag(LOADS[load], len(on))),
            rest=said["all" if len(on) == len(PLANKS) else "add"],
        )
        return result

    @staticmethod
    def rows(view: str, load: str, study: str, **held: bool) -> list[list[str]]:
        """Give load, planks and sag, or the figures of the studies."""
        if view == "studies":
            return [HEAD.study, *map(_row, planks()[study])]
        on = len(_held(held))
        low = sag(LOADS[load], on)
        numbers = {
            HEAD.load: f"{LOADS[load]}",
            HEAD.held: f"{on}",
            HEAD.sag: f"{low:.2f}",
        }
        return [HEAD.bridge, *map(list, numbers.items())]

    @classmethod
    def kind(cls, **controls: Any) -> str:
        """Tell the made-up bridge from the studies."""
        return "study" if controls["view"] == "studies" else "model"

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say how the bridge is made up, or whose numbers these are."""
        own: str = WORDS["captions"][controls["study"]]
        shared: str = WORDS["caption"]
        return own if controls["view"] == "studies" else shared


def _held(held: dict[str, bool]) -> list[str]:
    """List the planks that are under the bridge."""
    return [name for name in PLANKS if held[name]]


def _amount(low: float) -> str:
    """Say how far it sags in words."""
    amounts: dict[str, str] = WORDS["amounts"]
    return next(word for least, word in amounts.items() if low >= float(least))


def _row(row: Plank) -> list[str]:
    """Give what was seen of a study."""
    interval, effect = HEAD.unseen, HEAD.order
    if row.effect != "":
        effect = getattr(HEAD, row.measure).format(x=row.effect)
    if row.low != "" and row.high != "":
        interval = HEAD.to.format(low=row.low, high=row.high)
    people = f"{row.people:,}" if row.people != "" else ""
    form = HEAD.size
    if not (row.studies and people):
        form = HEAD.studies_alone if row.studies else HEAD.people_alone
    size = form.format(studies=row.studies, people=people)
    return [row.outcome, effect, interval, size]
