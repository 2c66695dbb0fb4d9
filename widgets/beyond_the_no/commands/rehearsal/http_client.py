"""HTTP as a browser speaks it: six connections to a server, kept open.

Written out because the phones share the cores with the server they measure: a full
client takes more CPU for a file than the server that sends it.
"""

import asyncio
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Answer:
    """What came back; the names of headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body, unpacked."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


class Web:
    """One phone's connections."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.host, self.port = host, port
        self.cookies: dict[str, str] = {}
        self._six = asyncio.Semaphore(6)
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    @property
    def cookie(self) -> str:
        """The header that brings all cookies back."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes = b"",
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> Answer:
        """Ask for one address; ``path`` is below the server's root."""
        async with self._six:
            for fresh in (False, True):  # a kept connection may have been hung up
                idle = self._idle.pop() if self._idle and not fresh else None
                connection = idle or await asyncio.open_connection(self.host, self.port)
                try:
                    answer = await self._exchange(*connection, path, method, body, more)
                except asyncio.CancelledError:
                    connection[1].close()
                    raise
                except (OSError, asyncio.IncompleteReadError):
                    connection[1].close()
                    if idle is None:
                        raise
                    continue
                if answer.headers.get("connection", "").lower() == "close":
                    connection[1].close()
                else:
                    self._idle.append(connection)
                return answer
        raise ConnectionError(path)

    async def _exchange(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        path: str,
        method: str,
        body: bytes,
        more: Mapping[str, str],
    ) -> Answer:
        about = [
            f"{method} /{path} HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            "Accept-Encoding: gzip",
            *(f"{name}: {value}" for name, value in more.items()),
        ]
        if self.cookies:
            about.append(f"Cookie: {self.cookie}")
        if method == "POST":
            about.append("Content-Type: application/x-www-form-urlencoded")
            about.append(f"Content-Length: {len(body)}")
        writer.write("\r\n".join([*about, "", ""]).encode() + body)
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        headers = {}
        for name, _, value in (line.partition(": ") for line in lines if line):
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        found = await _body(reader, headers, int(first.split()[1]))
        return Answer(int(first.split()[1]), headers, found)

    def close(self) -> None:
        """Hang up."""
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()


async def _body(
    reader: asyncio.StreamReader, headers: dict[str, str], status: int
) -> bytes:
    if status in (204, 304):
        return b""
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", 0)))
    parts = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)
