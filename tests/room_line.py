"""A page's line to the room, without a page: speaks the protocol and keeps each word.

No event loop runs here: a browser driven by Playwright already has one.
"""

import itertools
import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from served import Served, until

_clock = itertools.count()  # in which order the words of all lines came


def by_socket(served: Served, headers: dict[str, str]) -> ClientConnection:
    """Open a WebSocket, as every page tries first."""
    address = served.join.replace("http", "ws") + "room"
    return connect(address, additional_headers=headers, max_size=None, proxy=None)


class Line:
    """One connection to the room."""

    way = staticmethod(by_socket)  # or `polled.Polled`

    def __init__(self, served: Served, **headers: str) -> None:
        self.heard: list[tuple[int, dict]] = []
        self._open = ExitStack()
        self._socket = self._open.enter_context(self.way(served, headers))
        self._news = threading.Condition()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        try:
            for frame in self._socket:
                with self._news:
                    self.heard.append((next(_clock), json.loads(frame)))
                    self._news.notify_all()
        except ConnectionClosed:
            pass

    @property
    def closed(self) -> bool:
        return not self._listener.is_alive()

    @property
    def code(self) -> int | None:
        return self._socket.close_code

    def send(self, message: dict | str | bytes) -> None:
        """Send a message, or anything else as it is."""
        raw = json.dumps(message) if isinstance(message, dict) else message
        self._socket.send(raw)

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
        self._open.close()


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

    def question(self, name: str) -> dict:
        return next(q for q in self.last()["questions"] if q["id"] == name)


@contextmanager
def phones(served: Served, n: int) -> Iterator[list[PhoneLine]]:
    """Seat so many phones, and let them go."""
    lines = [PhoneLine(served) for _ in range(n)]
    yield lines
    for line in lines:
        line.close()
