"""Pool of kernels, started while no page is being opened and handed to the next page.

They hold what every fresh kernel holds, the notebook as it was run, and nothing else:
none of them is used twice. They belong to the notebook that was asked for last, so
there are never more than a few.
"""

import asyncio
import contextlib
import os
import select
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from jupyter_client.connect import write_connection_file
from jupyter_client.launcher import launch_kernel

from ...common import lifeline
from . import ipc, zygote_client

if TYPE_CHECKING:
    from .executed_notebook import ExecutedNotebook

FORKS = 4  # 16 MB each
PROCESSES = 2  # 90 MB each
IDLE_SECONDS = 2.0  # seconds without a page: nobody is arriving


@dataclass(frozen=True)
class PooledKernel:
    """A kernel that no page has yet: a fork of a template, or a process."""

    connection_file: str
    pid: int
    pidfd: int | None = None
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def alive(self) -> bool:
        """Whether it can be handed out."""
        if self.process is not None:
            return self.process.poll() is None
        assert self.pidfd is not None
        watch = select.poll()
        watch.register(self.pidfd, select.POLLIN)
        return not watch.poll(0)

    def end(self) -> None:
        """End it, and leave no file of it."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        if self.pidfd is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
            os.close(self.pidfd)
        here = Path(self.connection_file)
        for left in here.parent.glob(f"{here.stem}*"):
            left.unlink(missing_ok=True)


class KernelPool:
    """Starts kernels ahead of requests and hands them out.

    Parameters
    ----------
    templates : executed notebooks by name.
    folder : says where connection files are kept.
    transport : ``ipc`` or ``tcp``.
    fits : whether one more kernel may be made.
    """

    def __init__(
        self,
        templates: "dict[str, ExecutedNotebook]",
        folder: Callable[[], str],
        transport: str,
        fits: Callable[[], bool] = lambda: True,
    ) -> None:
        self._templates = templates
        self._folder = folder
        self._transport = transport
        self._fits = fits
        self._name = ""
        self._waiting: list[PooledKernel] = []
        self._asked = 0.0
        self._filling: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        """Count those that wait."""
        return len(self._waiting)

    def note_request(self, name: str) -> None:
        """Note that this notebook was opened: hold kernels of it from now on."""
        self._asked = time.monotonic()
        if name != self._name:
            self._name = name
            self.empty()
        if self._filling is None or self._filling.done():
            self._filling = asyncio.ensure_future(self._fill())

    def take(self, name: str) -> PooledKernel | None:
        """Hand one out, if one is there."""
        executed = self._templates.get(name)
        if executed is None or not executed.alive:
            return None  # they die with their template, if not at once
        while name == self._name and self._waiting:
            kernel = self._waiting.pop(0)
            if kernel.alive:
                return kernel
            kernel.end()
        return None

    def empty(self) -> None:
        """End those that wait."""
        while self._waiting:
            self._waiting.pop().end()

    async def close(self) -> None:
        """End those that wait, and make no more."""
        if self._filling is not None:
            self._filling.cancel()
            await asyncio.gather(self._filling, return_exceptions=True)
        self.empty()

    async def _fill(self) -> None:
        """Make them one by one, as long as nobody arrives meanwhile."""
        while True:
            while (left := self._asked + IDLE_SECONDS - time.monotonic()) > 0:
                await asyncio.sleep(left)
            name, executed = self._name, self._templates.get(self._name)
            if executed is None or not (executed.alive and self._fits()):
                return
            if len(self) >= (FORKS if executed.forks else PROCESSES):
                return
            try:
                kernel = await self._make(executed)
            except (ipc.PeerClosed, OSError):
                return  # it will be noticed, and mended, when a page needs it
            if name == self._name:
                self._waiting.append(kernel)
            else:
                kernel.end()

    async def _make(self, executed: "ExecutedNotebook") -> PooledKernel:
        stem = str(Path(self._folder(), f"ready-{uuid4().hex[:12]}"))
        local = f"{stem}-ipc" if self._transport == "ipc" else "127.0.0.1"
        name, _ = write_connection_file(
            f"{stem}.json",
            ip=local,
            transport=self._transport,
            key=uuid4().hex.encode(),
        )
        about: dict[str, Any] = {
            "cwd": str(executed.notebook.parent),
            "env": dict(os.environ),
        }
        if executed.forks:
            pid = await executed.fork(name, **about)
            return PooledKernel(name, pid, os.pidfd_open(pid))
        about["env"] |= lifeline.environment()
        # popen only: it takes no time that phones would notice
        process = launch_kernel(zygote_client.alone(executed.notebook, name), **about)
        return PooledKernel(name, process.pid, process=process)
