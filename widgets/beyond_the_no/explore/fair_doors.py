"""Two queues at two doors: the same application under two kinds of names."""

from types import SimpleNamespace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice, Steps
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import canvas, style
from beyond_the_no.explore.shapes import grid, sheet
from beyond_the_no.explore.small_figures import box, many, people
from beyond_the_no.models.base_rates import same_resume
from beyond_the_no.models.fair_doors import gaps
from beyond_the_no.models.waiting import same, waiting

WORDS = wording("fair_doors")
SAY = SimpleNamespace(**WORDS["picture"])
DOOR = 42  # px: a door that opened to everybody would open this wide
AJAR = 4  # a door opens in proportion to its chance, times this


class FairDoors(Explore):
    """See who still waits in one study, and how wide the gap is in many."""

    name = "fair_doors"
    claims = ("C71",)
    reads = (same_resume, lambda: gaps("pooled"), lambda: gaps("offers"))

    view = Choice(WORDS["controls"]["view"], WORDS["views"])
    tries = Steps(
        WORDS["controls"]["tries"],
        start=1,
        stop=40,
        default=10,
        when={"view": ["one"]},
    )

    @staticmethod
    def figure(view: str, tries: int) -> Figure:
        """Draw two queues, or what one side got for every 100 of the other."""
        with style() as colour:
            if view == "one":
                return _queues(tries, colour)
            return _crowds(view, colour)

    @staticmethod
    def sentence(view: str, tries: int) -> str:
        """Say who waits, or how wide the gap is."""
        say = WORDS["sentence"]
        if view == "one":
            sent = say["first" if tries == 1 else "more"].format(n=tries)
            text: str = say[view].format(tries=sent, **_waiting(tries))
        else:
            found = {name: gap.of_hundred for name, gap in gaps(view).items()}
            text = say[view].format(**found)
        return text

    @staticmethod
    def rows(view: str, tries: int) -> list[list[str]]:
        """Give the people who wait, or the gaps."""
        head = WORDS["table"]
        if view == "one":
            rows = [
                [
                    getattr(SAY, names),
                    f"{100 * chance:.1f}",
                    f"{_waiting(tries)[names]}",
                ]
                for names, chance in same_resume().items()
            ]
            return [[head["names"], head["chance"], head["waiting"]], *rows]
        columns = ("compared", "count", "studies", "applications")
        rows = [
            [
                WORDS["compared"][name],
                f"{gap.of_hundred}",
                f"{gap.studies}",
                f"{gap.applications:,}",
            ]
            for name, gap in gaps(view).items()
        ]
        return [[head[column] for column in columns], *rows]

    @classmethod
    def kind(cls, **controls: Any) -> str:
        """Say that the waiting is worked out from one study's chances."""
        return "model" if controls["view"] == "one" else "study"

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say which studies, and where to turn."""
        return f"{WORDS['captions'][controls['view']]} {WORDS['captions']['all']}"


def _waiting(tries: int) -> dict[str, int]:
    """Of 100 people, who is still without a call back after so many tries."""
    left = {n: waiting(same(p, tries))[-1] for n, p in same_resume().items()}
    return {names: round(100 * share) for names, share in left.items()}


def _queues(tries: int, c: SimpleNamespace) -> Figure:
    fig = canvas(240, *SAY.title_one)
    ax = sheet(fig)
    inks = {"white": c.ribbon, "black": c.cloth}
    for at, (names, ink) in enumerate(inks.items()):
        top = 42 + 101 * at
        left = _waiting(tries)[names]
        bold: Any = {"weight": "bold", "color": ink, "va": "center_baseline"}
        ax.text(0, top + 8, getattr(SAY, names), **bold)
        ax.text(356, top + 8, SAY.waiting.format(waiting=left), ha="right", **bold)
        _door(ax, top + 20, AJAR * same_resume()[names], ink, c)
        # the first in the queue are called first
        places = [(x, y + 17) for x, y in grid(100, 25, 62, top + 20, 12.1, 19)]
        called = 100 - left
        people(ax, places[:called], 16, fc=c.paper, ec=ink, lw=1)
        people(ax, places[called:], 16, color=ink)
    return fig


def _door(ax: Axes, top: float, ajar: float, ink: str, c: SimpleNamespace) -> None:
    """Draw a door that is open by a share of its width."""
    many(ax, box(DOOR, 74), [(2, top)], 1, facecolor=c.paper, edgecolor=ink, lw=2)
    leaf = DOOR * (1 - ajar)
    many(ax, box(leaf, 74), [(2, top)], 1, facecolor=ink)
    ax.plot([leaf - 5], [top + 40], "o", color=c.paper, markersize=4, mew=0)


def _crowds(view: str, c: SimpleNamespace) -> Figure:
    """Draw each side as a crowd, one figure for each reply."""
    sides = []
    for name, gap in gaps(view).items():
        one = SAY.majority if view == "offers" else SAY.white
        other = SAY.minority if view == "offers" else getattr(SAY, name, "")
        words = SAY.offers if name == "offers" else SAY.calls
        sides += [(words, one, gap.of_hundred, c.ribbon), (words, other, 100, c.cloth)]
    tall = sum(22 + 14 * -(-count // 50) for _, _, count, _ in sides)
    fig = canvas(34 + tall, *getattr(SAY, f"title_{view}"))
    ax, top = sheet(fig), 38
    for words, who, count, ink in sides:
        label = words.format(who=who, count=count)
        ax.text(0, top + 8, label, color=ink, weight="bold", va="center_baseline")
        places = [(x, y + 13) for x, y in grid(count, 50, 5, top + 17, 7.1, 14)]
        people(ax, places, 12, color=ink)
        top += 22 + 14 * -(-count // 50)
    return fig
