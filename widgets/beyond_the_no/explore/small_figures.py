"""People, doors, envelopes and phones, small enough that a hundred fit on a phone.

All stand on a `sheet` of `shapes`: px from the top left of the picture, y down. Many of
a kind are one path, so that a crowd is one thing to draw and one to send.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from beyond_the_no.explore import shapes

Places = Iterable[tuple[float, float]]

# the person of `shapes`, one unit tall and with feet at (0, 0)
PERSON = Path(
    np.asarray(shapes.PERSON.vertices) * (0.5, -0.5) - (0, 0.5), shapes.PERSON.codes
)


def many(ax: Axes, shape: Path, at: Places, size: float, **look: Any) -> None:
    """Draw a shape of unit size at each place, `size` px large, as one path."""
    points = np.asarray(shape.vertices, dtype=float) * size
    each = [Path(points + np.array(place), shape.codes) for place in at]
    if each:
        ax.add_patch(PathPatch(Path.make_compound_path(*each), **look))


def people(ax: Axes, at: Places, tall: float, **look: Any) -> None:
    """Draw figures of that height in px, with their feet at these places."""
    many(ax, PERSON, at, tall, **look)


def box(width: float, height: float, round_: float = 0) -> Path:
    """Give a box with rounded corners: its top left at (0, 0)."""
    w, h, r = width, height, round_
    if not r:
        return Path([(0, 0), (w, 0), (w, h), (0, h), (0, 0)], [1, 2, 2, 2, 79])
    corners = [
        *[(r, 0), (w - r, 0), (w, 0), (w, r), (w, h - r), (w, h), (w - r, h)],
        *[(r, h), (0, h), (0, h - r), (0, r), (0, 0), (r, 0), (r, 0)],
    ]
    return Path(corners, [1, 2, 3, 3, 2, 3, 3, 2, 3, 3, 2, 3, 3, 79])


def arrow(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], **look: Any
) -> None:
    """Draw a line with a head at its end."""
    (x0, y0), (x1, y1) = start, end
    along = np.array([x1 - x0, y1 - y0], dtype=float)
    along /= np.hypot(*along)
    across = np.array([-along[1], along[0]])
    tip = np.array(end, dtype=float)
    back = tip - 8 * along
    head = [tip, back + 4.5 * across, back - 4.5 * across, tip]
    ax.plot([x0, back[0]], [y0, back[1]], linewidth=1.6, **look)
    ax.add_patch(PathPatch(Path(np.array(head), [1, 2, 2, 79]), **look))
