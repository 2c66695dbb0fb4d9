"""A brain that can be turned: from outside, from the middle, and unfolded.

The two maps of `BrainOverlap`, on the surface, so that nothing is flattened. The script
draws it with WebGL from `BrainSurface`; the flat picture, which is what paper and
browsers without WebGL get, is drawn as `BrainOverlap` draws it.
"""

from typing import Any

from matplotlib.figure import Figure
from traitlets import Unicode, default

from beyond_the_no.explore import brain_figures
from beyond_the_no.explore.brain_surface import BrainSurface
from beyond_the_no.explore.controls import Choice, Steps
from beyond_the_no.explore.explore import HERE, SCRIPTS, Explore, wording
from beyond_the_no.explore.house import style
from beyond_the_no.models import brain, brain_surface

WORDS = wording("brain_turn")
AREAS = wording("brain_overlap")["regions"]
SOLID = ("brain_mesh.js", "brain_gl.js", "brain_turn.js")  # in the place of flat.js
# what a view is there to show
SEEN = {
    "outside": ("all", "forehead"),
    "inside": ("all", "upper_acc", "lower_acc"),
    "unfolded": ("all", "front_insula", "back_insula"),
}


class BrainTurn(Explore):
    """
    Turn a brain, and set how many studies a place needs before it is coloured.

    Three views, since an outside one hides two places: the insula lies in a fold, the
    ACC on the inner side. Nothing is said about the person who turns it.

    Attributes
    ----------
    lends : str
        The source of what the script draws from, see `BrainSurface`.
    """

    _esm = "".join(
        (HERE / name).read_text("utf-8")
        for script in SCRIPTS
        for name in (SOLID if script == "flat.js" else (script,))
    )
    name = "brain_turn"
    claims = ("C09", "C10")
    reads = (
        brain_surface.mesh,
        lambda: brain_surface.coloured(5, "upper_acc"),
        lambda: brain.outlines("sagittal"),
        lambda: brain.share_map("pain", "sagittal"),
    )

    lends = Unicode(read_only=True).tag(sync=True)

    view = Choice(WORDS["controls"]["view"], WORDS["views"])
    bar = Steps(
        WORDS["controls"]["bar"],
        start=5,
        stop=25,  # above it, no place is left on a surface
        step=5,
        unit=WORDS["controls"]["unit"],
        default=15,
    )
    maps = Choice(WORDS["controls"]["maps"], WORDS["maps"])

    def __init__(self, **traits: Any) -> None:
        """Listen to a page that has no server to lend it the surface."""
        super().__init__(**traits)
        self.on_msg(self._lend)

    @staticmethod
    def figure(view: str, bar: int, maps: str) -> Figure:
        """Draw the maps flat, from where the view looks."""
        with style() as colour:
            return brain_figures.flat(view, bar, _topics(maps), colour)

    @staticmethod
    def sentence(view: str, bar: int, maps: str) -> str:
        """Say how much of the places that the view is there for is coloured."""
        areas = ("all", *brain_surface.AREAS)
        parts = {
            area: brain_surface.Coloured(*(_percent(p) for p in found))
            for area in areas
            for found in [brain_surface.coloured(bar, area)]
        }
        text: str = WORDS["sentence"][f"{view}_{maps}"]
        return text.format(**parts)

    @staticmethod
    def rows(view: str, bar: int, maps: str) -> list[list[str]]:
        """Give what is coloured of the places that the view is there for."""
        topics, head = _topics(maps), WORDS["table"]
        rows = [[head["coloured"], *(WORDS["turn"][topic] for topic in topics)]]
        for area in SEEN[view]:
            found = brain_surface.coloured(bar, area)
            cells = (str(_percent(getattr(found, topic))) for topic in topics)
            rows.append([AREAS.get(area, "") if area != "all" else head["all"], *cells])
        return rows

    def _lend(self, _: object, content: object, __: object) -> None:
        if content == {"lend": True}:
            self.send({"lent": BrainSurface.shown({})})

    @default("lends")
    def _lends(self) -> str:
        return f"{BrainSurface.__module__}:{BrainSurface.__qualname__}"

    @default("words")
    def _words(self) -> dict[str, Any]:
        words: dict[str, Any] = super()._words()
        return words | {"turn": WORDS["turn"]}


def _topics(maps: str) -> tuple[str, ...]:
    return tuple(brain.STUDIES) if maps == "both" else (maps,)


def _percent(part: float) -> int:
    return round(100 * part)
