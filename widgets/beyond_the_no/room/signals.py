"""Calls to those who lead, none of which tells who sent it.

A call waits until one of those who lead takes it, and is open until one of them closes
it, or everyone who sent it has taken it back. What is sent while the same call is taken
is a call of its own: nobody is told that somebody comes who has not seen her call.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from . import words
from .messages import Refusal, Role, Signal

Kind = Literal["slow", "break", "checkin"]
KINDS: tuple[Kind, ...] = ("slow", "break", "checkin")


class Note(NamedTuple):
    """What one seat is to be told of its call, and who took it."""

    token: str
    kind: Kind
    state: Literal["waits", "seen", "taken", "closed"]
    by: Role | None = None


@dataclass
class Call:
    """What one seat, or several, asked for."""

    name: str  # by which it is taken and closed
    kind: Kind
    words: str = ""  # the two calm words of a check-in
    mark: str = ""  # another one after each tap: a page may have shown the one before
    seats: dict[str, bool] = field(default_factory=dict)  # whether a page showed it
    taken: Role | None = None

    @property
    def say(self) -> str:
        """What leaders read."""
        calm = self.words.title()
        if self.taken is None:
            return words.render_text("signal", self.kind, words=calm)
        return words.render_text(f"taken_{self.taken}", self.kind, words=calm)

    def note(self, token: str) -> Note:
        """Say what this seat may be told."""
        if self.taken:
            return Note(token, self.kind, "taken", self.taken)
        return Note(token, self.kind, "seen" if self.seats[token] else "waits")


class Signals:
    """Every open call. A check-in goes by the two calm words it names."""

    def __init__(self) -> None:
        self._calls: dict[str, Call] = {}
        self._notes: list[Note] = []

    def apply(self, message: Signal, token: str) -> None:
        """Take a signal, or take it back."""
        asks = message.on and message.kind == "checkin"
        calm = _calm(message.words or (-1, -1)) if asks else ""
        mine = self._of(token, message.kind)
        if mine and message.on and mine.words == calm:
            return  # a phone says it again when its line was cut
        self._withdraw(token, message.kind)
        if message.on:
            call = self._waiting(message.kind, calm)
            call.seats[token] = False
            call.mark = secrets.token_hex(4)

    def _of(self, token: str, kind: Kind) -> Call | None:
        calls = self._calls.values()
        return next((c for c in calls if c.kind == kind and token in c.seats), None)

    def _waiting(self, kind: Kind, calm: str) -> Call:
        """Find the call of this kind that nobody has taken, or begin one."""
        for call in self._calls.values():
            if (call.kind, call.words, call.taken) == (kind, calm, None):
                return call
        name = base = calm or kind
        at = 1
        while name in self._calls:
            at += 1
            name = f"{base} {at}"
        return self._calls.setdefault(name, Call(name, kind, calm))

    def _withdraw(self, token: str, kind: Kind) -> None:
        call = self._of(token, kind)
        if call:
            del call.seats[token]
            if not call.seats:
                del self._calls[call.name]

    def show(self, shown: Iterable[tuple[str, str]]) -> None:
        """Note that a page which can be seen has shown these (name, mark)."""
        for name, mark in shown:
            call = self._calls.get(name)
            if call and call.mark == mark:
                new = [token for token, seen in call.seats.items() if not seen]
                call.seats.update(dict.fromkeys(new, True))
                if call.taken is None:
                    self._notes += [call.note(token) for token in new]

    def take(self, name: str, by: Role) -> None:
        """Somebody goes: the call stays, as taken."""
        call = self._calls.get(name)
        if call is None or call.taken:
            raise Refusal("no_such_signal")
        call.taken = by
        self._notes += map(call.note, call.seats)

    def close(self, name: str) -> None:
        """Take away what was seen to."""
        call = self._calls.pop(name, None)
        if call is None:
            raise Refusal("no_such_signal")
        self._notes += [Note(token, call.kind, "closed") for token in call.seats]

    def notes(self) -> list[Note]:
        """Hand over what seats are to be told, once."""
        told, self._notes = self._notes, []
        return told

    def status(self, token: str) -> list[Note]:
        """Say how the open calls of one seat stand."""
        mine = (self._of(token, kind) for kind in KINDS)
        return [call.note(token) for call in mine if call]

    def forget(self, token: str) -> None:
        """Forget one seat."""
        for kind in KINDS:
            self._withdraw(token, kind)

    def clear(self) -> None:
        """Forget every call."""
        self._calls.clear()
        self._notes.clear()

    @property
    def open(self) -> list[Call]:
        """Every call: those that wait first, and of these the check-ins."""
        return sorted(
            self._calls.values(),
            key=lambda call: (bool(call.taken), -KINDS.index(call.kind), call.name),
        )

    @property
    def shown(self) -> list[tuple[str, str]]:
        """Those that nobody has taken: (name to acknowledge, sentence)."""
        waiting = [call for call in self._calls.values() if not call.taken]
        waiting.sort(key=lambda call: (KINDS.index(call.kind), call.name))
        return [(call.name, call.say) for call in waiting]


def _calm(places: tuple[int, int]) -> str:
    """Find two calm words by their places in the lists."""
    calm = words.table()["calm"]
    try:
        if min(places) < 0:
            raise IndexError
        return f"{calm['first'][places[0]]} {calm['second'][places[1]]}"
    except IndexError:
        raise Refusal("malformed") from None
