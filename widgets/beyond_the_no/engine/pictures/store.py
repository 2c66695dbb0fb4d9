"""Store of pictures, each drawn once: on demand first, then ahead of requests.

A picture is known by its source, its state and a fingerprint of the code, data and
libraries that draw it. It is held packed, in memory up to a limit and in a cache
folder between starts; neither holds anything about a person.
"""

import asyncio
import gzip
import hashlib
import json
import logging
from pathlib import Path
from typing import Any

from ..storage.disk_cache import BYTES, DiskCache
from .bundle import bundle
from .worker_client import RenderWorker

log = logging.getLogger("beyond_the_no")
IDLE = 30  # seconds without a picture to draw, until 120 MB are given back
AHEAD = 1000  # the rank of what nobody has asked for yet


def canonical(state: dict[str, Any]) -> str:
    """Write a state in the one way that is its name."""
    whole = {
        name: int(v) if isinstance(v, float) and v.is_integer() else v
        for name, v in state.items()
    }  # a script writes 1.0 as 1
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _is_listing(content: Any) -> bool:
    """Whether JSON lists the states of a source."""
    return isinstance(content, list) and all(isinstance(s, dict) for s in content)


def _is_shown(content: Any) -> bool:
    """Whether JSON is what is shown of a state."""
    return isinstance(content, dict) and isinstance(content.get("picture"), str)


