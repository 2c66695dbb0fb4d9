"""What every explorer says and draws in every state, as text: ``make goldens``.

``python tools/goldens.py feed anger`` renews the files of these two alone.

One file for each explorer under ``tests/explore/goldens/``. A state is a paragraph:

    [view=paths path=steady days=no again=no]
    says: The steady path is …
    table: months | 1 | 6
    notes: model. The paths are drawn, not measured …
    draws: axes 8 50 340 200, x 0 to 18, y 0 to 100
    draws: text ink bold left px 0 267 ‹How hard it can feel›
    draws: line cloth broken: 541 points, mean 9 21.3, from 0 12 to 18 3: 0 12, …
    svg: 0f3ab1c2d3e4f5a6

Coordinates are those of the axes (data) or, where an artist is placed on the figure, px
from its bottom left. Long paths are told by their number of points, mean, extent and a
few points. So a fault (what is said or where it is drawn has changed) can be told from
a matplotlib that writes the same picture in other bytes, and numbers that differ in
their fourth digit are the same; words are compared letter by letter.
"""

import hashlib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from functools import cache
from math import isclose
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

import beyond_the_no.explore
from beyond_the_no.explore import Explore
from beyond_the_no.explore.controls import Value
from beyond_the_no.explore.house import COLOURS, check, svg

FOLDER = Path(__file__).parents[1] / "tests" / "explore" / "goldens"
EXPLORERS = [
    kind
    for name in beyond_the_no.explore.__all__
    if isinstance(kind := getattr(beyond_the_no.explore, name), type)
    and issubclass(kind, Explore)
    and kind is not Explore
]
NAMES = {to_hex(colour): name for name, colour in COLOURS.items()}
FEW = 6  # points of a path that are all told
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]\d+)?(?![\w.])")
WORDS = re.compile("‹[^›]*›")  # what is written on a picture
# of a number told in four digits: another machine may round the last one otherwise
CLOSE = 1.1e-3
PARTS = {
    "says": "the sentence differs",
    "table": "the table differs",
    "notes": "what stands below the picture differs",
    "draws": "what is drawn differs",
}
MOST = 3  # states that are told in full
RENEW = "If this is meant: make goldens, and read what changed."
BYTES = """{kind}: matplotlib draws {count} of {all} pictures in other bytes.
Their sentences, tables and coordinates are as they were. The file was made with
{before}, this is {now}. Look at some of them (make author, then the gallery): what may
differ are widths, sizes, dashes, the order of shapes, or only how matplotlib writes a
number. Where they look right: make goldens. First of them: {names}"""


# -- what a figure shows -----------------------------------------------------------


def number(value: float) -> str:
    """Write a number in four digits; what is nothing but rounding is 0."""
    value = float(value)
    return "0" if abs(value) < 1e-9 else f"{value:.4g}"


def numbers(*values: float) -> str:
    """Write several numbers, a space between them."""
    return " ".join(map(number, values))


def colour(value: Any) -> str:
    """Name a colour of the house; another one by its code."""
    if isinstance(value, str) and value.lower() == "none":
        return "none"
    *_, alpha = to_rgba(value)
    if alpha == 0:
        return "none"
    code = to_hex(value)
    shade = "" if alpha == 1 else f"/{number(alpha)}"
    return NAMES.get(code, code) + shade


def colours(values: Any) -> str:
    """Write each colour once."""
    found = dict.fromkeys(map(colour, values))
    return "+".join(found) or "none"


def path(points: Any) -> str:
    """Tell the points of a path: all, or how many, their mean, extent, and a few."""
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    if len(points) <= FEW:
        return ", ".join(numbers(*point) for point in points)
    seen = points[np.isfinite(points).all(axis=1)]
    some = seen[np.linspace(0, len(seen) - 1, FEW).round().astype(int)]
    return (
        f"{len(points)} points, mean {numbers(*seen.mean(axis=0))}, "
        f"from {numbers(*seen.min(axis=0))} to {numbers(*seen.max(axis=0))}: "
        + ", ".join(numbers(*point) for point in some)
    )


def placed(artist: Artist, fig: Figure, points: Any) -> str:
    """Tell points where they are meant: in data, or else in px on the figure."""
    move = artist.get_transform()
    if isinstance(artist, Patch):
        points = artist.get_patch_transform().transform(points)
        move = artist.get_data_transform()
    if artist.axes is not None and move == artist.axes.transData:
        return path(points)
    moved = move.transform(points) * 72 / fig.dpi if len(points) else points
    return "px " + path(moved)


