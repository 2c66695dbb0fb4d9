"""Phones that cost little: a thousand of them must not slow the server they measure.

Each is a socket with the fewest bytes that the room understands: no library between
(frames and HTTP are written out), one mask of zeros for all, and what the room tells
everyone alike is parsed once for all of them. They live in the process of the
benchmark, the server in its own. What they do is what `room_client.js` does in a full
house: say hello, hold an answer until it was taken, ping when it is quiet, come back.
"""

import asyncio
import json
import random
import struct
import time
from collections.abc import Callable, Sequence
from typing import Any

from beyond_the_no.commands.rehearsal.room_client import LEAST

Message = dict[str, Any]
Text = bytes
LOCAL = "127.0.0.1"
QUIET = 5.0  # seconds without a word, then a phone asks whether the room is there
AGAIN = (0.2, 0.4)  # seconds until one that lost its line comes back
UPGRADE = (
    "GET /room HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade"
    "\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13"
    "\r\n\r\n"
)
ASK = (
    "{method} /room/line HTTP/1.1\r\nHost: {host}\r\nX-Connection: {name}\r\n"
    "X-Sequence: {at}\r\nContent-Length: {size}\r\n\r\n"
)


def framed(text: Text) -> bytes:
    """Put a message of 64 kB at most into a frame with a mask of zeros."""
    size = len(text)
    if size < 126:
        return struct.pack("!BBI", 0x81, 0x80 | size, 0) + text
    return struct.pack("!BBHI", 0x81, 0x80 | 126, size, 0) + text


class Line(asyncio.Protocol):
    """A line of one phone, and what came in over it and was not read yet."""

    def __init__(self, phone: "Phone") -> None:
        self.phone = phone
        self.unread = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def connection_lost(self, _: Exception | None) -> None:
        self.phone.lost(self)

    def hang_up(self) -> None:
        """Go without a word."""
        if self.transport is not None:
            self.transport.abort()

    def say(self, text: Text) -> None:
        raise NotImplementedError

    def write(self, raw: bytes) -> None:
        if self.transport is not None:
            self.transport.write(raw)


class WebSocket(Line):
    """A WebSocket to the room."""

    open = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.write(UPGRADE.format(host=self.phone.crowd.host).encode())

    def say(self, text: Text) -> None:
        self.write(framed(text))

    def data_received(self, data: bytes) -> None:
        data, at = self.unread + data if self.unread else data, 0
        if not self.open:
            head, end, data = data.partition(b"\r\n\r\n")
            if not end:
                self.unread = head
                return
            if b" 101 " not in head[:16]:
                return self.hang_up()
            self.open = True
            self.say(self.phone.hello())
        while len(data) - at >= 4:
            size, begins = data[at + 1], at + 2
            if size == 126:
                size, begins = struct.unpack_from("!H", data, begins)[0], begins + 2
            elif size == 127:
                if len(data) - at < 10:
                    break
                size, begins = struct.unpack_from("!Q", data, begins)[0], begins + 8
            if len(data) < begins + size:
                break
            if data[at] == 0x81:
                self.phone.hear(data[begins : begins + size])
            at = begins + size
        self.unread = data[at:]
        return None


