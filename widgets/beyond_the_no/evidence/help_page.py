"""What every page needs to show help: places, lines, and who is near."""

from datetime import date
from typing import Any, Self

from pydantic import model_validator

from ..common.words import table
from . import grounding, phrases
from .help_lines import Country, Record, Text, digits


def words() -> dict[str, Any]:
    """Return what Help says, on screens and on paper."""
    return table(__package__, "help.toml")


class Local(Record):
    """What the facilitator typed: a line or an office near the room, and about it."""

    label: Text
    number: Text
    lines: tuple[Text, ...] = ()

    @property
    def href(self) -> str:
        """Link that dials it; empty if it has too few digits to be a number."""
        plus = "+" if self.number.startswith("+") else ""
        dialled = digits(self.number)
        return f"tel:{plus}{dialled}" if len(dialled) > 1 else ""


class Help(Record):
    """What every page needs to show help: the record ``help`` of the templates."""

    countries: tuple[Country, ...]
    country: str
    today: date
    person: str = ""
    local: Local | None = None

    @property
    def words(self) -> dict[str, Any]:
        """What Help says."""
        return words()

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
                f"no help lines for {self.country!r}; known: {', '.join(codes)}"
            )
        return self
