"""Crisis lines: the numbers on the help page, each with its source and date.

They live in ``data/crisis.json`` so that a facilitator can check and change them
without touching code. A wrong number is worse than none: a file that does not read
cleanly stops the kit before a workshop, with a sentence that says where to look.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import quote

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from . import grounding, phrases

# The kit runs from its checkout: data/ lies beside widgets/.
FILE = Path(__file__).parents[3] / "data" / "crisis.json"
FRESH = timedelta(days=90)  # then the page asks the reader to check a number
OLD = timedelta(days=180)  # then the kit does not pass its check

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# Only what a phone can dial: nothing typed into the file can become another link.
Dial = Annotated[str, StringConstraints(pattern=r"^\+?[0-9]{2,15}$")]


class CrisisFileError(ValueError):
    """The file with the crisis lines cannot be used; says where and why."""


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


class _Record(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Emergency(_Record):
    """An emergency number, and whether we saw it on a page or it is well known."""

    number: Text
    dial: Dial
    what: str = ""
    source: Literal["page seen", "well known"]

    @property
    def href(self) -> str:
        """Link that dials it."""
        return f"tel:{self.dial}"


class Way(_Record):
    """One way to reach a line: the number as it is printed, and what is dialled."""

    kind: Literal["call", "text", "web"]
    number: Text
    dial: Dial | None = None
    body: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 ]+$")] | None = None

    @model_validator(mode="after")
    def _dials_what_it_prints(self) -> Self:
        if self.kind == "web":
            if self.dial or self.body:
                raise ValueError("an address has nothing to dial")
        elif self.dial is None:
            raise ValueError("a number to call or text needs 'dial'")
        elif _digits(self.number) != _digits(self.dial):
            raise ValueError(f"prints {self.number} and would dial {self.dial}")
        if self.body and self.kind != "text":
            raise ValueError("only a text message has a body")
        return self

    @property
    def href(self) -> str:
        """Link that calls or opens a message; empty for an address."""
        if self.dial is None:
            return ""
        if self.kind == "call":
            return f"tel:{self.dial}"
        # "?&body=" is the one spelling both families of phones fill in.
        return f"sms:{self.dial}" + (f"?&body={quote(self.body)}" if self.body else "")


class Line(_Record):
    """A crisis line, its ways, and how we know."""

    name: Text
    ways: Annotated[tuple[Way, ...], Field(min_length=1)]
    hours: Text
    languages: Annotated[tuple[Text, ...], Field(min_length=1)]
    source_url: Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+\.[^\s]*$")]
    checked_on: date | None
    checked_by: Text

    @property
    def source(self) -> str:
        """Name of the site the record was read on."""
        return self.source_url.split("/")[2].removeprefix("www.")

    @property
    def checked(self) -> str:
        """Day of the check in words, such as "2 June 2026"; empty if unknown."""
        day = self.checked_on
        return f"{day.day} {day:%B %Y}" if day else ""

    def stale(self, today: date, after: timedelta = FRESH) -> bool:
        """Whether this line asks to be checked: by default, on the page."""
        return self.checked_on is None or today - self.checked_on > after


class Country(_Record):
    """Emergency numbers and crisis lines of one place."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    name: Text
    emergency: tuple[Emergency, ...]
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]

    def old(self, today: date) -> bool:
        """Whether a line of this place asks to be checked."""
        return any(line.stale(today) for line in self.lines)


class Crisis(_Record):
    """The whole file."""

    about: str
    countries: Annotated[tuple[Country, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_place_once(self) -> Self:
        codes = [country.code for country in self.countries]
        if len(set(codes)) < len(codes):
            raise ValueError("a country stands in the list twice")
        return self


class Local(_Record):
    """What the facilitator typed: a line or an office near the room, and about it."""

    label: Text
    number: Text
    lines: tuple[Text, ...] = ()

    @property
    def href(self) -> str:
        """Link that dials it; empty if it has too few digits to be a number."""
        plus = "+" if self.number.startswith("+") else ""
        digits = _digits(self.number)
        return f"tel:{plus}{digits}" if len(digits) > 1 else ""


class Help(_Record):
    """What every page needs to show help: the record ``help`` of the templates."""

    countries: tuple[Country, ...]
    country: str
    today: date
    person: str = ""
    local: Local | None = None

    @property
    def grounding(self) -> dict[str, Any]:
        """The ways to ground, which stand beside help everywhere."""
        return grounding.table()

    @property
    def phrases(self) -> list[dict[str, Any]]:
        """What the browser of a person who writes looks for: see `phrases`."""
        return [kind.model_dump() for kind in phrases.load().kinds]

    @model_validator(mode="after")
    def _country_is_known(self) -> Self:
        codes = [country.code for country in self.countries]
        if self.country not in codes:
            raise ValueError(
                f"no crisis lines for {self.country!r}; known: {', '.join(codes)}"
            )
        return self


def load(path: Path | None = None) -> Crisis:
    """Read the crisis lines.

    Parameters
    ----------
    path
        File to read; by default the kit's own ``data/crisis.json``.

    Raises
    ------
    CrisisFileError
        If the file is missing or not as it should be. The message is one plain
        sentence for each thing to mend.
    """
    path = path or FILE
    try:
        return Crisis.model_validate_json(path.read_bytes())
    except OSError as error:
        raise CrisisFileError(
            f"The crisis lines cannot be read from {path}: {error.strerror}."
        ) from error
    except ValidationError as error:
        places = (
            f"{'.'.join(map(str, problem['loc'])) or 'file'}: {problem['msg']}"
            for problem in error.errors(include_url=False)
        )
        raise CrisisFileError(
            f"The crisis lines in {path.name} need mending. {'; '.join(places)}."
        ) from error


@cache
def countries() -> tuple[Country, ...]:
    """Return the places the kit has lines for, in the order of the file."""
    return load().countries


def stale(
    today: date, places: Sequence[Country] | None = None, after: timedelta = FRESH
) -> list[str]:
    """Name the lines to check before a workshop, as "Country: line".

    Parameters
    ----------
    today
        The day that counts, such as the day of the workshop.
    places
        The countries to look at; by default all of them.
    after
        How long a check holds; a line without a date has never been checked.
    """
    return [
        f"{country.name}: {line.name}"
        for country in (countries() if places is None else places)
        for line in country.lines
        if line.stale(today, after)
    ]
