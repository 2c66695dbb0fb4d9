"""The room by plain requests, for where a proxy lets no WebSocket through.

``/room/line`` takes and tells the messages of the socket, one a line of the body. A
line has a name that cannot be guessed; it travels in a header, and stands in no address
and no log.

- ``POST`` sends. ``Room-Line: new`` opens a line, and the answer's ``Room-Line`` names
  it. ``Room-At`` numbers the first message, from 1: what was heard already is passed
  over, so whatever got no answer can be sent again. Every answer is empty.
- ``GET`` waits for what comes after message ``Room-At``, for ``WAIT`` seconds at most;
  the answer's ``Room-At`` numbers the last one. What got lost is told again.
- ``POST`` with ``Room-At: bye`` hangs up. Who does not ask for ``SILENT`` seconds has
  hung up too: the phone sleeps, its seat stays.

``Room-Closed`` tells that the line has ended, with the number that a socket would say.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable

from tornado.ioloop import IOLoop
from tornado.web import HTTPError

from .plain import AT, CLOSED, LINE, Plain
from .room_hub import Hub
from .room_line import A_SECOND, BURST, MOST_BYTES, Line
from .snapshot.pace import Pace

WAIT = 4.0  # seconds; less than a page waits before it asks whether we are there
SILENT = 10.0  # seconds
MOST_UNHEARD = 512  # messages kept for a page that does not ask for them
Cookies = Callable[[str], str | None]


class PolledLine(Line):
    """One page's line: what it has not heard yet waits here."""

    def __init__(
        self, hub: Hub, cookies: Cookies, known: dict[str, "PolledLine"]
    ) -> None:
        self.begin(hub)
        self.cookies = cookies
        self.name = secrets.token_urlsafe()
        self.closed: int | None = None
        self.asks = Pace(A_SECOND, BURST)
        self._taken = 0  # messages heard from the page
        self._told = 0  # and said to it
        self._unheard: deque[tuple[int, str]] = deque()
        self._waiting: asyncio.Future[None] | None = None
        self._known = known
        known[self.name] = self
        self._silence = IOLoop.current().call_later(SILENT, self._silent)
        self.opened()

    def cookie(self, name: str) -> str | None:
        """Return a cookie that came with the first request."""
        return self.cookies(name)

    def take(self, first: int, messages: list[bytes]) -> None:
        """Hear messages, of which the first has this number; none of them twice."""
        if first > self._taken + 1:
            return self.close(1002)  # one is missing: the page must begin anew
        for number, message in enumerate(messages, first):
            if self.closed is None and number > self._taken:
                self._taken = number
                self.hear(message)
        return None

    def send(self, text: str) -> None:
        """Keep it until the page has heard it."""
        if self.closed is not None:
            return
        self._told += 1
        self._unheard.append((self._told, text))
        if len(self._unheard) == MOST_UNHEARD:  # not now: somebody counts the lines
            IOLoop.current().add_callback(self.close, 1013)
        self._wake()

    async def news(
        self, after: int, waiting: asyncio.Future[None]
    ) -> list[tuple[int, str]]:
        """Wait for what comes after this message; the newest request gets it."""
        while self._unheard and self._unheard[0][0] <= after:
            self._unheard.popleft()
        self._wake()
        self._waiting = waiting
        IOLoop.current().remove_timeout(self._silence)
        if not self._unheard and self.closed is None:
            await asyncio.wait([waiting], timeout=WAIT)
        if self._waiting is not waiting:
            return []
        self._waiting = None
        self._silence = IOLoop.current().call_later(SILENT, self._silent)
        return list(self._unheard)

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    def _silent(self) -> None:
        self.close(1001)
        self.forget()

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """End the line; whoever waits is told what was said before, and that."""
        if self.closed is None:
            self.closed = code or 1000
            self._wake()
            self.gone()

    def forget(self) -> None:
        """Know this line no more."""
        IOLoop.current().remove_timeout(self._silence)
        self._known.pop(self.name, None)


class RoomPoll(Plain):
    """``/room/line``."""

    most_bytes = MOST_BYTES

    def initialize(self, hub: Hub, known: dict[str, PolledLine]) -> None:
        """Remember the room, and who asks by plain requests."""
        self.hub, self.known = hub, known
        self.waiting: asyncio.Future[None] = asyncio.Future()

    def _line(self) -> PolledLine:
        """Find the line that is named."""
        line = self.known.get(self.request.headers[LINE])
        if line is None:
            raise HTTPError(404)
        return line

    def _at(self) -> int:
        at = self.request.headers.get(AT, "")
        if not (at.isascii() and at.isdigit() and len(at) < 10):
            raise HTTPError(400)
        return int(at)

    def post(self) -> None:
        """Hear messages, or open a line with them."""
        self.set_status(204)
        self.clear_header("Content-Type")
        if self.request.headers.get(AT) == "bye":
            line = self._line()
            line.close(1000)
            return line.forget()
        first = self._at()
        if self.request.headers[LINE] == "new":
            line = self._new()
            self.set_header(LINE, line.name)
        else:
            line = self._line()
        # of more at once than the pace allows, the rest is one that cannot be read
        line.take(first, bytes(self.sent).split(b"\n", BURST))
        return self.set_header(AT, str(first))

    def _new(self) -> PolledLine:
        """Open a line; those that have ended wait for their pages, but not for ever."""
        if len(self.known) >= 2 * self.hub.max_lines:
            ended = (line for line in self.known.values() if line.closed is not None)
            if oldest := next(ended, None):
                oldest.forget()
        cookies = {name: morsel.value for name, morsel in self.cookies.items()}
        return PolledLine(self.hub, cookies.get, self.known)

    async def get(self) -> None:
        """Tell what is new, as soon as something is."""
        line, after = self._line(), self._at()
        if not line.asks.allows():  # what pages send has a pace of its own
            raise HTTPError(429)
        told = await line.news(after, self.waiting)
        self.set_header(AT, str(told[-1][0] if told else after))
        if line.closed is not None:
            self.set_header(CLOSED, str(line.closed))
        self.finish("\n".join(text for _, text in told))

    def on_connection_close(self) -> None:
        """Wait for nobody who has hung up."""
        if not self.waiting.done():
            self.waiting.set_result(None)
