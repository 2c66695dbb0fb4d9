"""Executed notebooks, as the server sees them: what came of a run, and forks of it."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import subprocess
from pathlib import Path
from typing import Any

import nbformat

from . import wire
from .base import SECONDS_TO_IMPORT, Base, start

log = logging.getLogger("beyond_the_no")
SECONDS_A_CELL = 60


class Executed:
    """One notebook, executed once: its cells with outputs, its widgets' state.

    ``trouble`` says which cell stopped and why. ``forks`` tells whether kernels can be
    forked from it; otherwise they are processes that run the notebook again. ``rests``
    tells that its template was let go, to be had again when a kernel is asked for.
    """

    def __init__(self, notebook: Path) -> None:
        self.notebook = notebook
        self.cells: list[Any] = []
        self.state: dict[str, Any] = {}
        self.trouble = ""
        self.forks = self.rests = False
        self._line: wire.Line | None = None
        self._pid = 0
        self._process: subprocess.Popen[bytes] | None = None
        self.base: Base | None = None

    @classmethod
    async def by_fork(cls, notebook: Path, base: Base) -> "Executed":
        """Execute it in a template; fall back to a process where it can't be kept."""
        self = cls(notebook)
        mine, its = socket.socketpair()
        with its:
            self._pid = await base.fork(notebook, its)
        keeps = await self._listen(mine)
        if keeps or self.trouble:
            self.close()
            if keeps:
                log.warning("%s gets ordinary kernels: %s.", notebook.name, keeps)
        else:
            self.forks, self.base = True, base
        return self

    @classmethod
    async def alone(cls, notebook: Path) -> "Executed":
        """Execute it in a process that ends when it has told what came of it."""
        self = cls(notebook)
        mine, its = socket.socketpair()
        with its:
            number = str(its.fileno())
            fds = (its.fileno(),)
            self._process = start("alone", "--report", number, str(notebook), fds=fds)
            self._pid = self._process.pid
        await self._listen(mine)
        self.close()
        return self

    async def _listen(self, mine: socket.socket) -> str:
        """Follow the run, cell by cell; return why its process can't be forked."""
        mine.setblocking(False)
        self._line = await wire.Line.over(mine)
        at, patience = 0, SECONDS_A_CELL + SECONDS_TO_IMPORT
        try:
            while True:
                async with asyncio.timeout(patience):
                    message = await self._line.hear()
                if "done" in message:
                    break
                at, patience = message["cell"], SECONDS_A_CELL
        except TimeoutError:
            self.trouble = (
                f"{self._cell(at)} took longer than {SECONDS_A_CELL} seconds."
            )
            return ""
        except wire.Closed:
            self.trouble = f"{self._cell(at)} ended the program that runs it."
            return ""
        done = message["done"]
        self.cells = [nbformat.from_dict(cell) for cell in done["cells"]]
        self.state = done["state"]
        if done["error"]:
            at, say = done["error"]["cell"], done["error"]["say"]
            self.trouble = f"{self._cell(at)} stopped: {say:.300}"
        return str(done["keeps"])

    def _cell(self, at: int) -> str:
        """Name a cell the way its author finds it: its number and its first line."""
        try:
            source = nbformat.read(self.notebook, as_version=4).cells[at].source
        except Exception:  # the file may be gone by now
            source = ""
        first = (source.strip().splitlines() or [""])[0]
        return f"Cell {at + 1} ({first:.60})"

    async def fork(self, connection_file: str, cwd: str, env: dict[str, str]) -> int:
        """Fork a kernel; return its process.

        Raises
        ------
        wire.Closed
            When the template has died.
        """
        if self._line is None:
            raise wire.Closed
        request = {"connection_file": connection_file, "cwd": cwd, "env": env}
        return int((await self._line.ask(request))["pid"])

    async def exit_code(self, pid: int) -> int | None:
        """Ask how a kernel ended; None where nobody knows any more."""
        if self._line is None:
            return None
        with contextlib.suppress(wire.Closed):
            code = (await self._line.ask({"status": pid}))["code"]
            return None if code is None else int(code)
        return None

    @property
    def alive(self) -> bool:
        """Whether the template is there to fork from."""
        if not self.forks:
            return True  # nothing is needed but the file
        if not self._pid or self._line is None or self._line.ended:
            return False
        try:
            os.kill(self._pid, 0)
        except ProcessLookupError:
            return False
        state = Path(f"/proc/{self._pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        return state != "Z"

    def rest(self) -> None:
        """Let the template go, which takes 30 MB; what came of the run stays."""
        self.rests = self.forks
        self.close()

    def close(self) -> None:
        """End the template, its kernels, and whatever else the notebook has started."""
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._pid and hasattr(os, "killpg"):
            how = signal.SIGKILL if self.trouble else signal.SIGTERM
            with contextlib.suppress(ProcessLookupError, PermissionError):
                # it leads a group of its own, as soon as it has begun
                os.killpg(self._pid, how)
        self._pid = 0
        if self._process is not None:
            self._process.kill()
            self._process.wait()
