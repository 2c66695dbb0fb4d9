"""What those who lead or release are told of the help lines."""

from collections.abc import Iterable
from datetime import date

from .help_lines import Country, Line
from .help_page import words


def no_hours(line: Line, today: date) -> bool:
    """Whether its check is over a year old, so that its hours are not shown."""
    return line.hours_until is None or today > line.hours_until


def no_number(line: Line, today: date) -> bool:
    """Whether people are shown no number of it."""
    seen = line.shown(today)
    return seen is None or not any(way.dial for way in seen.ways)


def told(country: Country, today: date) -> list[str]:
    """Say what to call before a workshop, and what is not shown any more.

    Returns
    -------
    list of str
        One to three sentences, the first of them always there.
    """
    say = words()["checks"]
    newest = max(country.lines, key=lambda line: line.checked_on or date.min)
    read = newest.checked_in_words or say["never"]
    hidden = [one for one in country.lines if no_number(one, today) and _dials(one)]
    quiet = [one for one in country.lines if no_hours(one, today) and one not in hidden]
    said = [say["read"].format(place=country.name, day=read)]
    if quiet:
        said.append(say["no_hours"].format(names=_named(quiet)))
    if hidden:
        said.append(say["no_number"].format(names=_named(hidden)))
    return said


def due(places: Iterable[Country], today: date) -> list[str]:
    """Name each line that a release has to look up again, with its page."""
    never = words()["checks"]["never"]
    return [
        f"{place.name}: {line.name} ({line.checked_in_words or never}), "
        f"{line.source_url}"
        for place in places
        for line in place.lines
        if no_hours(line, today)
    ]


def _dials(line: Line) -> bool:
    return any(way.dial for way in line.ways)


def _named(found: list[Line]) -> str:
    return "; ".join(line.name for line in found)
