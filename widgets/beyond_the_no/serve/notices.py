"""The table of calm pages (notices.toml), read once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("notices.toml").read_text("utf-8"))


def notice(name: str, base: str, **parts: object) -> dict[str, Any]:
    """Return title, sentences and actions of one calm page."""
    entry = _table()[name]
    return {
        "title": entry["title"],
        "sentences": [s.format(**parts) for s in entry["sentences"]],
        "actions": [
            (say, "" if to == "." else base + to) for say, to in entry["actions"]
        ],
    }
