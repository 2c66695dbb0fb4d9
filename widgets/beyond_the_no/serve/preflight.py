"""Is everything ready? What the leader's page tells before a room is opened."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from ..evidence import crisis
from .workshop import Workshop

Line = dict[str, object]  # name, ok (None: it waits), say


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("preflight.toml").read_text("utf-8"))


def _line(name: str, ok: bool | None, **parts: object) -> Line:
    words = _table()[name]
    say = words["yes" if ok else "no" if ok is False else "wait"]
    return {"name": name, "ok": ok, "say": say.format(**parts)}


def lines(workshop: Workshop) -> list[Line]:
    """Look at everything once; nothing is kept."""
    chosen = workshop.settings
    return [
        _line("network", chosen.host != "127.0.0.1", address=chosen.join),
        _line("phone", workshop.reached),
        _lessons(workshop),
        _lines(workshop),
        _line("near", bool(chosen.person and chosen.local_number)),
        _line("sleep", workshop.stays_awake()),
        _line("wifi", bool(workshop.room.wifi and workshop.room.wifi.password)),
        _line("size", True, seats=chosen.seats, pages=chosen.max_kernels),
    ]


def _lessons(workshop: Workshop) -> Line:
    found = list(workshop.lessons)
    wrong = [f"{one.title}: {one.trouble}" for one in found if one.trouble]
    if not wrong and not all(one.checked.is_set() for one in found):
        return _line("lessons", None)
    return _line(
        "lessons", bool(found) and not wrong, n=len(found), names=" ".join(wrong)
    )


def _lines(workshop: Workshop) -> Line:
    mine = [c for c in crisis.countries() if c.code == workshop.settings.country]
    old = crisis.stale(workshop.today(), mine)
    return _line("lines", not old, names="; ".join(old))
