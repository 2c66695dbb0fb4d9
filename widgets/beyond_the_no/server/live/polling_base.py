"""Base class for requests of our own scripts, where WebSockets are blocked.

A page of another site can send none of them: they need a header that a browser lets
through between sites only where a server says so, and ours never says so; and where a
browser tells from which page a request comes, it must be one of ours.
"""

from typing import Any

from tornado.web import HTTPError, RequestHandler, stream_request_body

from ...common.bounded_websocket import is_same_origin
from ...common.log_scrubbing import log
from ..http.security import HEADERS

CONNECTION, SEQUENCE, CLOSED = "X-Connection", "X-Sequence", "X-Closed"


@stream_request_body
class ScriptOnlyHandler(RequestHandler):
    """A request of our own scripts: same origin, limited in size, never cached."""

    most_bytes = 256

    def set_default_headers(self) -> None:
        """Send the strict headers, and let no proxy keep an answer."""
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.set_header("Cache-Control", "no-store")
        # no text, no json: a proxy or our server would compress, and lengths would tell
        self.set_header("Content-Type", "application/octet-stream")

    def prepare(self) -> None:
        """Turn away whoever is not a script of ours."""
        self.request.connection.set_max_body_size(self.most_bytes)  # type: ignore[union-attr]
        self.sent = bytearray()
        headers = self.request.headers
        if not is_same_origin(headers) or CONNECTION not in headers:
            raise HTTPError(403)

    def data_received(self, chunk: bytes) -> None:
        """Collect what was sent."""
        self.sent += chunk

    def compute_etag(self) -> str | None:
        """Compare nothing with what a browser has."""
        return None

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say nothing but the number: a script asked."""
        self.finish()

    def log_exception(self, *error: Any) -> None:
        """Log the kind of error only: its text could quote a message."""
        if not isinstance(error[1], HTTPError):
            log.error("A request failed: %s", error[0].__name__ if error[0] else "")
