"""WebSocket base class: same-origin check, and a limit on unread bytes."""

from functools import partial
from typing import Any
from urllib.parse import urlsplit

from tornado.httputil import HTTPHeaders
from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

MOST_UNREAD = 2**20  # bytes


def is_same_origin(headers: HTTPHeaders) -> bool:
    """Whether a request comes from a page of this origin, or from no page at all."""
    origin = headers.get("Origin")
    if origin is None:
        return True
    try:
        asking = urlsplit(origin).netloc
    except ValueError:
        return False
    return bool(asking) and asking.lower() == headers.get("Host", "").lower()


class Bounded(WebSocketHandler):
    """A socket that is closed when its page does not read what it is sent.

    ``most_unread`` bytes may wait for the page, and one message more.
    """

    most_unread = MOST_UNREAD
    _unread = 0

    def prepare(self) -> Any:
        """Let none but our own pages in."""
        if is_same_origin(self.request.headers):
            return super().prepare()
        self.set_status(403)
        return self.finish()

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Send a message, or hang up on who has not read those before.

        Raises
        ------
        WebSocketClosedError
            When the line is closed, or is closed now.
        """
        self._hang_up_on_deaf()
        sending = super().write_message(message, binary)
        self._await_reading(len(message), sending)
        return sending

    def write_frame(self, frame: bytes) -> None:
        """Send a whole frame that was encoded before, for any number of sockets.

        Such a socket must not compress: each would have to do it for itself.

        Raises
        ------
        WebSocketClosedError
            When the line is closed, or is closed now.
        """
        self._hang_up_on_deaf()
        line = self.ws_connection
        if line is None or line.stream is None or line.is_closing():
            raise WebSocketClosedError
        try:
            sending = line.stream.write(frame)
        except StreamClosedError:
            raise WebSocketClosedError from None
        self._await_reading(len(frame), sending)

    def _hang_up_on_deaf(self) -> None:
        if self._unread > self.most_unread:
            self.close(1013)
            raise WebSocketClosedError

    def _await_reading(self, size: int, sending: Any) -> None:
        """Count bytes until they are on their way; mostly they are at once."""
        if sending.done():
            sending.exception()
            return
        self._unread += size
        sending.add_done_callback(partial(self._sent, size))

    def _sent(self, size: int, done: Any) -> None:
        self._unread -= size
        if not done.cancelled():
            done.exception()  # the line was closed: on_close tells
