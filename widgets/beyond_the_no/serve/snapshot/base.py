"""The base process, as the server sees it: started when it is needed."""

import ast
import asyncio
import contextlib
import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from . import wire

log = logging.getLogger("beyond_the_no")
SECONDS_TO_IMPORT = 60


def can_fork() -> str:
    """Say why this system cannot fork kernels safely, or nothing."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return "only Linux forks safely"
    return ""


def imported_by(notebooks: Iterable[Any]) -> list[str]:
    """List the modules that notebooks import, so that the base process has them."""
    names: set[str] = set()
    for notebook in notebooks:
        for cell in notebook.cells:
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


def start(
    module: str, *arguments: str, fds: tuple[int, ...]
) -> "subprocess.Popen[bytes]":
    """Start a module of this package as a process that has these open files."""
    return subprocess.Popen(
        [sys.executable, "-m", f"{__package__}.{module}", *arguments],
        pass_fds=fds,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def alone(notebook: Path, connection_file: str) -> list[str]:
    """Write the command of a kernel that runs a notebook first, without a fork."""
    command = [sys.executable, "-m", f"{__package__}.alone"]
    return [*command, "-f", connection_file, str(notebook)]


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
            self._process = start("zygote", number, modules, fds=(its.fileno(),))
        mine.settimeout(SECONDS_TO_IMPORT)
        self._line = mine
        try:
            answer, _ = await asyncio.to_thread(wire.receive, mine)
        except OSError as error:
            raise wire.Closed from error
        if not answer["ready"]:
            log.warning("Nothing can be forked here: %s.", answer["why"])
            raise wire.Closed

    async def rest(self) -> None:
        """End the process until something is to be forked again."""
        async with self._starting:
            await asyncio.to_thread(self.close)

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
            self._process = None
