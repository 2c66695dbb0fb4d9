"""Protocol of a page's connection to the room, as the broadcaster sees it."""

from typing import Protocol

from ...room import messages as m
from ...room import views
from ...room.pairing import Pairing
from .encoded_message import EncodedMessage


class Connection(Protocol):
    """A page's connection; `room_connection` has what all transports share."""

    role: m.Role | None
    token: str
    key: str  # a second leader's

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close it; what was sent before still arrives."""

    def send_message(self, message: views.ServerMessage) -> None:
        """Send one message."""

    def refuse(self, refusal: m.Refusal) -> None:
        """Say why a message changed nothing."""

    def show(self, state: EncodedMessage) -> None:
        """Send the room's state, unless this page has it already."""

    def pair(self, draw: Pairing | None) -> None:
        """Tell a phone how it finds its pair, once a draw."""
