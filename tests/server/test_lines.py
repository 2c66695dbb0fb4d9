"""Whoever sends nonsense, too much, or reads nothing, disturbs nobody.

The property, whatever was sent to a kernel's line or said by a kernel: a neighbour is
answered at once, and the server is as large as before. ``make fuzz`` goes on for ten
minutes.
"""

import base64
import json
import os
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from uuid import uuid4

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from beyond_the_no.engine.kernels import memory
from beyond_the_no.engine.kernels.message_filter import (
    DELIMITER,
    MOST_MESSAGE_BYTES,
    TYPES,
)
from support import small_lessons as nb
from support.kernel_line import begun, framed, line_to, made_up, message
from support.served import Served, serve, until

SECONDS = float(os.environ.get("FUZZ_SECONDS", "0"))
EXAMPLES = 15
MEGABYTE = 2**20
MOST_GROWTH = 48 * MEGABYTE
AT_ONCE = 3  # seconds, on a busy machine
# a kernel that says whatever it is told to, in whatever parts
ECHO = """import base64, comm, ipywidgets, time
from IPython import get_ipython
ipywidgets.Image(value=bytes(64)), ipywidgets.IntSlider(3)

held = []

def heard(message):
    asked = message["content"]["data"]
    parts = [base64.b64decode(part) for part in asked.get("parts", ())]
    if "zeros" in asked:
        parts = [b"topic", bytes(asked["zeros"])]
    if parts:
        get_ipython().kernel.iopub_socket.send_multipart(parts)
    held.append(bytearray(asked.get("holds", 0)))
    time.sleep(asked.get("busy", 0))

def opened(line, message):
    line.on_msg(heard)

comm.get_comm_manager().register_target("echo", opened)"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    lesson = nb.notebook("# One", ECHO, title="One")
    folder = nb.write(tmp_path_factory.mktemp("lessons"), one=lesson)
    with serve("--lessons", str(folder)) as it:
        yield it
        assert not [line for line in it.log if line.startswith("ERROR")]


def size(served: Served) -> int:
    return psutil.Process(served.process.pid).memory_info().rss


def undisturbed(served: Served, before: int, within: float = AT_ONCE) -> None:
    """A neighbour is answered at once, and the server is as large as before."""
    began = time.monotonic()
    assert served.ask("GET", "lesson/one").status == 200
    assert time.monotonic() - began < within
    assert size(served) - before < MOST_GROWTH


# what is nearly a message: numbers that promise much, parts cut elsewhere, older forms
numbers = st.one_of(
    st.integers(0, 70),
    st.sampled_from([2**k - d for k in (8, 16, 26, 31, 32, 62, 64) for d in (0, 1)]),
).map(lambda n: n % 2**64)
kinds = st.sampled_from([*TYPES, "execute_request", "shutdown_request", "x"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.text(max_size=8), inside, max_size=3)
    ),
    max_leaves=6,
)
contents = st.fixed_dictionaries(
    {},
    optional={
        "comm_id": st.text(max_size=8) | values,
        "target_name": st.sampled_from(["jupyter.widget", "echo", ""]) | values,
        "data": st.fixed_dictionaries(
            {},
            optional={
                "method": st.sampled_from(["update", "request_state", "custom"]),
                "state": values,
                "buffer_paths": values,
                "parts": values,
            },
        )
        | values,
    },
)


@st.composite
def whole(draw: st.DrawFn) -> bytes:
    channel = draw(st.sampled_from(["shell", "control", "stdin", "iopub", "é"]))
    return message(draw(kinds), draw(contents), channel)


@st.composite
def renumbered(draw: st.DrawFn) -> bytes:
    """Replace one of its numbers."""
    made = bytearray(draw(whole()))
    struct.pack_into("<Q", made, 8 * draw(st.integers(0, 6)), draw(numbers))
    return bytes(made)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    made = bytearray(draw(whole()))
    for _ in range(draw(st.integers(1, 8))):
        made[draw(st.integers(0, len(made) - 1))] = draw(st.integers(0, 255))
    return bytes(made[: draw(st.integers(0, len(made)))])


@st.composite
def in_odd_parts(draw: st.DrawFn) -> bytes:
    part = st.sampled_from([b"shell", b"{}", b"[]", b"", b"[" * 3000]) | st.binary(
        max_size=40
    )
    return framed(*draw(st.lists(part, max_size=70)))


@st.composite
def older(draw: st.DrawFn) -> str | bytes:
    """Write it as Jupyter did before: as text, or with buffers behind it."""
    header = {"msg_id": uuid4().hex, "msg_type": draw(kinds), "session": "s"}
    text = json.dumps(
        {
            "channel": "shell",
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": draw(contents),
        }
    )
    if draw(st.booleans()):
        return text
    count = draw(numbers) % 2**32
    return struct.pack("!III", count, 12, 12 + len(text)) + text.encode() + b"\0" * 9


anything = st.one_of(
    whole(), renumbered(), damaged(), in_odd_parts(), older(), st.binary(), st.text()
)


def go_on(check: Callable[[], None]) -> None:
    """Once, or for as long as was asked."""
    end = time.monotonic() + SECONDS
    check()
    while time.monotonic() < end:
        check()


quickly = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=not SECONDS,
)


def test_whatever_a_page_sends_disturbs_nobody(served: Served) -> None:
    kernel = made_up(served)
    with line_to(served, kernel) as line:
        begun(line)
    before = size(served)

    @quickly
    @given(st.lists(anything, min_size=1, max_size=12))
    def check(sent: list[str | bytes]) -> None:
        with line_to(served, kernel) as line, suppress(ConnectionClosed):
            for frame in sent:
                line.send(frame)
        undisturbed(served, before)

    go_on(check)
    with line_to(served, kernel) as line:
        begun(line)


def test_whatever_a_kernel_says_disturbs_nobody(served: Served) -> None:
    with line_to(served, made_up(served)) as line:
        begun(line)
        echo = {"comm_id": "e", "target_name": "echo", "data": {}}
        line.send(message("comm_open", echo))
        before = size(served)
        part = st.one_of(
            st.binary(max_size=60),
            st.sampled_from([DELIMITER, b"{}", b"[]", b"[" * 2000]),
            st.builds(
                lambda kind, name, state: json.dumps(
                    {"msg_type": kind, "msg_id": "1", "name": name, "state": state}
                ).encode(),
                st.sampled_from(["stream", "status", "error", "comm_msg", 7]),
                st.sampled_from(["stdout", "stderr", None]),
                values,
            ),
        )
        topped = st.lists(part, max_size=8).map(
            lambda parts: [b"topic", DELIMITER, b"", *parts]
        )

        @quickly
        @given(st.lists(st.lists(part, max_size=8) | topped, min_size=1, max_size=8))
        def check(said: list[list[bytes]]) -> None:
            for parts in said:
                packed = [_base64(one) for one in parts]
                told = {"comm_id": "e", "data": {"parts": packed}}
                line.send(message("comm_msg", told))
            begun(line)  # it goes on to pass what is a message
            undisturbed(served, before)

        go_on(check)


def _base64(part: bytes) -> str:
    return base64.b64encode(part).decode()


def asks_for_much(line: ClientConnection) -> bytes:
    """Make a widget with a large state; return what asks for it."""
    state = {
        "_model_module": "@jupyter-widgets/controls",
        "_model_module_version": "2.0.0",
        "_model_name": "HTMLModel",
        "_view_module": "@jupyter-widgets/controls",
        "_view_module_version": "2.0.0",
        "_view_name": "HTMLView",
        "value": "x" * 900_000,
    }
    data = {"state": state, "buffer_paths": []}
    opened = {"comm_id": "c", "target_name": "jupyter.widget", "data": data}
    line.send(message("comm_open", opened))


ASK = {"comm_id": "c", "data": {"method": "request_state"}}


def test_a_page_that_reads_nothing_is_hung_up_on(served: Served) -> None:
    kernel = made_up(served)
    with line_to(served, kernel, max_queue=1) as line:
        begun(line)
        asks_for_much(line)
        before = size(served)

        def hung_up() -> bool:
            assert size(served) - before < MOST_GROWTH
            for _ in range(20):
                line.send(message("comm_msg", ASK))
            return False

        with pytest.raises(ConnectionClosed):
            until(hung_up, 60, "the end of the line")
    until(lambda: size(served) - before < MOST_GROWTH, 1, "the server to be small")
    undisturbed(served, before)


def test_what_a_kernel_says_to_nobody_is_not_kept_for_ever(served: Served) -> None:
    kernel = made_up(served)
    with line_to(served, kernel) as line:
        begun(line)
        asks_for_much(line)
        before = size(served)
        for _ in range(300):
            line.send(message("comm_msg", ASK))

    def is_back() -> bool:
        undisturbed(served, before)
        with suppress(ConnectionClosed), line_to(served, kernel) as line:
            return bool(begun(line))
        return False

    until(is_back, 60, "the kernel to have said all of it")


def test_a_message_that_is_too_large_is_not_taken_from_a_kernel(
    served: Served,
) -> None:
    with line_to(served, made_up(served)) as line:
        begun(line)
        line.send(message("comm_open", {"comm_id": "e", "target_name": "echo"}))
        before = size(served)
        told = {"comm_id": "e", "data": {"zeros": MOST_MESSAGE_BYTES + 1}}
        line.send(message("comm_msg", told))
        begun(line)
        undisturbed(served, before)


def test_a_line_that_is_hung_up_on_is_heard_no_more(served: Served) -> None:
    kernel = made_up(served)
    with line_to(served, kernel) as line:
        begun(line)
        before = size(served)
        # for a reader of the older protocol these six offsets are a hundred million
        hung_up_after(line, b"", *(message("comm_msg") for _ in range(5)))
    undisturbed(served, before)


def test_a_kernel_that_does_not_keep_up_is_sent_no_more(served: Served) -> None:
    kernel = made_up(served)
    with line_to(served, kernel) as line:
        begun(line)
        line.send(message("comm_open", {"comm_id": "e", "target_name": "echo"}))
        before = size(served)
        line.send(message("comm_msg", {"comm_id": "e", "data": {"busy": 30}}))
        much = {"comm_id": "x", "data": "x" * 900_000}
        sent = [message("comm_msg", much) for _ in range(30)]
        hung_up_after(line, *sent)
    undisturbed(served, before)


def hung_up_after(line: ClientConnection, *sent: bytes) -> None:
    """Send it; the server hangs up."""
    with suppress(ConnectionClosed):
        for frame in sent:
            line.send(frame)
    with pytest.raises(ConnectionClosed):
        begun(line)


def test_the_same_message_is_not_sent_twice(served: Served) -> None:
    with line_to(served, made_up(served)) as line:
        begun(line)
        line.send(message("comm_open", {"comm_id": "e", "target_name": "echo"}))
        line.send(message("comm_msg", {"comm_id": "e", "data": {"busy": 3}}))
        hung_up_after(line, *[message("comm_msg", {}, msg_id="again")] * 2)


def test_a_kernel_has_a_limit_of_its_own(served: Served) -> None:
    with line_to(served, made_up(served)) as line:
        begun(line)
        line.send(message("comm_open", {"comm_id": "e", "target_name": "echo"}))
        told = {"comm_id": "e", "data": {"holds": memory.OF_A_KERNEL}}
        line.send(message("comm_msg", told))
        begun(line)
        inside = psutil.Process(served.process.pid).children(recursive=True)
        assert max(one.memory_info().rss for one in inside) < memory.OF_A_KERNEL


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux tells")
def test_kernels_that_hold_too_much_together_end_and_the_others_live(
    served: Served,
) -> None:
    lesson = {"--max-kernels": "3", "--lessons": served.process.args[-1]}
    with (
        serve(*(word for pair in lesson.items() for word in pair)) as small,
        ExitStack() as lines,
    ):
        kernels = [made_up(small) for _ in range(3)]
        opened = [lines.enter_context(line_to(small, one)) for one in kernels]
        for line, part in zip(opened, (0.1, 0.5, 0.6), strict=True):
            begun(line)
            line.send(message("comm_open", {"comm_id": "e", "target_name": "echo"}))
            told = {"holds": int(part * memory.OF_A_KERNEL)}
            line.send(message("comm_msg", {"comm_id": "e", "data": told}))
        until(lambda: small.health()["kernels"] == 2, 30, "the largest to be ended")
        assert small.ask("GET", f"api/kernels/{kernels[2]}").status == 404
        begun(opened[0])
        begun(opened[1])
        ended = "WARNING The kernels hold too much memory: the largest was ended.\n"
        assert small.log.count(ended) == 1
