"""What a page sends to its kernel is read only where that is safe."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beyond_the_no.serve.snapshot import frames


def frame(*parts: bytes) -> bytes:
    """A binary frame as Jupyter's front ends write it."""
    at = [8 * (len(parts) + 2)]
    for part in parts:
        at.append(at[-1] + len(part))
    return struct.pack(f"<{len(at) + 1}Q", len(at), *at) + b"".join(parts)


def message(kind: str, content: dict | None = None) -> bytes:
    header = json.dumps({"msg_type": kind, "msg_id": "1"}).encode()
    return frame(b"shell", header, b"{}", b"{}", json.dumps(content or {}).encode())


def test_a_message_is_read() -> None:
    assert frames.acceptable(message("comm_msg"))
    legacy = {"channel": "shell", "header": {"msg_type": "comm_msg", "msg_id": "1"}}
    assert frames.acceptable(json.dumps(legacy))


@pytest.mark.parametrize("count", [0, 5, 65, 8_000_000, 1 << 62])
def test_a_frame_that_promises_other_parts_is_not_read(count: int) -> None:
    whole = message("comm_msg")
    assert not frames.acceptable(struct.pack("<Q", count) + whole[8:])
    assert not frames.acceptable(struct.pack("<Q", count))


def test_parts_that_lie_outside_or_backwards_are_not_read() -> None:
    whole = message("comm_msg")
    for place in range(8, 56, 8):
        bad = whole[:place] + struct.pack("<Q", 1 << 40) + whole[place + 8 :]
        assert not frames.acceptable(bad)


@pytest.mark.parametrize("text", ["", "{{{", "[]", "null", "[" * 100_000, '{"a":1}'])
def test_a_text_that_is_no_message_is_not_read(text: str) -> None:
    assert not frames.acceptable(text)


def test_more_than_a_megabyte_is_not_read() -> None:
    assert not frames.acceptable(message("comm_msg", {"x": "y" * frames.MOST_BYTES}))


@given(st.binary(max_size=200))
def test_whatever_comes_is_answered_with_yes_or_no(raw: bytes) -> None:
    assert frames.acceptable(raw) in (True, False)


@pytest.mark.parametrize(
    ("kind", "content", "shown"),
    [
        ("comm_msg", {}, True),
        ("stream", {"name": "stdout"}, True),
        ("stream", {"name": "stderr"}, False),
        ("error", {}, False),
    ],
)
def test_tracebacks_and_warnings_do_not_reach_a_phone(
    kind: str, content: dict, shown: bool
) -> None:
    assert frames.for_people(message(kind, content)) == shown
    legacy = {"header": {"msg_type": kind}, "content": content}
    assert frames.for_people(legacy) == shown
