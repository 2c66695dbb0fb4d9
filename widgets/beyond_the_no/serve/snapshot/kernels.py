"""A page's kernel begins when its socket opens: a reader, or a link preview, has none.

A kernel's id is ``NAME-xxxx-xxxx-xxxx-xxxxxxxxxxxx`` where NAME, eight hex digits, says
which executed notebook it holds; the browser makes up the rest.
"""

import asyncio
import hashlib
import os
from collections.abc import Callable
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_events import EventLogger
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import HTTPError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from . import frames
from .pace import Pace
from .provisioner import ProcessProvisioner
from .ready import Ready
from .templates import Executed

A_SECOND, BURST = 100, 600  # messages on one line
STARTS_AT_ONCE = (os.cpu_count() or 1) + 1  # one waits while the others work
REST = "0000-4000-8000-000000000000"


def name_of(*parts: str) -> str:
    """Name an executed notebook by what it was made from."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


class Events(EventLogger):
    """Reads a schema once: each kernel brings the same ones along."""

    def __init__(self, **about: Any) -> None:
        super().__init__(**about)
        self._read: set[Any] = set()

    def register_event_schema(self, schema: Any) -> None:
        """Register it, the first time."""
        if schema not in self._read:
            super().register_event_schema(schema)
            self._read.add(schema)


class Kernels:
    """Starts kernels as pages ask for them, up to a limit.

    Parameters
    ----------
    manager : Jupyter's manager of running kernels.
    limit : how many may run.
    revive : brings a template back that has died.
    """

    def __init__(
        self, manager: Any, limit: int, revive: Callable[[str, Executed], Any]
    ) -> None:
        self.manager = manager
        self.limit = limit
        self._revive = revive
        self.ready: Ready | None = None
        self._starting: dict[str, asyncio.Task[None]] = {}
        self._lived: set[str] = set()
        self.gate = asyncio.Semaphore(STARTS_AT_ONCE)

    def __len__(self) -> int:
        """Count the kernels that run or begin."""
        return len({*self.manager.list_kernel_ids(), *self._starting})

    def may_begin(self, kernel_id: str) -> bool:
        """Whether this id belongs to a page of ours whose kernel has not lived yet."""
        known = kernel_id.split("-")[0] in ProcessProvisioner.templates
        return known and kernel_id not in self._lived

    async def begin(self, kernel_id: str) -> None:
        """See to it that a page has its kernel.

        Raises
        ------
        HTTPError
            404 where it has ended or there is no such page, 503 where no more fit.
        """
        if kernel_id in self.manager:
            return
        if kernel_id not in self._starting:
            if not self.may_begin(kernel_id):
                raise HTTPError(404)
            if len(self) >= self.limit:
                raise HTTPError(503)
            begin = asyncio.ensure_future(self._begin(kernel_id))
            begin.add_done_callback(lambda _: self._starting.pop(kernel_id, None))
            self._starting[kernel_id] = begin
        await asyncio.shield(self._starting[kernel_id])

    async def _begin(self, kernel_id: str) -> None:
        name = kernel_id.split("-")[0]
        try:
            await self._start(name, kernel_id)
        except RuntimeError:  # its template has died just now: that is seen by now
            if ProcessProvisioner.templates[name].alive:
                raise
            await self._start(name, kernel_id)
        self._lived.add(kernel_id)
        if self.ready is not None:
            self.ready.wanted(name)

    async def _start(self, name: str, kernel_id: str) -> None:
        executed = ProcessProvisioner.templates[name]
        if not executed.alive:
            await self._revive(name, executed)
        start = self.manager.start_kernel
        await ensure_async(start(kernel_name=name, kernel_id=kernel_id, path=""))


class PageKernel(KernelHandler):
    """Whether a page's kernel lives, or will as soon as it is needed."""

    def initialize(self, kernels: Kernels) -> None:
        """Remember the kernels."""
        self.kernels = kernels

    async def get(self, kernel_id: str) -> None:
        """Describe the kernel; 404 once it has ended, 503 while it finds no place."""
        if kernel_id in self.kernel_manager:
            await ensure_async(super().get(kernel_id))
            return
        if not self.kernels.may_begin(kernel_id):
            raise HTTPError(404)
        if len(self.kernels) >= self.kernels.limit:
            raise HTTPError(503)
        model = {"id": kernel_id, "name": "python3", "execution_state": "starting"}
        self.finish(model | {"last_activity": "1970-01-01T00:00:00Z", "connections": 0})

    def delete(self, kernel_id: str) -> None:
        """Refuse: closing the page ends its kernel."""
        raise HTTPError(405)


class PageChannels(VoilaKernelWebsocketHandler):
    """A page's line to its kernel: widgets only, no code from a browser."""

    def initialize(self, kernels: Kernels) -> None:
        """Remember the kernels."""
        self.kernels = kernels
        self._pace = Pace(A_SECOND, BURST)

    @property
    def max_message_size(self) -> int:
        """No widget's state is larger."""
        return frames.MOST_BYTES

    def on_message(self, message: str | bytes) -> None:
        """Pass on what is a message, at a pace that leaves others theirs."""
        if self._pace.allows() and frames.acceptable(message):
            super().on_message(message)
        else:
            self.log.warning("A page sent its kernel what is no message, or too much.")
            self.close(1008)

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Pass on what is for people."""
        if frames.for_people(message):
            return super().write_message(message, binary)
        return None

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say no more than that: Jupyter's page would need files we do not serve."""
        self.finish()

    async def pre_get(self) -> None:
        """Begin the kernel, if this is the first time that it is needed."""
        # kernels that begin in turn are sooner ready than all at once
        async with self.kernels.gate:
            await self.kernels.begin(self.kernel_id)
            await super().pre_get()
