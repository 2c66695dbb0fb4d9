"""What a page may send to its kernel, and what it may hear of it.

Jupyter's reader trusts the offsets of a binary frame: eight bytes that promise 2**62 of
them would keep the whole server busy for ever.
"""

import json
from typing import Any

MOST_BYTES = 2**20
MOST_PARTS = 64
HEADER, CONTENT = 1, 4  # places of parts in a binary frame
TYPES = [
    "comm_open",
    "comm_close",
    "comm_msg",
    "comm_info_request",
    "kernel_info_request",
]


def acceptable(frame: str | bytes) -> bool:
    """Whether a frame from a page is a message that can be read safely."""
    if len(frame) > MOST_BYTES:
        return False
    try:
        if isinstance(frame, str):
            message = json.loads(frame)
            return isinstance(message["channel"], str) and _typed(message["header"])
        return _typed(_part(frame, HEADER))
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _offsets(frame: bytes) -> list[int]:
    """Read where the parts of a binary frame begin and end, if that can be true."""
    count = int.from_bytes(frame[:8], "little")
    if not 6 <= count <= MOST_PARTS or len(frame) < 8 * (count + 1):
        raise ValueError
    at = [
        int.from_bytes(frame[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)
    ]
    if at != sorted(at) or at[0] < 8 * (count + 1) or at[-1] > len(frame):
        raise ValueError
    return at


def _part(frame: bytes, part: int) -> Any:
    at = _offsets(frame)
    return json.loads(frame[at[part] : at[part + 1]])


def _typed(header: Any) -> bool:
    return isinstance(header["msg_type"], str) and isinstance(header["msg_id"], str)


def for_people(frame: Any) -> bool:
    """Whether a kernel's message is for a phone: tracebacks and warnings are not."""
    try:
        if isinstance(frame, bytes):
            kind = _part(frame, HEADER)["msg_type"]
            content = _part(frame, CONTENT) if kind == "stream" else {}
        else:
            kind, content = frame["header"]["msg_type"], frame.get("content", {})
    except (ValueError, KeyError, TypeError, IndexError):
        return True
    return kind != "error" and not (kind == "stream" and content["name"] == "stderr")
