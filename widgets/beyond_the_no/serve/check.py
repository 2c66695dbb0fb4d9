"""Is all well? ``beyond-the-no check`` tries the lessons, or reads one closely."""

import argparse
import asyncio
from datetime import date
from pathlib import Path

from ..evidence import centre, crisis, phrases
from ..models import files
from ..room.declaration import Declaration
from . import lessons
from .settings import Trouble
from .snapshot.templates import Executed

NO_FOLDER = "There is no folder {}. Name one with --lessons."
NO_FILE = "There is no notebook {}."
WANTS = "It still wants:"
GOOD_FORM = "Nothing is missing."
OLD_LINES = (
    "Not checked for 180 days: {}. Please call each number, then write the day and "
    "your name or office into data/crisis.json."
)


def check(chosen: argparse.Namespace) -> int:
    """Read the named notebooks, or try everything; 1 if something is wrong."""
    if chosen.notebooks:
        wants = [_read_closely(path) for path in chosen.notebooks]
        return int(any(wants))
    return _try_all(chosen.lessons, chosen.country, chosen.on)


def _read_closely(path: Path) -> bool:
    """Say what one notebook still wants, and whether it runs; True if not all is well.

    Its questions for the group may have the names of questions in other lessons of its
    folder: then only one of the two could be asked.
    """
    from . import lesson_form  # counts syllables, for which others need not wait

    if not path.is_file():
        raise Trouble(NO_FILE.format(path))
    lesson = lessons.read(path.resolve())
    print(f"{path.name} … ", end="", flush=True)
    if not lesson.trouble:
        lesson.take(asyncio.run(Executed.alone(lesson.path)), {})
    print(lesson.trouble or "runs", flush=True)
    torn = lesson.trouble and not lesson.notebook.cells
    faults = [] if torn else lesson_form.faults(lesson.notebook)
    if faults:
        print(WANTS, *(f"  · {fault}" for fault in faults), sep="\n")
    elif not lesson.trouble:
        print(GOOD_FORM)
    return bool(faults or lesson.trouble)


def _try_all(folder: Path, country: str, day: date) -> int:
    """Run every lesson, look at every data file, check the help lines' dates.

    Return 1 if something is wrong. A data file that a lesson has named already is not
    named again.
    """
    if not folder.is_dir():
        raise Trouble(NO_FOLDER.format(folder))
    troubles, taken = list[str](), dict[str, Declaration]()
    for path in sorted(folder.resolve().glob("*.ipynb")):
        lesson = lessons.read(path)
        print(f"{lesson.name} … ", end="", flush=True)
        if not lesson.trouble:
            lesson.take(asyncio.run(Executed.alone(path)), taken)
        print(lesson.trouble or "runs")
        troubles += [lesson.trouble] if lesson.trouble else []
    for name, fault in files.faults():
        if not any(f"data/{name}" in said for said in troubles):
            print(fault)
            troubles.append(fault)
    phrases.load()
    centre.load()
    return int(bool(troubles)) | _check_lines(country, day)


def _check_lines(code: str, day: date) -> int:
    """Name the help lines to check; 1 if those of the workshop's place are too old."""
    places = crisis.countries()
    here = [place for place in places if place.code == code]
    if not here:
        known = ", ".join(place.code for place in places)
        raise Trouble(f"There are no help lines for {code}. Known: {known}.")
    old = crisis.stale(day, here, crisis.OLD)
    soon = [line for line in crisis.stale(day) if line not in old]
    if soon:
        print("Not checked for 90 days, please call: " + "; ".join(soon))
    if old:
        print(OLD_LINES.format("; ".join(old)))
    return int(bool(old))
