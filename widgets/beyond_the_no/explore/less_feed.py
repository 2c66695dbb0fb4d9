"""Using social media less: a little better on average, and what kind of help did it."""

from types import SimpleNamespace
from typing import Any

from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, axes, canvas, style
from beyond_the_no.explore.shapes import grid, sheet
from beyond_the_no.explore.small_figures import box, many, people
from beyond_the_no.models.less_feed import better_of_pair, kinds, pooled

WORDS = wording("less_feed")
SAY = SimpleNamespace(**WORDS["picture"])
SIZES = [0, 0.2, 0.5, 0.8]  # none, small, medium, large: Cohen 1988
SCREEN = box(20, 34, 4)


class LessFeed(Explore):
    """See how much better people felt, as pairs, as trials and by kind of help."""

    name = "less_feed"
    claims = ("C70", "C18")
    reads = (pooled, kinds)

    view = Choice(WORDS["controls"]["view"], WORDS["views"])

    @staticmethod
    def figure(view: str) -> Figure:
        """Draw pairs, two dots with their lines, or a phone for each study."""
        with style() as colour:
            drawn = {"pairs": _pairs, "trials": _trials, "kinds": _kinds}
            return drawn[view](colour)

    @staticmethod
    def sentence(view: str) -> str:
        """Say that it is a little, and what may matter more."""
        counts = {
            name: SAY.counts["of"].format(improved=row.improved, studies=row.studies)
            for name, row in kinds().items()
        }
        text: str = WORDS["sentence"][view]
        return text.format(
            better=_better(),
            trials=pooled()["well_being"].trials,
            other=pooled()["low_mood"].trials,
            **counts,
        )

    @staticmethod
    def rows(view: str) -> list[list[str]]:
        """Give the pairs, the gains, or the studies."""
        head = WORDS["table"]
        if view == "pairs":
            rows = [[head["less"], f"{_better()}"], [head["coin"], "50"]]
            return [[head["pairs"], head["number"]], *rows]
        if view == "kinds":
            rows = [
                [SAY.kinds[name], f"{row.improved}", f"{row.studies}"]
                for name, row in kinds().items()
            ]
            return [[head["kind"], head["improved"], head["studies"]], *rows]
        rows = [
            [
                getattr(SAY, name),
                head["interval"].format(effect=row.effect, low=row.low, high=row.high),
                f"{row.trials}",
                f"{row.people:,}",
            ]
            for name, row in pooled().items()
        ]
        columns = ("measure", "effect", "trials", "people")
        return [[head[column] for column in columns], *rows]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say which trials, and how sure."""
        text: str = WORDS["captions"][controls["view"]]
        return text


def _better() -> int:
    """Of 100 pairs, those in which the one who used it less felt better."""
    return round(100 * better_of_pair(pooled()["well_being"].effect))


def _pairs(c: SimpleNamespace) -> Figure:
    """Draw 100 figures, two rows of 25 of them what a coin would give."""
    fig = canvas(236, *SAY.title_pairs)
    ax = sheet(fig)
    halves = (grid(50, 25, 8, top, 14.2, 32) for top in (100, 180))
    places = [place for half in halves for place in half]
    people(ax, places[: _better()], 23, color=c.ribbon)
    people(ax, places[_better() :], 23, fc=c.paper, ec=c.soft, lw=1)
    bold: Any = {"weight": "bold", "va": "center_baseline"}
    ax.text(0, 54, SAY.better.format(better=_better()), color=c.ribbon, size=18, **bold)
    ax.plot([0, WIDTH - 76], [145, 145], "--", color=c.ink, linewidth=1.5)
    ax.text(WIDTH, 145, SAY.coin, ha="right", va="center_baseline")
    return fig


def _trials(c: SimpleNamespace) -> Figure:
    """Draw both gains on a strip from none to large."""
    fig = canvas(236, *SAY.title_trials)
    ax = axes(fig, 14, 46, 330, 156)
    ax.set(xlim=(0, 0.8), ylim=(2, 0))
    ax.set_xticks(SIZES, SAY.ticks)
    ax.set_yticks([])
    ax.get_xticklabels()[0].set_horizontalalignment("left")
    ax.get_xticklabels()[3].set_horizontalalignment("right")
    ax.axvspan(0, 0.2, color=c.wash)
    for at, (name, row) in enumerate(pooled().items()):
        ax.plot([row.low, row.high], [at + 0.7] * 2, color=c.ribbon, linewidth=3)
        ax.plot(row.effect, at + 0.7, "o", color=c.ribbon, mec=c.paper, markersize=13)
        words = SAY.of.format(trials=row.trials, people=row.people)
        ax.text(0.01, at + 0.18, getattr(SAY, name), weight="bold")
        ax.text(0.01, at + 0.42, words, color=c.soft)
    ax.text(0.8, 0.18, SAY.band, color=c.soft, ha="right")
    return fig


def _kinds(c: SimpleNamespace) -> Figure:
    """Draw a phone for each study, filled where mood got better."""
    fig = canvas(236, *SAY.title_kinds)
    ax = sheet(fig)
    for at, (name, row) in enumerate(kinds().items()):
        top = 42 + 66 * at
        bold: Any = {"weight": "bold", "va": "center_baseline"}
        ax.text(0, top + 8, SAY.kinds[name], **bold)
        words = SAY.counts["of"].format(improved=row.improved, studies=row.studies)
        ax.text(WIDTH, top + 8, words, ha="right", color=c.ribbon, **bold)
        places = grid(row.studies, 12, 2, top + 20, 29, 0)
        better = places[: row.improved]
        many(ax, SCREEN, better, 1, fc=c.ribbon, ec=c.ribbon, lw=2)
        many(ax, SCREEN, places[row.improved :], 1, fc=c.paper, ec=c.line, lw=2)
    return fig
