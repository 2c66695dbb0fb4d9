"""WebSocket base class: same-origin check, and a limit on unread bytes."""

from functools import partial
from typing import Any
from urllib.parse import urlsplit

from tornado.httputil import HTTPHeaders
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
        if self._unread > self.most_unread:
            self.close(1013)
            raise WebSocketClosedError
        sending = super().write_message(message, binary)
        size = len(message)
        self._unread += size
        sending.add_done_callback(partial(self._sent, size))
        return sending

    def _sent(self, size: int, done: Any) -> None:
        self._unread -= size
        if not done.cancelled():
            done.exception()  # the line was closed: on_close tells
