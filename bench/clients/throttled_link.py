"""A link that many phones share, with so many bits a second for all of them."""

import asyncio
import time
from types import TracebackType

from peers.servers import LOCAL

CHUNK = 16_384
SECONDS_THERE = 0.02  # each way, so a round trip takes 40 ms


class Link:
    """A port of this machine that leads to another, slowly."""

    def __init__(self, to: int, bits: float) -> None:
        self._to = to
        self._bytes = bits / 8
        self._free = 0.0  # when the link has sent what was given to it
        self._open: set[asyncio.Task[None] | None] = set()

    async def __aenter__(self) -> "Link":
        self._server = await asyncio.start_server(self._meet, LOCAL, 0, backlog=256)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        lines = {line for line in self._open if line is not None}
        if lines:  # they end with what runs through them
            await asyncio.wait(lines)

    async def _meet(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        mine = asyncio.current_task()
        self._open.add(mine)
        try:
            await self._lead(reader, writer)
        finally:
            self._open.discard(mine)

    async def _lead(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        far, near = await asyncio.open_connection(LOCAL, self._to)
        await asyncio.gather(self._pass(reader, near), self._pass(far, writer))

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while chunk := await reader.read(CHUNK):
                self._free = max(self._free, time.monotonic())
                self._free += len(chunk) / self._bytes
                wait = self._free - time.monotonic() + SECONDS_THERE
                await asyncio.sleep(wait)
                writer.write(chunk)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()
