"""Four paths after a heavy blow, counted; and what people foretold and felt.

Nobody is told which path is theirs, nor how long it takes.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from beyond_the_no.explore.controls import Choice
from beyond_the_no.explore.explore import Explore, wording
from beyond_the_no.explore.house import WIDTH, canvas, say, style
from beyond_the_no.explore.shapes import TILE, grid, put, sheet
from beyond_the_no.models.life_paths import life_paths, shape

WORDS = wording("paths")
SAY = SimpleNamespace(**WORDS["picture"])
COLUMN, ACROSS, TILES = 92, 7, 11.5  # px of a column; tiles in a row; px of a tile
SKETCH, TALL, TOP = 48, 52, 114  # px: the sketches, their height, the first tiles


class Paths(Explore):
    """Point out a path, or compare what people foretold with what they felt."""

    name = "paths"
    claims = ("C48",)
    reads = (life_paths,)

    view = Choice(WORDS["controls"]["view"], WORDS["views"])
    path = Choice(WORDS["controls"]["path"], WORDS["paths"], when={"view": ["paths"]})

    @staticmethod
    def figure(view: str, path: str) -> Figure:
        """Draw all four paths with one tile a group, or two lines without numbers."""
        with style() as c:
            return _felt(c) if view == "felt" else _tiles(path, c)

    @staticmethod
    def sentence(view: str, path: str) -> str:
        """Say in how many groups the path was seen, or what was foretold."""
        row = life_paths()[path]
        text: str = WORDS["sentence"]["felt" if view == "felt" else path]
        return text.format(seen=row.seen, groups=row.groups)

    @staticmethod
    def rows(view: str, path: str) -> list[list[str]]:
        """Give the counts, or the order."""
        head = WORDS["table"]
        if view == "felt":
            return [head["felt"], [SAY.said, head["more"]], [SAY.felt, head["less"]]]
        rows = [
            [WORDS["paths"][name], f"{row.seen}" or SAY.unknown]
            for name, row in life_paths().items()
        ]
        return [head["path"], *rows]

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say who was studied, and what it leaves open."""
        text: str = WORDS[f"caption_{controls['view']}"]
        return text


def _tiles(chosen: str, c: SimpleNamespace) -> Figure:
    """Draw a column for each path: its sketch, its tiles, its count."""
    fig = canvas(TOP + 10 * TILES + 46, SAY.title_paths)
    ax = sheet(fig)
    for at, (name, row) in enumerate(life_paths().items()):
        left, on = at * COLUMN, name == chosen
        ink = c.cloth if on else c.soft
        look = {"color": ink, "weight": "bold" if on else "normal"}
        say(fig, left, 34, WORDS["short"][name], **look)
        time, hard = shape(name)
        x, y = left + 78 * time, SKETCH + TALL * (1 - hard)
        ax.plot(x, y, color=ink, linewidth=3 if on else 2)
        places = grid(row.groups, ACROSS, left + 5, TOP, TILES, TILES)
        seen = 0 if row.seen == "" else row.seen
        empty = c.paper if row.seen == "" else c.wash
        put(ax, TILE, places[seen:], 8, empty, edge=c.soft if on else c.line)
        put(ax, TILE, places[:seen], 9.5, ink)
        count = SAY.unknown
        if row.seen != "":
            count = SAY.seen.format(seen=row.seen, groups=row.groups)
        say(fig, left, TOP + 10 * TILES + 10, count, **look)
    below = TOP + 10 * TILES + 34
    say(fig, 0, below, SAY.harder, color=c.soft)
    return fig


def _felt(c: SimpleNamespace) -> Figure:
    """Draw what was foretold above what was felt: the same pace, no numbers."""
    fig = canvas(236, SAY.title_felt)
    ax = sheet(fig)
    x = np.linspace(8, WIDTH - 8, 60)
    for low, ink, dash, name, place in (
        (60, c.cloth, "--", SAY.said, (110, 66)),
        (108, c.ribbon, "-", SAY.felt, (30, 156)),
    ):
        fall = 84 * (x - x[0]) / (x[-1] - x[0])
        ax.plot(x, low + fall, dash, color=ink, linewidth=3)
        say(fig, *place, name, color=ink, weight="bold")
    ax.plot([0, WIDTH], [208, 208], color=c.line)
    say(fig, 0, 224, SAY.order, color=c.soft)
    say(fig, WIDTH, 224, SAY.time, color=c.soft, ha="right")
    return fig
