"""What never changes is answered again without a handler.

A page on Voila's front end asks for about a hundred files, and tornado's handlers take
longer than sending them.
"""

import time

from tornado.httputil import (
    HTTPHeaders,
    HTTPServerRequest,
    ResponseStartLine,
    format_timestamp,
)
from tornado.routing import Matcher

from .snapshot.page import takes_gzip

MOST = 512  # answers; others are given by their handlers
PACKED = {"Content-Encoding": "gzip"}
OK = ResponseStartLine("HTTP/1.1", 200, "OK")


class Again(Matcher):
    """Answers by address, compressed and not; as a rule it matches those it has."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, bool], tuple[HTTPHeaders, bytes]] = {}

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

    def answer(
        self, request: HTTPServerRequest, found: tuple[HTTPHeaders, bytes]
    ) -> None:
        """Send it once more."""
        headers, body = found
        dated = headers.copy()
        dated["Date"] = format_timestamp(time.time())
        assert request.connection is not None
        request.connection.write_headers(OK, dated, body)
        request.connection.finish()
