"""Requests of those who have left are not answered."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from beyond_the_no.serve.listener import Listener

ASKED = 1000


def test_who_asks_a_thousand_times_and_leaves_is_not_answered_as_often() -> None:
    heard: list[str] = []

    class Page(RequestHandler):
        def get(self) -> None:
            heard.append(self.request.path)
            self.finish("x" * 30_000)

    async def come_and_leave() -> None:
        gone = asyncio.Event()

        class Watched(Listener):
            def on_close(self, server_conn: object) -> None:
                super().on_close(server_conn)
                gone.set()

        (door,) = bind_sockets(0, "127.0.0.1")
        server = Watched(Application([("/", Page)]))
        server.add_socket(door)
        _, writer = await asyncio.open_connection(*door.getsockname())
        writer.write(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n" * ASKED)
        await writer.drain()
        writer.transport.abort()
        await asyncio.wait_for(gone.wait(), 30)
        server.stop()

    # Playwright's loop may run in this thread
    with ThreadPoolExecutor() as beside:
        beside.submit(asyncio.run, come_and_leave()).result()

    assert len(heard) < ASKED / 2
