"""Client of the zygote: starts it when it is needed, and asks it for forks."""

import asyncio
import contextlib
import json
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

from ...common import lifeline
from . import ipc

log = logging.getLogger("beyond_the_no")
SECONDS_TO_IMPORT = 60


def can_fork() -> str:
    """Say why this system cannot fork kernels safely, or nothing."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return "only Linux forks safely"
    return ""


def _environment() -> dict[str, str]:
    """Nothing may start threads before the fork."""
    return os.environ | {
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as kernels have it
    }


def start(
    module: str, *arguments: str, fds: tuple[int, ...] = (), stdout: int | None = None
) -> "subprocess.Popen[bytes]":
    """Start a module of this package; only before a fork may it be given open files.

    Windows cannot hand them to a child process.
    """
    return subprocess.Popen(
        [sys.executable, "-m", f"{__package__}.{module}", *arguments],
        pass_fds=fds,
        stdout=stdout,
        env=_environment() | lifeline.environment(),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def alone(notebook: Path, connection_file: str) -> list[str]:
    """Write the command of a kernel that runs a notebook first, without a fork."""
    command = [sys.executable, "-m", f"{__package__}.unforked_process"]
    return [*command, "-f", connection_file, str(notebook)]


class ZygoteClient:
    """The zygote process; started when it is needed, and again when it has died."""

    def __init__(self, modules: list[str]) -> None:
        self.modules = modules
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None
        self._starting = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """Its process, while it lives."""
        alive = self._process is not None and self._process.poll() is None
        return self._process.pid if alive and self._process else None

    async def fork(self, notebook: Path, end: socket.socket) -> int:
        """Fork a template that executes a notebook; ``end`` is its end of a connection.

        Raises
        ------
        ipc.PeerClosed
            When the zygote cannot be started.
        """
        async with self._starting:
            if self.pid is None:
                await self._begin()
            assert self._connection is not None
            try:
                ipc.send(self._connection, {"notebook": str(notebook)}, (end.fileno(),))
                self._connection.settimeout(10)
                return int(ipc.receive(self._connection)[0]["pid"])
            except OSError as error:
                raise ipc.PeerClosed from error

    async def _begin(self) -> None:
        if self._process is not None:
            log.warning("The zygote had ended; it is started again.")
        self.close()
        mine, its = socket.socketpair()
        with its:
            modules = json.dumps(self.modules)
            number = str(its.fileno())
            self._process = start("zygote", number, modules, fds=(its.fileno(),))
        mine.settimeout(SECONDS_TO_IMPORT)
        self._connection = mine
        try:
            answer, _ = await asyncio.to_thread(ipc.receive, mine)
        except OSError as error:
            raise ipc.PeerClosed from error
        if not answer["ready"]:
            log.warning("Nothing can be forked here: %s.", answer["why"])
            raise ipc.PeerClosed

    async def release(self) -> None:
        """End the process; the next fork starts it again."""
        async with self._starting:
            await asyncio.to_thread(self.close)

    def close(self) -> None:
        """End the zygote; its templates live on."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)  # it waits for its templates
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
            self._process = None
