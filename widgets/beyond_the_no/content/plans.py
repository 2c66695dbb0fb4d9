"""Plans of a session: TOML files in ``slides/plans``, or one's own.

A row points at the block of a lesson where the group is to be (``at``, a cell's id).
It says for itself how long it takes, whether it may be left out, and what to do when
it is late or someone is upset. A row without a cell is a break. A plan may hold a place
for a middle that the group chooses (``middle = true``), and the middles themselves.
"""

import difflib
import tomllib
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..common import resources
from ..common.settings import UserError
from ..room.messages import Name
from ..room.plan import Plan, Step
from . import lesson_files
from .lessons import Lesson

FOLDER = resources.SLIDES / "plans"
OR = "name a file of your own such as thursday.toml"


class Row(BaseModel):
    """One line of a plan.

    Parameters
    ----------
    at : the id of the cell that begins a block: its heading is the row's name. With
        ``lesson`` alone it is the lesson's beginning; with neither, a break.
    lesson : address or file of the lesson; needed where two lessons have such a cell.
    name : what a break is called.
    parts : of the exercise there, the steps that the group does; empty means all.
    middle : the rows of the chosen middle stand here.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    minutes: int = Field(ge=1, le=240)
    at: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    lesson: Annotated[str, Field(max_length=255)] | None = None
    name: str = Field("", max_length=120)
    cut: int = Field(0, ge=0, le=99)
    late: str = Field("", max_length=300)
    upset: str = Field("", max_length=300)
    parts: tuple[str, ...] = ()
    middle: bool = False


class PlanFile(BaseModel):
    """A plan as it stands in a file. ``minutes`` is what its rows must add up to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[str, Field(min_length=1, max_length=200)]
    minutes: int = Field(ge=1)
    deck: Name | None = None  # a notebook in slides/
    row: tuple[Row, ...] = Field(min_length=1, max_length=200)
    # by the name that --middle takes; the first is taken where none is named
    middle: dict[Name, tuple[Row, ...]] = {}

    def rows(self, middle: str = "") -> tuple[Row, ...]:
        """Return the rows in order, with those of a middle in their place."""
        chosen = self.middle[middle or next(iter(self.middle))] if self.middle else ()
        each = (chosen if row.middle else (row,) for row in self.row)
        return tuple(chain.from_iterable(each))


