"""Long polling of the room, for proxies that block WebSockets.

``/room/line`` carries the messages of the WebSocket, one a line of the body. A
connection has a name that cannot be guessed; it travels in a header, and stands in no
URL and no log.

- ``POST`` sends. ``X-Connection: new`` opens a connection, and the answer's
  ``X-Connection`` names it. ``X-Sequence`` numbers the first message, from 1: messages
  that were received already are skipped, so whatever got no answer can be sent again.
  Every answer is empty.
- ``GET`` waits for messages after ``X-Sequence``, for ``WAIT`` seconds at most; the
  answer's ``X-Sequence`` numbers the last one. Lost messages are sent again.
- ``POST`` with ``X-Sequence: bye`` closes. A page that does not poll for ``SILENT``
  seconds is disconnected: the phone sleeps, its seat stays.

``X-Closed`` tells that the connection has ended, with the close code of a WebSocket.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable

from tornado.ioloop import IOLoop
from tornado.web import HTTPError

from ...common.rate_limit import TokenBucket
from .encoded_message import EncodedMessage
from .polling_base import CLOSED, CONNECTION, SEQUENCE, ScriptOnlyHandler
from .room_broadcaster import RoomBroadcaster
from .room_connection import A_SECOND, BURST, MOST_BYTES, RoomConnection

WAIT = 4.0  # seconds; less than a page waits before it asks whether we are there
SILENT = 10.0  # seconds
MOST_UNDELIVERED = 512  # messages held for a page that does not poll …
MOST_UNREAD = 2**20  # … and bytes
Cookies = Callable[[str], str | None]


class LongPollConnection(RoomConnection):
    """One page's connection: messages wait here until it polls."""

    def __init__(
        self,
        broadcaster: RoomBroadcaster,
        cookies: Cookies,
        known: dict[str, "LongPollConnection"],
    ) -> None:
        self.begin(broadcaster)
        self.cookies = cookies
        self.name = secrets.token_urlsafe()
        self.closed: int | None = None
        self.poll_bucket = TokenBucket(A_SECOND, BURST)
        self._received_count = 0  # messages from the page
        self._sent_count = 0  # and to it
        self._undelivered: deque[tuple[int, bytes]] = deque()
        self._bytes = 0  # of those
        self._waiting: asyncio.Future[None] | None = None
        self._known = known
        known[self.name] = self
        self._silence = IOLoop.current().call_later(SILENT, self._silent)
        self.opened()

    def cookie(self, name: str) -> str | None:
        """Return a cookie that came with the first request."""
        return self.cookies(name)

    def receive(self, first: int, messages: list[bytes]) -> None:
        """Handle messages, of which the first has this number; none of them twice."""
        if first > self._received_count + 1:
            return self.close(1002)  # one is missing: the page must begin anew
        for number, message in enumerate(messages, first):
            if self.closed is None and number > self._received_count:
                self._received_count = number
                self.handle_message(message)
        return None

    def send(self, message: EncodedMessage) -> None:
        """Keep it until the page has heard it."""
        if self.closed is not None:
            return
        self._sent_count += 1
        full = self._full
        self._undelivered.append((self._sent_count, message.payload))
        self._bytes += len(message.payload)
        if self._full and not full:  # not now: somebody iterates over them
            IOLoop.current().add_callback(self.close, 1013)
        self._wake()

    @property
    def _full(self) -> bool:
        return len(self._undelivered) >= MOST_UNDELIVERED or self._bytes > MOST_UNREAD

    async def poll(
        self, after: int, waiting: asyncio.Future[None]
    ) -> list[tuple[int, bytes]]:
        """Wait for what comes after this message; the newest request gets it."""
        while self._undelivered and self._undelivered[0][0] <= after:
            self._bytes -= len(self._undelivered.popleft()[1])
        self._wake()
        self._waiting = waiting
        IOLoop.current().remove_timeout(self._silence)
        if not self._undelivered and self.closed is None:
            await asyncio.wait([waiting], timeout=WAIT)
        if self._waiting is not waiting:
            return []
        self._waiting = None
        self._silence = IOLoop.current().call_later(SILENT, self._silent)
        return list(self._undelivered)

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    def _silent(self) -> None:
        self.close(1001)
        self.forget()

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close it; a waiting request gets the messages before, and the close code."""
        if self.closed is None:
            self.closed = code or 1000
            self._wake()
            self.gone()

    def forget(self) -> None:
        """Forget this connection."""
        IOLoop.current().remove_timeout(self._silence)
        self._known.pop(self.name, None)


class RoomLeave(ScriptOnlyHandler):
    """``/room/leave``: a seat is given back by a page that goes, whichever it is.

    The token is in the header ``X-Connection``. The answer is the same for a seat that
    is not known.
    """

    def initialize(self, broadcaster: RoomBroadcaster) -> None:
        """Remember the room."""
        self.broadcaster = broadcaster

    def post(self) -> None:
        """Give the seat back, and close its connections."""
        self.set_status(204)
        self.clear_header("Content-Type")
        self.broadcaster.leave(self.request.headers[CONNECTION])


class RoomPoll(ScriptOnlyHandler):
    """``/room/line``."""

    most_bytes = MOST_BYTES

    def initialize(
        self, broadcaster: RoomBroadcaster, known: dict[str, LongPollConnection]
    ) -> None:
        """Remember the room, and who asks by plain requests."""
        self.broadcaster, self.known = broadcaster, known
        self.waiting: asyncio.Future[None] = asyncio.Future()

    def _connection(self) -> LongPollConnection:
        """Find the connection that is named."""
        connection = self.known.get(self.request.headers[CONNECTION])
        if connection is None:
            raise HTTPError(404)
        return connection

    def _at(self) -> int:
        at = self.request.headers.get(SEQUENCE, "")
        if not (at.isascii() and at.isdigit() and len(at) < 10):
            raise HTTPError(400)
        return int(at)

    def post(self) -> None:
        """Receive messages, or open a connection with them."""
        self.set_status(204)
        self.clear_header("Content-Type")
        if self.request.headers.get(SEQUENCE) == "bye":
            connection = self._connection()
            connection.close(1000)
            return connection.forget()
        first = self._at()
        if self.request.headers[CONNECTION] == "new":
            connection = self._new()
            self.set_header(CONNECTION, connection.name)
        else:
            connection = self._connection()
        # of more at once than the pace allows, the rest is one that cannot be read
        connection.receive(first, bytes(self.sent).split(b"\n", BURST))
        return self.set_header(SEQUENCE, str(first))

    def _new(self) -> LongPollConnection:
        """Open a connection; forget the oldest closed one, if there are many."""
        if len(self.known) >= 2 * self.broadcaster.max_connections:
            ended = (
                connection
                for connection in self.known.values()
                if connection.closed is not None
            )
            if oldest := next(ended, None):
                oldest.forget()
        cookies = {name: morsel.value for name, morsel in self.cookies.items()}
        return LongPollConnection(self.broadcaster, cookies.get, self.known)

    async def get(self) -> None:
        """Tell what is new, as soon as something is."""
        connection, after = self._connection(), self._at()
        # messages that a page sends have a bucket of their own
        if not connection.poll_bucket.try_take():
            raise HTTPError(429)
        messages = await connection.poll(after, self.waiting)
        self.set_header(SEQUENCE, str(messages[-1][0] if messages else after))
        if connection.closed is not None:
            self.set_header(CLOSED, str(connection.closed))
        self.finish(b"\n".join(payload for _, payload in messages))

    def on_connection_close(self) -> None:
        """Wait for nobody who has hung up."""
        if not self.waiting.done():
            self.waiting.set_result(None)