class PictureStore:
    """The pictures of some sources, drawn by one worker process and cached.

    Parameters
    ----------
    fingerprint : fingerprint of what draws them.
    folder : cache folder, or None to keep them in memory alone.
    limit : bytes to hold in memory.
    """

    def __init__(
        self, fingerprint: str, folder: Path | None, limit: int = BYTES
    ) -> None:
        self.fingerprint = fingerprint
        self.cache = DiskCache(folder / fingerprint if folder else None, limit)
        self.render_worker = RenderWorker()
        self._states: dict[str, dict[str, dict[str, Any]]] = {}
        self._pending: dict[str, asyncio.Future[bytes]] = {}
        self._bundled: dict[str, asyncio.Future[bytes]] = {}
        self._waiting: asyncio.PriorityQueue[tuple[int, int, str]] = (
            asyncio.PriorityQueue()
        )
        self._asked: dict[str, tuple[str, dict[str, Any] | None]] = {}
        self._failed: set[str] = set()
        self._closed = False
        self._order = 0
        self._worker: asyncio.Task[None] | None = None

    # -- asking -----------------------------------------------------------------------

    async def register(self, source: str) -> None:
        """Learn a source's states, and have all of them drawn in time."""
        if source in self._states:
            return
        listed = json.loads(gzip.decompress(await self._have(source, None, 0)))
        self._states[source] = {canonical(s): s for s in listed}
        for likely, state in enumerate(listed):
            self._want(source, state, AHEAD + likely)

    def stop_prefetching(self) -> None:
        """Draw on request only from now on."""
        waiting = [self._waiting.get_nowait() for _ in range(self._waiting.qsize())]
        for one in waiting:
            if one[0] < AHEAD:
                self._waiting.put_nowait(one)

    def states(self, source: str) -> list[str]:
        """List the states of a source that was registered, likely ones first."""
        return list(self._states[source])

    async def get(self, source: str, state: str) -> bytes:
        """Return one picture, packed.

        Raises
        ------
        KeyError
            When there is no such source or state.
        RuntimeError
            When it cannot be drawn.
        """
        return await self._have(source, self._states[source][state], 1)

    async def all(self, source: str) -> bytes:
        """Return every picture of a source in one file, packed.

        Raises
        ------
        KeyError
            When there is no such source, not all are drawn yet, or it is too large.
        """
        if source not in self._bundled:
            if any(asked == source for asked, _ in self._asked.values()):
                raise KeyError(source)  # each phone may ask, with every move
            packed = [
                (state, self._find(self._name(source, controls), controls))
                for state, controls in self._states[source].items()
            ]
            drawn = [(state, one) for state, one in packed if one is not None]
            if len(drawn) < len(packed):
                self._redraw(source, {state for state, _ in drawn})
                raise KeyError(source)
            self._bundled[source] = asyncio.ensure_future(self._bundle(source, drawn))
        whole = await asyncio.shield(self._bundled[source])
        if not whole:
            raise KeyError(source)
        return whole

    async def _bundle(self, source: str, drawn: list[tuple[str, bytes]]) -> bytes:
        try:
            return await asyncio.to_thread(bundle, drawn)
        except Exception as error:  # the pictures can still be had one by one
            log.error("%s has no file of all pictures: %r", source, error)
            return b""

    def _redraw(self, source: str, drawn: set[str]) -> None:
        """Want those whose file was lost or damaged since; not those that failed."""
        for state, controls in self._states[source].items():
            lost = state not in drawn
            if lost and self._name(source, controls) not in self._failed:
                self._want(source, controls, AHEAD)

    def _name(self, source: str, state: dict[str, Any] | None) -> str:
        text = (
            f"{self.fingerprint} {source} {'' if state is None else canonical(state)}"
        )
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def _find(self, name: str, state: dict[str, Any] | None) -> bytes | None:
        return self.cache.get(name, _is_listing if state is None else _is_shown)

    async def _have(
        self, source: str, state: dict[str, Any] | None, rank: int
    ) -> bytes:
        name = self._name(source, state)
        found = self._find(name, state)
        if found is None:
            found = await asyncio.shield(self._want(source, state, rank))
        return found

    def _want(
        self, source: str, state: dict[str, Any] | None, rank: int
    ) -> "asyncio.Future[bytes]":
        """Put a picture on the list, or further up on it."""
        if self._closed:
            raise RuntimeError("drawing has stopped")
        name = self._name(source, state)
        if name not in self._pending:
            future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
            future.add_done_callback(lambda done: done.exception())
            self._pending[name] = future
            self._asked[name] = (source, state)
        self._order += 1
        self._waiting.put_nowait((rank, self._order, name))
        if self._worker is None:
            self._worker = asyncio.ensure_future(self._work())
            self._worker.add_done_callback(self._stopped)
        return self._pending[name]

    # -- drawing ----------------------------------------------------------------------

    async def _next(self) -> str:
        """Wait for what is wanted; while nothing is, let the drawing process go."""
        try:
            async with asyncio.timeout(IDLE):
                return (await self._waiting.get())[2]
        except TimeoutError:
            await self.render_worker.close()
        return (await self._waiting.get())[2]

    async def _work(self) -> None:
        while True:
            name = await self._next()
            if name not in self._pending:
                continue  # was further up on the list, too
            source, state = self._asked[name]
            try:
                packed = await self._made(name, source, state)
            except Exception as error:  # whatever it is, the others are drawn
                log.error("%s could not be drawn: %s", source, error)
                self._failed.add(name)
                self._settle(name).set_exception(RuntimeError(str(error)))
            else:
                self._settle(name).set_result(packed)

    async def _made(
        self, name: str, source: str, state: dict[str, Any] | None
    ) -> bytes:
        """Find what was made meanwhile, or have it drawn, and keep it."""
        packed = self._find(name, state)
        if packed is None:
            shown = await self.render_worker.draw(source, state)
            if not (_is_listing if state is None else _is_shown)(shown):
                raise RuntimeError("the source does not return what it should")
            text = json.dumps(shown).encode()
            packed = await asyncio.to_thread(gzip.compress, text, 9, mtime=0)
            self.cache.put_in_memory(name, packed)
            await asyncio.to_thread(self.cache.put_on_disk, name, packed)
        return packed

    def _settle(self, name: str) -> "asyncio.Future[bytes]":
        del self._asked[name]
        return self._pending.pop(name)

    def _stopped(self, worker: "asyncio.Task[None]") -> None:
        """Answer whoever still waits; the next request begins another worker."""
        self._worker = None
        if not worker.cancelled() and worker.exception() is not None:
            log.error("Drawing stopped.", exc_info=worker.exception())
        for name in list(self._pending):
            self._settle(name).set_exception(RuntimeError("drawing has stopped"))

    async def close(self) -> None:
        """Stop drawing."""
        self._closed = True
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
        await self.render_worker.close()
