"""Starts a page's kernel when its socket opens: a reader, or a link preview, has none.

A kernel's id is ``NAME-xxxx-xxxx-xxxx-xxxxxxxxxxxx`` where NAME, eight hex digits, says
which executed notebook it holds; the browser makes up the rest.
"""

import asyncio
import contextlib
import hashlib
import logging
import os
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_events import EventLogger
from tornado.web import HTTPError

from . import memory
from .executed_notebook import ExecutedNotebook
from .registry import KernelRegistry

log = logging.getLogger("beyond_the_no")
SECONDS = 2.0  # between two looks at what kernels hold
STARTS_AT_ONCE = (os.cpu_count() or 1) + 1  # one waits while the others work
ID_SUFFIX = "0000-4000-8000-000000000000"


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


class KernelStarter:
    """Starts kernels as pages ask for them, up to a limit.

    Parameters
    ----------
    manager : Jupyter's manager of running kernels.
    registry : what kernels can be started from.
    limit : how many may run.
    revive : brings a template back that has died.
    budget : bytes that all of them may hold; one that needs more is ended.
    """

    def __init__(
        self,
        manager: Any,
        registry: KernelRegistry,
        limit: int,
        revive: Callable[[str, ExecutedNotebook], Any],
        budget: int,
    ) -> None:
        self.manager = manager
        self._registry = registry
        self.limit = limit
        self.connections: Counter[str] = Counter()  # open ones, by kernel
        self.needless: set[str] = set()  # notebooks whose pages ask for no Python
        self._budget = budget
        self._held = 0
        self._watching: asyncio.Task[None] | None = None
        self._revive = revive
        self._starting: dict[str, asyncio.Task[None]] = {}
        self._lived: set[str] = set()
        self._gate = asyncio.Semaphore(STARTS_AT_ONCE)
        self._waiting: Counter[str] = Counter()  # for their turn, or for its end

    def __len__(self) -> int:
        """Count the kernels that run or begin."""
        return len({*self.manager.list_kernel_ids(), *self._starting})

    @property
    def full(self) -> bool:
        """Whether no more fit: for their number, or for what they hold."""
        return len(self) >= self.limit or self._held >= self._budget

    def may_begin(self, kernel_id: str) -> bool:
        """Whether this id belongs to a page of ours whose kernel has not lived yet."""
        known = kernel_id.split("-")[0] in self._registry.templates
        return known and kernel_id not in self._lived

    @contextlib.asynccontextmanager
    async def turn(self, kernel_id: str) -> AsyncIterator[None]:
        """Wait for it: kernels that begin in turn are sooner ready than all at once."""
        self._waiting[kernel_id] += 1
        try:
            async with self._gate:
                yield
        finally:
            self._waiting[kernel_id] -= 1
            self._waiting = +self._waiting  # forgets those that wait no more

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
            if self.full:
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
            if self._registry.templates[name].alive:
                raise
            await self._start(name, kernel_id)
        self._lived.add(kernel_id)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.ensure_future(self._watch())
        self._registry.note_request(name)

    async def unless_it_ends(self, kernel_id: str, answers: Awaitable[None]) -> None:
        """Wait until a kernel has answered; for one that ended, Jupyter waits a minute.

        Raises
        ------
        HTTPError
            404 where it ends before.
        """
        answer = asyncio.ensure_future(answers)
        ends = self.manager.ended(kernel_id)  # one that died is started again first
        await asyncio.wait({answer, ends}, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            answer.cancel()
            raise HTTPError(404)
        answer.result()

    async def end(self, kernel_id: str) -> None:
        """End the kernel of a page that goes, also one that has not begun yet."""
        if self._waiting[kernel_id]:
            self._lived.add(kernel_id)  # so that it does not begin
        if begins := self._starting.get(kernel_id):
            await asyncio.wait([begins])
        if kernel_id in self.manager:
            await ensure_async(self.manager.shutdown_kernel(kernel_id))

    async def _watch(self) -> None:
        """End the kernel that holds most, as often as all hold more than they may."""
        while pids := self._pids():
            held = await asyncio.to_thread(memory.held, pids)
            self._held = sum(held.values())
            if self._held > self._budget:
                largest = max(held, key=held.__getitem__)
                log.warning("The kernels hold too much memory: the largest was ended.")
                if largest in self.manager:
                    await ensure_async(self.manager.shutdown_kernel(largest, now=True))
            await asyncio.sleep(SECONDS)
        self._held = 0

    def _pids(self) -> dict[str, int]:
        """Find the process of each kernel."""
        ids = self.manager.list_kernel_ids()
        found = {id_: self.manager.get_kernel(id_).provisioner for id_ in ids}
        return {id_: one.pid for id_, one in found.items() if one and one.pid}

    async def _start(self, name: str, kernel_id: str) -> None:
        executed = self._registry.templates[name]
        if not executed.alive:
            await self._revive(name, executed)
        start = self.manager.start_kernel
        await ensure_async(start(kernel_name=name, kernel_id=kernel_id, path=""))
