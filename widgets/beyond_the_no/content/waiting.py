"""Cells that wait for a guess, as their tags say it.

``after:NAME`` waits for an explorer or a question for the group of that name,
``after:text`` for the reader alone.
"""

import re
from typing import Any

TAG = "after:"
READER = "text"
FIRST_LINE = re.compile(r"\s*\*\*(.+?)\*\*\s*\n+")


def waits_for(cell: Any) -> tuple[str, ...]:
    """Return the names that a cell waits for; none where it may be read at once."""
    tags = cell.metadata.get("tags", [])
    return tuple(t.removeprefix(TAG) for t in tags if t.startswith(TAG))


def first_line(source: str) -> tuple[str, str]:
    """Return the line in bold with which a text begins, if it does, and the rest."""
    found = FIRST_LINE.match(source)
    return (found[1], source[found.end() :]) if found else ("", source)