class Polling(Line):
    """One of the two lines of a phone that gets no WebSocket: it sends, or it waits."""

    def __init__(self, phone: "Phone", sends: "Polling | None" = None) -> None:
        super().__init__(phone)
        self.sends = sends
        self.name, self.sent, self.heard = "new", 0, 0
        self.waits: list[Text] = []
        self.busy = False
        self.listens: Polling | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if self.sends is None and self.name == "new":
            self.say(self.phone.hello())
        elif self.sends is None:
            self._next()
        else:
            self._listen()

    def hang_up(self) -> None:
        super().hang_up()
        if self.listens is not None:
            self.listens.hang_up()

    def connection_lost(self, error: Exception | None) -> None:
        """A connection that was not used for long may end, as a browser's: no harm."""
        if self.phone.line is self and self.listens is not None and not self.busy:
            self.transport = None
        else:
            super().connection_lost(error)

    def _ask(self, method: str, name: str, at: int, body: bytes = b"") -> None:
        host = self.phone.crowd.host
        head = ASK.format(method=method, host=host, name=name, at=at, size=len(body))
        self.write(head.encode() + body)

    def _listen(self) -> None:
        if self.sends is not None:
            self._ask("GET", self.sends.name, self.heard)

    def say(self, text: Text) -> None:
        """Send, one request after the other."""
        self.waits.append(text)
        self._next()

    def _next(self) -> None:
        if self.waits and not self.busy and self.transport is None:
            self.phone.crowd.connect(self)
        elif self.waits and not self.busy:
            self.busy = True
            body, self.waits = b"\n".join(self.waits), []
            self.sent += body.count(b"\n") + 1
            self._ask("POST", self.name, self.sent - body.count(b"\n"), body)

    def data_received(self, data: bytes) -> None:
        self.unread += data
        head, end, body = self.unread.partition(b"\r\n\r\n")
        if not end:
            return
        lines = [line.partition(b": ") for line in head.split(b"\r\n")]
        headers = {name.lower(): value for name, _, value in lines}
        size = int(headers.get(b"content-length", 0))
        if len(body) < size:
            return
        self.unread = b""
        if b" 20" not in head[:13] or b"x-closed" in headers:
            return self.phone.line.hang_up() if self.phone.line else None
        if self.sends is None:
            self.name = headers.get(b"x-connection", self.name.encode()).decode()
            self.busy = False
            if self.listens is None:
                self.listens = Polling(self.phone, self)
                self.phone.crowd.connect(self.listens)
            return self._next()
        self.heard = int(headers[b"x-sequence"])
        for text in body.split(b"\n") if body else ():
            self.phone.hear(text)
        return self._listen()


class Phone:
    """One seat: what it was told, and when."""

    def __init__(self, crowd: "Crowd") -> None:
        self.crowd = crowd
        self.line: Line | None = None
        self.token = ""
        self.seats = 0  # that it was ever given
        self.state: Message = {}
        self.back = 0.0
        self.at = 0.0  # when it heard anything
        self.turned: dict[str, float] = {}
        self.held: dict[str, Text] = {}
        self.taken: dict[str, float] = {}

    def wake(self) -> None:
        """Come, or come back."""
        self.line = self.crowd.line(self)
        self.at = time.monotonic()
        self.crowd.connect(self.line)

    def sleep(self) -> None:
        """Be cut off."""
        line, self.line, self.state = self.line, None, {}
        if line is not None:
            line.hang_up()

    def lost(self, line: Line) -> None:
        """Come back, if nobody meant this line to end."""
        if self.line is line or getattr(line, "sends", None) is self.line is not None:
            self.sleep()
            self.crowd.thrown_out += 1
            asyncio.get_running_loop().call_later(random.uniform(*AGAIN), self.wake)

    def hello(self) -> Text:
        said = {"type": "hello", "role": "phone"}
        return json.dumps(said | ({"token": self.token} if self.token else {})).encode()

    def answer(self, name: str, value: int) -> None:
        """Answer, with the length that every answer has."""
        said = {"type": "answer", "activity": name, "round": 1, "value": value}
        short = len(json.dumps(said)) + len(', "pad": ""')
        self.held[name] = json.dumps(said | {"pad": " " * (LEAST - short)}).encode()
        if self.line is not None:
            self.line.say(self.held[name])

    def phase(self, name: str) -> str:
        """How far a question is."""
        asked = self.state.get("questions", ())
        return next((str(q["phase"]) for q in asked if q["id"] == name), "")

    def hear(self, raw: Text) -> None:
        """Read one message."""
        now = self.at = time.monotonic()
        if b'"state"' in (kind := raw[:20]):
            self.back = self.back if self.state else now
            self.state = self.crowd.read(raw)
            if lesson := self.state["lesson"]:
                self.turned.setdefault(lesson, now)
            for name, text in self.held.items():
                if name not in self.taken and self.phase(name) == "collecting":
                    self.taken[name] = 0
                    if self.line is not None:
                        self.line.say(text)
        elif b'"sent"' in kind:
            self.taken[json.loads(raw)["activity"]] = now
        elif b'"welcome"' in kind:
            self.taken.clear()
            token = json.loads(raw)["token"]
            self.seats += token != self.token
            self.token = token
        self.crowd.news(self)


