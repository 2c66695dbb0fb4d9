"""Which class leads the life of which kind."""

from typing import Any

from .activity import Activity, Silent
from .choosing import Choosing, Twice
from .declaration import Declaration, Kind
from .pairing import Pairing
from .writing import Writing

KINDS: dict[Kind, type[Activity[Any]]] = {
    "poll": Choosing,
    "guess": Choosing,
    "scale": Twice,
    "two_rounds": Twice,
    "words": Writing,
    "texts": Writing,
    "breathe": Silent,
    "includer": Silent,
    "pairs": Pairing,
}


def begin(declaration: Declaration) -> Activity[Any]:
    """Make what a lesson declares, idle."""
    return KINDS[declaration.kind](declaration)
