"""Body pain and being left out in the brain: two maps, a bar to clear, a closer look.

What is shown are shares of studies that print a place, flattened to a view. Not brain
activity, not a feeling read off a place. 30 studies are few, flattening adds overlap.
"""

from functools import partial
from math import ceil
from typing import Any

from matplotlib.figure import Figure

from beyond_the_no.explore import brain_figures
from beyond_the_no.explore.brain_figures import AREAS, WORDS, outlined
from beyond_the_no.explore.controls import Choice, Steps, Value
from beyond_the_no.explore.explore import Explore, listed
from beyond_the_no.explore.house import style
from beyond_the_no.models import brain

APART = 10  # mm between the middles of two maps before we say that they differ
SIDES = {"overlap": "sagittal", "zoom": "midline"}
BOXES = ("forehead", *brain.BOXES)  # areas that no atlas gave
LOW = 10  # up to here so much is coloured that a match means little


class BrainOverlap(Explore):
    """
    Set how many studies a place needs before it is coloured, and see what is shared.

    Afterwards count the studies, area by area, beside those on any other topic. Nothing
    is said about the person who moves the controls.
    """

    name = "brain_overlap"
    claims = ("C09", "C10")
    reads = (brain.regions, partial(brain.outlines, "sagittal"))

    view = Choice(WORDS["controls"]["view"], WORDS["views"])
    bar = Steps(
        WORDS["controls"]["bar"],
        start=5,
        stop=30,  # above it, hardly a place is left
        step=5,
        unit=WORDS["controls"]["unit"],
        default=20,
        when={"view": ["overlap", "zoom"]},
    )
    region = Choice(WORDS["controls"]["region"], WORDS["regions"])

    @staticmethod
    def figure(view: str, bar: int, region: str) -> Figure:
        """Draw two maps, or a row of counts for each area."""
        with style() as colour:
            if view == "count":
                return brain_figures.counts(region, colour)
            draw = brain_figures.whole if view == "overlap" else brain_figures.close
            return draw(bar, region, colour)

    @staticmethod
    def sentence(view: str, bar: int, region: str) -> str:
        """Say what is shared, or what stands out."""
        if view == "count":
            return _every_count() if region == "all" else _count(region)
        return _shared(view, bar, region)

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say what counts as a report, and where the numbers are from."""
        view, region = controls["view"], controls.get("region", "all")
        parts = ["caption_count" if view == "count" else "caption_map", "caption"]
        if view == "count" or region in BOXES:
            parts.insert(0, "caption_boxes")
        return " ".join(WORDS[part] for part in parts)

    @staticmethod
    def rows(view: str, bar: int, region: str) -> list[list[str]]:
        """Give what is shared, or the counts in percent with 95 % intervals."""
        say, head = WORDS["picture"], WORDS["table"]
        if view != "count":
            parts = brain.coloured(bar, SIDES[view])
            names = (head["pain"], head["both"], head["rejection"])
            cells = (f"{100 * part:.0f}" for part in parts)
            shares = [list(row) for row in zip(names, cells, strict=True)]
            return [[head["share"], head["percent"]], *shares]
        sets = [*brain.STUDIES, "other"]
        rows = [[head["area"], *(say[topic] for topic in sets)]]
        for area in AREAS:
            found = [brain.regions()[area][topic] for topic in sets]
            cells = (f"{s.percent:.0f} ({s.low:.0f} to {s.high:.0f})" for s in found)
            rows.append([WORDS["regions"][area], *cells])
        return rows

    @classmethod
    def table(cls, **controls: Value) -> str:
        """Return the counts as plain text, under the number of studies."""
        say = WORDS["picture"]
        total = say["studies"].format(n=sum(brain.STUDIES.values()))
        named = ", ".join(f"{n} {say[topic]}" for topic, n in brain.STUDIES.items())
        return f"{total}: {named}\n{super().table(**{'view': 'count'} | controls)}"


def _shared(view: str, bar: int, region: str) -> str:
    side = SIDES[view]
    shared = brain.coloured(bar, side)[1]
    amounts = WORDS["amounts"].items()  # from the largest down
    amount = next(text for least, text in amounts if shared >= float(least))
    where = "front" if brain.further_front(bar, side) > APART else "spread"
    parts = [view, "low"] if bar <= LOW else [view, where, "rough"]
    if region != "all":
        parts.append("marked" if region in outlined(side) else "absent")
    text = " ".join(WORDS["sentence"][part] for part in parts)
    few = ceil(bar / 100 * brain.STUDIES["rejection"])
    named = WORDS["inside"].get(region, "")
    return text.format(amount=amount, few=few, region=named)


def _stands_out(area: str, topic: str) -> bool:
    """Whether the whole interval lies above any other topic."""
    shares = brain.regions()[area]
    return shares[topic].low > shares["other"].percent


def _count(area: str) -> str:
    shares = brain.regions()[area]
    above = [topic for topic in brain.STUDIES if _stands_out(area, topic)]
    verdict = "both" if len(above) == 2 else above[0] if above else "neither"
    text: str = WORDS["sentence"]["region"]
    return text.format(
        **shares, region=WORDS["inside"][area], verdict=WORDS["verdicts"][verdict]
    )


def _every_count() -> str:
    pain, left_out = ([a for a in AREAS if _stands_out(a, t)] for t in brain.STUDIES)
    named = listed([WORDS["inside"][area] for area in left_out])
    text: str = WORDS["sentence"]["all"]
    return text.format(pain=len(pain), areas=len(AREAS), rejection=named)
