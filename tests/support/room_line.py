"""A page's line to the room, without a page: speaks the protocol and keeps each word.

The lines are those of rehearsals and benchmarks, on an event loop in a thread of its
own: that of a test belongs to the browser that Playwright drives.
"""

import asyncio
import itertools
import json
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

from beyond_the_no.commands.rehearsal.room_transport import GONE, websocket
from support.served import Served, until

PATIENCE = 30  # seconds
_clock = itertools.count()  # in which order the words of all lines came


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return loop


def _wait(done: Coroutine[Any, Any, Any]) -> Any:
    """Run on the lines' own loop, and wait for what comes of it."""
    return asyncio.run_coroutine_threadsafe(done, _loop()).result(PATIENCE)


class Line:
    """One connection to the room."""

    way = staticmethod(websocket)  # or `room_transport.long_poll`

    def __init__(self, served: Served, **headers: str) -> None:
        self.heard: list[tuple[int, dict]] = []
        self._line = _wait(self.way(served.join, headers))
        self._news = threading.Condition()
        self._listening = asyncio.run_coroutine_threadsafe(self._listen(), _loop())

    async def _listen(self) -> None:
        with suppress(*GONE):
            while True:
                frame = await self._line.recv()
                with self._news:
                    self.heard.append((next(_clock), json.loads(frame)))
                    self._news.notify_all()

    @property
    def closed(self) -> bool:
        return self._listening.done()

    @property
    def code(self) -> int | None:
        return self._line.close_code

    def send(self, message: dict | str | bytes) -> None:
        """Send a message, or anything else as it is."""
        raw = json.dumps(message) if isinstance(message, dict) else message
        _wait(self._line.send(raw))

    def all(self, kind: str) -> list[dict]:
        return [message for _, message in list(self.heard) if message["type"] == kind]

    def last(self, kind: str = "state") -> dict:
        return self.all(kind)[-1]

    def ask(self, message: dict | str | bytes, kind: str, seconds: float = 20) -> dict:
        """Send, and wait for the next word of this kind."""
        before = len(self.all(kind))
        self.send(message)
        with self._news:
            came = self._news.wait_for(lambda: len(self.all(kind)) > before, seconds)
        assert came, f"no {kind} within {seconds} seconds"
        return self.all(kind)[before]

    def refusal(self, message: dict | str | bytes) -> str:
        """Send what must change nothing, and return the reason that came back."""
        refused = self.ask(message, "refused")
        assert refused["say"].endswith("."), "a refusal is a sentence"
        return refused["reason"]

    def settle(self) -> None:
        """Wait until everything that was said before has been heard."""
        self.ask({"type": "ping"}, "pong")

    def waits_for(self, true: object, what: str = "the room") -> dict:
        """Wait for a state of which this holds."""
        until(lambda: self.all("state") and true(self.last()), 30, what)
        return self.last()

    def close(self) -> None:
        _wait(self._line.close())


class PhoneLine(Line):
    """A phone that took a seat, or came back to it."""

    def __init__(self, served: Served, token: str | None = None) -> None:
        super().__init__(served)
        self.token = self.ask(
            {"type": "hello", "role": "phone", "token": token}, "welcome"
        )["token"]

    def answer(
        self, activity: str, value: int | None, *, round: int = 1, **more: object
    ) -> dict:
        said = {"type": "answer", "activity": activity, "round": round, "value": value}
        return self.ask(said | more, "sent")


class KeyLine(Line):
    """The page of the leader, of the second adult, or the wall."""

    def __init__(self, served: Served, role: str = "facilitator") -> None:
        super().__init__(served)
        page = {"facilitator": "facilitate", "cofacilitator": "assist"}.get(role, role)
        key = served.key(page)
        self.ask({"type": "hello", "role": role, "key": key}, "welcome")
        self.waits_for(lambda state: True)

    def lead(self, kind: str, **fields: object) -> None:
        self.send({"type": kind} | fields)
        self.settle()

    def shows_calls(self) -> None:
        """Say that every call is shown, as a page does that can be seen."""
        shown = [[call["name"], call["mark"]] for call in self.last()["calls"]]
        self.lead("seen", signals=shown)

    def question(self, name: str) -> dict:
        return next(q for q in self.last()["questions"] if q["id"] == name)


@contextmanager
def phones(served: Served, n: int) -> Iterator[list[PhoneLine]]:
    """Seat so many phones, and let them go."""
    lines = [PhoneLine(served) for _ in range(n)]
    yield lines
    for line in lines:
        line.close()
