"""Does letting off steam cool anger? 154 studies, said as pairs of people."""

from types import SimpleNamespace
from typing import Any

from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import axes, canvas, style
from beyond_the_no.models import anger

WORDS = wording("anger")
SAY = SimpleNamespace(**WORDS["picture"])


class Anger(Explore):
    """Choose what to do with anger, and see how often it left people less angry."""

    name = "anger"
    claims = ("C45",)

    act = Choice(WORDS["controls"]["act"], WORDS["acts"])

    @staticmethod
    def figure(act: str) -> Figure:
        """Draw how often the one who did it is the less angry, beside a coin."""
        with style() as c:
            fig = canvas(214, SAY.title, SAY.title_more)
            ax = axes(fig, 8, 50, 336, 136)
            ax.set(xlim=(30, 80), ylim=(2, 0))
            ax.set_yticks([])
            ax.set_xticks([30, 50, 80], ["30", SAY.coin, SAY.hundred])
            ax.get_xticklabels()[0].set_horizontalalignment("left")
            ax.get_xticklabels()[-1].set_horizontalalignment("right")
            ax.plot([50, 50], [0.15, 2], color=c.soft, linewidth=1.5)
            for row, kind in enumerate(anger.FOUND):
                chosen = act in (kind, "both")
                ink = c.cloth if chosen else c.line
                found = anger.calmer(kind)
                name: dict[str, Any] = {
                    "color": c.ink if chosen else c.soft,
                    "va": "center_baseline",
                }
                weight = "bold" if chosen else "normal"
                at: dict[str, Any] = {"ha": "left", "weight": weight}
                ax.text(30, row + 0.3, WORDS["acts"][kind], **name, **at)
                ends = ([found.low, found.high], [row + 0.68] * 2)
                ax.plot(*ends, color=ink, linewidth=3)
                look = {"markeredgecolor": c.paper, "markersize": 13}
                ax.plot(found.of_100, row + 0.68, "o", color=ink, **look)
                if chosen:
                    text = f"{found.of_100:.0f}"
                    put: dict[str, Any] = {
                        "ha": "right",
                        "size": 15,
                        "weight": "bold",
                        "color": ink,
                    }
                    ax.text(79.5, row + 0.3, text, va="center_baseline", **put)
            return fig

    @staticmethod
    def sentence(act: str) -> str:
        """Say how often it helped, and that a coin gives 50."""
        numbers = {kind: f"{anger.calmer(kind).of_100:.0f}" for kind in anger.FOUND}
        text: str = WORDS["sentence"][act]
        return text.format(**numbers)

    @staticmethod
    def table() -> str:
        """Return what was found as plain text: the figures that a lesson quotes."""
        return "; ".join(
            f"{WORDS['acts'][kind]}: {found.of_100:.0f} of 100"
            f" ({found.low:.0f} to {found.high:.0f})"
            for kind in anger.FOUND
            for found in [anger.calmer(kind)]
        )
