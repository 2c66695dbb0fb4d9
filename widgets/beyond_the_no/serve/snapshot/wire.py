"""Frames of JSON over a stream socket: four bytes of length, then the text."""

import asyncio
import json
import socket
import struct
from typing import Any

_LENGTH = struct.Struct(">I")


class Closed(Exception):
    """The other side is gone."""


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


def receive(sock: socket.socket, fds: int = 0) -> tuple[Any, list[int]]:
    """Wait for one message, and for open files that come with it.

    Raises
    ------
    Closed
        When the other side has gone.
    """
    first, passed, *_ = socket.recv_fds(sock, 1, fds)
    head = first + _exactly(sock, _LENGTH.size - 1) if first else b""
    if not head:
        raise Closed
    (length,) = _LENGTH.unpack(head)
    return json.loads(_exactly(sock, length)), list(passed)


def _exactly(sock: socket.socket, n: int) -> bytes:
    parts = []
    while n:
        part = sock.recv(min(n, 1 << 20))
        if not part:
            raise Closed
        parts.append(part)
        n -= len(part)
    return b"".join(parts)


class Line:
    """The server's end of a line, for asyncio: one question at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: Any) -> None:
        self._reader = reader
        self._writer = writer
        self._turn = asyncio.Lock()

    @classmethod
    async def over(cls, sock: socket.socket) -> "Line":
        """Wrap a connected socket."""
        return cls(*await asyncio.open_connection(sock=sock))

    @property
    def ended(self) -> bool:
        """Whether the other end has hung up, which its process outlives by a moment."""
        return self._reader.at_eof() or self._reader.exception() is not None

    async def hear(self) -> Any:
        """Wait for the next message."""
        try:
            (length,) = _LENGTH.unpack(await self._reader.readexactly(_LENGTH.size))
            return json.loads(await self._reader.readexactly(length))
        except (asyncio.IncompleteReadError, OSError) as error:
            raise Closed from error

    async def ask(self, message: Any) -> Any:
        """Send a message and wait for its answer."""
        async with self._turn:
            try:
                self._writer.write(_pack(message))
                await self._writer.drain()
            except OSError as error:
                raise Closed from error
            return await self.hear()

    def close(self) -> None:
        """Hang up: the process at the other end takes it as its end."""
        self._writer.close()
