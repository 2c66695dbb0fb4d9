"""The room's WebSocket: carries messages, keeps the pace, tells everyone what changed.

It decides nothing about the room: `room.Room.hear` does, and `room.views.state` says
what each role may see.
"""

import contextlib
import time
from collections.abc import Callable
from typing import Any

from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from ..room import messages as m
from ..room import views, words
from ..room.pairing import Pairing, Sign
from ..room.room import Phase, Room
from .quiet import log
from .security import same
from .snapshot.pace import Pace

A_SECOND = 20  # messages that a page may send each second …
BURST = 60  # … and at once
PATIENCE = 200  # refusals for haste before the connection is closed
HELLO_WITHIN = 5  # seconds
SOCKETS_A_SEAT = 3  # connections kept open at most, for each seat of the room
IDLE_HOURS = 4
LEADERS = (m.Role.FACILITATOR, m.Role.COFACILITATOR)


class Hub:
    """Everyone who is connected, and what each of them was last told."""

    def __init__(self, room: Room, keys: dict[m.Role, str], max_sockets: int) -> None:
        self.room = room
        self.keys = keys
        self.max_sockets = max_sockets
        self.sockets: dict[RoomSocket, None] = {}  # in the order in which they came
        self.heard = time.monotonic()
        self.on_end: Callable[[], None] = lambda: None

    def hear(self, role: m.Role, message: m.Message, token: str = "") -> None:
        """Pass a message to the room, then tell everyone what it changed."""
        before = self.room.phase
        asking = self.room.who_asks(message)
        self.room.hear(role, message, token)
        for socket in self.sockets:
            if socket.token in asking:
                socket.say(views.OnIt())
        self.tell()
        if self.room.phase is Phase.ENDED and before is not Phase.ENDED:
            self.on_end()

    def tell(self) -> None:
        """Send each page the room as it may see it, where that has changed."""
        seen = {role: views.state(self.room, role).model_dump_json() for role in m.Role}
        for socket in list(self.sockets):
            if socket.role is not None:
                socket.show(seen[socket.role])
        drawn = self.room.drawn
        for socket in self.sockets:
            if socket.role is m.Role.PHONE:
                socket.pair(drawn)

    def make_room(self) -> None:
        """Close the oldest connection that did not say who it is, if there are many."""
        strangers = [socket for socket in self.sockets if socket.role is None]
        if strangers and len(self.sockets) >= self.max_sockets:
            strangers[0].close(1013)
            self.sockets.pop(strangers[0])

    def say_moving(self) -> None:
        """Tell all pages to wait and to come back: the room starts again soon."""
        for socket in list(self.sockets):
            socket.say(views.Moving())
            socket.close(1012)

    @property
    def led(self) -> bool:
        """Whether the page of the leader, or of the second adult, is open."""
        return any(socket.role in LEADERS for socket in self.sockets)

    def end_if_idle(self) -> None:
        """End a room that everyone has forgotten, so that it forgets everyone."""
        idle = time.monotonic() - self.heard
        if idle > IDLE_HOURS * 3600 and self.room.phase is not Phase.ENDED:
            log.warning("Nobody has used the room for %s hours: ended.", IDLE_HOURS)
            self.hear(m.Role.FACILITATOR, m.End(type="end"))


