"""Phrases at which a kind card comes up, on the screen of whoever wrote them.

A signpost and never an assessment: they are matched in the browser, by
``frontend/pages/safety_prompt.js``, and nothing is counted, kept or sent. A text that
somebody sends to the room anyway is read once more there, by `phrase_matcher`, so that
it is not shown without the leader's own look. How they are written is said at the top
of ``data/safety/en.toml``.
"""

import tomllib
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
