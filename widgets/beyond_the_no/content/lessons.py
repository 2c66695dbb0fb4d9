"""Lessons: their notebooks, errors, questions and pictures.

A lesson is executed once, in teaching order, in the background, and again when it was
saved. That tells whether every cell runs, which questions for the group it declares (a
`together` widget carries a synced dict named ``activity``), and which pictures it can
show (an `explore` widget names in ``drawn_by`` what draws them, and in ``lends`` what
else its script asks for).
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import nbformat
from pydantic import ValidationError

from ..common.log_scrubbing import log
from ..engine.execution import notebook_file
from ..engine.execution.package_installs import installing
from ..engine.kernels.executed_notebook import ExecutedNotebook
from ..engine.rendered_page import RenderedPage
from ..evidence.claims import ClaimsError, claim
from ..room.activity import Declaration
from ..room.plan import Plan, Step, steps_of
from . import lesson_files, questions

MOST_TITLE = 120  # of a step, where a lesson tells none
# kernels of notebooks that do not name their language
KERNELS = {"ir": "R", "xcpp": "C++", "julia": "Julia", "bash": "Bash", "xr": "R"}
OTHER_LANGUAGE = (
    "{file} is written in {language}. Lessons are run by Python. Choose a Python "
    "kernel for it, or move it out of this folder."
)
CLAIM = re.compile(r"\]\(#(C\d+)\)")  # a link to a claim, in a lesson's prose


@dataclass
class Lesson:
    """One notebook. ``error`` says why it cannot be shown, if it cannot."""

    kind: ClassVar[str] = "Lesson"  # what the log calls it

    path: Path
    notebook: Any
    mtime: float
    name: str = ""  # its address; from its file name, where nothing else is said
    error: str = ""
    steps: tuple[Step, ...] = ()
    newer: str = ""  # what is wrong with a later version, while this one is shown
    version: str = ""  # of the code that it was run with
    declared: tuple[Declaration, ...] = ()  # all of its questions, as they stand there
    activities: tuple[Declaration, ...] = ()  # those that no lesson before it asks
    repeated_questions: tuple[
        str, ...
    ] = ()  # questions of another lesson, asked here once more
    pictures: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()  # names of its explorers and of its questions
    executed: ExecutedNotebook | None = None
    page: RenderedPage | None = None
    needs_kernel: bool = False  # its page, to be shown at all
    checked: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Make an address of the file name."""
        self.name = self.name or lesson_files.address(self.path.stem)

    @property
    def title(self) -> str:
        """What people call it."""
        title = str(self.notebook.metadata.get("title") or "")
        return title.strip() or lesson_files.shown(self.path)

    def run_sheet(self) -> dict[str, Any]:
        """Tell what the leader's page shows of this lesson."""
        about = self.notebook.metadata
        return {
            "name": self.name,
            "title": self.title,
            "minutes": about.get("minutes"),
            "intensity": about.get("intensity"),
            "content_note": str(about.get("content_note") or ""),
            "notes": notes_of(self.notebook),
            "say": [str(block.get("say", "")) for block in blocks(self.notebook)],
            "asked": self.asked,
            "trouble": self.error,
            "newer": self.newer,
        }

    @property
    def asked(self) -> dict[str, int]:
        """The step at which each question is asked that it declares."""
        names = [about.id for about in self.declared]
        found = questions.steps(self.notebook.cells, names)
        return {name: found.get(name, 0) for name in names}

    def apply_execution(
        self, executed: ExecutedNotebook, taken: dict[str, Declaration]
    ) -> None:
        """Learn from the execution what the lesson declares, or why it stopped.

        ``taken`` are the questions of all lessons so far, by name. What is asked twice
        may be declared in two lessons: the second asks it once more.
        """
        self.executed = executed
        self.error = executed.error
        states = [widget["state"] for widget in executed.state.values()]
        found = [s["activity"] for s in states if isinstance(s.get("activity"), dict)]
        try:
            self.declared = tuple(
                Declaration.model_validate({**one, "lesson": self.name})
                for one in found
            )
        except ValidationError as error:
            self.error = (
                f"A question for the group is not complete: {validation_message(error)}"
            )
        self.claim(taken)
        self.shown = tuple(
            dict.fromkeys(filter(None, (name_of(state) for state in states)))
        )
        drawn = (s.get(by) for s in states for by in ("drawn_by", "lends"))
        self.pictures = tuple(dict.fromkeys(name for name in drawn if name))

    def claim(self, taken: dict[str, Declaration]) -> None:
        """Take the names of its questions, but for those that it asks once more."""
        self.free(taken)  # the version before
        mine, repeated = [], []
        for activity in self.declared:
            first = taken.setdefault(activity.id, activity)
            if first is activity:
                mine.append(activity)
            elif activity.repeats(first):
                repeated.append(activity.id)
            else:
                self.error = (
                    f"The question “{activity.id}” is in the lesson "
                    f"{first.lesson} already. Give one of them another name."
                )
        self.activities = () if self.error else tuple(mine)
        self.repeated_questions = () if self.error else tuple(repeated)

    def free(self, taken: dict[str, Declaration]) -> None:
        """Give the names of this lesson's questions back."""
        for name in [n for n, about in taken.items() if about.lesson == self.name]:
            del taken[name]

    def reserve(self, taken: dict[str, Declaration]) -> None:
        """Hold the names of its questions again: it stays up, a later version broke."""
        self.free(taken)
        for activity in self.activities:
            taken.setdefault(activity.id, activity)


