"""Transports to the room: a WebSocket, or long polling where none gets through.

Both have the manners of a `websockets` connection; tests and benchmarks use them, too.
They cost little: many of them share their cores with the server that they measure.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any, Protocol
from urllib.parse import urlsplit

from websockets.asyncio.client import connect
from websockets.exceptions import (
    ConnectionClosedOK,
    InvalidHandshake,
    InvalidMessage,
    WebSocketException,
)

from .http_client import Answer, Web

LOST = (OSError, EOFError)
GONE = (*LOST, WebSocketException, InvalidHandshake, InvalidMessage, TimeoutError)
NO_HEADERS: Mapping[str, str] = MappingProxyType({})
TOO_OFTEN, PAUSE = 429, 0.3  # seconds until a page asks again
VANISHED = 1006  # the code of a WebSocket that ended without one


class Transport(Protocol):
    """One connection to the room."""

    @property
    def close_code(self) -> int | None:
        """Why it ended; None while it is open."""

    @property
    def transport(self) -> Any:
        """What can be aborted: it goes without a word."""

    async def send(self, message: str | bytes, /) -> None:
        """Send one message; raises one of `GONE` if the connection has ended."""

    async def recv(self) -> str | bytes:
        """Wait for a message; raises one of `GONE` if the connection has ended."""

    async def close(self) -> None:
        """Say goodbye."""


Open = Callable[[str, Mapping[str, str]], Awaitable[Transport]]


async def websocket(address: str, headers: Mapping[str, str] = NO_HEADERS) -> Transport:
    """Open a WebSocket to the room whose first page has this address."""
    return await connect(
        f"{address.replace('http', 'ws', 1)}room",
        additional_headers=headers,
        compression=None,
        ping_interval=None,
        open_timeout=None,
        max_size=None,
        proxy=None,  # the room is near, whatever this machine is set up for
    )


async def long_poll(address: str, headers: Mapping[str, str] = NO_HEADERS) -> Transport:
    """Begin long polling, as `long_poll_socket.js` does; the first message opens it."""
    return LongPoll(address, headers)


class LongPoll:
    """One connection by long polling, with the manners of a `websockets` connection."""

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        where = urlsplit(address)
        self._web = Web(where.port or 80, where.hostname or "127.0.0.1")
        self._path = f"{where.path[1:]}room/line"
        self._headers = headers
        self._name, self._sent, self._heard = "new", 0, 0
        self._news: asyncio.Queue[str | None] = asyncio.Queue()
        self._sending = asyncio.Lock()
        self._listening: asyncio.Task[None] | None = None
        self.close_code: int | None = None
        self.transport = self

    async def _ask(self, method: str, at: int | str, body: bytes = b"") -> Answer:
        about = {"X-Connection": self._name, "X-Sequence": str(at), **self._headers}
        return await self._web.ask(self._path, method, body, about)

    async def send(self, message: str | bytes, /) -> None:
        """Send one message; the first one opens the connection."""
        raw = message.encode() if isinstance(message, str) else message
        async with self._sending:
            if self.close_code is None:
                try:
                    answer = await self._ask("POST", self._sent + 1, raw)
                except LOST:
                    self._end(VANISHED)
                else:
                    if answer.status != 204:
                        self._end(answer.status)
            if self.close_code is not None:
                raise ConnectionClosedOK(None, None)
            self._sent += 1
            if self._listening is None:
                self._name = answer.headers["x-connection"]
                self._listening = asyncio.ensure_future(self._listen())

    async def _listen(self) -> None:
        while self.close_code is None:
            try:
                response = await self._ask("GET", self._heard)
            except LOST:
                return self._end(VANISHED)
            if response.status == TOO_OFTEN:
                await asyncio.sleep(PAUSE)
                continue
            if response.status != 200:
                return self._end(response.status)
            self._heard = int(response.headers["x-sequence"])
            for message in response.text.split("\n") if response.body else ():
                self._news.put_nowait(message)
            if "x-closed" in response.headers:
                self._end(int(response.headers["x-closed"]))
        return None

    def _end(self, code: int) -> None:
        self.close_code = self.close_code or code
        self._news.put_nowait(None)

    async def recv(self) -> str:
        """Wait for a message."""
        message = await self._news.get()
        if message is None:
            self._news.put_nowait(None)  # for who asks once more
            raise ConnectionClosedOK(None, None)
        return message

    def abort(self) -> None:
        """Go without a word."""
        if self._listening is not None:
            self._listening.cancel()
        self._end(VANISHED)
        self._web.close()

    async def close(self) -> None:
        """Say goodbye."""
        async with self._sending:
            if self.close_code is None and self._name != "new":
                await self._ask("POST", "bye")
            self._end(1000)
        self.abort()
