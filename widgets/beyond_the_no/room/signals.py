"""Signals to the leader, none of which tells who sent it."""

from . import words
from .messages import Acknowledge, Message, Refusal, Signal


class Signals:
    """Who asked for what. A check-in goes by the two calm words it names."""

    def __init__(self) -> None:
        self._asked: dict[str, set[str]] = {"slow": set(), "break": set()}
        self._checkins: dict[str, str] = {}

    def apply(self, message: Signal, token: str) -> None:
        """Take a signal, or take it back."""
        if not message.on:
            self._asked.get(message.kind, set()).discard(token)
            if message.kind == "checkin":
                self._checkins.pop(token, None)
        elif message.kind != "checkin":
            self._asked[message.kind].add(token)
        else:
            self._checkins[token] = _calm(message.words or (-1, -1))

    def acknowledge(self, signal: str) -> None:
        """Take away what was seen to."""
        if signal not in (name for name, _ in self.shown):
            raise Refusal("no_such_signal")
        if signal in self._asked:
            self._asked[signal].clear()
        self._checkins = {t: w for t, w in self._checkins.items() if w != signal}

    def who_asks(self, message: Message) -> set[str]:
        """List the seats that an acknowledgement is for, to tell them."""
        if not isinstance(message, Acknowledge):
            return set()
        called = {t for t, calm in self._checkins.items() if calm == message.signal}
        return called | self._asked.get(message.signal, set())

    def forget(self, token: str) -> None:
        """Forget one seat."""
        for tokens in self._asked.values():
            tokens.discard(token)
        self._checkins.pop(token, None)

    def clear(self) -> None:
        """Forget every signal."""
        for tokens in self._asked.values():
            tokens.clear()
        self._checkins.clear()

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What the leader sees: (name to acknowledge, sentence)."""
        asked = [
            (k, words.render_text("signal", k)) for k, who in self._asked.items() if who
        ]
        return asked + [
            (calm, words.render_text("signal", "checkin", words=calm))
            for calm in sorted(set(self._checkins.values()))
        ]


def _calm(places: tuple[int, int]) -> str:
    """Find two calm words by their places in the lists."""
    calm = words.table()["calm"]
    try:
        if min(places) < 0:
            raise IndexError
        return f"{calm['first'][places[0]]} {calm['second'][places[1]]}"
    except IndexError:
        raise Refusal("malformed") from None
