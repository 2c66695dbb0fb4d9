"""Answers of simulated people: random, and the same for the same seed.

An answer hangs on the seed, the person, the question and its round, and on no clock: a
rehearsal that is led faster or slower gets the same answers.
"""

import random
from collections.abc import Sequence
from typing import Any

from ...common.words import table
from ...room.declaration import CHOOSING, SILENT, WRITING, Declaration

AnswerFields = dict[str, Any]
PASSES = 0.1  # of an ordinary person's answers
MOST = 3  # options that one person takes, where many may be taken


def words() -> dict[str, Any]:
    """Return what simulated people write, and what is said of them."""
    return table(__package__)


def leader(name: str) -> dict[str, Any]:
    """Find one of the simulated leaders."""
    return next(one for one in words()["leaders"] if one["name"] == name)


def answer(
    about: Declaration, *, seed: int, person: int, round: int, persona: str = ""
) -> AnswerFields | None:
    """Answer as this person would; an empty answer is a pass, None: it asks nothing."""
    if about.kind in SILENT:
        return None
    lot = random.Random(f"{seed}/{person}/{about.id}/{round}")
    passes = lot.random() < PASSES
    if persona == "passes" or (passes and not persona):
        return {}
    if about.kind in WRITING:
        return {"text": _text(about, lot, persona)}
    if about.kind == "pairs":
        return {"value": 0}
    assert about.kind in CHOOSING
    weights = _leaning(about, seed, round)
    if about.kind == "dots":
        return {"values": sorted(_one(lot, weights) for _ in range(about.points))}
    if about.many:
        most = min(MOST, len(weights))
        chosen = {_one(lot, weights) for _ in range(lot.randint(1, most))}
        return {"values": sorted(chosen)}
    return {"value": _one(lot, weights)}


def _one(lot: random.Random, weights: Sequence[float]) -> int:
    return lot.choices(range(len(weights)), weights)[0]


def _leaning(about: Declaration, seed: int, round: int) -> list[float]:
    """How a whole group leans: mostly one way, and in a second round a step on."""
    lot = random.Random(f"{seed}/{about.id}")
    top = lot.randrange(len(about.options)) + round - 1
    return [1 / (1 + abs(at - top)) for at in range(len(about.options))]


def worrying() -> list[str]:
    """Lines that a phone would have held back, the longest first."""
    return list(words()["writes"]["worrying"])


def _text(about: Declaration, lot: random.Random, persona: str) -> str:
    """Write what fits."""
    writes = words()["writes"]
    if persona == "worrying":
        return next(t for t in worrying() if len(t) <= about.longest)
    own = writes["script"] if persona == "script" else writes
    lines = own.get(about.kind, own["texts"])
    fits = [line for line in lines if len(line) <= about.longest]
    return str(lot.choice(fits or lines))[: about.longest]
