"""A page's line to its kernel, without a page: frames of the one protocol."""

import json
import re
import struct
from collections.abc import Iterator
from uuid import uuid4

from websockets.sync.client import ClientConnection, connect

from beyond_the_no.engine.kernels.message_filter import PROTOCOL
from support.served import Served


def made_up(served: Served, page: str = "lesson/one") -> str:
    """Make up the kernel of a page, as the page does."""
    text = served.ask("GET", page).text
    return re.search(r'"kernelId": "(\w+)-', text).group(1) + str(uuid4())[8:]


def line_to(served: Served, kernel: str, **options: object) -> ClientConnection:
    """Open a line as the kit's pages do."""
    here = f"ws://127.0.0.1:{served.port}/api/kernels/{kernel}/channels"
    ours = {"subprotocols": [PROTOCOL], "open_timeout": 60, "max_size": None}
    session = options.pop("session", uuid4().hex)
    return connect(f"{here}?session_id={session}", **(ours | {"proxy": None} | options))


def framed(*parts: bytes) -> bytes:
    """Write a frame as Jupyter's front ends do: how many offsets, these, the parts."""
    at = [8 * (len(parts) + 2)]
    for part in parts:
        at.append(at[-1] + len(part))
    return struct.pack(f"<{len(at) + 1}Q", len(at), *at) + b"".join(parts)


def message(
    kind: str, content: dict | None = None, channel: str = "shell", **header: object
) -> bytes:
    """Write a message to a kernel."""
    about = {
        "msg_id": uuid4().hex,
        "msg_type": kind,
        "session": uuid4().hex,
        "username": "",
        "date": "2000-01-01T00:00:00Z",
        "version": "5.3",
    }
    parts = (about | header, {}, {"version": "2.1.0"}, content or {})
    return framed(channel.encode(), *(json.dumps(part).encode() for part in parts))


def part(frame: bytes, which: int) -> dict:
    """Read one part of a message: its header (1), or its content (4)."""
    (count,) = struct.unpack_from("<Q", frame)
    at = struct.unpack_from(f"<{count}Q", frame, 8)
    return json.loads(frame[at[which] : at[which + 1]])


def heard(line: ClientConnection, kind: str) -> Iterator[dict]:
    """Listen for messages of a kind."""
    while True:
        frame = line.recv(30)
        if part(frame, 1)["msg_type"] == kind:
            yield part(frame, 4)


def begun(line: ClientConnection) -> ClientConnection:
    """Wait until the kernel answers."""
    line.send(message("kernel_info_request"))
    next(heard(line, "kernel_info_reply"))
    return line
