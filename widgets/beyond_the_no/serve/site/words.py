"""What is said here (words.toml), read once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table() -> dict[str, Any]:
    """Every word, by section."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


def say(section: str, name: str, **parts: object) -> str:
    """Return one sentence, with its parts filled in."""
    sentence: str = table()[section][name]
    return sentence.format(**parts)
