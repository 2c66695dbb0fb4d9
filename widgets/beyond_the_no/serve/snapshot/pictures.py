"""Pictures that are drawn once: on demand first, all others when nobody waits.

A picture is known by its source, its state and a fingerprint of the code, data and
libraries that draw it. It is held packed, in memory up to a limit and in a cache
folder between starts; neither holds anything about a person.
"""

import asyncio
import contextlib
import gzip
import hashlib
import json
import logging
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .bundle import bundle
from .drawer import Drawer
from .shelf import BYTES, Shelf

log = logging.getLogger("beyond_the_no")
IDLE = 30  # seconds without a picture to draw, until 120 MB are given back
AHEAD = 1000  # the rank of what nobody has asked for yet
_LIBRARIES = (
    *("matplotlib", "numpy", "scipy", "contourpy"),
    *("anywidget", "ipywidgets", "traitlets", "ipython"),  # what runs are kept with
)


def fingerprint(folders: Iterable[Path]) -> str:
    """Name the code, the data and the libraries that pictures, and runs, depend on."""
    named = hashlib.sha256(platform.python_version().encode())
    for library in _LIBRARIES:
        with contextlib.suppress(Exception):
            named.update(f"{library} {version(library)}".encode())
    files = (f for folder in folders for f in sorted(folder.rglob("*")) if f.is_file())
    for file in files:
        if "__pycache__" not in file.parts:
            named.update(str(file.name).encode() + file.read_bytes())
    return named.hexdigest()[:16]


def canonical(state: dict[str, Any]) -> str:
    """Write a state in the one way that is its name."""
    whole = {
        name: int(v) if isinstance(v, float) and v.is_integer() else v
        for name, v in state.items()
    }  # a script writes 1.0 as 1
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Pictures:
    """All pictures of some sources.

    Parameters
    ----------
    print_ : fingerprint of what draws them.
    folder : cache folder, or None to keep them in memory alone.
    limit : bytes to hold in memory.
    """

    def __init__(self, print_: str, folder: Path | None, limit: int = BYTES) -> None:
        self.print = print_
        self.shelf = Shelf(folder / print_ if folder else None, limit)
        self.drawer = Drawer()
        self._states: dict[str, dict[str, dict[str, Any]]] = {}
        self._pending: dict[str, asyncio.Future[bytes]] = {}
        self._bundled: dict[str, asyncio.Future[bytes]] = {}
        self._waiting: asyncio.PriorityQueue[tuple[int, int, str]] = (
            asyncio.PriorityQueue()
        )
        self._asked: dict[str, tuple[str, dict[str, Any] | None]] = {}
        self._order = 0
        self._worker: asyncio.Task[None] | None = None

    # -- asking -----------------------------------------------------------------------

    async def announce(self, source: str) -> None:
        """Learn a source's states, and have all of them drawn in time."""
        if source in self._states:
            return
        listed = json.loads(gzip.decompress(await self._have(source, None, 0)))
        self._states[source] = {canonical(s): s for s in listed}
        for likely, state in enumerate(listed):
            self._want(source, state, AHEAD + likely)

    def rest(self) -> None:
        """Draw no more ahead, only what is asked for."""
        waiting = [self._waiting.get_nowait() for _ in range(self._waiting.qsize())]
        for one in waiting:
            if one[0] < AHEAD:
                self._waiting.put_nowait(one)

    def states(self, source: str) -> list[str]:
        """List the states of a source that was announced, likely ones first."""
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
                (state, self.shelf.find(self._name(source, controls)))
                for state, controls in self._states[source].items()
            ]
            drawn = [(state, one) for state, one in packed if one is not None]
            if len(drawn) < len(packed):
                raise KeyError(source)
            made = asyncio.to_thread(bundle, drawn)
            self._bundled[source] = asyncio.ensure_future(made)
        whole = await asyncio.shield(self._bundled[source])
        if not whole:
            raise KeyError(source)
        return whole

    def _name(self, source: str, state: dict[str, Any] | None) -> str:
        text = f"{self.print} {source} {'' if state is None else canonical(state)}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    async def _have(
        self, source: str, state: dict[str, Any] | None, rank: int
    ) -> bytes:
        name = self._name(source, state)
        found = self.shelf.find(name)
        if found is None:
            found = await asyncio.shield(self._want(source, state, rank))
        return found

    def _want(
        self, source: str, state: dict[str, Any] | None, rank: int
    ) -> "asyncio.Future[bytes]":
        """Put a picture on the list, or further up on it."""
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
        return self._pending[name]

    # -- drawing ----------------------------------------------------------------------

    async def _next(self) -> str:
        """Wait for what is wanted; while nothing is, let the drawing process go."""
        try:
            async with asyncio.timeout(IDLE):
                return (await self._waiting.get())[2]
        except TimeoutError:
            await self.drawer.close()
        return (await self._waiting.get())[2]

    async def _work(self) -> None:
        while True:
            name = await self._next()
            if name not in self._pending:
                continue  # was further up on the list, too
            source, state = self._asked[name]
            packed = self.shelf.find(name)
            if packed is None:
                try:
                    shown = await self.drawer.draw(source, state)
                except RuntimeError as error:
                    log.error("%s could not be drawn: %s", source, error)
                    self._settle(name).set_exception(error)
                    continue
                text = json.dumps(shown).encode()
                packed = await asyncio.to_thread(gzip.compress, text, 9, mtime=0)
                self.shelf.keep(name, packed)
            self._settle(name).set_result(packed)

    def _settle(self, name: str) -> "asyncio.Future[bytes]":
        del self._asked[name]
        return self._pending.pop(name)

    async def close(self) -> None:
        """Stop drawing."""
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
        await self.drawer.close()
