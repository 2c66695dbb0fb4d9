"""Help lines: who listens, by place and by need, and how long a number is shown.

People never see a date, a source or a doubt. The age of a check decides what is shown:

up to a year
    Numbers and hours.
up to two years
    Numbers. findahelpline.com moves up, right under the emergency number.
older, or never checked
    Numbers given by the state as before; of a service its web address, or nothing.
"""

import re
from datetime import date, timedelta
from typing import Annotated, Literal, Self, get_args
from urllib.parse import quote

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

YEAR = timedelta(days=365)

Need = Literal["suicide", "abuse", "lgbtq", "youth", "older"]
NEEDS: tuple[Need, ...] = get_args(Need)
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# Only what a phone can dial: nothing typed into the file can become another link.
Dial = Annotated[str, StringConstraints(pattern=r"^\+?[0-9]{2,15}$")]


def digits(text: str) -> str:
    """Return what of a printed number is dialled."""
    return re.sub(r"[^0-9]", "", text)


class Record(BaseModel):
    """What was read and is right: nothing in it changes."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class _Number(Record):
    """What is printed, and what is dialled: the same digits."""

    number: Text
    dial: Dial | None = None

    @model_validator(mode="after")
    def _dials_what_it_prints(self) -> Self:
        if self.dial and digits(self.number) != digits(self.dial):
            raise ValueError(f"it prints {self.number} and would dial {self.dial}")
        return self


class Emergency(_Number):
    """An emergency number, and whether we saw it on a page or it is well known."""

    dial: Dial
    what: str = ""
    source: Literal["page seen", "well known"]

    @property
    def href(self) -> str:
        """Link that dials it."""
        return f"tel:{self.dial}"


class Way(_Number):
    """One way to reach a line: the number as it is printed, and what is dialled."""

    kind: Literal["call", "text", "web"]
    body: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 ]+$")] | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.kind == "web" and (self.dial or self.body):
            raise ValueError("an address has nothing to dial")
        if self.kind != "web" and self.dial is None:
            raise ValueError("a number to call or text needs 'dial'")
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


class Line(Record):
    """A help line, its ways, and how we know.

    Attributes
    ----------
    need : whom it is for; a line for everyone is one for suicide.
    number_of : {"state", "service"}
        Whether a law or a regulator gives the number, so that it outlives a page.
    source_url : the page on which its number can be looked up.
    checked_on, checked_by : when that was done last, and by whom; None for never.
    """

    need: Need
    name: Text
    ways: Annotated[tuple[Way, ...], Field(min_length=1)]
    hours: str
    languages: Annotated[tuple[Text, ...], Field(min_length=1)]
    cost: str = ""
    source_url: Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+\.[^\s]*$")]
    number_of: Literal["state", "service"]
    checked_on: date | None
    checked_by: Text

    @property
    def spoken(self) -> str:
        """Its languages, as the beginning of a sentence."""
        said = ", ".join(self.languages)
        return said[0].upper() + said[1:]

    @property
    def checked_in_words(self) -> str:
        """Day of the check, such as "2 June 2026"; empty if it never was checked."""
        day = self.checked_on
        return f"{day.day} {day:%B %Y}" if day else ""

    @property
    def hours_until(self) -> date | None:
        """The last day on which its hours are shown."""
        return self.checked_on and self.checked_on + YEAR

    @property
    def number_until(self) -> date | None:
        """The last day on which the number of a service is shown."""
        return self.checked_on and self.checked_on + 2 * YEAR

    @property
    def lasts(self) -> bool:
        """Whether something of it is shown however old its check is."""
        return self.number_of == "state" or any(w.kind == "web" for w in self.ways)

    def shown(self, today: date) -> Self | None:
        """Return what people see of it on a day: see the top of this module."""
        ways, hours = self.ways, self.hours
        if self.hours_until is None or today > self.hours_until:
            hours = ""
        if self.number_until is None or today > self.number_until:
            if not self.lasts:
                return None
            if self.number_of == "service":
                ways = tuple(way for way in ways if way.kind == "web")
        return self.model_copy(update={"ways": ways, "hours": hours})


class Country(Record):
    """Emergency numbers and help lines of one place."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    name: Text
    emergency: tuple[Emergency, ...]
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _has_an_emergency_number(self) -> Self:
        if not self.emergency:
            raise ValueError(f"{self.name} has no emergency number")
        return self

    def shown(self, today: date) -> dict[Need, list[Line]]:
        """Return the lines that people see on a day, by need, none of them empty."""
        found: dict[Need, list[Line]] = {}
        for line in self.lines:
            if seen := line.shown(today):
                found.setdefault(line.need, []).append(seen)
        return found

    def older_from(self) -> date:
        """Return the day from which a line of this place is over a year old."""
        days = [line.hours_until or date.min for line in self.lines]
        return min(days) + timedelta(days=1)
