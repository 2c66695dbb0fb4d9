"""In-memory cache of immutable HTTP responses, matched before routing.

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
from tornado.web import GZipContentEncoding

from ...engine.rendered_page import accepts_gzip

MOST = 512  # answers; others are given by their handlers
PACKED = {"Content-Encoding": "gzip"}
TURN = 0.01  # seconds
LARGE = 64 * 2**10  # bytes: from here on an answer is not copied for each who asks
OK = ResponseStartLine("HTTP/1.1", 200, "OK")

Answer = tuple[HTTPHeaders, bytes]


class Packed(GZipContentEncoding):
    """Tornado's compression, for those who take it: it overlooks ``gzip;q=0``."""

    def __init__(self, request: HTTPServerRequest) -> None:
        super().__init__(request)
        self._gzipping = accepts_gzip(request)


class ResponseCache(Matcher):
    """Responses by path, gzipped and not; a routing rule that matches those it has."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, bool], Answer] = {}
        self._waiting: deque[tuple[HTTPServerRequest, Answer]] = deque()

    def put(
        self, request: HTTPServerRequest, about: dict[str, str], body: bytes
    ) -> None:
        """Cache the response to a request."""
        if not request.query and len(self._answers) < MOST:
            headers = HTTPHeaders(about | {"Content-Length": str(len(body))})
            self._answers[request.path, accepts_gzip(request)] = headers, body

    def match(self, request: HTTPServerRequest) -> dict[str, object] | None:
        """Match a plain GET of a cached path; all else goes to its handler."""
        more = request.query or "If-None-Match" in request.headers
        if request.method != "GET" or more:
            return None
        found = self._answers.get((request.path, accepts_gzip(request)))
        return {"found": found} if found else None

    def answer(self, request: HTTPServerRequest, found: Answer) -> None:
        """Queue a cached response."""
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
    if len(body) < LARGE:
        request.connection.write_headers(OK, dated, body)
    else:
        request.connection.write_headers(OK, dated)
        request.connection.write(body)
    request.connection.finish()
