"""A proxy in front of a workshop that does to WebSockets what proxies do to them."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from support.served import Served

REFUSALS = {"403": b"HTTP/1.1 403 Forbidden", "400": b"HTTP/1.1 400 Bad Request"}
END = b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Proxy:
    """Passes everything on but WebSockets.

    ``mode`` says what becomes of these: ``403`` and ``400`` refuse them, ``swallow``
    takes them and says nothing, ``deaf`` opens them and lets no message through,
    ``open`` lets them through. ``cut`` refuses everything.
    """

    def __init__(self, port: int) -> None:
        self.behind = port
        self.mode = "403"
        self.tried = 0  # WebSockets
        self._door = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self._door.getsockname()[1]
        self._lines: set[socket.socket] = set()
        threading.Thread(target=self._welcome, daemon=True).start()

    def _welcome(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = self._door.accept()
                self._lines.add(line)
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), line:
            head = b""
            while b"\r\n\r\n" not in head:
                if not (some := line.recv(65536)):
                    return
                head += some
            if self.mode == "cut":
                return
            asks = b"upgrade: websocket" in head.lower()
            self.tried += asks
            if asks and self.mode in REFUSALS:
                line.sendall(REFUSALS[self.mode] + END)
            elif asks and self.mode == "swallow":
                while line.recv(65536):
                    pass
            else:
                self._pass_on(line, head, deaf=asks and self.mode == "deaf")
        self._lines.discard(line)

    def _pass_on(self, line: socket.socket, head: bytes, *, deaf: bool) -> None:
        behind = socket.create_connection(("127.0.0.1", self.behind))
        self._lines.add(behind)

        def back() -> None:
            with contextlib.suppress(OSError):
                heard = behind.recv(65536)
                if deaf:  # the handshake, and no more
                    heard = heard[: heard.index(b"\r\n\r\n") + 4]
                while heard:
                    line.sendall(heard)
                    heard = behind.recv(65536)
                    while deaf and heard:
                        heard = behind.recv(65536)
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

        threading.Thread(target=back, daemon=True).start()
        with behind, contextlib.suppress(OSError):
            said = head
            while said:
                behind.sendall(said)
                said = line.recv(65536)
                while deaf and said:
                    said = line.recv(65536)
            behind.shutdown(socket.SHUT_RDWR)
        self._lines.discard(behind)

    def hang_up(self) -> None:
        """End every connection, and go on."""
        for line in list(self._lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._door.close()
        self.hang_up()


@contextmanager
def behind(served: Served) -> Iterator[tuple[Proxy, Served]]:
    """Put a proxy before a workshop; the second is the workshop as seen through it."""
    proxy = Proxy(served.port)
    old, new = f":{served.port}/", f":{proxy.port}/"
    addresses = {
        name: address.replace(old, new) if isinstance(address, str) else address
        for name, address in served.addresses.items()
    }
    try:
        yield proxy, Served(served.process, addresses, served.log)
    finally:
        proxy.close()
