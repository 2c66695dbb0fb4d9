"""Broadcasts the room's state to every connection, whatever its transport.

It decides nothing about the room: `room.Room.apply` does, and `room.views.state` says
what each role may see. A state is encoded once for each role, and goes to the pages of
those roles alone for which it has changed: two thousand phones that answer cost no
broadcast to phones.
"""

import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress

from tornado.ioloop import IOLoop

from ...common.log_scrubbing import log
from ...room import messages as m
from ...room import views
from ...room.room import Phase, Room
from ..http.security import keys_match
from .connection import Connection
from .deck_positions import DeckPositions
from .encoded_message import EncodedMessage

CONNECTIONS_A_SEAT = 3  # connections kept open at most, for each seat of the room
IDLE_HOURS = 4
SOON = 0.02  # seconds in which what phones do is gathered into one broadcast
BACK_WITHIN = 10  # seconds in which what was put away may come back


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
        self._of_role: dict[m.Role, dict[Connection, None]] = defaultdict(dict)
        self._of_seat: dict[str, dict[Connection, None]] = defaultdict(dict)
        self._states: dict[m.Role, EncodedMessage] = {}  # the newest of each role
        self._untold: set[m.Role] = set()  # roles of which not all pages have it
        self._soon: object | None = None
        self._drawn = False
        self.last_message_at = time.monotonic()
        self._forgetting: object = None  # a timer
        self.on_end: Callable[[], None] = lambda: None

    def dispatch(self, role: m.Role, message: m.Message, token: str = "") -> None:
        """Pass a message to the room, then tell everyone what it changed."""
        before = self.room.phase
        self.room.apply(role, message, token)
        if isinstance(message, m.Ping):  # it changed nothing
            if self._soon is not None and role is not m.Role.PHONE:
                self.broadcast()  # whoever leads and asks hears the newest first
            return
        for note in self.room.notes():
            for connection in self.of_seat(note.token):
                connection.send_message(views.told(note))
        if isinstance(message, m.Seen):
            return  # no page is shown anything else
        if isinstance(message, m.SecondLeader | m.Restore):
            self._let_go_of_second_leaders()
        if role is m.Role.PHONE:
            self.broadcast_soon()
        else:
            self.broadcast()
        if isinstance(message, m.PutAway) and self.room.hidden:
            self._forget_hidden_later()
        if self.room.phase is Phase.ENDED and before is not Phase.ENDED:
            self.on_end()

    def _forget_hidden_later(self) -> None:
        """Let what was put away come back for a while, and no longer."""
        loop = IOLoop.current()
        if self._forgetting is not None:
            loop.remove_timeout(self._forgetting)
        self._forgetting = loop.call_later(BACK_WITHIN, self._forget_hidden)

    def _forget_hidden(self) -> None:
        self._forgetting = None
        self.room.forget_hidden()
        self.broadcast()

    def _let_go_of_second_leaders(self) -> None:
        """Close the pages whose key was taken back."""
        for connection in list(self.connections):
            second = connection.role is m.Role.SECOND_LEADER
            if second and connection.key != self.room.second_key:
                connection.refuse(m.Refusal("withdrawn"))
                connection.close(1008)

    def leave(self, token: str) -> None:
        """Give back the seat of a token, if there is one, and close its connections."""
        with suppress(m.Refusal):
            self.dispatch(m.Role.PHONE, m.Leave(type="leave"), token)
            for connection in self.of_seat(token):
                connection.close(1000)

    # -- who is there ---------------------------------------------------------------

    def of_seat(self, token: str) -> list[Connection]:
        """List the pages that are open on a seat."""
        return list(self._of_seat.get(token, ())) if token else []

    def introduce(self, connection: Connection) -> None:
        """Know a page's role and seat from now on, and show it the room."""
        if connection.role is None:
            return
        self._of_role[connection.role][connection] = None
        self._of_seat[connection.token][connection] = None
        connection.show(self._state(connection.role))
        if connection.role is m.Role.PHONE:
            connection.pair(self.room.drawn)
        self.broadcast_soon()

    def remove(self, connection: Connection) -> None:
        """Forget a page that has gone; the seat stays, for phones sleep."""
        self.connections.pop(connection, None)
        self.deck_positions.leave(connection)
        if connection.role is None:
            return
        self._of_role[connection.role].pop(connection, None)
        self._of_seat[connection.token].pop(connection, None)
        if not self._of_seat[connection.token]:
            del self._of_seat[connection.token]
            if connection.role is m.Role.PHONE:
                self.room.disconnect(connection.token)
                self.broadcast_soon()

    # -- what they are told -----------------------------------------------------------

    def _state(self, role: m.Role) -> EncodedMessage:
        """Encode what a role sees now; the last one, where nothing has changed."""
        state = EncodedMessage.of(views.state(self.room, role))
        if state != self._states.get(role):
            self._states[role] = state
            self._untold.add(role)
        return self._states[role]

    def broadcast_soon(self) -> None:
        """Broadcast in a moment, once for all that happens until then."""
        if self._soon is None:
            self._soon = IOLoop.current().call_later(SOON, self.broadcast)

    def broadcast(self) -> None:
        """Send each page the room as it may see it, where that has changed."""
        if self._soon is not None:
            IOLoop.current().remove_timeout(self._soon)
            self._soon = None
        for role in [role for role, pages in self._of_role.items() if pages]:
            state = self._state(role)
            if role in self._untold:
                self._untold.discard(role)
                for connection in list(self._of_role[role]):
                    connection.show(state)
        drawn = self.room.drawn
        if drawn is not None or self._drawn:
            self._drawn = drawn is not None
            for connection in list(self._of_role[m.Role.PHONE]):
                connection.pair(drawn)

    def may(self, role: m.Role, cookie: Callable[[str], str | None]) -> bool:
        """Whether a browser keeps the key of a role; `cookie` looks one up."""
        return self.role_of(role, cookie(self.cookies[role])) is not None

    def role_of(self, role: m.Role, key: str | None) -> m.Role | None:
        """Return what a key opens where a page asks for a role; None for nothing."""
        if role not in self.keys:
            return None
        if keys_match(key, self.keys[role]):
            return role
        second = role is m.Role.FACILITATOR and self.room.second_key
        if second and keys_match(key, self.room.second_key):
            return m.Role.SECOND_LEADER
        return None

    def make_room(self) -> None:
        """Close the oldest connection that did not say who it is, if there are many."""
        if len(self.connections) < self.max_connections:
            return
        strangers = (one for one in self.connections if one.role is None)
        if stranger := next(strangers, None):
            stranger.close(1013)
            self.connections.pop(stranger, None)

    def broadcast_moving(self) -> None:
        """Tell all pages to wait and to come back: the room starts again soon."""
        for connection in list(self.connections):
            connection.send_message(views.Moving())
            connection.close(1012)

    def end_if_idle(self) -> None:
        """End a room that everyone has forgotten, so that it forgets everyone."""
        idle = time.monotonic() - self.last_message_at
        if idle > IDLE_HOURS * 3600 and self.room.phase is not Phase.ENDED:
            log.warning("Nobody has used the room for %s hours: ended.", IDLE_HOURS)
            self.dispatch(m.Role.FACILITATOR, m.End(type="end"))
