"""Small figures for pictures with people in them: a person, doors, a tile.

Each is a marker for `put`: 2 high, its middle at 0, y up.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path

from beyond_the_no.explore.house import WIDTH, axes

ROUND = 0.5523  # of a radius: where the handles of a quarter circle lie


def _circle(x: float, y: float, r: float, *, hole: bool = False) -> Path:
    """Make a circle of four curves; the other way round, it cuts a hole."""
    k = ROUND
    quarter = [(1, 0), (1, k), (k, 1), (0, 1), (-k, 1), (-1, k), (-1, 0)]
    points = np.array([*quarter, (-1, -k), (-k, -1), (0, -1), (k, -1), (1, -k), (1, 0)])
    if hole:
        points[:, 1] *= -1
    codes = [Path.MOVETO, *[Path.CURVE4] * 12, Path.CLOSEPOLY]
    shape = np.array([x, y]) + r * points
    return Path(np.vstack([shape, shape[:1]]), codes)


def _outline(*points: tuple[float, float]) -> Path:
    """Make a closed shape with straight sides."""
    return Path([*points, points[0]], closed=True)


def _body() -> Path:
    """Make round shoulders on a straight body."""
    top, low, w, r = 0.26, -1.0, 0.4, 0.36
    points = [(-w, low), (-w, top - r), (-w, top - r + ROUND * r)]
    points += [(-w + r - ROUND * r, top), (-w + r, top), (w - r, top)]
    points += [(w - r + ROUND * r, top), (w, top - r + ROUND * r), (w, top - r)]
    points += [(w, low), (-w, low)]
    line, curve = Path.LINETO, Path.CURVE4
    codes = [Path.MOVETO, line, *[curve] * 3, line, *[curve] * 3, line]
    return Path(points, [*codes, Path.CLOSEPOLY])


PERSON = Path.make_compound_path(_circle(0, 0.66, 0.34), _body())
SHUT = Path.make_compound_path(
    _outline((-0.55, -1), (0.55, -1), (0.55, 1), (-0.55, 1)),
    _circle(0.3, -0.1, 0.13, hole=True),
)
_FRAME = (
    _outline((-0.55, -1), (0.55, -1), (0.55, 1), (-0.55, 1)),
    _outline((-0.43, -1), (-0.43, 0.88), (0.43, 0.88), (0.43, -1)),
)
OPEN = Path.make_compound_path(*_FRAME)
AJAR = Path.make_compound_path(
    *_FRAME, _outline((-0.43, -1), (0.12, -0.86), (0.12, 0.66), (-0.43, 0.88))
)
TILE = _outline((-1, -1), (1, -1), (1, 1), (-1, 1))


def sheet(fig: Figure) -> Axes:
    """Cover a figure with axes in px from its top left."""
    tall = round(fig.get_figheight() * 72)
    ax = axes(fig, 0, 0, WIDTH, tall)
    ax.set(xlim=(0, WIDTH), ylim=(tall, 0))
    ax.axis("off")
    return ax


def put(
    ax: Axes,
    shape: Path,
    at: Sequence[tuple[float, float]],
    height: float,
    ink: str,
    *,
    edge: str = "",
    **more: Any,
) -> None:
    """
    Put a shape on a sheet.

    Parameters
    ----------
    at : the middle of each one, in px of the sheet; there may be none.
    height : px.
    ink, edge : what fills it, and a line around it, if any.
    """
    if not at:
        return
    x, y = zip(*at, strict=True)
    line = {"linewidths": 1.5, "edgecolors": edge} if edge else {"linewidths": 0}
    ax.scatter(x, y, s=height**2, marker=shape, facecolors=ink, **line, **more)


def grid(
    n: int, across: int, left: float, top: float, right: float, down: float
) -> list[tuple[float, float]]:
    """Place `n` things in rows of `across`, steps `right` and `down` px apart."""
    return [(left + i % across * right, top + i // across * down) for i in range(n)]
