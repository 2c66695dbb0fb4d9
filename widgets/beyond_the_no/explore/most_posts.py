"""Likes on the posts of three real people: to get none, or few, is common.

Three people are three people. It says nothing about what is usual for others.
"""

from types import SimpleNamespace
from typing import Any

from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, listed, wording
from beyond_the_no.explore.house import WIDTH, axes, canvas, say, style
from beyond_the_no.models.likes import counts, few

WORDS = wording("most_posts")
SAY = SimpleNamespace(**WORDS["picture"])


class MostPostsGetNothing(Explore):
    """Choose what counts as few likes, and see how many posts got so few."""

    name = "most_posts"
    claims = ("C18",)
    reads = (counts,)

    bar = Choice(WORDS["controls"]["bar"], WORDS["bars"])

    @staticmethod
    def figure(bar: str) -> Figure:
        """Draw a bar for each person, with an interval on its end."""
        with style() as c:
            fig = canvas(262, SAY.title.format(bar=WORDS["inside"][bar]))
            ax = axes(fig, 2, 34, WIDTH - 4, 198)
            ax.set(xlim=(0, 100), ylim=(3, 0))
            ax.set_yticks([])
            ax.set_xticks([0, 50, 100], ["0", "50", SAY.hundred])
            ax.get_xticklabels()[0].set_horizontalalignment("left")
            ax.get_xticklabels()[2].set_horizontalalignment("right")
            ax.spines["bottom"].set_visible(False)
            for row, (person, name) in enumerate(SAY.people.items()):
                found = few(person, int(bar))
                down = 46 + 66 * row
                say(fig, 2, down, name, weight="bold")
                posts = SAY.posts.format(n=found.posts)
                say(fig, WIDTH - 2, down, posts, ha="right", color=c.soft)
                place = (row + 0.36, 0.4)
                ax.broken_barh([(0, 100)], place, color=c.wash)
                ax.broken_barh([(0, found.percent)], place, color=c.cloth)
                ends = [found.low, found.high]
                ax.plot(ends, [row + 0.68] * 2, color=c.paper, linewidth=6)
                ax.plot(ends, [row + 0.68] * 2, color=c.ink, linewidth=3)
                share = SAY.share.format(percent=found.percent)
                ink = {"color": c.paper, "weight": "bold", "va": "center_baseline"}
                ax.text(2, row + 0.5, share, **ink)
        return fig

    @staticmethod
    def sentence(bar: str) -> str:
        """Say the three shares."""
        shares = [f"{few(person, int(bar)).percent:.0f}" for person in SAY.people]
        text: str = WORDS["sentence"]["0" if bar == "0" else "more"]
        return text.format(shares=listed(shares, mark=""), bar=WORDS["inside"][bar])

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say where the counts are from, and what three people cannot say."""
        text: str = WORDS["caption"]
        return text.format(posts=sum(few(person, 0).posts for person in SAY.people))

    @staticmethod
    def rows(bar: str) -> list[list[str]]:
        """Give each person's share of such posts with its 95 % interval."""
        head, rows = WORDS["table"], []
        for person, name in SAY.people.items():
            found = few(person, int(bar))
            span = head["to"].format(low=found.low, high=found.high)
            rows.append([name, f"{found.posts}", f"{found.percent:.0f}", span])
        return [[head["who"], head["posts"], head["share"], head["interval"]], *rows]

    @staticmethod
    def truth(person: str = "first", bar: int = 2) -> int:
        """Return for a guess: of 100 posts, those with more likes than ``bar``."""
        return 100 - round(few(person, bar).percent)

    @staticmethod
    def every() -> str:
        """Return all shares as plain text: a row for each number of likes."""
        lines = ["".join(f"{name:>24}" for name in ["of 100", *SAY.people.values()])]
        for bar, name in WORDS["inside"].items():
            found = [few(person, int(bar)) for person in SAY.people]
            cells = [f"{f.percent:.0f} ({f.low:.0f} to {f.high:.0f})" for f in found]
            lines.append("".join(f"{cell:>24}" for cell in [name, *cells]))
        return "\n".join(lines)
