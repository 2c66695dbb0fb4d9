"""The room's table of words (words.toml), read once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table() -> dict[str, Any]:
    """Every word of the room, by section."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


def say(section: str, name: str, **parts: object) -> str:
    """Return one sentence of the table, with its parts filled in."""
    sentence: str = table()[section][name]
    return sentence.format(**parts)


def number(n: int) -> str:
    """Return a small number as a word, a larger one in digits."""
    names: list[str] = table()["numbers"]["names"]
    return names[n] if 0 <= n < len(names) else str(n)


def listing(options: list[str], conjunction: str = "or") -> str:
    """Join options the way one says them: "work, love or family"."""
    *start, last = options
    link: str = table()["join"][conjunction]
    return f"{', '.join(start)} {link} {last}" if start else last
