"""The lessons: which notebooks there are, whether they run, what they declare.

A lesson is executed once, in teaching order, in the background, and again when it was
saved. That tells whether every cell runs, which questions for the group it declares (a
`together` widget carries a synced dict named ``activity``), and which pictures it can
show (an `explore` widget names in ``drawn_by`` what draws them).
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import nbformat
from pydantic import ValidationError

from ..evidence.claims import ClaimsError, claim
from ..room.activity import Declaration
from ..room.plan import Plan, Step, steps_of
from .quiet import log
from .snapshot.page import Page
from .snapshot.templates import Executed

NAME = re.compile(r"^[A-Za-z0-9_-]{1,64}$")
CLAIM = re.compile(r"\]\(#(C\d+)\)")  # a link to a claim, in a lesson's prose


@dataclass
class Lesson:
    """One notebook. ``trouble`` says why it cannot be shown, if it cannot."""

    kind: ClassVar[str] = "Lesson"  # what the log calls it

    path: Path
    notebook: Any
    saved: float
    trouble: str = ""
    steps: tuple[Step, ...] = ()
    newer: str = ""  # what is wrong with a later version, while this one is shown
    version: str = ""  # of the code that it was run with
    activities: tuple[Declaration, ...] = ()
    again: tuple[str, ...] = ()  # questions of another lesson, asked here once more
    pictures: tuple[str, ...] = ()
    executed: Executed | None = None
    page: Page | None = None
    needs_kernel: bool = False  # its page, to be shown at all
    checked: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def name(self) -> str:
        """File name without its ending: the lesson's address."""
        return self.path.stem

    @property
    def title(self) -> str:
        """What people call it."""
        return str(self.notebook.metadata.get("title", self.name))

    def run_sheet(self) -> dict[str, Any]:
        """Tell what the leader's page shows of this lesson."""
        about = self.notebook.metadata
        return {
            "name": self.name,
            "title": self.title,
            "minutes": about.get("minutes"),
            "intensity": about.get("intensity"),
            "content_note": about.get("content_note", ""),
            "notes": about.get("notes", []),
            "trouble": self.trouble,
            "newer": self.newer,
        }

    def take(self, executed: Executed, taken: dict[str, Declaration]) -> None:
        """Learn from the execution what the lesson declares, or why it stopped.

        ``taken`` are the questions of all lessons so far, by name. What is asked twice
        may be declared in two lessons: the second asks it once more.
        """
        self.executed = executed
        self.trouble = executed.trouble
        states = [widget["state"] for widget in executed.state.values()]
        found = [s["activity"] for s in states if isinstance(s.get("activity"), dict)]
        try:
            self.activities = tuple(
                Declaration.model_validate({**one, "lesson": self.name})
                for one in found
            )
        except ValidationError as error:
            self.trouble = f"A question for the group is not complete: {error!s:.300}"
        self.free(taken)  # the version before
        mine, again = [], []
        for activity in self.activities:
            first = taken.setdefault(activity.id, activity)
            if first is activity:
                mine.append(activity)
            elif activity.repeats(first):
                again.append(activity.id)
            else:
                self.trouble = (
                    f"The question “{activity.id}” is in the lesson "
                    f"{first.lesson} already. Give one of them another name."
                )
        self.activities = () if self.trouble else tuple(mine)
        self.again = () if self.trouble else tuple(again)
        drawn = (s.get("drawn_by") for s in states)
        self.pictures = tuple(dict.fromkeys(name for name in drawn if name))
        if self.trouble:
            log.error("%s %s cannot be shown. %s", self.kind, self.name, self.trouble)

    def free(self, taken: dict[str, Declaration]) -> None:
        """Give the names of this lesson's questions back."""
        for name in [n for n, about in taken.items() if about.lesson == self.name]:
            del taken[name]

    def keep(self, taken: dict[str, Declaration]) -> None:
        """Hold the names of its questions again: it stays up, a later version broke."""
        self.free(taken)
        for activity in self.activities:
            taken.setdefault(activity.id, activity)


def told(notebook: Any) -> list[dict[str, Any]]:
    """Return what the cells' metadata say of the lesson's steps, in order."""
    return [cell.metadata.step for cell in notebook.cells if "step" in cell.metadata]


