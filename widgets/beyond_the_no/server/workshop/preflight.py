"""Preflight: whether everything is ready before a room is opened."""

from typing import Any

from ...common.network_addresses import Kind
from ...common.words import table
from ...content.lesson_files import without_lessons
from ...evidence import help_checks, help_file
from .workshop import Workshop

LATE = "The lessons came after the start. Close the program, and start it again."
Check = dict[str, object]  # name, ok (None: it waits), say, stops
STOPS = ("network", "lessons")  # without these, no phone sees a lesson


def _table() -> dict[str, Any]:
    return table(__package__, "preflight.toml")


def _line(name: str, ok: bool | None, word: str = "", **parts: object) -> Check:
    words = _table()[name]
    text = words[word or ("yes" if ok else "no" if ok is False else "wait")]
    return {"name": name, "ok": ok, "say": text.format(**parts)}


def lines(workshop: Workshop) -> list[Check]:
    """Look at everything once; nothing is kept.

    ``stops`` tells what has to be mended before a room can open from what can wait.
    """
    return [
        check | {"stops": check["ok"] is False and check["name"] in STOPS}
        for check in _look(workshop)
    ]


def _look(workshop: Workshop) -> list[Check]:
    settings = workshop.settings
    return [
        _network(workshop),
        _phone(workshop),
        _lessons(workshop),
        _lines(workshop),
        _line("near", bool(settings.person and settings.local_number)),
        _line("sleep", workshop.stays_awake()),
        _line("wifi", bool(workshop.room.wifi and workshop.room.wifi.password)),
        _line("size", True, seats=settings.seats, pages=settings.max_kernels),
    ]


def _network(workshop: Workshop) -> Check:
    """Say where phones join, and what stands against it."""
    settings, address = workshop.settings, workshop.join
    if settings.public:
        return _line("network", True, "proxied", address=address)
    if settings.addresses.only_here:
        return _line("network", False, "only", ip=settings.ip)
    found = settings.addresses.found
    if not found:
        return _line("network", False, "six" if settings.addresses.only_six else "")
    network = dict(workshop.room.addresses).get(address, "")
    shown = [one for one in found if settings.at(one.address) == address]
    well = all(one.kind <= Kind.LAN for one in shown)
    better = found[0].kind <= Kind.LAN
    word = ("several" if len(found) > 1 else "") if well else "weak"
    if better and not well:
        word = "better"
    return _line("network", well, word, address=address, network=network)


def _phone(workshop: Workshop) -> Check:
    if workshop.reached:
        return _line("phone", True)
    if workshop.settings.public:
        return _line("phone", False, "proxied")
    several = len(workshop.room.addresses) > 1
    return _line("phone", False, "several" if several else "")


def _lessons(workshop: Workshop) -> Check:
    found = list(workshop.lessons)
    if not found:
        text = without_lessons(workshop.settings.notebooks) or LATE
        return {"name": "lessons", "ok": False, "say": text}
    wrong = [f"{one.title}: {one.error}" for one in found if one.error]
    if not wrong and not all(one.checked.is_set() for one in found):
        return _line("lessons", None)
    return _line("lessons", not wrong, n=len(found), names=" ".join(wrong))


def _lines(workshop: Workshop) -> Check:
    """Say what to call, and whether a line is too old to be shown whole."""
    code, today = workshop.settings.country, workshop.today()
    here = next(place for place in help_file.countries() if place.code == code)
    said = help_checks.told(here, today)
    whole = not any(help_checks.no_number(line, today) for line in here.lines)
    return {"name": "lines", "ok": whole, "say": " ".join(said)}