def line(one: Line2D, fig: Figure) -> str:
    """Tell a line."""
    at = placed(one, fig, one.get_xydata())
    # of dashes, matplotlib tells only that there are some
    style = {"-": "solid", "None": ""}.get(str(one.get_linestyle()), "broken")
    mark = str(one.get_marker())
    if mark in ("None", ""):
        mark = ""
    else:
        inside, edge = one.get_markerfacecolor(), one.get_markeredgecolor()
        mark = f"mark {mark} {colour(inside)} in {colour(edge)}"
    what = " ".join(filter(None, [colour(one.get_color()), style, mark]))
    return f"line {what}: {at}"


def collection(one: Collection, fig: Figure) -> list[str]:
    """Tell a collection, one path a line."""
    fill, edge = colours(one.get_facecolor()), colours(one.get_edgecolor())
    what = f"{type(one).__name__} {fill} in {edge}"
    offsets = np.asarray(one.get_offsets(), dtype=float)
    if type(one).__name__ == "PathCollection":  # marks: their places, not their shape
        return [f"{what}, sizes {numbers(*one.get_sizes())}: {path(offsets)}"]
    return [f"{what}: {placed(one, fig, p.vertices)}" for p in one.get_paths()]


def text(one: Text, fig: Figure) -> str:
    """Tell a text, and where it stands."""
    move = one.get_transform()
    (at,) = move.transform([one.get_unitless_position()])
    if one.axes is not None and move == one.axes.transData:
        where = numbers(*one.get_unitless_position())
    else:
        where = f"px {numbers(*(at * 72 / fig.dpi))}"
    bold = " bold" if one.get_fontweight() == "bold" else ""
    side = one.get_horizontalalignment()
    words = one.get_text().replace("\n", " / ")
    return f"text {colour(one.get_color())}{bold} {side} {where} ‹{words}›"


def patch(one: Patch, fig: Figure) -> str:
    """Tell a patch."""
    fill, edge = colour(one.get_facecolor()), colour(one.get_edgecolor())
    at = placed(one, fig, one.get_path().vertices)
    return f"{type(one).__name__} {fill} in {edge}: {at}"


def drawn(one: Artist, fig: Figure) -> list[str]:
    """Tell one artist.

    Raises
    ------
    TypeError
        For a sort that is not known here: it would be drawn, and nobody would look.
    """
    if not one.get_visible():
        return []
    if isinstance(one, Text):
        return [text(one, fig)] if one.get_text().strip() else []
    if isinstance(one, Line2D):
        return [line(one, fig)]
    if isinstance(one, Collection):
        return collection(one, fig)
    if isinstance(one, Patch):
        return [patch(one, fig)]
    raise TypeError(f"Say in tools/goldens.py how to tell a {type(one).__name__}.")


def ticks(ax: Axes) -> Iterator[str]:
    """Tell the ticks that are seen, an axis a line."""
    for name, axis in (("x", ax.xaxis), ("y", ax.yaxis)):
        shown = [
            f"{number(place)} ‹{label.get_text()}›"
            for place, label in zip(
                axis.get_ticklocs(), axis.get_ticklabels(), strict=True
            )
            if label.get_text() and label.get_visible() and axis.get_visible()
        ]
        if shown and ax.axison:
            yield f"{name} ticks: " + ", ".join(shown)


def in_axes(ax: Axes, fig: Figure) -> Iterator[str]:
    """Tell axes with all that is drawn in them."""
    box = ax.get_window_extent()
    place = numbers(*(v * 72 / fig.dpi for v in (*box.min, *box.size)))
    x, y = (" to ".join(map(number, lim)) for lim in (ax.get_xlim(), ax.get_ylim()))
    yield f"axes {place}, x {x}, y {y}"
    yield from ticks(ax)
    own = {ax.patch, ax.xaxis, ax.yaxis, *ax.spines.values()}
    for one in ax.get_children():
        if one not in own:
            yield from drawn(one, fig)


def figure(fig: Figure) -> list[str]:
    """Tell what stands on a figure, in the order in which it was put there."""
    width, height = fig.get_size_inches() * 72
    told = [f"figure {numbers(width, height)}"]
    for one in fig.get_children():
        if isinstance(one, Axes):
            told += in_axes(one, fig) if one.get_visible() else []
        elif one is not fig.patch:
            told += drawn(one, fig)
    return told


# -- a state ------------------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    """A state that was drawn: what tests ask of it, so that none draws it again."""

    state: dict[str, Any]
    sentence: str
    rows: list[list[str]]
    notes: str
    picture: str
    unreadable: list[str]  # what `house.check` finds
    artists: list[str]

    @property
    def name(self) -> str:
        """Its controls, as the paragraph begins."""
        shown = {True: "yes", False: "no"}
        return " ".join(
            f"{n}={shown.get(v, v) if isinstance(v, bool) else v}"
            for n, v in self.state.items()
        )

    @property
    def digest(self) -> str:
        """A checksum of its SVG."""
        return hashlib.sha256(self.picture.encode()).hexdigest()[:16]

    @property
    def lines(self) -> list[str]:
        """What is said, and what is drawn."""
        return [
            f"says: {self.sentence}",
            *(f"table: {' | '.join(row)}" for row in self.rows),
            f"notes: {self.notes}",
            *(f"draws: {one}" for one in self.artists),
            f"svg: {self.digest}",
        ]


