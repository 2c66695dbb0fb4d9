"""The file of help lines: ``data/help.json``.

It is a file so that a facilitator can check and change lines without touching code. A
wrong number is worse than none: a file that does not read cleanly stops the kit before
a workshop, with a sentence that says where to look.
"""

import json
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, model_validator

from ..common import resources
from ..common.json_lines import line_of, lines
from .help_lines import Country, Record

FILE = resources.DATA / "help.json"
BEFORE = "crisis.json"  # what the file was called in 0.1


class HelpFileError(ValueError):
    """A file with help lines cannot be used; says where and why."""


class _File(Record):
    about: str
    countries: Annotated[tuple[Country, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_place_once(self) -> Self:
        codes = [country.code for country in self.countries]
        if len(set(codes)) < len(codes):
            raise ValueError("a country stands in the list twice")
        return self


def load(path: Path | None = None) -> tuple[Country, ...]:
    """Read the places, each with its help lines.

    Parameters
    ----------
    path
        File to read; by default the kit's own ``data/help.json``.

    Raises
    ------
    HelpFileError
        If the file is missing or not as it should be. The message is one plain
        sentence for each thing to mend, with its line.
    """
    path = path or FILE
    if (old := path.with_name(BEFORE)).exists():
        raise HelpFileError(
            f"{old} is read no more: move its lines into {path.name}, which has needs "
            f"too, and remove it."
        )
    try:
        text = path.read_text("utf-8")
        json.loads(text)
        return _File.model_validate_json(text).countries
    except OSError as error:
        raise HelpFileError(
            f"The help lines cannot be read from {path}: {error.strerror}."
        ) from error
    except ValidationError as error:
        problems = error.errors(include_url=False)
        said = [_said(path.name, text, problem) for problem in problems]
        raise HelpFileError(" ".join(dict.fromkeys(said))) from error
    except ValueError as error:
        raise HelpFileError(f"{path.name} is not JSON: {error}.") from error


def _said(name: str, text: str, problem: Any) -> str:
    """Say in a sentence what is wrong, and on which line."""
    place = problem["loc"]
    what = f"{place[-1] if place else 'file'}: {problem['msg']}"
    if problem["type"] == "value_error":
        what = str(problem["ctx"]["error"])
    elif place and place[-1] == "source_url":
        what = "a line without source_url, the page on which its number stands"
    return f"{name}, line {line_of(lines(text), place)}: {what}."


@cache
def countries() -> tuple[Country, ...]:
    """Return the places the kit has lines for, in the order of the file."""
    return load()
