"""WebSocket of the room: the first choice of every page."""

import contextlib
from typing import Any

from tornado.websocket import WebSocketClosedError

from ...common.bounded_websocket import Bounded
from ...common.log_scrubbing import log
from .encoded_message import EncodedMessage
from .room_broadcaster import RoomBroadcaster
from .room_connection import MOST_BYTES, RoomConnection


class RoomSocket(Bounded, RoomConnection):
    """``/room``: one page's connection, one message a frame."""

    def initialize(self, broadcaster: RoomBroadcaster) -> None:
        """Remember the room."""
        self.begin(broadcaster)

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
        """Handle one message."""
        self.handle_message(message)

    def cookie(self, name: str) -> str | None:
        """Return a cookie that came with the handshake."""
        return self.get_cookie(name)

    def send(self, message: EncodedMessage) -> None:
        """Write one frame."""
        with contextlib.suppress(WebSocketClosedError):  # on_close tells the room
            self.write_frame(message.frame)

    def log_exception(self, *error: Any) -> None:
        """Log the kind of error only: its text could quote a message."""
        log.error("The room's socket failed: %s", error[0].__name__ if error[0] else "")
