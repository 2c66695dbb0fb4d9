"""Maps kinds of activities to their classes."""

from typing import Any

from . import rules
from .activity import Activity, Silent
from .choosing import Choosing, Twice
from .declaration import Declaration, Kind
from .laying import Laying
from .pairing import Pairing
from .questions import Questions, Support
from .writing import Writing

KINDS: dict[Kind, type[Activity[Any]]] = {
    "poll": Choosing,
    "guess": Choosing,
    "scale": Twice,
    "two_rounds": Twice,
    "dots": Laying,
    "place": Choosing,
    "words": Writing,
    "texts": Writing,
    "ideas": Writing,
    "questions": Questions,
    "support": Support,
    "breathe": Silent,
    "includer": Silent,
    "pairs": Pairing,
}


def begin(declaration: Declaration) -> Activity[Any]:
    """Make what a lesson declares, idle."""
    return KINDS[declaration.kind](declaration)


def replace(known: Activity[Any], new: Declaration) -> Activity[Any]:
    """Take an edited declaration of an idle question.

    Another kind is another activity, but rounds go on counting, so that no phone sends
    what it answered to the old one; and if a picture was shown, that was the last (R2).
    """
    if known.declaration.kind == new.kind:
        known.declaration = new
        return known
    made = begin(new)
    made.round = known.round
    made.shown = rules.MAX_ROUNDS if known.shown else 0
    return made
