"""``beyond-the-no check``: try all lessons and data, or lint one notebook."""

import argparse
import asyncio
import itertools
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..common import resources
from ..common.settings import UserError
from ..content import lesson_files, lessons
from ..engine.kernels.executed_notebook import ExecutedNotebook
from ..evidence import (
    centre,
    claims,
    help_checks,
    help_file,
    help_page,
    phrases,
    plain_words,
)
from ..models import files
from ..room.declaration import Declaration
from . import check_slides, lesson_hints, options

NO_SLIDES = "There's no folder {}. Name one with --slides."
NO_FILE = "There's no notebook {}."
FOLDER = "{0} is a folder. To try all lessons in it: check --lessons {0}"
SECONDS = 10  # of silence, while a lesson runs
WANTS = "It still needs:"
GOOD_FORM = "Nothing is missing."
NO_GRADE = (
    "Reading level wasn't checked. To check it, install textstat: pip install "
    '"beyond-the-no[check]"'
)


def check(args: argparse.Namespace) -> int:
    """Read the named notebooks, or try everything; 1 if something is wrong."""
    if args.notebooks:
        wants = [_read_closely(path) for path in args.notebooks]
        return int(any(wants))
    own = resources.SLIDES if args.lessons == resources.NOTEBOOKS else None
    slides = args.slides or own
    if args.slides and not args.slides.is_dir():
        raise UserError(NO_SLIDES.format(args.slides))
    return _try_all(args.lessons, slides, args.country, args.on, args.release)


def _read_closely(path: Path) -> bool:
    """Say what one notebook still wants, and whether it runs; True if not all is well.

    Its questions for the group may have the names of questions in other lessons of its
    folder: then only one of the two could be asked. Its title and numeral may not.
    """
    from ..content import lesson_linter

    if path.is_dir():
        raise UserError(FOLDER.format(path))
    if not path.is_file():
        raise UserError(NO_FILE.format(path))
    lesson = lessons.load_lesson(path.resolve())
    _try(lesson, _file(path), {})
    torn = lesson.error and not lesson.notebook.cells
    faults = [] if torn else lesson_linter.faults(lesson.notebook)
    if not lesson.error:  # one that stopped shows nothing to wait for
        faults += lesson_linter.waiting(lesson.notebook, lesson.shown)
    faults += lesson_linter.doubled(lesson.notebook, _others(lesson.path))
    if faults:
        print(WANTS, *(f"  · {fault}" for fault in faults), sep="\n")
    elif not lesson.error:
        print(GOOD_FORM)
    for hint in lesson_linter.reading(lesson.notebook):
        print(f"  {hint}")
    if not plain_words.can_grade():
        print(NO_GRADE)
    return bool(faults or lesson.error)


def _try(lesson: lessons.Lesson, called: str, taken: dict[str, Declaration]) -> None:
    """Run a lesson; say how it went, and what will be different on a phone."""
    print(f"{called} … ", end="", flush=True)
    if not lesson.error:
        lesson.apply_execution(asyncio.run(_run(lesson.path)), taken)
    print(lesson.error or "runs", flush=True)
    for hint in lesson_hints.hints(lesson.notebook, lesson.executed):
        print(f"  {hint}", flush=True)


async def _run(path: Path) -> ExecutedNotebook:
    """Run a notebook, and say now and then that it is still running."""
    running = asyncio.ensure_future(ExecutedNotebook.alone(path))
    for seconds in itertools.count(SECONDS, SECONDS):
        done, _ = await asyncio.wait({running}, timeout=SECONDS)
        if done:
            break
        print(f"{seconds} s … ", end="", file=sys.stderr, flush=True)
    return await running


def _others(path: Path) -> Iterator[tuple[str, Any]]:
    """Go through the other lessons of the folder in which one is."""
    for other in lesson_files.notebooks(path.parent):
        if other != path:
            yield _file(other), lessons.load_lesson(other).notebook


def _file(path: Path) -> str:
    return f"{lesson_files.shown(path)}{path.suffix}"


def _try_all(
    folder: Path, slides: Path | None, country: str, day: date, release: bool
) -> int:
    """Run every lesson, look at decks, plans and data files, and name help lines.

    Return 1 if something is wrong, or if a release has to look up a help line again. A
    data file that a lesson has named already is not named again.

    Parameters
    ----------
    slides : a folder of decks and plans for these lessons, if there is one.
    """
    if not folder.is_dir():
        raise UserError(options.NO_FOLDER.format(folder))
    from ..content import lesson_linter

    if empty := lesson_files.without_lessons(folder):
        raise UserError(empty)
    errors, taken = list[str](), dict[str, Declaration]()
    before: list[tuple[str, Any]] = []
    known: list[lessons.Lesson] = []
    there = lesson_files.notebooks(folder.resolve())
    for name, path in lesson_files.addresses(there).items():
        lesson = lessons.load_lesson(path, name=name)
        _try(lesson, lesson_files.shown(path), taken)
        errors += [lesson.error] if lesson.error else []
        if twice := lesson_linter.doubled(lesson.notebook, before):
            print(*(f"  · {fault}" for fault in twice), sep="\n")
            errors += twice
        before.append((_file(path), lesson.notebook))
        known.append(lesson)
    if slides and slides.is_dir():
        errors += _printed(check_slides.slide_faults(slides, known))
    errors += _printed(check_slides.guess_faults())
    for name, fault in files.faults():
        if not any(f"data/{name}" in error for error in errors):
            print(fault)
            errors.append(fault)
    claims.claims()
    phrases.load()
    centre.load()
    _tell_of_lines(country, day)
    return int(bool(errors)) | (_due(day) if release else 0)


def _printed(faults: Iterable[str]) -> list[str]:
    """Print faults, and return them."""
    found = list(faults)
    if found:
        print(*(f"  · {fault}" for fault in found), sep="\n")
    return found


def _tell_of_lines(code: str, day: date) -> None:
    """Say what to call before the workshop; the age of a line is no fault."""
    here = next(place for place in help_file.countries() if place.code == code)
    first, *more = help_checks.told(here, day)
    print(first, *(f"note: {said}" for said in more), sep="\n")
    if more and not (resources.OWN or resources.CHECKOUT):
        print(help_page.words()["checks"]["own"])


def _due(day: date) -> int:
    """Name the lines to look up before a release; 1 if there are any."""
    found = help_checks.due(help_file.countries(), day)
    if found:
        say = help_page.words()["checks"]["release"]
        print(say, *(f"  · {line}" for line in found), sep="\n")
    return int(bool(found))
