"""One page's line to the room: the same manners, whichever way messages travel.

It keeps the pace, reads, acts and answers. How a message gets to the page is the
business of `room_socket` (a WebSocket) and of `room_poll` (plain requests).
"""

import time
from abc import ABC, abstractmethod

from tornado.ioloop import IOLoop

from ..room import messages as m
from ..room import views, words
from ..room.pairing import Pairing, Sign
from .room_hub import Hub
from .security import same
from .snapshot.pace import Pace

A_SECOND = 20  # messages that a page may send each second …
BURST = 60  # … and at once
PATIENCE = 200  # refusals for haste before the line is closed
HELLO_WITHIN = 5  # seconds
MOST_BYTES = 2 * 2**20  # at once; from MAX_BYTES of a message on there is a refusal


class Line(ABC):
    """Who is at the other end, and what was said to them."""

    @abstractmethod
    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Let go; what was said before still gets there."""

    @abstractmethod
    def send(self, text: str) -> None:
        """Bring one message to the page."""

    @abstractmethod
    def cookie(self, name: str) -> str | None:
        """Return a cookie that came with the page's request."""

    def begin(self, hub: Hub) -> None:
        """Know nobody yet."""
        self.hub = hub
        self.role: m.Role | None = None
        self.token = ""
        self._pace = Pace(A_SECOND, BURST)
        self._shown = ""
        self._sign: Sign | None = None

    def opened(self) -> None:
        """Count the line, and wait a little for its hello."""
        self.hub.make_room()
        self.hub.lines[self] = None
        self._hello = IOLoop.current().call_later(HELLO_WITHIN, self._no_hello)

    def _no_hello(self) -> None:
        if self.role is None:
            self.close(1008)

    def gone(self) -> None:
        """Keep the seat: phones sleep."""
        self.hub.lines.pop(self, None)
        if hasattr(self, "_hello"):
            IOLoop.current().remove_timeout(self._hello)
        shared = any(line.token == self.token for line in self.hub.lines)
        if self.role is m.Role.PHONE and not shared:
            self.hub.room.disconnect(self.token)
            self.hub.tell()

    def hear(self, message: str | bytes) -> None:
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
            for other in list(self.hub.lines):
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
        return same(hello.key, key) or same(self.cookie(hello.role.value), key)

    def refuse(self, refusal: m.Refusal) -> None:
        """Say why a message changed nothing."""
        self.say(views.refused(refusal, self.hub.room.k))

    def show(self, state: str) -> None:
        """Send the room's state, unless this page has it already."""
        if state != self._shown:
            self._shown = state
            self.send(state)

    def pair(self, draw: Pairing | None) -> None:
        """Tell a phone how it finds its pair, once a draw."""
        sign = draw.sign(self.token) if draw else None
        if draw and sign and sign != self._sign:
            self.say(views.Paired(activity=draw.declaration.id, sign=sign))
        self._sign = sign

    def say(self, said: views.Said) -> None:
        """Send one message to this page."""
        self.send(said.model_dump_json())