def look(kind: type[Explore], state: Mapping[str, Value]) -> Seen:
    """Draw one state."""
    fig = kind.figure(**state)
    picture = svg(fig)
    # measured afterwards: what is measured must not move what is saved
    return Seen(
        dict(state),
        kind.sentence(**state),
        kind.rows(**state),
        f"{kind.kind(**state)}. {kind.caption(**state)}",
        picture,
        check(fig),
        figure(fig),
    )


@cache
def seen(kind: type[Explore]) -> list[Seen]:
    """Draw every state of an explorer, once for all tests of a process."""
    return [look(kind, state) for state in kind.states()]


# -- its file -----------------------------------------------------------------------


def place(kind: type[Explore]) -> Path:
    """Name the file of an explorer."""
    return FOLDER / f"{kind.name}.txt"


def told(states: Sequence[Seen]) -> str:
    """Write states as they stand in a file."""
    every = ("\n".join([f"[{one.name}]", *one.lines, ""]) for one in states)
    return "\n".join([f"matplotlib {matplotlib.__version__}\n", *every])


def read(text: str) -> tuple[str, dict[str, list[str]]]:
    """Read a file: with what it was drawn, and the lines of each state by its name."""
    head, *paragraphs = text.rstrip("\n").split("\n\n")
    each = (paragraph.split("\n") for paragraph in paragraphs)
    return head, {name.strip("[]"): lines for name, *lines in each}


def alike(before: Sequence[str], after: Sequence[str]) -> bool:
    """Compare lines: words as they are, coordinates up to their fourth digit."""
    if before == after:
        return True
    one, other = "\n".join(before), "\n".join(after)
    if WORDS.findall(one) != WORDS.findall(other):
        return False
    one, other = WORDS.sub("", one), WORDS.sub("", other)
    if NUMBER.sub("#", one) != NUMBER.sub("#", other):
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(
        isclose(*map(float, pair), rel_tol=CLOSE, abs_tol=1e-6) for pair in pairs
    )


def _part(lines: Sequence[str], name: str) -> list[str]:
    return [line for line in lines if line.startswith(f"{name}: ")]


def _changes(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Say how the state differs: one line for each part, and the lines themselves."""
    said = []
    for name, differs in PARTS.items():
        old, new = _part(before, name), _part(after, name)
        same = alike(old, new) if name == "draws" else old == new
        if not same:
            lines = list(unified_diff(old, new, n=0, lineterm=""))[2:]
            kept = [line for line in lines if not line.startswith("@@")]
            said += [f"  {differs}", *(f"    {line}" for line in kept)]
    return said


def faults(kind: type[Explore], text: str, states: Sequence[Seen]) -> list[str]:
    """Say in which states an explorer says or draws something else than in its file.

    Pictures that differ in nothing but their bytes are no fault: see `redrawn`.
    """
    _, known = read(text)
    found = {}
    for one in states:
        if one.name not in known:
            found[one.name] = ["  is not in the file"]
        elif changes := _changes(known[one.name], one.lines):
            found[one.name] = changes
    for name in known.keys() - {one.name for one in states}:
        found[name] = ["  is in the file, and the explorer has no such state"]
    full = [
        f"{kind.__name__} [{name}]\n" + "\n".join(changes)
        for name, changes in list(found.items())[:MOST]
    ]
    more = [f"… and in {len(found) - MOST} more states"] if len(found) > MOST else []
    return [*full, *more, RENEW] if found else []


def redrawn(kind: type[Explore], text: str, states: Sequence[Seen]) -> str:
    """Say which pictures differ in their bytes and in nothing that we can name."""
    head, known = read(text)
    names = [
        f"[{one.name}]"
        for one in states
        if (lines := known.get(one.name))
        and not _changes(lines, one.lines)
        and f"svg: {one.digest}" not in lines
    ]
    if not names:
        return ""
    return BYTES.format(
        kind=kind.__name__,
        count=len(names),
        all=len(states),
        before=head,
        now=f"matplotlib {matplotlib.__version__}",
        names=" ".join(names[:MOST]),
    )


def main(*names: str) -> int:
    """Draw everything, or the explorers named, and write the files anew."""
    if unknown := set(names) - {kind.name for kind in EXPLORERS}:
        print(f"There is no explorer named {', '.join(sorted(unknown))}.")
        return 2
    for kind in EXPLORERS:
        if names and kind.name not in names:
            continue
        before = place(kind).read_text("utf-8") if place(kind).exists() else ""
        after = told(seen(kind))
        place(kind).write_text(after, "utf-8")
        print(f"{place(kind).name}: {'renewed' if after != before else 'as it was'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
