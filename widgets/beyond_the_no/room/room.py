"""The room: one workshop in progress, in memory and nowhere else.

``lobby → open ⇄ paused → ended``. The room knows seats (random tokens), where the group
is, and the questions. It knows no name, no address and no time, and writes nothing.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import singledispatchmethod
from typing import Any

from . import kinds, rules, words
from . import messages as m
from .activity import Activity, Declaration
from .activity import Phase as ActivityPhase
from .pairing import Pairing
from .writing import Writing

SLEEPING = 5  # seats kept, for each that may be taken at once


class Phase(StrEnum):
    """Where a room is in its life."""

    LOBBY = "lobby"
    OPEN = "open"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass
class Seat:
    """One phone's place in the room."""

    watching: bool = False
    connected: bool = True


@dataclass(frozen=True)
class Receipt:
    """What ending the room deleted: kinds and counts, nothing else."""

    seats: int
    questions: int
    answers: int
    signals: int


class Room:
    """State machine of a workshop.

    Parameters
    ----------
    k : fewest real answers that a picture may stand for (at least three).
    max_seats : how many phones may take part at once.
    new_token : makes the unguessable token of a seat.
    """

    def __init__(
        self,
        k: int = rules.DEFAULT_K,
        max_seats: int = 200,
        new_token: Callable[[], str] = secrets.token_urlsafe,
    ) -> None:
        self.k = rules.check_k(k)
        self.max_seats = max_seats
        self.phase = Phase.LOBBY
        self.locked = False
        self.lesson: str | None = None
        self.lessons: dict[str, str] = {}  # name: title
        self.activities: dict[str, Activity[Any]] = {}
        self.wifi: m.Wifi | None = None
        self.receipt: Receipt | None = None
        self._new_token = new_token
        self._seats: dict[str, Seat] = {}
        self._asked: dict[str, set[str]] = {"slow": set(), "break": set()}
        self._checkins: dict[str, str] = {}

    # -- what the server tells the room ---------------------------------------------

    def declare(self, declarations: Iterable[Declaration]) -> None:
        """Learn the questions of a lesson; one that is under way keeps its life."""
        for declaration in declarations:
            known = self.activities.get(declaration.id)
            if known is None:
                self.activities[declaration.id] = kinds.begin(declaration)
            elif known.phase is ActivityPhase.IDLE:
                self._declare_anew(known, declaration)

    def _declare_anew(self, known: Activity[Any], new: Declaration) -> None:
        """Take an edited question; what was shown of it still counts (R2)."""
        if known.declaration.kind == new.kind:
            known.declaration = new
        elif not known.shown:
            self.activities[new.id] = kinds.begin(new)

    def join(self, token: str | None = None, *, watching: bool = False) -> str:
        """Take a seat, or come back to it; return its token.

        A token that this room does not know (the server was started again) gets a new
        seat: nothing is lost, for the phone still holds what it answered.
        """
        if self.phase is Phase.ENDED:
            raise m.Refusal("ended")
        if token is not None and token in self._seats:
            seat = self._seats[token]
            seat.connected, seat.watching = True, watching
            return token
        if self.locked:
            raise m.Refusal("locked")
        if self._present >= self.max_seats:
            raise m.Refusal("full")
        self._forget_oldest()
        token = self._new_token()
        self._seats[token] = Seat(watching)
        return token

    def _forget_oldest(self) -> None:
        """Keep the seats of sleeping phones, but not of any number of them."""
        if len(self._seats) >= SLEEPING * self.max_seats:
            asleep = (t for t, seat in self._seats.items() if not seat.connected)
            self._give_up(next(asleep))

    def disconnect(self, token: str) -> None:
        """Note that a phone sleeps or lost the Wi-Fi; its seat and answers stay."""
        if token in self._seats:
            self._seats[token].connected = False

    # -- what people say --------------------------------------------------------------

    def hear(self, role: m.Role, message: m.Message, token: str = "") -> None:
        """Act on one message, or raise Refusal and change nothing."""
        if not isinstance(message, m.ALLOWED[role]):
            raise m.Refusal("not_yours")
        if self.phase is Phase.ENDED and not isinstance(message, m.Ping):
            raise m.Refusal("ended")
        if role is m.Role.PHONE and token not in self._seats:
            raise m.Refusal("not_joined")
        self._act(message, token)

    @singledispatchmethod
    def _act(self, message: m.Message, token: str) -> None:
        """Nothing to do: a ping."""

    def _activity(self, name: str) -> Activity[Any]:
        if name not in self.activities:
            raise m.Refusal("unknown_activity")
        return self.activities[name]

    @_act.register
    def _(self, message: m.Answer, token: str) -> None:
        activity = self._activity(message.activity)
        if self.phase is Phase.PAUSED:
            raise m.Refusal("paused")
        activity.answer(token, message)

    def _writing(self, name: str) -> Writing:
        activity = self._activity(name)
        if not isinstance(activity, Writing):
            raise m.Refusal("other_kind")
        return activity

    @_act.register
    def _(self, message: m.TakeBack, token: str) -> None:
        self._writing(message.activity).take_back(token)

    @_act.register
    def _(self, message: m.Release, token: str) -> None:
        self._writing(message.activity).release(message.texts)

    @_act.register
    def _(self, message: m.SetAside, token: str) -> None:
        self._writing(message.activity).set_aside(message.id)

    @_act.register
    def _(self, message: m.Signal, token: str) -> None:
        if not message.on:
            self._asked.get(message.kind, set()).discard(token)
            if message.kind == "checkin":
                self._checkins.pop(token, None)
            return
        if message.kind != "checkin":
            self._asked[message.kind].add(token)
            return
        calm = words.table()["calm"]
        try:
            first, second = message.words or (-1, -1)
            if min(first, second) < 0:
                raise IndexError
            self._checkins[token] = f"{calm['first'][first]} {calm['second'][second]}"
        except IndexError:
            raise m.Refusal("malformed") from None

    @_act.register
    def _(self, message: m.Leave, token: str) -> None:
        self._give_up(token)

    def _give_up(self, token: str) -> None:
        for activity in self.activities.values():
            activity.withdraw(token)
        for tokens in self._asked.values():
            tokens.discard(token)
        self._checkins.pop(token, None)
        del self._seats[token]

    @_act.register(m.Open | m.Resume)
    def _(self, message: m.Message, token: str) -> None:
        self.phase = Phase.OPEN

    @_act.register
    def _(self, message: m.Pause, token: str) -> None:
        self.phase = Phase.PAUSED

    @_act.register
    def _(self, message: m.Lock, token: str) -> None:
        self.locked = message.locked

    @_act.register
    def _(self, message: m.Move, token: str) -> None:
        if message.lesson not in self.lessons:
            raise m.Refusal("unknown_lesson")
        self.lesson = message.lesson
        self.phase = Phase.OPEN

    @_act.register
    def _(self, message: m.Collect, token: str) -> None:
        activity = self._activity(message.activity)
        activity.collect()
        for other in self.activities.values():  # one question at a time
            if other is not activity and other.phase is not ActivityPhase.IDLE:
                other.give_way()
        self.phase = Phase.OPEN

    @_act.register
    def _(self, message: m.Reveal, token: str) -> None:
        present = [t for t, seat in self._seats.items() if seat.connected]
        self._activity(message.activity).reveal(self.k, present)

    @_act.register
    def _(self, message: m.Hold, token: str) -> None:
        self._activity(message.activity).hold()

    @_act.register
    def _(self, message: m.PutAway, token: str) -> None:
        self._activity(message.activity).put_away()

    @_act.register
    def _(self, message: m.Acknowledge, token: str) -> None:
        if message.signal in self._asked:
            self._asked[message.signal].clear()
        self._checkins = {
            t: w for t, w in self._checkins.items() if w != message.signal
        }

    @_act.register
    def _(self, message: m.Wifi, token: str) -> None:
        self.wifi = message if message.ssid else None

    @_act.register
    def _(self, message: m.Restore, token: str) -> None:
        if self.phase is not Phase.LOBBY:
            raise m.Refusal("already_begun")
        self.phase = Phase(message.phase)  # not locked: the phones must come back in
        if message.lesson in self.lessons:
            self.lesson = message.lesson
        for name, kept in message.activities.items():
            if name in self.activities:
                self.activities[name].restore(kept)

    @_act.register
    def _(self, message: m.End, token: str) -> None:
        self.receipt = Receipt(
            seats=len(self._seats),
            questions=sum(a.round > 0 for a in self.activities.values()),
            answers=sum(a.ready for a in self.activities.values()),
            signals=len(self.signals),
        )
        self.phase = Phase.ENDED
        self.lesson = self.wifi = None
        self._seats.clear()
        self._checkins.clear()
        self.activities.clear()
        for tokens in self._asked.values():
            tokens.clear()

    # -- what may be said of the room -------------------------------------------------

    @property
    def signals(self) -> list[tuple[str, str]]:
        """What people chose to tell the leader: (name to acknowledge, sentence)."""
        asked = [(k, words.say("signal", k)) for k, who in self._asked.items() if who]
        return asked + [
            (calm, words.say("signal", "checkin", words=calm))
            for calm in sorted(set(self._checkins.values()))
        ]

    def who_asks(self, message: m.Message) -> set[str]:
        """List the seats that an acknowledgement is for, to tell them."""
        if not isinstance(message, m.Acknowledge):
            return set()
        called = {t for t, calm in self._checkins.items() if calm == message.signal}
        return called | self._asked.get(message.signal, set())

    @property
    def drawn(self) -> Pairing | None:
        """The draw of pairs that is on the phones now, if there is one."""
        draws = (a for a in self.activities.values() if isinstance(a, Pairing))
        return next((a for a in draws if a.drawn), None)

    def readiness(self, activity: Activity[Any]) -> str:
        """How ready the room is, in words."""
        taking_part = sum(s.connected and not s.watching for s in self._seats.values())
        return rules.readiness(activity.ready, max(taking_part, activity.ready))

    @property
    def crowd(self) -> str:
        """How many phones are in the room, in words."""
        return rules.crowd(self._present, self.k)

    @property
    def _present(self) -> int:
        """Count the phones that are connected now."""
        return sum(seat.connected for seat in self._seats.values())
