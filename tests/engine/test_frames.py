"""What passes between a page and its kernel is read only where that is safe."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beyond_the_no.engine.kernels.message_filter import (
    DELIMITER,
    MOST_BYTES,
    MOST_CONTENT_BYTES,
    MOST_MESSAGE_BYTES,
    KernelMessage,
    PageMessage,
    UnreadableError,
    from_kernel,
    from_page,
)
from support.kernel_line import framed, message


def readable(frame: str | bytes) -> bool:
    """Whether it is read at all."""
    try:
        from_page(frame)
    except UnreadableError:
        return False
    return True


def test_a_message_is_read() -> None:
    asked = from_page(message("comm_msg", msg_id="7"))
    assert asked == PageMessage("7", allowed=True)


@pytest.mark.parametrize(
    ("kind", "channel", "allowed"),
    [
        ("comm_open", "shell", True),
        ("execute_request", "shell", False),
        ("comm_open", "control", False),
        ("shutdown_request", "control", False),
        ("input_reply", "stdin", False),
    ],
)
def test_widgets_talk_to_a_shell_and_nothing_else_does(
    kind: str, channel: str, allowed: bool
) -> None:
    assert from_page(message(kind, channel=channel)).allowed == allowed


def test_the_older_protocol_is_not_read() -> None:
    header = {"msg_type": "comm_msg", "msg_id": "1"}
    older = json.dumps({"channel": "shell", "header": header, "content": {}})
    assert not readable(older)
    assert not readable(older.encode())
    with_a_buffer = struct.pack("!III", 2, 12, 12 + len(older)) + older.encode() + b"x"
    assert not readable(with_a_buffer)


@pytest.mark.parametrize("count", [0, 5, 65, 8_000_000, 1 << 62])
def test_a_frame_that_promises_other_parts_is_not_read(count: int) -> None:
    whole = message("comm_msg")
    assert not readable(struct.pack("<Q", count) + whole[8:])
    assert not readable(struct.pack("<Q", count))


@given(st.integers(1, 6), st.integers(0, 2**64 - 1))
def test_parts_that_lie_elsewhere_are_not_read(place: int, at: int) -> None:
    whole = message("comm_msg", msg_id="1", session="s")
    bad = whole[: 8 * place] + struct.pack("<Q", at) + whole[8 * place + 8 :]
    # what lies behind the header may be cut elsewhere: the kernel reads that
    assert bad == whole or not readable(bad) or place in (4, 5)


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"[]",
        b"null",
        b"[" * 4000,
        b'{"a":1}',
        b'{"msg_type":1,"msg_id":"1"}',
        b'{"msg_type":"comm_msg","msg_id":["1"]}',
        b'{"msg_type":"comm_msg","msg_id":"\xff"}',
        json.dumps({"msg_type": "comm_msg", "msg_id": "x" * 4096}).encode(),
        json.dumps({"msg_type": "comm_msg", "msg_id": "1"}).encode("utf-16"),
    ],
)
def test_a_header_that_is_none_is_not_read(header: bytes) -> None:
    assert not readable(framed(b"shell", header, b"{}", b"{}", b"{}"))
    with pytest.raises(UnreadableError):
        from_kernel([DELIMITER, b"", header, b"{}", b"{}", b"{}"])


@pytest.mark.parametrize("channel", [b"", b"iopub", b"\xff\xfe", b"shell\n"])
def test_a_channel_that_is_none_is_not_read(channel: bytes) -> None:
    header = b'{"msg_type":"comm_msg","msg_id":"1"}'
    assert not readable(framed(channel, header, b"{}", b"{}", b"{}"))


def test_more_than_a_megabyte_is_not_read() -> None:
    assert not readable(message("comm_msg", {"x": "y" * MOST_BYTES}))


@given(st.one_of(st.binary(max_size=200), st.text()))
def test_whatever_comes_is_answered_with_yes_or_no(raw: bytes | str) -> None:
    assert readable(raw) in (True, False)


ASKED = {"msg_type": "comm_msg", "msg_id": "7"}


def told(kind: str, content: dict, *buffers: bytes) -> KernelMessage:
    parts = ({"msg_type": kind, "msg_id": "1"}, ASKED, {}, content)
    packed = [json.dumps(part).encode() for part in parts]
    return from_kernel([b"topic", DELIMITER, b"sum", *packed, *buffers])


@pytest.mark.parametrize(
    ("kind", "content", "shown"),
    [
        ("comm_msg", {}, True),
        ("stream", {"name": "stdout"}, True),
        ("stream", {"name": "stderr"}, False),
        ("stream", {}, False),
        ("error", {}, False),
        ("execute_input", {}, False),
    ],
)
def test_tracebacks_and_warnings_do_not_reach_a_phone(
    kind: str, content: dict, shown: bool
) -> None:
    assert told(kind, content).visible == shown
    assert told(kind, content, *[b"buffer"] * 100).visible == shown


def test_a_kernel_tells_what_it_has_dealt_with() -> None:
    idle = told("status", {"execution_state": "idle"})
    assert (idle.state, idle.answers, idle.asked) == ("idle", "7", "comm_msg")
    assert told("status", {"execution_state": ["idle"]}).state == ""
    assert told("comm_msg", {"execution_state": "idle"}).state == ""


@given(st.lists(st.sampled_from([b"", b"{}", b"\xff", DELIMITER, b"[1]"])))
def test_whatever_a_kernel_says_is_read_or_is_not(parts: list[bytes]) -> None:
    with pytest.raises(UnreadableError):
        from_kernel(parts)


def test_a_message_of_a_kernel_that_is_too_large_is_not_read() -> None:
    with pytest.raises(UnreadableError):
        told("comm_msg", {}, bytes(MOST_MESSAGE_BYTES))
    with pytest.raises(UnreadableError):
        told("stream", {"name": "stdout", "text": "x" * MOST_CONTENT_BYTES})
