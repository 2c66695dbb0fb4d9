"""An executed notebook: its outputs, its widgets' state, and kernels forked from it."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from ..execution import notebook_file
from . import ipc
from .zygote_client import SECONDS_TO_IMPORT, ZygoteClient, start

log = logging.getLogger("beyond_the_no")
SECONDS_A_CELL = 60


class ExecutedNotebook:
    """One notebook, executed once: its cells with outputs, its widgets' state.

    ``error`` says which cell stopped and why. ``forks`` tells whether kernels can be
    forked from it; otherwise they are processes that run the notebook again.
    ``released`` tells that its template was ended, and runs again when one is needed.
    """

    def __init__(self, notebook: Path) -> None:
        self.notebook = notebook
        self.cells: list[Any] = []
        self.state: dict[str, Any] = {}
        self.error = ""
        self.forks = self.released = self._kill = False
        self._connection: ipc.IpcConnection | None = None
        self._pid = 0
        self._process: subprocess.Popen[bytes] | None = None
        self.zygote: ZygoteClient | None = None

    @classmethod
    async def by_fork(cls, notebook: Path, zygote: ZygoteClient) -> "ExecutedNotebook":
        """Execute it in a template; fall back to a process where it can't be kept."""
        self = cls(notebook)
        mine, its = socket.socketpair()
        with its:
            self._pid = await zygote.fork(notebook, its)
        with self._or_end():
            unforkable_reason = await self._listen(mine)
        if unforkable_reason or self.error:
            self.close()
            if unforkable_reason:
                log.warning(
                    "%s gets ordinary kernels: %s.", notebook.name, unforkable_reason
                )
        else:
            self.forks, self.zygote = True, zygote
        return self

    @classmethod
    async def alone(cls, notebook: Path) -> "ExecutedNotebook":
        """Execute it in a process that ends when it has told what came of it."""
        self = cls(notebook)
        self._process = start(
            "unforked_process", "--report", str(notebook), stdout=subprocess.PIPE
        )
        self._pid = self._process.pid
        assert self._process.stdout is not None
        with self._or_end():
            await self._listen(ipc.from_pipe(self._process.stdout))
        self.close()
        return self

    @contextlib.contextmanager
    def _or_end(self) -> Iterator[None]:
        """Leave no process behind when nobody waits for the run any more."""
        try:
            yield
        except BaseException:
            self._kill = True
            self.close()
            raise

    async def _listen(self, mine: socket.socket) -> str:
        """Follow the run, cell by cell; return why its process can't be forked."""
        mine.setblocking(False)
        self._connection = await ipc.IpcConnection.over(mine)
        at, patience = 0, SECONDS_A_CELL + SECONDS_TO_IMPORT
        try:
            while True:
                async with asyncio.timeout(patience):
                    message = await self._connection.receive()
                if "done" in message:
                    break
                at, patience = message["cell"], SECONDS_A_CELL
        except TimeoutError:
            self.error = f"{self._cell(at)} took longer than {SECONDS_A_CELL} seconds."
            return ""
        except ipc.PeerClosed:
            self.error = f"{self._cell(at)} ended the program that runs it."
            return ""
        done = message["done"]
        self.cells = [nbformat.from_dict(cell) for cell in done["cells"]]
        self.state = done["state"]
        if done["error"]:
            at, message = done["error"]["cell"], done["error"]["message"]
            self.error = f"{self._cell(at)} stopped: {message:.500}"
        return str(done["unforkable_reason"])

    def _cell(self, at: int) -> str:
        """Name a cell the way its author finds it: its number and its first line."""
        try:
            source = notebook_file.read(self.notebook).cells[at].source
        except Exception:  # the file may be gone by now
            source = ""
        first = (source.strip().splitlines() or [""])[0]
        return f"Cell {at + 1} ({first:.60})"

    async def fork(self, connection_file: str, cwd: str, env: dict[str, str]) -> int:
        """Fork a kernel; return its process.

        Raises
        ------
        ipc.PeerClosed
            When the template has died.
        """
        if self._connection is None:
            raise ipc.PeerClosed
        request = {"connection_file": connection_file, "cwd": cwd, "env": env}
        return int((await self._connection.ask(request))["pid"])

    async def exit_code(self, pid: int) -> int | None:
        """Ask how a kernel ended; None where nobody knows any more."""
        if self._connection is None:
            return None
        with contextlib.suppress(ipc.PeerClosed):
            code = (await self._connection.ask({"status": pid}))["code"]
            return None if code is None else int(code)
        return None

    @property
    def alive(self) -> bool:
        """Whether the template is there to fork from."""
        if not self.forks:
            return True  # nothing is needed but the file
        if not self._pid or self._connection is None or self._connection.ended:
            return False
        try:
            os.kill(self._pid, 0)
        except ProcessLookupError:
            return False
        state = Path(f"/proc/{self._pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        return state != "Z"

    def release_template(self) -> None:
        """End the template process, which takes 30 MB; outputs and state stay."""
        self.released = self.forks
        self.close()

    def close(self) -> None:
        """End the template, its kernels, and whatever else the notebook has started."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._pid and hasattr(os, "killpg"):
            how = signal.SIGKILL if self.error or self._kill else signal.SIGTERM
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._pid, how)
        self._pid = 0
        if self._process is not None:
            self._process.kill()
            self._process.wait()
