"""Broadcasts the room's state to every connection, whatever its transport.

It decides nothing about the room: `room.Room.apply` does, and `room.views.state` says
what each role may see.
"""

import time
from collections.abc import Callable
from contextlib import suppress

from ...common.log_scrubbing import log
from ...room import messages as m
from ...room import views
from ...room.room import Phase, Room
from ..http.security import keys_match
from .connection import Connection
from .deck_positions import DeckPositions

CONNECTIONS_A_SEAT = 3  # connections kept open at most, for each seat of the room
IDLE_HOURS = 4
LEADERS = (m.Role.FACILITATOR, m.Role.COFACILITATOR)


class RoomBroadcaster:
    """The room's connections: passes their messages on, and sends them its state."""

    def __init__(
        self,
        room: Room,
        keys: dict[m.Role, str],
        cookies: dict[m.Role, str],
        max_connections: int,
    ) -> None:
        self.room = room
        self.keys = keys
        self.cookies = cookies  # names of those that hold these keys
        self.max_connections = max_connections
        self.deck_positions = DeckPositions()
        self.connections: dict[Connection, None] = {}  # in the order in which they came
        self.last_message_at = time.monotonic()
        self.on_end: Callable[[], None] = lambda: None

    def dispatch(self, role: m.Role, message: m.Message, token: str = "") -> None:
        """Pass a message to the room, then tell everyone what it changed."""
        before = self.room.phase
        asking = self.room.who_asks(message)
        self.room.apply(role, message, token)
        if isinstance(message, m.Ping):
            return  # it changed nothing, and comes often
        for connection in self.connections:
            if connection.token in asking:
                connection.send_message(views.OnIt())
        self.broadcast()
        if self.room.phase is Phase.ENDED and before is not Phase.ENDED:
            self.on_end()

    def leave(self, token: str) -> None:
        """Give back the seat of a token, if there is one, and close its connections."""
        with suppress(m.Refusal):
            self.dispatch(m.Role.PHONE, m.Leave(type="leave"), token)
            for connection in [
                connection
                for connection in self.connections
                if connection.token == token
            ]:
                connection.close(1000)

    def broadcast(self) -> None:
        """Send each page the room as it may see it, where that has changed."""
        roles = {
            connection.role
            for connection in self.connections
            if connection.role is not None
        }
        seen = {role: views.state(self.room, role).model_dump_json() for role in roles}
        for connection in list(self.connections):
            if connection.role is not None:
                connection.show(seen[connection.role])
        drawn = self.room.drawn
        for connection in self.connections:
            if connection.role is m.Role.PHONE:
                connection.pair(drawn)

    def may(self, role: m.Role, cookie: Callable[[str], str | None]) -> bool:
        """Whether a browser keeps the key of a role; `cookie` looks one up."""
        return keys_match(cookie(self.cookies[role]), self.keys[role])

    def make_room(self) -> None:
        """Close the oldest connection that did not say who it is, if there are many."""
        strangers = [
            connection for connection in self.connections if connection.role is None
        ]
        if strangers and len(self.connections) >= self.max_connections:
            strangers[0].close(1013)
            self.connections.pop(strangers[0], None)

    def broadcast_moving(self) -> None:
        """Tell all pages to wait and to come back: the room starts again soon."""
        for connection in list(self.connections):
            connection.send_message(views.Moving())
            connection.close(1012)

    @property
    def led(self) -> bool:
        """Whether the page of the leader, or of the second adult, is open."""
        return any(connection.role in LEADERS for connection in self.connections)

    def end_if_idle(self) -> None:
        """End a room that everyone has forgotten, so that it forgets everyone."""
        idle = time.monotonic() - self.last_message_at
        if idle > IDLE_HOURS * 3600 and self.room.phase is not Phase.ENDED:
            log.warning("Nobody has used the room for %s hours: ended.", IDLE_HOURS)
            self.dispatch(m.Role.FACILITATOR, m.End(type="end"))