def names() -> list[str]:
    """Names of the plans that come with the kit."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def find(name_or_path: str | Path) -> Path:
    """Find a plan's file, by its name or as a path.

    Raises
    ------
    UserError
        Where there is none.
    """
    if str(name_or_path) in names():
        return FOLDER / f"{name_or_path}.toml"
    path = Path(name_or_path)
    if not path.is_file():
        how = choose(names(), OR)
        raise UserError(f"There is no plan “{name_or_path}”. {how}")
    return path


def choose(known: list[str], otherwise: str) -> str:
    """Say what can be chosen; where that is nothing, only what can be done."""
    if not known:
        return f"{otherwise[0].upper()}{otherwise[1:]}."
    return f"Choose one of {', '.join(known)}, or {otherwise}."


def read(name_or_path: str | Path) -> PlanFile:
    """Read a plan's file; lessons are not looked at.

    Raises
    ------
    UserError
        One sentence that says which line to change, and how.
    """
    path = find(name_or_path)
    try:
        written = PlanFile.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UserError(f"The plan {path.name} cannot be read: {error}.") from None
    except ValidationError as error:
        raise UserError(f"The plan {path.name}: {_first(error)}.") from None
    _check_middles(path.name, written)
    total = sum(row.minutes for row in written.row)
    if total != written.minutes:
        raise UserError(
            f"The plan {path.name} says {written.minutes} minutes, but its rows add "
            f"up to {total}: change the rows, or write minutes = {total}."
        )
    return written


def _check_middles(file: str, written: PlanFile) -> None:
    """Refuse a place without middles, middles without a place, and other minutes."""
    places = [row for row in written.row if row.middle]
    if len(places) > 1 or bool(places) != bool(written.middle):
        raise UserError(
            f"The plan {file}: middles need one row with middle = true, and such a "
            "row needs [[middle.NAME]] rows to choose from."
        )
    for name, rows in written.middle.items():
        total = sum(row.minutes for row in rows)
        if total != places[0].minutes:
            raise UserError(
                f"The plan {file}: the middle “{name}” takes {total} minutes, but its "
                f"place has {places[0].minutes}."
            )


def load(name_or_path: str | Path, lessons: Iterable[Lesson], middle: str = "") -> Plan:
    """Make a plan of its file and the lessons that it names.

    Parameters
    ----------
    middle : which of the plan's middles; the first of them where none is named.

    Raises
    ------
    UserError
        One sentence that says which row to change, and how.
    """
    written = read(name_or_path)
    file = find(name_or_path).name
    if middle and middle not in written.middle:
        how = choose(list(written.middle), "leave --middle out")
        raise UserError(f"The plan {file} has no middle “{middle}”. {how}")
    every = list(lessons)
    steps = []
    for at, row in enumerate(written.rows(middle), 1):
        try:
            steps.append(_step(row, every))
        except UserError as trouble:
            raise UserError(f"The plan {file}, row {at}: {trouble}") from None
    return Plan(title=written.title, steps=tuple(steps))


def deck_of(name_or_path: str | Path, decks: Iterable[Lesson], middle: str = "") -> str:
    """Tell which deck belongs to a plan; nothing where it names none.

    A plan with middles may have a deck for each of them, called ``DECK_MIDDLE``.

    Raises
    ------
    UserError
        Where there is no such deck.
    """
    written = read(name_or_path)
    if not written.deck:
        return ""
    known = [one.name for one in decks]
    middle = middle or next(iter(written.middle), "")
    for name in (f"{written.deck}_{middle}", written.deck):
        if name in known:
            return name
    raise UserError(
        f"The plan {find(name_or_path).name}: there is no deck “{written.deck}”. "
        + choose(known, "leave the line out")
    )


def _step(row: Row, lessons: list[Lesson]) -> Step:
    """Look a row up in the lessons."""
    own = row.model_dump(include={"minutes", "cut", "late", "upset"})
    if row.at is None and row.lesson is None:
        if not row.name:
            raise UserError("a break needs a name, any other row at = “a cell’s id”.")
        return Step(name=row.name, **own)
    there = [(one, step) for one in _named(row, lessons) for step in one.steps]
    if row.at is not None:
        there = [(one, step) for one, step in there if step.at == row.at]
    if not there:
        raise UserError(_nowhere(row, lessons))
    if row.at and len({one.name for one, _ in there}) > 1:
        both = " and ".join(one.name for one, _ in there)
        how = "Say which with lesson = “…”."
        raise UserError(f"the cell “{row.at}” is in {both}. {how}")
    return there[0][1].model_copy(update=own)


def _named(row: Row, lessons: list[Lesson]) -> list[Lesson]:
    """Return the lessons in which a row's cell may be."""
    if row.lesson is None:
        return lessons
    found = [
        one for one in lessons if row.lesson in (one.name, lesson_files.shown(one.path))
    ]
    if not found:
        how = choose([one.name for one in lessons], "leave the row out")
        raise UserError(f"there is no lesson “{row.lesson}”. {how}")
    return found


def _nowhere(row: Row, lessons: list[Lesson]) -> str:
    """Say that no block begins at a row's cell, and which ones are like it."""
    known = [step.at for one in lessons for step in one.steps if step.at]
    alike = difflib.get_close_matches(row.at or "", known, n=4, cutoff=0.3)
    how = choose(alike, "leave the row out")
    return f"no part of a lesson begins at the cell “{row.at}”. {how}"


def _first(error: ValidationError) -> str:
    """Say where the first fault is, in the words of the file."""
    fault = error.errors()[0]
    parts = [p + 1 if isinstance(p, int) else p for p in fault["loc"]]
    where = " ".join(str(part) for part in parts)
    if parts[-1:] == ["step"]:
        return f"{where}: a row says at = “the id of a cell” now, and not a step’s name"
    if fault["type"] == "extra_forbidden":
        return f"{where} is not a word that plans know; take it out"
    if fault["type"] == "missing":
        return f"{where} is missing; please write it"
    return f"{where}: {fault['msg'][:1].lower()}{fault['msg'][1:]}"
