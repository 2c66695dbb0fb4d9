"""Nine ways of working with a trained helper: what happens, and what was studied.

The picture shows how much each has been studied, for three things. It does not show how
well it works, and it shows one therapy at a time: this is no table of winners. What the
words rest on are the claims C30 to C38.
"""

from types import SimpleNamespace
from typing import Any

from matplotlib.figure import Figure

from beyond_the_no.evidence.claims import claim
from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import axes, canvas, say, style

WORDS = wording("therapies")
SAY = SimpleNamespace(**WORDS["picture"])
AMOUNTS = list(WORDS["amounts"])  # from none to much
# how much was studied, as read from the reviews that the claims name: for low mood, for
# worry and fear, for the hurt of a no by itself
STUDIED = {
    "cbt": ("much", "much", "little"),
    "act": ("much", "much", "little"),
    "ipt": ("much", "some", "little"),
    "exposure": ("little", "much", "little"),
    "mbsr": ("much", "much", "little"),
    "compassion": ("much", "much", "little"),
    "narrative": ("some", "little", "little"),
    "group": ("much", "much", "little"),
    "medicine": ("much", "much", "none"),
}
CLAIMS = dict(zip(STUDIED, (f"C{n}" for n in range(30, 39)), strict=True))


class Therapies(Explore):
    """
    Choose a therapy and a question, and read the answer.

    They stand in the order of the lesson. Nobody is told which one is hers.
    """

    name = "therapies"
    claims = tuple(CLAIMS.values())

    therapy = Choice(WORDS["controls"]["therapy"], WORDS["names"])
    ask = Choice(WORDS["controls"]["ask"], WORDS["asks"])

    @staticmethod
    def figure(therapy: str, ask: str) -> Figure:
        """Draw how much it has been studied, for three things."""
        with style() as c:
            fig = canvas(220, WORDS["names"][therapy], SAY.title)
            ax = axes(fig, 24, 58, 310, 116)
            ax.set(xlim=(-0.12, len(AMOUNTS) - 0.88), ylim=(2.9, -0.3))
            ax.set_yticks([])
            ticks = [WORDS["amounts"][name] for name in AMOUNTS]
            ax.set_xticks(range(len(AMOUNTS)), ticks)
            for row, (what, amount) in enumerate(
                zip(WORDS["studied_for"].values(), STUDIED[therapy], strict=True)
            ):
                at = AMOUNTS.index(amount)
                ax.text(-0.12, row - 0.02, what, va="center_baseline")
                ax.plot([0, len(AMOUNTS) - 1], [row + 0.42] * 2, color=c.line)
                look = {"markeredgecolor": c.paper, "markersize": 13, "clip_on": False}
                ax.plot(at, row + 0.42, "o", color=c.cloth, **look)
            say(fig, 179, 210, SAY.note, color=c.soft, ha="center")
            return fig

    @staticmethod
    def sentence(therapy: str, ask: str) -> str:
        """Answer the question about this therapy."""
        text: str = WORDS[therapy][ask]
        return text

    @staticmethod
    def rows(therapy: str, ask: str) -> list[list[str]]:
        """Give how much it has been studied, in words."""
        amounts = (WORDS["amounts"][amount] for amount in STUDIED[therapy])
        pairs = zip(WORDS["studied_for"].values(), amounts, strict=True)
        return [WORDS["table"]["head"], *map(list, pairs)]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say how good the evidence is for this one, and what the dots mean."""
        evidence = claim(CLAIMS[str(controls["therapy"])]).evidence
        text: str = WORDS["caption"]
        return text.format(name=WORDS["names"][controls["therapy"]], evidence=evidence)
