"""The room's WebSocket: the first choice of every page."""

import contextlib
from typing import Any

from tornado.websocket import WebSocketClosedError, WebSocketHandler

from .quiet import log
from .room_hub import Hub
from .room_line import MOST_BYTES, Line


class RoomSocket(WebSocketHandler, Line):
    """``/room``: one page's line, one message a frame."""

    def initialize(self, hub: Hub) -> None:
        """Remember the room."""
        self.begin(hub)

    @property
    def max_message_size(self) -> int:
        """Above this the connection ends."""
        return MOST_BYTES

    def open(self, *_: str, **__: str) -> None:
        """Count the connection, and wait a little for its hello."""
        self.set_nodelay(True)
        self.opened()

    def on_close(self) -> None:
        """Keep the seat."""
        self.gone()

    def on_message(self, message: str | bytes) -> None:
        """Hear one message."""
        self.hear(message)

    def cookie(self, name: str) -> str | None:
        """Return a cookie that came with the handshake."""
        return self.get_cookie(name)

    def send(self, text: str) -> None:
        """Write one frame."""
        with contextlib.suppress(WebSocketClosedError):  # on_close tells the room
            sending = self.write_message(text)
            sending.add_done_callback(lambda done: done.exception())

    def log_exception(self, *error: Any) -> None:
        """Log the kind of error only: its text could quote a message."""
        log.error("The room's socket failed: %s", error[0].__name__ if error[0] else "")
