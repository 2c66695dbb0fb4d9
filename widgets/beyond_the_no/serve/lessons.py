"""The lessons: which notebooks there are, whether they run, what they declare.

A lesson is executed once when the workshop opens, in teaching order, in the
background. That tells whether every cell runs, and which questions for the group it
declares: a `together` widget carries a synced dict named ``activity``.
"""

import asyncio
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import nbformat
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.paths import jupyter_runtime_dir
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from pydantic import ValidationError

from ..room.activity import Declaration
from .quiet import log

QUIET_KERNEL = ["--HistoryManager.enabled=False"]  # no file of what was run
WIDGETS = "application/vnd.jupyter.widget-state+json"
SECONDS_A_CELL = 60
# quick starts collide on TCP ports; Windows has nothing else
TRANSPORT = "ipc" if os.name == "posix" else "tcp"
NAME = re.compile(r"^[A-Za-z0-9_-]{1,64}$")


@dataclass
class Lesson:
    """One notebook. ``trouble`` says why it cannot be shown, if it cannot."""

    path: Path
    notebook: Any
    saved: float
    trouble: str = ""
    activities: tuple[Declaration, ...] = ()
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
        }


def read(path: Path) -> Lesson:
    """Read one notebook file; a damaged one becomes a lesson with its trouble."""
    saved = path.stat().st_mtime
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except Exception as error:  # whatever is wrong with the file, the others live on
        lesson = Lesson(path, nbformat.v4.new_notebook(), saved)
        lesson.trouble = (
            f"{path.name} is not a notebook that can be read: {error!s:.200}"
        )
        lesson.checked.set()
        return lesson
    return Lesson(path, notebook, saved)


async def check(lesson: Lesson) -> None:
    """Run every cell; note the declared activities, or which cell stopped and why."""
    notebook = nbformat.from_dict(lesson.notebook)
    manager = _kernel_manager()
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=SECONDS_A_CELL,
        iopub_timeout=30,
        resources={"metadata": {"path": str(lesson.path.parent)}},
        extra_arguments=QUIET_KERNEL,
    )
    at = 0
    try:
        # not async_execute(): it would take our handlers of Ctrl-C away
        await client.async_start_new_kernel()
        await client.async_start_new_kernel_client()
        for at, cell in enumerate(notebook.cells):
            await client.async_execute_cell(cell, at)
        client.set_widgets_metadata()
        lesson.activities = tuple(_declared(notebook, lesson.name))
    except CellExecutionError as error:
        lesson.trouble = f"{_cell(notebook, at)} stopped: {error.ename}: {error.evalue}"
    except CellTimeoutError:
        lesson.trouble = (
            f"{_cell(notebook, at)} took longer than {SECONDS_A_CELL} seconds."
        )
    except (DeadKernelError, RuntimeError):
        lesson.trouble = f"{_cell(notebook, at)} ended the program that runs it."
    except ValidationError as error:
        lesson.trouble = f"A question for the group is not complete: {error!s:.300}"
    except Exception as error:  # whatever it is, the other lessons live on
        lesson.trouble = f"{_cell(notebook, at)} could not be run: {error!r:.300}"
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)
        lesson.checked.set()
    if lesson.trouble:
        log.error("Lesson %s cannot be shown. %s", lesson.name, lesson.trouble)


def _kernel_manager() -> AsyncKernelManager:
    """Make a kernel manager whose sockets are files with a name of their own."""
    folder = Path(jupyter_runtime_dir())
    folder.mkdir(parents=True, exist_ok=True)
    connection_file = str(folder / f"kernel-{uuid4()}.json")
    return AsyncKernelManager(
        kernel_name="python3", transport=TRANSPORT, connection_file=connection_file
    )


def _cell(notebook: Any, at: int) -> str:
    """Name a cell the way its author finds it: its number and its first line."""
    lines = notebook.cells[at].source.strip().splitlines() if notebook.cells else []
    return f"Cell {at + 1} ({(lines or [''])[0]:.60})"


def _declared(notebook: Any, lesson: str) -> list[Declaration]:
    """Collect the activities that the lesson's widgets declare, in page order."""
    widgets = notebook.metadata.get("widgets", {}).get(WIDGETS, {}).get("state", {})
    states = [w["state"] for w in widgets.values()]
    return [
        Declaration.model_validate(
            {**state["activity"], "lesson": lesson}, strict=False
        )
        for state in states
        if isinstance(state.get("activity"), dict)
    ]


def _clash(lesson: Lesson, others: Iterable[Lesson]) -> str:
    """Say which question of a lesson has a name that is taken, if one has."""
    taken = {a.id: o.name for o in others if o is not lesson for a in o.activities}
    for activity in lesson.activities:
        if activity.id in taken:
            return (
                f"The question “{activity.id}” is in the lesson {taken[activity.id]} "
                "already. Give one of them another name."
            )
        taken[activity.id] = lesson.name
    return ""


class Lessons:
    """All lessons of a folder, by name, in teaching order (the order of file names)."""

    def __init__(self, folder: Path, declare: Callable[[Lesson], None]) -> None:
        self.folder = folder
        self._declare = declare
        files = sorted(f for f in folder.glob("*.ipynb") if NAME.match(f.stem))
        self._lessons = {f.stem: read(f) for f in files}

    def __iter__(self) -> Any:
        """Go through the lessons in teaching order."""
        return iter(self._lessons.values())

    def get(self, name: str) -> Lesson | None:
        """Find a lesson; one that was saved since is read and checked anew."""
        lesson = self._lessons.get(name)
        if lesson is None or not lesson.path.exists():
            return None
        if lesson.path.stat().st_mtime != lesson.saved:
            lesson = self._lessons[name] = read(lesson.path)
            self._checking = asyncio.ensure_future(self.check(lesson))
        return lesson

    async def check(self, lesson: Lesson) -> None:
        """Run a lesson, unless that was done; then tell what it declares."""
        if not lesson.checked.is_set():
            await check(lesson)
        if clash := _clash(lesson, self):
            lesson.trouble, lesson.activities = clash, ()
            log.error("Lesson %s cannot be shown. %s", lesson.name, clash)
        self._declare(lesson)

    async def check_all(self) -> None:
        """Check every lesson, one after the other, in teaching order."""
        for lesson in list(self):
            await self.check(lesson)
