"""The room's line by plain requests, with the manners of a `websockets` connection."""

import http.client
import threading
import urllib.parse
from collections.abc import Iterator

from websockets.exceptions import ConnectionClosedOK

from served import Served

GONE = (OSError, http.client.HTTPException)


class Polled:
    """One line: `send` sends a message, and who iterates hears what is said."""

    def __init__(self, served: Served, headers: dict[str, str] | None = None) -> None:
        self._where = urllib.parse.urlsplit(served.join)
        self._headers = headers or {}
        self._asking, self._telling = self._connection(), self._connection()
        self._sending = threading.Lock()
        self._open = threading.Event()  # the first message opens the line
        self._ended = threading.Event()
        self.name, self.sent, self.heard = "new", 0, 0
        self.close_code: int | None = None

    def _connection(self) -> http.client.HTTPConnection:
        where = self._where
        return http.client.HTTPConnection(where.hostname, where.port, timeout=30)

    def ask(
        self,
        method: str,
        at: int | str,
        body: bytes | None = None,
        **headers: str,
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Ask once, on the connection that is kept for it."""
        line = self._telling if method == "GET" else self._asking
        mine = {"Room-Line": self.name, "Room-At": str(at)} | self._headers | headers
        line.request(method, f"{self._where.path}room/line", body, mine)
        answer = line.getresponse()
        return answer, answer.read()

    def send(self, message: str | bytes) -> None:
        """Send one message; the first one opens the line."""
        raw = message.encode() if isinstance(message, str) else message
        with self._sending:
            if self.close_code is not None:
                raise ConnectionClosedOK(None, None)
            try:
                answer, _ = self.ask("POST", self.sent + 1, raw)
            except GONE:
                self._end(1006)
                raise ConnectionClosedOK(None, None) from None
            if answer.status != 204:
                self._end(answer.status)
                raise ConnectionClosedOK(None, None)
            self.sent += 1
            self.name = answer.headers.get("Room-Line", self.name)
            self._open.set()

    def __iter__(self) -> Iterator[str]:
        self._open.wait()
        while self.close_code is None:
            try:
                answer, body = self.ask("GET", self.heard)
            except GONE:
                return self._end(1006)
            if answer.status == 429:  # asked too often: a little later, as a page does
                self._ended.wait(0.3)
                continue
            if answer.status != 200:
                return self._end(answer.status)
            self.heard = int(answer.headers["Room-At"])
            yield from body.decode().split("\n") if body else ()
            if closed := answer.headers["Room-Closed"]:
                self._end(int(closed))
        return None

    def _end(self, code: int) -> None:
        self.close_code = self.close_code or code
        self._open.set()
        self._ended.set()

    def close(self) -> None:
        """Say goodbye."""
        with self._sending:
            if self.close_code is None and self.name != "new":
                self.ask("POST", "bye")
            self._end(1000)

    def __enter__(self) -> "Polled":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
