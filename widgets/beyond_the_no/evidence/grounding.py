"""Ways to ground: one table for the page, the sheet, the lessons and the wall."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("grounding.toml")


@cache
def table() -> dict[str, Any]:
    """Return ``intro``, ``ways`` and ``breath`` as they stand in ``grounding.toml``."""
    return tomllib.loads(FILE.read_text("utf-8"))
