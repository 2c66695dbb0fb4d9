"""Four phones on two stairs: what hurt more about a post that one isn't part of."""

from types import SimpleNamespace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import canvas, style
from beyond_the_no.explore.shapes import sheet
from beyond_the_no.explore.small_figures import arrow, box, many, people
from beyond_the_no.models.seen_online import Case, cases

WORDS = wording("seen_online")
SAY = SimpleNamespace(**WORDS["picture"])
FOOT = 222  # px: where the stairs begin
STEPS = {"lower": 26, "higher": 62}  # px, ours: the order alone is known
MORE = 16  # px: how far a phone rises for those who want to belong a lot
WIDE = 80  # px of a step
PHONE = box(66, 116, 9)


class SeenOnline(Explore):
    """Look at four posts, and at which of two hurt more."""

    name = "seen_online"
    claims = ("C68",)
    reads = (cases,)

    case = Choice(WORDS["controls"]["case"], WORDS["cases"])
    need = Choice(
        WORDS["controls"]["need"], WORDS["needs"], when={"case": ["not_tagged"]}
    )

    @staticmethod
    def figure(case: str, need: str) -> Figure:
        """Draw two stairs of two phones, the chosen one in full colour."""
        with style() as colour:
            fig = canvas(246, SAY.title)
            ax = sheet(fig)
            for at, (name, row) in enumerate(cases().items()):
                left = 2 + 86 * at + (14 if row.study == "second" else -2)
                risen = name == case and need == "lot" and bool(row.need)
                _step(ax, left, row, name == case, risen, colour)
            for x, words in ((86, SAY.first), (272, SAY.second)):
                ax.text(x, 236, words, ha="center", va="center_baseline")
        return fig

    @staticmethod
    def sentence(case: str, need: str) -> str:
        """Say what hurt more, and what less."""
        text: str = WORDS["sentence"]["need" if need == "lot" else case]
        return text

    @staticmethod
    def rows(case: str, need: str) -> list[list[str]]:
        """Give the order within each paper."""
        head = WORDS["table"]
        rows = []
        for name, row in cases().items():
            [other] = [
                n for n, r in cases().items() if r.study == row.study and n != name
            ]
            order = head[row.order].format(other=WORDS["cases"][other])
            rows.append([WORDS["cases"][name], order, f"{row.people:,}"])
        return [[head["case"], head["order"], head["people"]], *rows]


def _step(
    ax: Axes, left: float, row: Case, chosen: bool, risen: bool, c: SimpleNamespace
) -> None:
    """Draw a step with its phone on it; the phone rises where it hurt some more."""
    high = STEPS[row.order]
    many(ax, box(WIDE, high, 3), [(left, FOOT - high)], 1, color=c.wash)
    ink = c.cloth if chosen else c.soft
    look: Any = {"weight": "bold"} if chosen else {}
    ax.text(
        left + WIDE / 2,
        FOOT - high + 13,
        SAY.short[row.case],
        ha="center",
        va="center_baseline",
        color=ink,
        **look,
    )
    top = FOOT - high - 2 - 116 - (MORE if risen else 0)
    many(
        ax,
        PHONE,
        [(left + 7, top)],
        1,
        fc=c.paper,
        ec=ink if chosen else c.line,
        lw=2.5 if chosen else 1.5,
    )
    _post(ax, left + 7, top, row.case, chosen, c)
    if risen:
        arrow(ax, (left + 84, top + 60), (left + 84, top + 20), color=c.cloth)
        ax.text(left + 82, top - 8, SAY.more, color=c.cloth, weight="bold", ha="right")


def _post(
    ax: Axes, left: float, top: float, case: str, chosen: bool, c: SimpleNamespace
) -> None:
    """Draw a post: friends at a table, and where you are."""
    friends, you = (c.ribbon, c.cloth) if chosen else (c.line, c.soft)
    photo = c.pale_ribbon if chosen else c.wash
    many(ax, box(54, 56, 3), [(left + 6, top + 14)], 1, color=photo)
    in_it = case == "not_tagged"
    spots = [13, 26, 40] if in_it else [17, 33, 49]
    places = [(left + 6 + x, top + 58) for x in spots]
    people(ax, places, 26, color=friends, zorder=3)
    many(ax, box(46, 5, 2), [(left + 10, top + 56)], 1, color=friends, zorder=4)
    if in_it:
        people(ax, [(left + 6 + 48, top + 62)], 26, color=you, zorder=5)
        tags = [(left + 6 + x - 5, top + 20) for x in spots]
        many(ax, box(10, 6, 2), tags, 1, fc=c.paper, ec=friends, lw=1, zorder=4)
    else:
        # outside of the photo: cut away, somewhere else, or nowhere
        x, foot = {"cut": (60, 70), "choice": (33, 108), "not_asked": (33, 108)}[case]
        hollow: Any = {"fc": c.paper, "ec": you, "lw": 1.4, "ls": "--"}
        look: Any = {"color": you} if case == "choice" else hollow
        people(ax, [(left + x, top + foot)], 28, zorder=6, **look)
    if case == "cut":
        edge = left + 51
        ax.plot([edge] * 2, [top + 10, top + 74], "--", color=you, lw=1.4, zorder=7)
    if case in ("not_tagged", "cut"):
        lines = [(left + 6, top + 80), (left + 6, top + 90)]
        many(ax, box(40, 4, 2), lines, 1, color=c.line)
    ax.plot([left + 27, left + 39], [top + 7] * 2, color=c.line, linewidth=2)