class RoomSocket(WebSocketHandler):
    """One page's connection."""

    def initialize(self, hub: Hub) -> None:
        """Remember the room."""
        self.hub = hub
        self.role: m.Role | None = None
        self.token = ""
        self._pace = Pace(A_SECOND, BURST)
        self._shown = ""
        self._sign: Sign | None = None

    @property
    def max_message_size(self) -> int:
        """Above this the connection ends; from MAX_BYTES on there is a refusal."""
        return 2 * 2**20

    def open(self, *_: str, **__: str) -> None:
        """Count the connection, and wait a little for its hello."""
        self.set_nodelay(True)
        self.hub.make_room()
        self.hub.sockets[self] = None
        self._hello = IOLoop.current().call_later(HELLO_WITHIN, self._no_hello)

    def _no_hello(self) -> None:
        if self.role is None:
            self.close(1008)

    def on_close(self) -> None:
        """Keep the seat: phones sleep."""
        self.hub.sockets.pop(self, None)
        if hasattr(self, "_hello"):
            IOLoop.current().remove_timeout(self._hello)
        shared = any(s.token == self.token for s in self.hub.sockets)
        if self.role is m.Role.PHONE and not shared:
            self.hub.room.disconnect(self.token)
            self.hub.tell()

    def on_message(self, message: str | bytes) -> None:
        """Read, act, answer; whatever is wrong is refused and changes nothing."""
        if not self._pace.allows():
            if self._pace.refused == 1:
                self.refuse(m.Refusal("too_fast"))
            elif self._pace.refused > PATIENCE:
                self.close(1008, "too fast")
            return
        self.hub.heard = time.monotonic()
        try:
            most = m.MAX_KEPT if self.role is m.Role.FACILITATOR else m.MAX_BYTES
            self._act(m.read(message, most))
        except m.Refusal as refusal:
            self.refuse(refusal)

    def _act(self, message: m.Message) -> None:
        if isinstance(message, m.Hello):
            return self._greet(message)
        if self.role is None:
            raise m.Refusal("not_joined")
        self.hub.hear(self.role, message, self.token)
        if isinstance(message, m.Answer | m.TakeBack):
            self.say(views.Sent(activity=message.activity, round=message.round))
        elif isinstance(message, m.Ping):
            self.say(views.Pong(at=time.time_ns() // 1_000_000))
        elif isinstance(message, m.Signal):
            on = message.on and self.hub.led
            self.say(views.Heard(kind=message.kind, on=message.on, seen=on))
        elif isinstance(message, m.Leave):
            self.close(1000)
        return None

    def _greet(self, hello: m.Hello) -> None:
        if self.role is not None:
            raise m.Refusal("malformed")
        room = self.hub.room
        if hello.role is m.Role.PHONE:
            self.token = room.join(hello.token, watching=hello.watch)
            for other in list(self.hub.sockets):
                if other is not self and other.token == self.token:
                    other.refuse(m.Refusal("opened_elsewhere"))
                    other.close(1000)
            self.role = hello.role
            self.say(views.Welcome(token=self.token, calm=words.table()["calm"]))
        else:
            if not self._has_key(hello):
                self.refuse(m.Refusal("wrong_key"))
                return self.close(1008)
            self.role = hello.role
            self.say(views.Welcome())
        self.hub.tell()

    def _has_key(self, hello: m.Hello) -> bool:
        key = self.hub.keys[hello.role]
        return same(hello.key, key) or same(self.get_cookie(hello.role.value), key)

    def refuse(self, refusal: m.Refusal) -> None:
        """Say why a message changed nothing."""
        self.say(views.refused(refusal, self.hub.room.k))

    def show(self, state: str) -> None:
        """Send the room's state, unless this page has it already."""
        if state != self._shown:
            self._shown = state
            self._send(state)

    def pair(self, draw: Pairing | None) -> None:
        """Tell a phone how it finds its pair, once a draw."""
        sign = draw.sign(self.token) if draw else None
        if draw and sign and sign != self._sign:
            self.say(views.Paired(activity=draw.declaration.id, sign=sign))
        self._sign = sign

    def say(self, said: views.Said) -> None:
        """Send one message to this page."""
        self._send(said.model_dump_json())

    def _send(self, text: str) -> None:
        with contextlib.suppress(WebSocketClosedError):  # on_close tells the room
            sending = self.write_message(text)
            sending.add_done_callback(lambda done: done.exception())

    def log_exception(self, *error: Any) -> None:
        """Log the kind of error only: its text could quote a message."""
        log.error("The room's socket failed: %s", error[0].__name__ if error[0] else "")