HEADING = re.compile(r"^#{1,6} +(.+?)[ #]*$", re.MULTILINE)
OF_WALL = {"slide", "say", "extra", "group"}  # of a block, and no part of its step


def step_metadata(notebook: Any) -> list[dict[str, Any]]:
    """Return what the cells' metadata say of the lesson's steps, in order.

    A step is called what the heading of its cell says, and found by the cell's id.
    """
    return [
        {name: said for name, said in block.items() if name not in OF_WALL}
        for block in blocks(notebook)
    ]


def blocks(notebook: Any) -> list[dict[str, Any]]:
    """Return all that is said of the parts of a lesson, with what is for the wall."""
    return [
        {"name": heading(cell), "at": cell.get("id", ""), **step}
        for cell in notebook.cells
        if isinstance(step := cell.metadata.get("step"), dict)  # or another program's
    ]


def heading(cell: Any) -> str:
    """Return the first heading of a cell, without its marks."""
    found = HEADING.search(cell.source) if cell.cell_type == "markdown" else None
    return re.sub(r"[*_`]", "", found[1]) if found else ""


def name_of(state: Mapping[str, Any]) -> str:
    """Return the name by which a page knows a widget that is guessed at."""
    activity, words = state.get("activity"), state.get("words")
    if isinstance(activity, dict):
        return str(activity.get("id", ""))
    return str(words.get("name", "")) if isinstance(words, dict) else ""


def notes_of(notebook: Any) -> list[str]:
    """Return the notes for whoever leads; other metadata of that name is none."""
    notes = notebook.metadata.get("notes")
    return [str(note) for note in notes] if isinstance(notes, list) else []


def language(notebook: Any) -> str:
    """Name the language that a notebook is written in, where it says so."""
    about = notebook.metadata
    found = about.get("language_info", {}).get("name") or about.get(
        "kernelspec", {}
    ).get("language")
    kernel = str(about.get("kernelspec", {}).get("name", ""))
    known = (word for begin, word in KERNELS.items() if kernel.startswith(begin))
    return str(found or next(known, "Python"))


