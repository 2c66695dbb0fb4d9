"""Phrases at which a kind card comes up, on the screen of whoever wrote them.

A signpost and never an assessment: what people write is matched in their browser
alone, by ``frontend/pages/safety_prompt.js``, and nothing is counted, kept or sent.
`kind_of` looks at what a leader would ask everyone. How the phrases are written is said
at the top of ``data/safety/en.toml``.
"""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from ..common import resources

FILE = resources.DATA / "safety" / "en.toml"

# Small letters and the few signs the browser turns into a pattern: nothing else, so
# that a slip of the pen cannot become a pattern that never ends.
Phrase = Annotated[str, StringConstraints(pattern=r"^[a-z0-9 |()?…*_]+$")]


class PhrasesFileError(ValueError):
    """The file with the phrases cannot be used; says where and why."""


class Kind(BaseModel):
    """Phrases that bring up one card, and those that mean something else."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Literal["self", "hurt", "anger"]
    phrases: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    fine: tuple[Phrase, ...] = ()


class Phrases(BaseModel):
    """The whole file. The order of its kinds decides where a text matches two."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str
    reviewed_by: str
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]


@cache
def load(path: Path = FILE) -> Phrases:
    """Read the phrases.

    Raises
    ------
    PhrasesFileError
        If the file is missing or not as it should be.
    """
    try:
        return Phrases.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise PhrasesFileError(
            f"The phrases cannot be read from {path}: {error.strerror}."
        ) from error
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise PhrasesFileError(
            f"The phrases in {path.name} need mending: {error}."
        ) from error


Patterns = tuple[re.Pattern[str], ...]


def _pattern(phrase: str) -> re.Pattern[str]:
    body = phrase.replace(" * ", "(?: [a-z0-9]+){0,3} ")
    body = body.replace("…", "[a-z0-9]*").replace("_", "[a-z0-9]+")
    return re.compile(f" (?:{body})(?= )")


@cache
def _compiled() -> tuple[tuple[str, Patterns, Patterns], ...]:
    """Pair each kind's name with its phrases and with what means something else."""
    return tuple(
        (kind.name, tuple(map(_pattern, kind.phrases)), tuple(map(_pattern, kind.fine)))
        for kind in load().kinds
    )


def kind_of(text: str) -> str:
    """Name the kind of danger that a short text speaks of; empty for none.

    >>> kind_of("Who has wanted to hurt themselves, or to kill myself?")
    'self'
    >>> kind_of("Where did you meet a no?")
    ''
    """
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = re.sub(r"['‘’ʼ`´\u0300-\u036f]", "", plain)
    form = " ".join(("", *re.findall(r"[^\W_]+", plain), ""))

    def spans(patterns: Patterns) -> list[tuple[int, int]]:
        return [found.span() for one in patterns for found in one.finditer(form)]

    for name, phrases, fine in _compiled():
        found = spans(phrases)
        other = spans(fine) if found else []
        for start, end in found:
            if not any(a <= start and end <= b for a, b in other):
                return name
    return ""
