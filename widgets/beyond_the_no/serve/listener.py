"""Who is listened to: only those who are still there."""

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPConnection, HTTPMessageDelegate

READ_BYTES = 4096  # at once: no more of what follows is read before an answer
MOST_BYTES = 64 * 2**10  # of a request; what may send more (`plain`) says so


class Listener(HTTPServer):
    """Tornado's server; it answers nothing that comes from a closed connection.

    Who sends a thousand requests at once and leaves would have them all answered.
    """

    def start_request(
        self, server_conn: object, request_conn: HTTPConnection
    ) -> HTTPMessageDelegate:
        """Hear a request, or let it pass."""
        if request_conn.stream.closed():  # type: ignore[attr-defined]
            return HTTPMessageDelegate()
        return super().start_request(server_conn, request_conn)