def mtime_of(path: Path) -> float:
    """Tell when a file was saved; 0 for a link that leads nowhere."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0


def validation_message(error: Exception) -> str:
    """Say what is wrong with a step, without the words of the library that checks."""
    if not isinstance(error, ValidationError):
        return "minutes are whole numbers, and names are words"
    fault = error.errors(include_url=False, include_context=False)[0]
    where = " ".join(".".join(str(part) for part in fault["loc"]).split())
    return f"{where}: {fault['msg'][:1].lower()}{fault['msg'][1:]}"


def load_lesson(path: Path, make: type[Lesson] = Lesson, name: str = "") -> Lesson:
    """Read one notebook file; a damaged one becomes a lesson with its error."""
    mtime = mtime_of(path)
    file = f"{lesson_files.shown(path)}{path.suffix}"
    if unfit := lesson_files.unfit(path):
        lesson = make(path, nbformat.v4.new_notebook(), mtime, name)
        lesson.error = unfit
        lesson.checked.set()
        return lesson
    try:
        notebook = notebook_file.read(path)
    except Exception as error:  # whatever is wrong with the file, the others live on
        lesson = make(path, nbformat.v4.new_notebook(), mtime, name)
        why = error.strerror if isinstance(error, OSError) else str(error)
        why = f"{' '.join(str(why).split()):.200}"
        lesson.error = f"{file} cannot be read as a notebook: {why}"
        lesson.checked.set()
        return lesson
    lesson = make(path, notebook, mtime, name)
    if not (spoken := language(notebook)).lower().startswith(("python", "ipython")):
        spoken = {"c++": "C++", "c++17": "C++"}.get(spoken.lower(), spoken)
        lesson.error = OTHER_LANGUAGE.format(file=file, language=spoken)
        lesson.checked.set()
    minutes = notebook.metadata.get("minutes", 5)
    try:
        lesson.steps = steps_of(
            lesson.name, lesson.title[:MOST_TITLE], minutes, step_metadata(notebook)
        )
    except (ValidationError, TypeError) as error:
        lesson.error = (
            f"Its minutes or its steps are not complete: {validation_message(error)}"
        )
        lesson.checked.set()
    for at, cell in enumerate(notebook.cells):
        for name in CLAIM.findall(cell.source if cell.cell_type == "markdown" else ""):
            try:
                claim(name)
            except ClaimsError as error:
                lesson.error = f"Cell {at + 1} cannot be shown: {error}"
                lesson.checked.set()
    return lesson


def load_folder(folder: Path) -> list[Lesson]:
    """Read the lessons of a folder, under the addresses that a workshop gives them."""
    named = lesson_files.addresses(lesson_files.notebooks(folder))
    return [load_lesson(path, name=name) for name, path in named.items()]


class Lessons:
    """All lessons of a folder, by name, in teaching order (the order of file names).

    Parameters
    ----------
    folder : where the notebooks are.
    execute : runs a notebook.
    render : makes the page of a lesson that was run.
    changed : told of a lesson that is up, or that stays up, after every run.
    version : names the code that lessons are run with; another, and they run anew.
    more : notebooks elsewhere, after those of the folder.
    """

    make: ClassVar[type[Lesson]] = Lesson

    def __init__(
        self,
        folder: Path,
        execute: Callable[[Path], Awaitable[ExecutedNotebook]],
        render: Callable[[Lesson], Awaitable[None]],
        changed: Callable[[Lesson], None] = lambda lesson: None,
        version: Callable[[], str] = lambda: "",
        more: tuple[Path, ...] = (),
    ) -> None:
        self._version = version
        self._execute = execute
        self._render = render
        self._changed = changed
        self._taken: dict[str, Declaration] = {}
        self._renewing: dict[str, asyncio.Task[None]] = {}
        self._newer: dict[str, Lesson] = {}  # saved, and not up yet
        files = lesson_files.notebooks(folder) if folder.is_dir() else []
        every = lesson_files.addresses([*files, *more])
        self._lessons = {
            name: load_lesson(f, self.make, name) for name, f in every.items()
        }

    def __iter__(self) -> Iterator[Lesson]:
        """Go through the lessons in teaching order."""
        return iter(self._lessons.values())

    def get(self, name: str) -> Lesson | None:
        """Find a lesson; one that has changed since is run anew, in the background."""
        lesson = self._lessons.get(name)
        if lesson is None or not lesson.path.exists():
            return None
        now = (mtime_of(lesson.path), self._version())
        if (
            now != (lesson.mtime, lesson.version)
            and lesson.checked.is_set()
            and not self.under_way(name)
        ):
            self.begin(name, asyncio.ensure_future(self._renew(lesson)))
        return lesson

    def find(self, name: str) -> Lesson | None:
        """Find a lesson as it is now."""
        return self._lessons.get(name)

    def of(self, executed: ExecutedNotebook) -> Lesson | None:
        """Find the lesson, or the version that is not up yet, of a run."""
        known = (*self._newer.values(), *self._lessons.values())
        return next((one for one in known if one.executed is executed), None)

    async def settled(self, name: str, seconds: float) -> Lesson | None:
        """Wait for the version that is being made, but not for long; return what is up.

        A version that takes longer is not cancelled.
        """
        if (renewing := self._renewing.get(name)) is not None:
            await asyncio.wait([renewing], timeout=seconds)
        return self.find(name)

    def under_way(self, name: str) -> bool:
        """Whether it is being run in the background."""
        return name in self._renewing

    def begin(self, name: str, task: asyncio.Task[None]) -> None:
        """Remember that it is being run, until that has ended."""
        task.add_done_callback(lambda _: self._renewing.pop(name, None))
        self._renewing[name] = task

    async def _renew(self, old: Lesson) -> None:
        """Put the saved version in the place of the old one, if it runs."""
        if not old.path.exists():  # it was removed since, or is being saved
            return
        new = load_lesson(old.path, self.make, old.name)
        self._newer[new.name] = new
        try:
            await self._make(new)
        finally:
            del self._newer[new.name]
        if new.error and not old.error:  # what runs stays up
            old.newer, old.mtime, old.version = new.error, new.mtime, new.version
            old.reserve(self._taken)
        else:
            self._lessons[new.name] = new
        self._changed(self._lessons[new.name])
        for other in self:  # asked once more there, and now nowhere else
            if any(name not in self._taken for name in other.repeated_questions):
                other.claim(self._taken)
                self._changed(other)

    async def _make(self, lesson: Lesson) -> None:
        """Run a lesson and make its page, or note why it cannot be shown."""
        lesson.version = self._version()
        try:
            if not lesson.checked.is_set():
                lesson.apply_execution(await self._execute(lesson.path), self._taken)
            if lesson.error:
                say = "%s %s cannot be shown. %s"
                log.error(say, lesson.kind, lesson.name, lesson.error)
            for what in installing(lesson.notebook):
                log.warning("%s: “%s” is left out.", lesson.name, what)
            if not lesson.error:
                await self._render(lesson)
        except Exception as error:  # whatever it is, the other lessons live on
            lesson.error = f"It could not be shown: {error!r:.300}"
            lesson.free(self._taken)
            lesson.activities = lesson.repeated_questions = ()
            log.exception("%s %s", lesson.kind, lesson.name)
        finally:
            lesson.checked.set()

    async def _check(self, lesson: Lesson) -> None:
        """Make a lesson that is in its place already, and tell of it."""
        await self._make(lesson)
        self._changed(lesson)

    @property
    def plan(self) -> Plan:
        """All lessons in order."""
        return Plan(steps=tuple(step for lesson in self for step in lesson.steps))

    async def check_all(self) -> None:
        """Run every lesson, one after the other, in teaching order."""
        for lesson in list(self):
            await self._check(lesson)
