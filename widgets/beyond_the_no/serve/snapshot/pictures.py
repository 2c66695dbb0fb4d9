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
import os
import platform
import shutil
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

log = logging.getLogger("beyond_the_no")
BYTES = 64 * 2**20
SECONDS_A_PICTURE = 30
_LIBRARIES = ("matplotlib", "numpy", "scipy", "contourpy")


def fingerprint(folders: Iterable[Path]) -> str:
    """Name the code, the data and the libraries that pictures depend on."""
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
        self._folder = folder / print_ if folder else None
        self._limit = limit
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._states: dict[str, dict[str, dict[str, Any]]] = {}
        self._pending: dict[str, asyncio.Future[bytes]] = {}
        self._waiting: asyncio.PriorityQueue[tuple[int, int, str]] = (
            asyncio.PriorityQueue()
        )
        self._asked: dict[str, tuple[str, dict[str, Any] | None]] = {}
        self._order = 0
        self._process: asyncio.subprocess.Process | None = None
        self._worker: asyncio.Task[None] | None = None

    # -- asking -----------------------------------------------------------------------

    async def announce(self, source: str) -> None:
        """Learn a source's states, and have all of them drawn in time."""
        if source in self._states:
            return
        listed = json.loads(gzip.decompress(await self._have(source, None, 0)))
        self._states[source] = {canonical(s): s for s in listed}
        for likely, state in enumerate(listed):
            self._want(source, state, 1000 + likely)

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

    def _name(self, source: str, state: dict[str, Any] | None) -> str:
        text = f"{self.print} {source} {'' if state is None else canonical(state)}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    async def _have(
        self, source: str, state: dict[str, Any] | None, rank: int
    ) -> bytes:
        name = self._name(source, state)
        found = self._found(name)
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

    # -- holding ----------------------------------------------------------------------

    def _found(self, name: str) -> bytes | None:
        if name in self._held:
            self._held.move_to_end(name)
            return self._held[name]
        if self._folder is not None:
            with contextlib.suppress(OSError):
                packed = (self._folder / f"{name}.gz").read_bytes()
                with contextlib.suppress(OSError, EOFError):
                    gzip.decompress(packed)  # a file that was cut short is drawn anew
                    self._hold(name, packed)
                    return packed
        return None

    def _hold(self, name: str, packed: bytes) -> None:
        self._held[name] = packed
        self._size += len(packed)
        while self._size > self._limit and len(self._held) > 1:
            self._size -= len(self._held.popitem(last=False)[1])

    def _store(self, name: str, packed: bytes) -> None:
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            half = self._folder / f"{name}.{os.getpid()}"
            half.write_bytes(packed)
            half.replace(self._folder / f"{name}.gz")
        except OSError as error:
            log.warning("Pictures are kept in memory only: %s.", error.strerror)
            self._folder = None

    def sweep(self) -> None:
        """Remove what other versions of the code have left in the cache folder."""
        if self._folder is None or not self._folder.parent.is_dir():
            return
        for other in self._folder.parent.iterdir():
            if other != self._folder and other.is_dir():
                shutil.rmtree(other, ignore_errors=True)

    # -- drawing ----------------------------------------------------------------------

    async def _work(self) -> None:
        while True:
            _, _, name = await self._waiting.get()
            if name not in self._pending:
                continue  # was further up on the list, too
            source, state = self._asked[name]
            packed = self._found(name)
            if packed is None:
                try:
                    packed = await self._drawn(source, state)
                except RuntimeError as error:
                    log.error("%s could not be drawn: %s", source, error)
                    self._settle(name).set_exception(error)
                    continue
                self._hold(name, packed)
                self._store(name, packed)
            self._settle(name).set_result(packed)

    def _settle(self, name: str) -> "asyncio.Future[bytes]":
        del self._asked[name]
        return self._pending.pop(name)

    async def _drawn(self, source: str, state: dict[str, Any] | None) -> bytes:
        """Have one picture drawn; a process that dies over it is replaced, once."""
        request = {"source": source} | ({} if state is None else {"state": state})
        for _ in range(2):
            try:
                # not wait_for(): until 3.12 it may swallow a cancellation
                async with asyncio.timeout(SECONDS_A_PICTURE):
                    reply = await self._ask(request)
            except (TimeoutError, OSError, ValueError):
                log.warning("The drawing process ended or hung; it is started again.")
                await self._end_process()
                continue
            if "trouble" in reply:
                raise RuntimeError(reply["trouble"])
            text = json.dumps(reply["ok"]).encode()
            return await asyncio.to_thread(gzip.compress, text, 9, mtime=0)
        raise RuntimeError("the drawing process ends over it")

    async def _ask(self, request: dict[str, Any]) -> Any:
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", f"{__package__}.draw"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg"},
                limit=2**24,
                start_new_session=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        await self._process.stdin.drain()
        return json.loads(await self._process.stdout.readline())

    async def _end_process(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
            self._process = None

    async def close(self) -> None:
        """Stop drawing."""
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
        await self._end_process()