def read(path: Path, make: type[Lesson] = Lesson) -> Lesson:
    """Read one notebook file; a damaged one becomes a lesson with its trouble."""
    saved = path.stat().st_mtime
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except Exception as error:  # whatever is wrong with the file, the others live on
        lesson = make(path, nbformat.v4.new_notebook(), saved)
        lesson.trouble = f"{path.name} cannot be read as a notebook: {error!s:.200}"
        lesson.checked.set()
        return lesson
    lesson = make(path, notebook, saved)
    minutes = notebook.metadata.get("minutes", 5)
    try:
        lesson.steps = steps_of(lesson.name, lesson.title, minutes, told(notebook))
    except (ValidationError, TypeError) as error:
        lesson.trouble = f"Its minutes or its steps are not complete: {error!s:.200}"
        lesson.checked.set()
    for at, cell in enumerate(notebook.cells):
        for name in CLAIM.findall(cell.source if cell.cell_type == "markdown" else ""):
            try:
                claim(name)
            except ClaimsError as error:
                lesson.trouble = f"Cell {at + 1} cannot be shown: {error}"
                lesson.checked.set()
    return lesson


class Lessons:
    """All lessons of a folder, by name, in teaching order (the order of file names).

    Parameters
    ----------
    folder : where the notebooks are.
    execute : runs a notebook.
    ready : called with a lesson that was run: makes its page, tells the room.
    version : names the code that lessons are run with; another, and they run anew.
    more : notebooks elsewhere, after those of the folder.
    """

    make: ClassVar[type[Lesson]] = Lesson

    def __init__(
        self,
        folder: Path,
        execute: Callable[[Path], Awaitable[Executed]],
        ready: Callable[[Lesson], Awaitable[None]],
        version: Callable[[], str] = lambda: "",
        more: tuple[Path, ...] = (),
    ) -> None:
        self._version = version
        self._execute = execute
        self._ready = ready
        self._taken: dict[str, Declaration] = {}
        self._renewing: dict[str, asyncio.Task[None]] = {}
        files = sorted(f for f in folder.glob("*.ipynb") if NAME.match(f.stem))
        self._lessons = {f.stem: read(f, self.make) for f in (*files, *more)}

    def __iter__(self) -> Iterator[Lesson]:
        """Go through the lessons in teaching order."""
        return iter(self._lessons.values())

    def get(self, name: str) -> Lesson | None:
        """Find a lesson; one that has changed since is run anew, in the background."""
        lesson = self._lessons.get(name)
        if lesson is None or not lesson.path.exists():
            return None
        now = (lesson.path.stat().st_mtime, self._version())
        if (
            now != (lesson.saved, lesson.version)
            and lesson.checked.is_set()
            and not self.under_way(name)
        ):
            self.begin(name, asyncio.ensure_future(self._renew(lesson)))
        return lesson

    def find(self, name: str) -> Lesson | None:
        """Find a lesson as it is now."""
        return self._lessons.get(name)

    def under_way(self, name: str) -> bool:
        """Whether it is being run in the background."""
        return name in self._renewing

    def begin(self, name: str, task: asyncio.Task[None]) -> None:
        """Remember that it is being run, until that has ended."""
        task.add_done_callback(lambda _: self._renewing.pop(name, None))
        self._renewing[name] = task

    async def _renew(self, old: Lesson) -> None:
        """Put the saved version in the place of the old one, if it runs."""
        new = read(old.path, self.make)
        await self._check(new)
        if new.trouble and not old.trouble:  # what runs stays up
            old.newer, old.saved, old.version = new.trouble, new.saved, new.version
            old.keep(self._taken)
        else:
            self._lessons[new.name] = new

    async def _check(self, lesson: Lesson) -> None:
        lesson.version = self._version()
        try:
            if not lesson.checked.is_set():
                lesson.take(await self._execute(lesson.path), self._taken)
            await self._ready(lesson)
        except Exception as error:  # whatever it is, the other lessons live on
            lesson.trouble = f"It could not be shown: {error!r:.300}"
            log.exception("%s %s", lesson.kind, lesson.name)
        finally:
            lesson.checked.set()

    @property
    def plan(self) -> Plan:
        """All lessons in order."""
        return Plan(steps=tuple(step for lesson in self for step in lesson.steps))

    async def check_all(self) -> None:
        """Run every lesson, one after the other, in teaching order."""
        for lesson in list(self):
            await self._check(lesson)
