"""The listener waits for nobody without end, and answers nobody who has left."""

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil
import pytest
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from beyond_the_no.server.http.http_server import (
    PATIENCE,
    DisconnectAwareHTTPServer,
)
from support import small_lessons as nb
from support.room_line import PhoneLine
from support.served import Served, serve, until

ASKED = 1000
Client = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Page(RequestHandler):
    """Answers with more than a socket's buffers hold, if that is asked for."""

    heard = 0

    def get(self) -> None:
        Page.heard += 1
        self.finish(b"x" * int(self.get_query_argument("size", "30000")))

    post = get


def visit(
    client: Client,
    made: type[DisconnectAwareHTTPServer] = DisconnectAwareHTTPServer,
    **options: object,
) -> None:
    """Let a client talk to a listener."""

    async def talk() -> None:
        (door,) = bind_sockets(0, "127.0.0.1")
        server = made(Application([("/", Page)]), **options)
        server.add_socket(door)
        reader, writer = await asyncio.open_connection(*door.getsockname())
        try:
            await client(reader, writer)
        finally:
            writer.transport.abort()
            server.stop()

    # Playwright's loop may run in this thread
    with ThreadPoolExecutor() as beside:
        beside.submit(asyncio.run, talk()).result()


def test_who_asks_a_thousand_times_and_leaves_is_not_answered_as_often() -> None:
    gone = asyncio.Event()
    before = Page.heard

    class Watched(DisconnectAwareHTTPServer):
        def on_close(self, server_conn: object) -> None:
            super().on_close(server_conn)
            gone.set()

    async def come_and_leave(_: object, writer: asyncio.StreamWriter) -> None:
        writer.write(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n" * ASKED)
        await writer.drain()
        writer.transport.abort()
        await asyncio.wait_for(gone.wait(), 30)

    visit(come_and_leave, Watched)
    assert Page.heard - before < ASKED / 2


@pytest.mark.parametrize(
    "half",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: he",
        b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n5\r\na",
    ],
)
def test_half_a_request_is_given_up(half: bytes) -> None:
    async def say_half(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(half)
        assert await asyncio.wait_for(reader.read(), 20) == b""

    visit(say_half, idle_connection_timeout=0.2, body_timeout=0.2)


def test_half_a_request_is_given_up_soon() -> None:
    params = DisconnectAwareHTTPServer(Application()).conn_params
    assert params.header_timeout == params.body_timeout == PATIENCE <= 60


def test_who_has_been_answered_may_ask_again() -> None:
    async def ask_twice(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        for _ in range(2):
            writer.write(b"GET /?size=2 HTTP/1.1\r\nHost: here\r\n\r\n")
            assert b"200 OK" in await asyncio.wait_for(reader.readuntil(b"xx"), 20)

    visit(ask_twice)


def test_an_answer_that_nobody_takes_is_given_up() -> None:
    gone = asyncio.Event()

    class Hasty(DisconnectAwareHTTPServer):
        look, slow = 0.05, 0.2

        def on_close(self, server_conn: object) -> None:
            super().on_close(server_conn)
            gone.set()

    async def take_nothing(_: object, writer: asyncio.StreamWriter) -> None:
        writer.write(b"GET /?size=40000000 HTTP/1.1\r\nHost: here\r\n\r\n")
        await asyncio.wait_for(gone.wait(), 20)

    visit(take_nothing, Hasty)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    lesson = nb.notebook("# One", nb.NOTE, title="One")
    with serve("--lessons", str(nb.write(tmp_path, one=lesson))) as it:
        yield it


@pytest.mark.skipif(not hasattr(psutil.Process, "rlimit"), reason="needs Linux")
def test_while_files_run_short_nobody_new_gets_in_and_nobody_else_notices(
    served: Served,
) -> None:
    server = psutil.Process(served.process.pid)
    phone = PhoneLine(served)
    server.rlimit(psutil.RLIMIT_NOFILE, (160, 160))
    with ExitStack() as crowd:
        for _ in range(200):
            one = crowd.enter_context(socket.socket())
            one.connect(("127.0.0.1", served.port))
        until(lambda: served.log, 30, "it to say so")
        assert server.num_fds() < 100, "kernels and pages may open the others"
        assert server.cpu_percent(1.0) < 50, "it does not knock all the time"
        phone.settle()
        assert len(served.log) == 1
        assert "too many connections" in served.log[0]
    until(lambda: answers(served), 30, "all others to get in again")
    phone.close()
    assert len(served.log) == 1


def answers(served: Served) -> bool:
    with suppress(OSError):
        return served.ask("GET", "lesson/one").status == 200
    return False


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs to stop a program")
def test_a_crowd_at_the_door_waits_and_is_not_sent_back(served: Served) -> None:
    """A busy server lets nobody in for a while; nobody has to knock again."""
    with ExitStack() as crowd:
        os.kill(served.process.pid, signal.SIGSTOP)
        try:
            for _ in range(400):
                one = crowd.enter_context(socket.socket())
                one.settimeout(0.9)  # a system knocks again after a second
                one.connect(("127.0.0.1", served.port))
        finally:
            os.kill(served.process.pid, signal.SIGCONT)
    until(lambda: answers(served), 30, "it to go on")