class Crowd:
    """All phones of a room.

    Parameters
    ----------
    polls : they get no WebSocket.
    """

    def __init__(self, port: int, phones: int, *, polls: bool = False) -> None:
        self.port, self.polls = port, polls
        self.host = f"{LOCAL}:{port}"
        self.phones = [Phone(self) for _ in range(phones)]
        self.thrown_out = 0  # lines that ended and should not have
        self._parsed: dict[Text, Message] = {}
        self._waiting: set[Phone] = set()
        self._true: Callable[[Phone], Any] = bool
        self._all: asyncio.Future[None] | None = None
        self._working: set[asyncio.Task[None]] = set()

    def line(self, phone: Phone) -> Line:
        """Take a line of the right sort, which is not connected yet."""
        return Polling(phone) if self.polls else WebSocket(phone)

    def connect(self, line: Line) -> None:
        """Connect it, soon."""
        task = asyncio.ensure_future(self._connect(line))
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _connect(self, line: Line) -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.create_connection(lambda: line, LOCAL, self.port)
        except OSError as error:
            line.connection_lost(error)

    def read(self, raw: Text) -> Message:
        """Parse what everyone is told, once."""
        if raw not in self._parsed:
            if len(self._parsed) > 100:
                self._parsed.clear()
            self._parsed[raw] = json.loads(raw)
        return self._parsed[raw]

    # -- all together ---------------------------------------------------------------

    def news(self, phone: Phone) -> None:
        """Learn that a phone has heard something."""
        if phone in self._waiting and self._true(phone):
            self._waiting.discard(phone)
            if not self._waiting and self._all is not None and not self._all.done():
                self._all.set_result(None)

    async def until(self, true: Callable[[Phone], Any], seconds: float = 120) -> None:
        """Wait until this holds of every phone; meanwhile quiet ones ping."""
        self._true, self._all = true, asyncio.get_running_loop().create_future()
        self._waiting = {phone for phone in self.phones if not true(phone)}
        async with asyncio.timeout(seconds):
            while self._waiting:
                await asyncio.wait([self._all], timeout=0.5)
                self._ping()

    def _ping(self) -> None:
        now = time.monotonic()
        for phone in self.phones:
            if phone.line is not None and phone.state and now - phone.at > QUIET:
                phone.at = now
                phone.line.say(b'{"type":"ping"}')

    async def enter(self) -> float:
        """Everyone comes in one burst; return the seconds until the last is in."""
        began = time.monotonic()
        for phone in self.phones:
            phone.wake()
        await self.until(lambda phone: phone.state)
        return max(phone.back for phone in self.phones) - began

    def cut(self) -> None:
        """Everyone is cut off at once."""
        for phone in self.phones:
            phone.sleep()

    async def turn(
        self, pages: Sequence[str], move: Callable[[str], Any]
    ) -> list[float]:
        """Turn these pages; return how long each phone waited to hear of each."""
        waited = []
        for name in pages:
            for phone in self.phones:
                phone.turned.pop(name, None)
            began = time.monotonic()
            await move(name)
            await self.until(lambda phone, name=name: name in phone.turned)
            waited += [phone.turned[name] - began for phone in self.phones]
        return waited

    async def answer(self, name: str, within: float = 1) -> list[float]:
        """Everybody answers within a second; return how long each waited."""
        loop, sent = asyncio.get_running_loop(), dict[Phone, float]()

        def one(phone: Phone, value: int) -> None:
            sent[phone] = time.monotonic()
            phone.answer(name, value)

        for at, phone in enumerate(self.phones):
            loop.call_later(random.uniform(0, within), one, phone, at % 3)
        await self.until(lambda phone: phone.taken.get(name))
        return [phone.taken[name] - sent[phone] for phone in self.phones]
