"""HTTP server that drops requests of closed connections, and stalled clients."""

import errno
import socket
from collections.abc import Iterable
from typing import Any
from weakref import WeakSet

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPConnection, HTTPMessageDelegate
from tornado.ioloop import IOLoop
from tornado.iostream import IOStream

from ...common.log_scrubbing import log
from ..host import resource_limits

READ_BYTES = 4096  # at once: no more of what follows is read before an answer
MOST_BYTES = 64 * 2**10  # of a request; what may send more (`plain`) says so
PATIENCE = 30  # seconds for a request to begin and for its head, and for its body
PAUSE = 1.0  # seconds without a look at who else wants to come in
AT_ONCE = 128  # are let in before others get their turn
NO_ROOM = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


class DisconnectAwareHTTPServer(HTTPServer):
    """Tornado's server, that waits for nobody without end.

    It answers nothing that comes from a closed connection: who sends a thousand
    requests at once and leaves would have them all answered. Half a request, or an
    answer that nobody takes, is given up. While open files run short nobody new is let
    in; those who are in notice nothing.
    """

    look = 5.0  # seconds
    slow = 120.0  # seconds for an answer to be taken

    def initialize(self, *callback: Any, **options: Any) -> None:
        """Set the limits; given ones come first."""
        ours: dict[str, Any] = {
            "chunk_size": READ_BYTES,
            "max_body_size": MOST_BYTES,
            "idle_connection_timeout": PATIENCE,
            "body_timeout": PATIENCE,
        }
        super().initialize(*callback, **(ours | options))
        self._streams: WeakSet[IOStream] = WeakSet()
        self._taking: dict[IOStream, int] = {}
        self._said = -float("inf")

    def start_request(
        self, server_conn: object, request_conn: HTTPConnection
    ) -> HTTPMessageDelegate:
        """Hear a request, or let it pass."""
        if request_conn.stream.closed():  # type: ignore[attr-defined]
            return HTTPMessageDelegate()
        return super().start_request(server_conn, request_conn)

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        """Serve one connection, and see to it that its answers are taken."""
        if not self._streams:
            IOLoop.current().call_later(self.look, self._look)
        self._streams.add(stream)
        super().handle_stream(stream, address)

    def _look(self) -> None:
        """Close what has had something to take for too long, at every look."""
        before, self._taking = self._taking, {}
        for stream in [one for one in self._streams if one.writing()]:
            looks = before.get(stream, 0) + 1
            if looks * self.look < self.slow:
                self._taking[stream] = looks
            else:
                stream.close()
        self._streams = WeakSet(one for one in self._streams if not one.closed())
        if self._streams:
            IOLoop.current().call_later(self.look, self._look)

    def add_sockets(self, sockets: Iterable[socket.socket]) -> None:
        """Let people in by these doors."""
        for door in sockets:
            self._sockets[door.fileno()] = door
            self._open(door)

    def _open(self, door: socket.socket) -> None:
        if door.fileno() < 0:  # it was closed meanwhile
            return
        loop = IOLoop.current()
        loop.add_handler(door, self._accept, IOLoop.READ)
        self._handlers[door.fileno()] = lambda: loop.remove_handler(door)

    def _accept(self, door: socket.socket, _: int) -> None:
        for _ in range(AT_ONCE):
            try:
                if resource_limits.files_are_short():
                    raise OSError(errno.EMFILE, "too many open files")
                connection, address = door.accept()
            except BlockingIOError:
                return
            except ConnectionAbortedError:
                continue
            except OSError as error:
                if error.errno not in NO_ROOM:
                    raise
                return self._pause(door)
            self._handle_connection(connection, address)

    def _pause(self, door: socket.socket) -> None:
        """Look away for a while: a door that is knocked at would keep us busy."""
        loop = IOLoop.current()
        loop.remove_handler(door)
        loop.call_later(PAUSE, self._open, door)
        if loop.time() - self._said > self.slow:
            self._said = loop.time()
            log.warning(
                "There are too many connections: until some have ended, nobody new "
                "gets in. A higher limit of open files (ulimit -n) lets more in."
            )
