"""What makes a text plain and kind: the words to avoid, and its reading grade."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import textstat

Patterns = Sequence[tuple[re.Pattern[str], str]]

AVOID = Path(__file__).with_name("avoid.toml")
LISTS = tomllib.loads(AVOID.read_text("utf-8"))
CITED = re.compile(r" ?\((?:[^()]* \d{4}[a-z]?)(?:; [^()]* \d{4}[a-z]?)*\)")


def pattern(words: str) -> re.Pattern[str]:
    """Find whole words or phrases, in any case; ``…`` stands for any ending."""
    body = re.escape(words).replace("…", r"\w*").replace(r"\ ", r"\s+")
    return re.compile(rf"(?<![\w-]){body}(?![\w-])", re.IGNORECASE)


def patterns(*groups: dict[str, Any]) -> Patterns:
    """Pair what to look for with what to write instead."""
    return [(pattern(words), it["prefer"]) for it in groups for words in it["words"]]


IN_LESSONS = patterns(*LISTS["avoid"])
ON_PAGES = patterns(*(group for group in LISTS["avoid"] if "where" not in group))


def faults_of_words(text: str, avoid: Patterns = IN_LESSONS) -> list[str]:
    """Say which words to avoid a text holds, and what to write instead."""
    for each in LISTS["allowed"]:
        text = text.replace(each["text"], "")
    return [
        f"“{found[0]}” in “…{text[max(0, found.start() - 30) : found.end() + 20]}…”; "
        f"write: {prefer}"
        for words, prefer in avoid
        for found in words.finditer(text)
    ]


def grade(text: str) -> float:
    """Flesch-Kincaid: years of school that a text asks for."""
    return float(textstat.flesch_kincaid_grade(text))
