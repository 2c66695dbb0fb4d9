"""A message of the server, encoded once however many pages it goes to."""

import struct
from dataclasses import dataclass
from functools import cached_property

from ...room import views

FINAL_TEXT = 0x81  # a frame with a whole text, as RFC 6455 (5.2) writes it


@dataclass(frozen=True)
class EncodedMessage:
    """One message as bytes: `payload` for an answer of HTTP, `frame` for a WebSocket.

    A server's frames have no mask, and ours no compression, so one frame is the same
    for every page.
    """

    payload: bytes

    @classmethod
    def of(cls, message: views.ServerMessage) -> "EncodedMessage":
        """Encode a message."""
        return cls(message.model_dump_json().encode())

    @cached_property
    def frame(self) -> bytes:
        """The message with a frame's head."""
        size = len(self.payload)
        if size < 126:
            head = struct.pack("!BB", FINAL_TEXT, size)
        elif size < 2**16:
            head = struct.pack("!BBH", FINAL_TEXT, 126, size)
        else:
            head = struct.pack("!BBQ", FINAL_TEXT, 127, size)
        return head + self.payload
