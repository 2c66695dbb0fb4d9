"""What makes a text kind and plain: the words that hurt, and its reading grade."""

import importlib.util
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Patterns = Sequence[tuple[re.Pattern[str], dict[str, str]]]

AVOID = Path(__file__).with_name("avoid.toml")
LISTS = tomllib.loads(AVOID.read_text("utf-8"))
CITED = re.compile(r" ?\((?:[^()]* \d{4}[a-z]?)(?:; [^()]* \d{4}[a-z]?)*\)")


def pattern(words: str) -> re.Pattern[str]:
    """Find whole words or phrases, in any case; ``…`` stands for any ending."""
    body = re.escape(words).replace("…", r"\w*").replace(r"\ ", r"\s+")
    return re.compile(rf"(?<![\w-]){body}(?![\w-])", re.IGNORECASE)


def patterns(*groups: dict[str, Any]) -> Patterns:
    """Pair what to look for with whom it hurts and what to write instead."""
    return [(pattern(words), it) for it in groups for words in it["words"]]


HURTS = patterns(*LISTS["avoid"])


def faults_of_words(text: str) -> list[str]:
    """Say which words that hurt a text holds, whom, and what to write instead."""
    return [
        f"“{found[0]}” in “…{text[max(0, found.start() - 30) : found.end() + 20]}…” "
        f"hurts {it['hurts']}; write: {it['prefer']}"
        for words, it in HURTS
        for found in words.finditer(text)
    ]


def first_that_hurts(text: str) -> tuple[str, str, str] | None:
    """Find the first words that hurt: them, whom, and what to write instead."""
    for words, it in HURTS:
        if found := words.search(text):
            return found[0], it["hurts"], it["prefer"]
    return None


def can_grade() -> bool:
    """Tell whether textstat is installed: its word list is not under our licence."""
    return importlib.util.find_spec("textstat") is not None


def grade(text: str) -> float:
    """Flesch-Kincaid: years of school that a text asks for."""
    import textstat

    return float(textstat.flesch_kincaid_grade(text))
