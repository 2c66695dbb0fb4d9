"""The server's side: start the base process, have notebooks executed, fork kernels."""

import ast
import asyncio
import contextlib
import json
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat

from . import wire

log = logging.getLogger("beyond_the_no")
SECONDS_A_CELL = 60
SECONDS_TO_IMPORT = 60


def can_fork() -> str:
    """Say why this system cannot fork kernels safely, or nothing."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return "only Linux forks safely"
    return ""


def imported_by(notebooks: Iterable[Path]) -> list[str]:
    """List the modules that notebooks import, so that the base process has them."""
    names: set[str] = set()
    for path in notebooks:
        with contextlib.suppress(Exception):  # a damaged notebook says so later
            for cell in nbformat.read(path, as_version=4).cells:
                if cell.cell_type == "code":
                    names |= _imports(cell.source)
    return sorted(names)


def _imports(source: str) -> set[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a magic, for one
        return set()
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def _environment() -> dict[str, str]:
    """Nothing may start threads before the fork."""
    return os.environ | {
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as kernels have it
    }


def _start(
    module: str, *arguments: str, fds: tuple[int, ...]
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", f"{__package__}.{module}", *arguments],
        pass_fds=fds,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


class Base:
    """The base process; started when it is needed, and again when it has died."""

    def __init__(self, modules: list[str]) -> None:
        self.modules = modules
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._starting = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """Its process, while it lives."""
        alive = self._process is not None and self._process.poll() is None
        return self._process.pid if alive and self._process else None

    async def fork(self, notebook: Path, end: socket.socket) -> int:
        """Fork a template that executes a notebook; ``end`` is its end of a line.

        Raises
        ------
        wire.Closed
            When the base process cannot be had.
        """
        async with self._starting:
            if self.pid is None:
                await self._begin()
            assert self._line is not None
            try:
                wire.send(self._line, {"notebook": str(notebook)}, (end.fileno(),))
                self._line.settimeout(10)
                return int(wire.receive(self._line)[0]["pid"])
            except OSError as error:
                raise wire.Closed from error

    async def _begin(self) -> None:
        if self._process is not None:
            log.warning("The base process had ended; it is started again.")
        self.close()
        mine, its = socket.socketpair()
        with its:
            modules = json.dumps(self.modules)
            number = str(its.fileno())
            self._process = _start("zygote", number, modules, fds=(its.fileno(),))
        mine.settimeout(SECONDS_TO_IMPORT)
        self._line = mine
        try:
            answer, _ = await asyncio.to_thread(wire.receive, mine)
        except OSError as error:
            raise wire.Closed from error
        if not answer["ready"]:
            log.warning("Nothing can be forked here: %s.", answer["why"])
            raise wire.Closed

    def close(self) -> None:
        """End the base process; its templates live on."""
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)  # it waits for its templates
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()


class Executed:
    """One notebook, executed once: its cells with outputs, its widgets' state.

    ``trouble`` says which cell stopped and why. ``forks`` tells whether kernels can be
    forked from it; otherwise they are processes that run the notebook again.
    """

    def __init__(self, notebook: Path) -> None:
        self.notebook = notebook
        self.cells: list[Any] = []
        self.state: dict[str, Any] = {}
        self.trouble = ""
        self.forks = False
        self._line: wire.Line | None = None
        self._pid = 0
        self._process: subprocess.Popen[bytes] | None = None

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
            self.forks = True
        return self

    @classmethod
    async def alone(cls, notebook: Path) -> "Executed":
        """Execute it in a process that ends when it has told what came of it."""
        self = cls(notebook)
        mine, its = socket.socketpair()
        with its:
            number = str(its.fileno())
            fds = (its.fileno(),)
            self._process = _start("alone", "--report", number, str(notebook), fds=fds)
            self._pid = self._process.pid
        await self._listen(mine)
        self.close()
        return self

    async def _listen(self, mine: socket.socket) -> str:
        """Follow the run, cell by cell; return why its process can't be forked."""
        mine.setblocking(False)
        self._line = await wire.Line.over(mine)
        at = 0
        try:
            while True:
                patience = SECONDS_A_CELL if at else SECONDS_A_CELL + SECONDS_TO_IMPORT
                async with asyncio.timeout(patience):
                    message = await self._line.hear()
                if "done" in message:
                    break
                at = message["cell"]
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
        try:
            os.kill(self._pid, 0)
        except ProcessLookupError:
            return False
        state = Path(f"/proc/{self._pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        return state != "Z"

    def close(self) -> None:
        """End the template, and with it the kernels that were forked from it."""
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._pid and (self.forks or self.trouble or self._process):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(self._pid, signal.SIGKILL if self.trouble else signal.SIGTERM)
        if self._process is not None:
            self._process.wait()
