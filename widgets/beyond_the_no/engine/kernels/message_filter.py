"""Filters messages between a page and its kernel, in both directions.

Jupyter's readers trust what they are given, and there are two of them: what the one
takes for six offsets is for the other a promise of a hundred million. So a page speaks
one protocol, and a frame or message is read here before Jupyter reads it.
"""

import json
from dataclasses import dataclass
from typing import Any

PROTOCOL = "v1.kernel.websocket.jupyter.org"
MOST_BYTES = 2**20  # of a frame from a page
MOST_PARTS = 64  # of such a frame; all but five are buffers
MOST_HEADER = 4096  # bytes; a kernel repeats it in each of its answers
MOST_MESSAGE_BYTES = 64 * 2**20  # bytes of a message from a kernel
MOST_CONTENT_BYTES = 4 * 2**20  # of its content, where that has to be read
DELIMITER = b"<IDS|MSG>"
CHANNEL = b"shell"
CHANNELS = {CHANNEL, b"control", b"stdin"}
HEADER, PARENT, _, CONTENT = range(4)
TYPES = [
    "comm_open",
    "comm_close",
    "comm_msg",
    "comm_info_request",
    "kernel_info_request",
]


class UnreadableError(ValueError):
    """It is no message, or none that can be read safely."""


@dataclass(frozen=True)
class PageMessage:
    """A message from a page: its name, and whether a page may send such a one."""

    name: str
    allowed: bool


@dataclass(frozen=True)
class KernelMessage:
    """A message from a kernel.

    ``answers`` names the message that it answers, and ``asked`` the type of that one;
    ``state`` is told by a status only; ``visible`` tells that a phone may see it.
    """

    answers: str
    asked: str
    state: str
    visible: bool


def from_page(frame: str | bytes) -> PageMessage:
    """Read a frame from a page.

    Raises
    ------
    UnreadableError
        When it is no binary frame of the protocol, or too large.
    """
    if not isinstance(frame, bytes) or len(frame) > MOST_BYTES:
        raise UnreadableError
    at = _offsets(frame)
    channel, header = frame[at[0] : at[1]], _header(frame[at[1] : at[2]])
    if channel not in CHANNELS:
        raise UnreadableError
    allowed = channel == CHANNEL and header["msg_type"] in TYPES
    return PageMessage(header["msg_id"], allowed)


def from_kernel(parts: list[bytes]) -> KernelMessage:
    """Read a message from a kernel, as it came over ZeroMQ.

    Raises
    ------
    UnreadableError
        When it is no message, or too large.
    """
    if DELIMITER not in parts or sum(map(len, parts)) > MOST_MESSAGE_BYTES:
        raise UnreadableError
    frames = parts[parts.index(DELIMITER) + 2 :]  # after the signature
    if len(frames) <= CONTENT:
        raise UnreadableError
    kind = _header(frames[HEADER])["msg_type"]
    parent = _object(frames[PARENT], MOST_HEADER)
    read = kind in ("stream", "status")
    content = _object(frames[CONTENT], MOST_CONTENT_BYTES) if read else {}
    return KernelMessage(
        answers=_text(parent.get("msg_id")),
        asked=_text(parent.get("msg_type")),
        state=_text(content.get("execution_state")) if kind == "status" else "",
        visible=kind not in ("error", "execute_input")
        and not (kind == "stream" and content.get("name") != "stdout"),
    )


def _offsets(frame: bytes) -> list[int]:
    """Read where the parts of a binary frame begin and end, if that can be true."""
    count = int.from_bytes(frame[:8], "little")
    if not 6 <= count <= MOST_PARTS or len(frame) < 8 * (count + 1):
        raise UnreadableError
    at = [
        int.from_bytes(frame[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)
    ]
    if at != sorted(at) or at[0] != 8 * (count + 1) or at[-1] != len(frame):
        raise UnreadableError
    return at


def _object(part: bytes, most: int) -> dict[str, Any]:
    if len(part) > most:
        raise UnreadableError
    try:
        found = json.loads(bytes(part).decode())
    except (ValueError, RecursionError):
        raise UnreadableError from None
    if not isinstance(found, dict):
        raise UnreadableError
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _header(part: bytes) -> dict[str, Any]:
    header = _object(part, MOST_HEADER)
    for name in ("msg_type", "msg_id"):
        if not isinstance(header.get(name), str):
            raise UnreadableError
    return header
