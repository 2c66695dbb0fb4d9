"""A phone whose proxy lets no WebSocket through: `room_line.js`, without a browser."""

import asyncio
import contextlib

from beyond_the_no.serve.rehearsal.phone import RoomPhone
from web import Answer, Web


class Polled:
    """One line by plain requests, with the manners of a `websockets` connection."""

    def __init__(self, port: int) -> None:
        self._web = Web(port)
        self._name, self._sent, self._heard = "new", 0, 0
        self._news: asyncio.Queue[str | None] = asyncio.Queue()
        self._sending = asyncio.Lock()
        self._listening: asyncio.Task[None] | None = None
        self.transport = self

    async def _ask(self, method: str, at: int, body: bytes = b"") -> Answer:
        about = {"Room-Line": self._name, "Room-At": str(at)}
        answer = await self._web.ask("room/line", method, body, about)
        if "room-at" not in answer.headers:
            raise ConnectionError(answer.status)
        return answer

    async def send(self, message: str | bytes) -> None:
        """Send one message; the first one opens the line."""
        raw = message.encode() if isinstance(message, str) else message
        async with self._sending:
            answer = await self._ask("POST", self._sent + 1, raw)
            self._sent += 1
            if self._listening is None:
                self._name = answer.headers["room-line"]
                self._listening = asyncio.ensure_future(self._listen())

    async def _listen(self) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                told = await self._ask("GET", self._heard)
                self._heard = int(told.headers["room-at"])
                for message in told.text.split("\n") if told.body else ():
                    self._news.put_nowait(message)
                if "room-closed" in told.headers:
                    break
        self._news.put_nowait(None)

    async def recv(self) -> str:
        """Wait for a message."""
        message = await self._news.get()
        if message is None:
            raise ConnectionError
        return message

    def abort(self) -> None:
        """Go without a word."""
        if self._listening is not None:
            self._listening.cancel()
        self._web.close()


class PolledPhone(RoomPhone):
    """A phone that speaks by plain requests."""

    async def reach(self) -> Polled:
        """Begin a line; its first message opens it."""
        return Polled(self.port)
