"""Write ``frontend/pages/brain_map.js``: the outlines that a group taps, from the data.

PYTHONPATH=widgets python tools/brain_map.py
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beyond_the_no.models import brain
from beyond_the_no.room.declaration import PLACES

PAGE = Path(__file__).parents[1] / "widgets/beyond_the_no/frontend/pages/brain_map.js"
LEFT, TOP, WIDE, HIGH = -112, 86, 192, 158  # mm of the side view that are drawn
BACK = -68  # mm: what lies behind it is called the back of the brain
# mm right and up: where a place is tapped; apart enough for a finger each
AT = {
    "upper_acc": (14, 31),
    "lower_acc": (38, -6),
    "front_insula": (10, -4),
    "back_insula": (-15, 8),
    "forehead": (55, 16),
    "back": (-86, 8),
}
Line = NDArray[np.float64]
HEAD = """/* The brain from the side, and the places that a group can tap, in the
   order of the answers: written by tools/brain_map.py from data/neurosynth. */
/** @typedef {{ line: string, at: [number, number] }} Area */
/** @type {{ box: string, brain: string, places: Area[] }} */
export const brain_map = {
"""


def thinned(line: Line, most: float = 0.8) -> Line:
    """Leave out points that lie within so many mm of the line without them."""
    if len(line) < 3:
        return line
    first, last = line[0], line[-1]
    way = last - first
    length = float(np.hypot(*way)) or 1.0
    beside = np.abs(way[0] * (line[:, 1] - first[1]) - way[1] * (line[:, 0] - first[0]))
    away = beside / length if np.any(way) else np.hypot(*(line - first).T)
    at = int(away.argmax())
    if away[at] <= most:
        return np.array([first, last])
    return np.vstack([thinned(line[: at + 1], most)[:-1], thinned(line[at:], most)])


def path(line: Line) -> str:
    """Write a closed line, in mm from the upper left corner of what is drawn."""
    points = [(x - LEFT, TOP - y) for x, y in thinned(line)]
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points) + "z"


def script() -> str:
    """Return the whole file."""
    lines = {name: found[0].T for name, found in brain.outlines("sagittal").items()}
    whole = lines["brain"]
    lines["back"] = whole[whole[:, 0] < BACK]
    places = [
        f'    {{\n      line: "{path(lines[name])}",\n'
        f"      at: [{AT[name][0] - LEFT}, {TOP - AT[name][1]}],\n    }},"
        for name in PLACES
    ]
    head = f'  box: "0 0 {WIDE} {HIGH}",\n  brain:\n    "{path(whole)}",\n  places: [\n'
    return HEAD + head + "\n".join(places) + "\n  ],\n};\n"


if __name__ == "__main__":
    PAGE.write_text(script(), "utf-8")
