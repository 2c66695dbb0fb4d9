"""Plans as people write them: small TOML files in ``slides/plans``, or one's own.

A row names a lesson and one of its steps; a row without a lesson is a break. What a
plan does not say (a step's name, what to leave out when late, what to do if someone is
upset) the lesson says.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..room.messages import Name
from ..room.plan import Plan, Step
from .lessons import Lesson
from .settings import CHECKOUT, Trouble

FOLDER = CHECKOUT / "slides" / "plans"
HOW = "Choose one of {known}, or name a file of your own such as thursday.toml."


class Row(BaseModel):
    """One line of a plan. Without ``step`` it is the lesson's beginning."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minutes: int = Field(ge=1, le=240)
    lesson: Name | None = None
    step: str = Field("", max_length=120)
    name: str = Field("", max_length=120)
    cut: int = Field(0, ge=0, le=99)
    late: str = Field("", max_length=300)
    upset: str = Field("", max_length=300)


class Written(BaseModel):
    """A plan as it stands in a file. ``minutes`` is what its rows must add up to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[str, Field(min_length=1, max_length=200)]
    minutes: int = Field(ge=1)
    deck: Name | None = None  # a notebook in slides/
    row: tuple[Row, ...] = Field(min_length=1, max_length=200)


def names() -> list[str]:
    """Names of the plans that come with the kit."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def find(name_or_path: str | Path) -> Path:
    """Find a plan's file, by its name or as a path.

    Raises
    ------
    Trouble
        Where there is none.
    """
    if str(name_or_path) in names():
        return FOLDER / f"{name_or_path}.toml"
    path = Path(name_or_path)
    if not path.is_file():
        how = HOW.format(known=", ".join(names()))
        raise Trouble(f"There is no plan “{name_or_path}”. {how}")
    return path


def read(name_or_path: str | Path) -> Written:
    """Read a plan's file; lessons are not looked at.

    Raises
    ------
    Trouble
        One sentence that says which line to change, and how.
    """
    path = find(name_or_path)
    try:
        written = Written.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise Trouble(f"The plan {path.name} cannot be read: {error}.") from None
    except ValidationError as error:
        raise Trouble(f"The plan {path.name}: {_first(error)}.") from None
    total = sum(row.minutes for row in written.row)
    if total != written.minutes:
        raise Trouble(
            f"The plan {path.name} says {written.minutes} minutes, but its rows add "
            f"up to {total}: change the rows, or write minutes = {total}."
        )
    return written


def load(name_or_path: str | Path, lessons: Iterable[Lesson]) -> Plan:
    """Make a plan of its file and the lessons that it names.

    Raises
    ------
    Trouble
        One sentence that says which row to change, and how.
    """
    written = read(name_or_path)
    known = {lesson.name: lesson for lesson in lessons}
    steps = []
    for at, row in enumerate(written.row, 1):
        try:
            steps.append(_step(row, known))
        except Trouble as trouble:
            name = find(name_or_path).name
            raise Trouble(f"The plan {name}, row {at}: {trouble}") from None
    return Plan(title=written.title, steps=tuple(steps))


def deck_of(name_or_path: str | Path, decks: Iterable[Lesson]) -> str:
    """Tell which deck belongs to a plan; nothing where it names none.

    Raises
    ------
    Trouble
        Where there is no such deck.
    """
    deck = read(name_or_path).deck
    known = [one.name for one in decks]
    if deck and deck not in known:
        raise Trouble(
            f"The plan {find(name_or_path).name}: there is no deck “{deck}”. "
            f"Choose one of {', '.join(known)}, or leave the line out."
        )
    return deck or ""


def _step(row: Row, known: dict[str, Lesson]) -> Step:
    """Look a row up in its lesson."""
    if row.lesson is None:
        if row.step or not row.name:
            raise Trouble("a break needs a name; a step needs a lesson.")
        return Step(**row.model_dump(exclude={"lesson", "step"}))
    lesson = known.get(row.lesson)
    if lesson is None:
        raise Trouble(
            f"there is no lesson “{row.lesson}”. Choose one of {', '.join(known)}."
        )
    there = [one for one in lesson.steps if not row.step or one.name == row.step]
    if not there:
        have = ", ".join(f"“{one.name}”" for one in lesson.steps) or "none"
        raise Trouble(
            f"the lesson {row.lesson} has no step “{row.step}”. Its steps: {have}."
        )
    said = row.model_dump(include={"name", "late", "upset"})
    changed: dict[str, Any] = {key: text for key, text in said.items() if text}
    return there[0].model_copy(
        update={"minutes": row.minutes, "cut": row.cut} | changed
    )


def _first(error: ValidationError) -> str:
    """Say where the first fault is, in the words of the file."""
    fault = error.errors()[0]
    parts = [p + 1 if isinstance(p, int) else p for p in fault["loc"]]
    where = " ".join(str(part) for part in parts)
    if fault["type"] == "extra_forbidden":
        return f"{where} is not a word that plans know; take it out"
    if fault["type"] == "missing":
        return f"{where} is missing; please write it"
    return f"{where}: {fault['msg'][:1].lower()}{fault['msg'][1:]}"
