"""Length-prefixed JSON over a stream: four bytes of length, then the text."""

import asyncio
import contextlib
import json
import os
import socket
import struct
import threading
from typing import IO, Any

_LENGTH = struct.Struct(">I")


class PeerClosed(Exception):
    """The other end has closed the connection."""


def _pack(message: Any) -> bytes:
    text = json.dumps(message).encode()
    return _LENGTH.pack(len(text)) + text


def send(sock: socket.socket, message: Any, fds: tuple[int, ...] = ()) -> None:
    """Send one message, and with it open files."""
    packed = _pack(message)
    if fds:
        socket.send_fds(sock, [packed[:1]], list(fds))
        packed = packed[1:]
    sock.sendall(packed)


def write(pipe: IO[bytes], message: Any) -> None:
    """Send one message into a pipe."""
    pipe.write(_pack(message))
    pipe.flush()


def from_pipe(pipe: IO[bytes]) -> socket.socket:
    """Return a socket that repeats what comes out of a pipe, and ends with it.

    A pipe is what a child process can be given on every system; asyncio reads a socket
    on every system, but a pipe with some event loops only.
    """
    mine, its = socket.socketpair()

    def repeat() -> None:
        with pipe, its, contextlib.suppress(OSError):
            while part := os.read(pipe.fileno(), 1 << 16):
                its.sendall(part)

    threading.Thread(target=repeat, daemon=True, name="report").start()
    return mine


def receive(sock: socket.socket, fds: int = 0) -> tuple[Any, list[int]]:
    """Wait for one message, and for open files that come with it.

    Raises
    ------
    PeerClosed
        When the other side has gone.
    """
    first, passed, *_ = socket.recv_fds(sock, 1, fds)
    head = first + _exactly(sock, _LENGTH.size - 1) if first else b""
    if not head:
        raise PeerClosed
    (length,) = _LENGTH.unpack(head)
    return json.loads(_exactly(sock, length)), list(passed)


def _exactly(sock: socket.socket, n: int) -> bytes:
    parts = []
    while n:
        part = sock.recv(min(n, 1 << 20))
        if not part:
            raise PeerClosed
        parts.append(part)
        n -= len(part)
    return b"".join(parts)


class IpcConnection:
    """The server's end of a connection, for asyncio: one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: Any) -> None:
        self._reader = reader
        self._writer = writer
        self._turn = asyncio.Lock()

    @classmethod
    async def over(cls, sock: socket.socket) -> "IpcConnection":
        """Wrap a connected socket."""
        return cls(*await asyncio.open_connection(sock=sock))

    @property
    def ended(self) -> bool:
        """Whether the other end has hung up, which its process outlives by a moment."""
        return self._reader.at_eof() or self._reader.exception() is not None

    async def receive(self) -> Any:
        """Wait for the next message."""
        try:
            (length,) = _LENGTH.unpack(await self._reader.readexactly(_LENGTH.size))
            return json.loads(await self._reader.readexactly(length))
        except (asyncio.IncompleteReadError, OSError) as error:
            raise PeerClosed from error

    async def ask(self, message: Any) -> Any:
        """Send a message and wait for its answer."""
        async with self._turn:
            try:
                self._writer.write(_pack(message))
                await self._writer.drain()
            except OSError as error:
                raise PeerClosed from error
            return await self.receive()

    def close(self) -> None:
        """Hang up: the process at the other end takes it as its end."""
        self._writer.close()
