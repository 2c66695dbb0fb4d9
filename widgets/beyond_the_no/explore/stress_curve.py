"""Cortisol around a speech before judges: measured, and as a model with switches.

It is *being judged* that is shown, and not being left out: for that see `LeftOut`.
"""

from typing import Any

from matplotlib.figure import Figure

from beyond_the_no.explore import stress_figures
from beyond_the_no.explore.controls import Choice, Toggle, Value
from beyond_the_no.explore.explore import Explore
from beyond_the_no.explore.house import style
from beyond_the_no.explore.stress_figures import WORDS, bar_name
from beyond_the_no.models import stress

OF_PEOPLE: dict[str, list[Value]] = {"view": ["measured", "people"]}
OF_MODEL: dict[str, list[Value]] = {"view": ["model"]}
LABELS = WORDS["controls"]


class StressCurve(Explore):
    """
    See how cortisol rose in 200 people, how they differed, and what a friend changes.

    A model with four switches stands beside it, marked as a model.
    """

    name = "stress_curve"
    claims = ("C05", "C06")
    reads = (stress.measured, stress.rises)

    view = Choice(LABELS["view"], WORDS["views"])
    group = Choice(LABELS["group"], WORDS["groups"], when=OF_PEOPLE)
    judged = Toggle(LABELS["judged"], default=True, when=OF_MODEL)
    in_control = Toggle(LABELS["in_control"], when=OF_MODEL)
    friend = Toggle(LABELS["friend"], when=OF_MODEL)
    differ = Choice(LABELS["differ"], WORDS["differing"], default="100", when=OF_MODEL)

    @staticmethod
    def figure(view: str, group: stress.Group, **switches: Any) -> Figure:
        """Draw a wave, a row for each size of rise, or an order of groups."""
        with style() as colour:
            if view == "friend":
                return stress_figures.order(colour)
            if view == "people":
                return stress_figures.people(group, colour)
            if view == "model":
                return stress_figures.model(_run(**switches), colour)
            return stress_figures.measured(group, colour)

    @staticmethod
    def sentence(view: str, group: stress.Group, **switches: Any) -> str:
        """Say how far the wave goes, or how people differ."""
        say: dict[str, str] = WORDS["sentence"]
        if view == "measured":
            wave = stress.measured(group)
            top = int(wave.line.argmax())
            return say[view].format(
                start=wave.line[0],
                top=wave.line[top],
                peak=wave.minute[top],
                last=wave.minute[-1],
                end=wave.line[-1],
            )
        if view == "people":
            bars = [people for _, _, people in stress.rises(group)]
            none = stress.no_clear_rise(group)
            return say[view].format(n=sum(bars), none=none, most=bars[-1])
        return _told(**switches) if view == "model" else say[view]

    @staticmethod
    def rows(view: str, group: stress.Group, **switches: Any) -> list[list[str]]:
        """Give the amounts minute by minute, the people, or the order."""
        head, say = WORDS["table"], WORDS["picture"]
        if view == "friend":
            places = {"highest": "alone", "lowest": "both"}
            rows = [[say[place], say[who]] for place, who in places.items()]
            rows.insert(1, [say["middle"], f"{say['friend']}, {say['spray']}"])
            return [[head["place"], head["who"]], *rows]
        if view == "people":
            bars = stress.rises(group)
            counted = [[bar_name(a, b), str(people)] for a, b, people in bars]
            return [[head["rise"], head["people"]], *counted]
        wave = _run(**switches) if view == "model" else stress.measured(group)
        rows = [
            [f"{at:.0f}", f"{line:.1f}", head["to"].format(low=low, high=high)]
            for at, line, low, high in zip(*wave, strict=True)
            if view == "measured" or at % 10 == 0
        ]
        return [[head["minute"], head["average"], head["band"]], *rows]

    @staticmethod
    def truth() -> int:
        """Return for a guess: of 100 people, those without a clear rise."""
        people = sum(each for _, _, each in stress.rises())
        return round(100 * stress.no_clear_rise() / people)

    @classmethod
    def kind(cls, **controls: Any) -> str:
        """Say that the view of the model is a model."""
        return "model" if controls["view"] == "model" else "study"

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say what is shown, where it is from, and what is left open."""
        text: str = WORDS[f"caption_{controls['view']}"]
        of_one = controls["view"] in OF_PEOPLE["view"] and controls["group"] != "all"
        return f"{text} {WORDS['caption_group']}" if of_one else text


def _run(judged: bool, in_control: bool, friend: bool, differ: str) -> stress.Wave:
    return stress.modelled(judged, in_control, friend, int(differ) / 100)


def _told(judged: bool, in_control: bool, friend: bool, differ: str) -> str:
    wave = _run(judged, in_control, friend, differ)
    top = int(wave.line.argmax())
    low, high = wave.low[top], wave.high[top]
    rises = stress.strength(judged, in_control, friend) > 0
    change = WORDS["change"]["rise" if rises else "none"]
    text: str = WORDS["sentence"]["model"].format(
        who=WORDS["who"][f"{judged:d}{in_control:d}"],
        change=change.format(start=wave.line[0], top=wave.line[top]),
        differ=WORDS["differ"][differ].format(low=low, high=high),
    )
    return f"{WORDS['who']['friend']} {text}" if friend else text
