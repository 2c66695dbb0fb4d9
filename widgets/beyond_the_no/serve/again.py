"""What never changes is answered again without a handler.

A page on Voila's front end asks for about a hundred files, and tornado's handlers take
longer than sending them.
"""

import time
from collections import deque

from tornado.httputil import (
    HTTPHeaders,
    HTTPServerRequest,
    ResponseStartLine,
    format_timestamp,
)
from tornado.ioloop import IOLoop
from tornado.routing import Matcher

from .snapshot.page import takes_gzip

MOST = 512  # answers; others are given by their handlers
PACKED = {"Content-Encoding": "gzip"}
TURN = 0.01  # seconds
OK = ResponseStartLine("HTTP/1.1", 200, "OK")

Answer = tuple[HTTPHeaders, bytes]


class Again(Matcher):
    """Answers by address, compressed and not; as a rule it matches those it has."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, bool], Answer] = {}
        self._waiting: deque[tuple[HTTPServerRequest, Answer]] = deque()

    def keep(
        self, request: HTTPServerRequest, about: dict[str, str], body: bytes
    ) -> None:
        """Give this answer to whoever asks as this one did, from now on."""
        if not request.query and len(self._answers) < MOST:
            headers = HTTPHeaders(about | {"Content-Length": str(len(body))})
            self._answers[request.path, takes_gzip(request)] = headers, body

    def match(self, request: HTTPServerRequest) -> dict[str, object] | None:
        """Take what is answered here; who asks for more than that gets a handler."""
        more = request.query or "If-None-Match" in request.headers
        if request.method != "GET" or more:
            return None
        found = self._answers.get((request.path, takes_gzip(request)))
        return {"found": found} if found else None

    def answer(self, request: HTTPServerRequest, found: Answer) -> None:
        """Send it once more, when its turn comes."""
        self._waiting.append((request, found))
        if len(self._waiting) == 1:
            IOLoop.current().add_callback(self._take_turn)

    def _take_turn(self) -> None:
        """Send some, then let others pass: a hundred files may wait, a page may not."""
        ends = time.monotonic() + TURN
        try:
            while self._waiting and time.monotonic() < ends:
                _send(*self._waiting.popleft())
        finally:  # whatever went wrong with one, the others get theirs
            if self._waiting:
                IOLoop.current().add_callback(self._take_turn)


def _send(request: HTTPServerRequest, found: Answer) -> None:
    headers, body = found
    dated = headers.copy()
    dated["Date"] = format_timestamp(time.time())
    assert request.connection is not None
    request.connection.write_headers(OK, dated, body)
    request.connection.finish()
