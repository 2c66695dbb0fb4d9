"""One page's connection to the room: what all transports share.

It keeps the pace, reads, acts and answers. How a message gets to the page is the
business of `room_websocket` and of `room_long_poll`.
"""

import secrets
import time
from abc import ABC, abstractmethod

from tornado.ioloop import IOLoop

from ...common.rate_limit import TokenBucket
from ...room import messages as m
from ...room import views, words
from ...room.pairing import Pairing, Sign
from .encoded_message import EncodedMessage
from .room_broadcaster import RoomBroadcaster

A_SECOND = 20  # messages that a page may send each second …
BURST = 60  # … and at once
PATIENCE = 200  # refusals for haste before the connection is closed
HELLO_WITHIN = 5  # seconds
MOST_BYTES = 2**19  # at once; from MAX_BYTES of a message on there is a refusal


class RoomConnection(ABC):
    """A page's role, its seat, and the state that it was sent last."""

    @abstractmethod
    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Let go; what was said before still gets there."""

    @abstractmethod
    def send(self, message: EncodedMessage) -> None:
        """Bring one message to the page."""

    @abstractmethod
    def cookie(self, name: str) -> str | None:
        """Return a cookie that came with the page's request."""

    def begin(self, broadcaster: RoomBroadcaster) -> None:
        """Know nobody yet."""
        self.broadcaster = broadcaster
        self.role: m.Role | None = None
        self.token = ""
        self.key = ""
        self._bucket = TokenBucket(A_SECOND, BURST)
        self._shown: EncodedMessage | None = None
        self._sign: Sign | None = None

    def opened(self) -> None:
        """Count the connection, and wait a little for its hello."""
        self.broadcaster.make_room()
        self.broadcaster.connections[self] = None
        self._hello = IOLoop.current().call_later(HELLO_WITHIN, self._no_hello)

    def _no_hello(self) -> None:
        if self.role is None:
            self.close(1008)

    def gone(self) -> None:
        """Keep the seat: phones sleep."""
        self.broadcaster.remove(self)
        if hasattr(self, "_hello"):
            IOLoop.current().remove_timeout(self._hello)

    def handle_message(self, message: str | bytes) -> None:
        """Read, act, answer; whatever is wrong is refused and changes nothing."""
        if not self._bucket.try_take():
            if self._bucket.refused == 1:
                self.refuse(m.Refusal("too_fast"))
            elif self._bucket.refused > PATIENCE:
                self.close(1008, "too fast")
            return
        self.broadcaster.last_message_at = time.monotonic()
        try:
            most = m.MAX_KEPT if self.role in m.LEAD else m.MAX_BYTES
            self._act(m.read(message, most))
        except m.Refusal as refusal:
            self.refuse(refusal)

    def _act(self, message: m.Message) -> None:
        if isinstance(message, m.Hello):
            return self._greet(message)
        if self.role is None:
            raise m.Refusal("not_joined")
        if isinstance(message, m.Slide):
            return self._turn(message)
        self.broadcaster.dispatch(self.role, message, self.token)
        if isinstance(message, m.Answer | m.TakeBack):
            self.send_message(
                views.Sent(activity=message.activity, round=message.round)
            )
        elif isinstance(message, m.Ping):
            self.send_message(views.Pong(at=time.time_ns() // 1_000_000))
        elif isinstance(message, m.Signal):
            self._answer(message)
        elif isinstance(message, m.Leave):
            self.close(1000)
        return None

    def _answer(self, signal: m.Signal) -> None:
        """Say that the room let go of a call, or how it stands."""
        if not signal.on:
            self.send_message(views.Heard(kind=signal.kind, on=False, seen=False))
        for note in self.broadcaster.room.call_status(self.token):
            if signal.on and note.kind == signal.kind:
                self.send_message(views.told(note))

    def _turn(self, message: m.Slide) -> None:
        if self.role is None or m.Slide not in m.ALLOWED[self.role]:
            raise m.Refusal("not_yours")
        self.broadcaster.deck_positions.apply(message, self)

    def _greet(self, hello: m.Hello) -> None:
        if self.role is not None:
            raise m.Refusal("malformed")
        room, others = self.broadcaster.room, []
        if hello.role is m.Role.PHONE:
            self.token = room.join(hello.token, watching=hello.watch)
            others = self.broadcaster.of_seat(self.token)
            self.role = hello.role
            self.send_message(
                views.Welcome(token=self.token, calm=words.table()["calm"])
            )
            for note in room.call_status(self.token):
                self.send_message(views.told(note))
        else:
            role = self._role_of(hello)
            if role is None:
                self.refuse(m.Refusal("wrong_key"))
                return self.close(1008)
            self.role = role
            if role in m.LEAD:
                self.token = secrets.token_urlsafe(9)  # tells two leaders' pages apart
            if role is m.Role.SECOND_LEADER:
                self.key = room.second_key
            self.send_message(views.Welcome())
        self.broadcaster.introduce(self)
        for other in others:  # only now: the seat is never without a page
            other.refuse(m.Refusal("opened_elsewhere"))
            other.close(1000)
        return None

    def _role_of(self, hello: m.Hello) -> m.Role | None:
        """Return the role that the page may have; whoever leads may see the wall."""
        known = self.broadcaster
        if hello.role not in known.keys:
            return None
        for key in (hello.key, self.cookie(known.cookies[hello.role])):
            if role := known.role_of(hello.role, key):
                return role
        if hello.role is m.Role.WALL and known.may(m.Role.FACILITATOR, self.cookie):
            return hello.role
        return None

    def refuse(self, refusal: m.Refusal) -> None:
        """Say why a message changed nothing."""
        self.send_message(views.refused(refusal, self.broadcaster.room.k))

    def show(self, state: EncodedMessage) -> None:
        """Send the room's state, unless this page has it already."""
        if state != self._shown:
            self._shown = state
            self.send(state)

    def pair(self, draw: Pairing | None) -> None:
        """Tell a phone how it finds its pair, once a draw."""
        sign = draw.sign(self.token) if draw else None
        if draw and sign and sign != self._sign:
            self.send_message(views.Paired.of(draw.declaration.id, sign))
        self._sign = sign

    def send_message(self, message: views.ServerMessage) -> None:
        """Send one message to this page."""
        self.send(EncodedMessage.of(message))
