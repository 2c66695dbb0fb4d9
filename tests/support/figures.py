"""What a picture shows: its marks and shapes by colour, its words."""

from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Text

from beyond_the_no.explore.house import COLOURS


def marks(fig: Figure, name: str) -> list[tuple[float, float]]:
    """Where marks filled with a colour of the house stand, in the data of the axes."""
    return [
        (float(x), float(y))
        for one in fig.findobj(PathCollection)
        if name in map(_name, one.get_facecolor())
        for x, y in one.get_offsets()
    ]


def patches(fig: Figure, name: str) -> list[Patch]:
    """Shapes filled with a colour of the house."""
    own = {id(ax.patch) for ax in fig.axes} | {id(fig.patch)}
    found = fig.findobj(lambda a: isinstance(a, Patch) and id(a) not in own)
    return [one for one in found if _name(one.get_facecolor()) == name]


def words(fig: Figure) -> str:
    """All that is written on it."""
    return " | ".join(t.get_text() for t in fig.findobj(Text) if t.get_text())


def _name(colour) -> str:
    code = to_hex(colour).upper()
    return next((n for n, known in COLOURS.items() if known.upper() == code), code)
