"""One page, one kernel: none stays behind, and a full laptop says so.

So it is with Voila's own front end; the slim one asks for a kernel when it needs one.
"""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from beyond_the_no.engine.kernels.message_filter import PROTOCOL
from support import small_lessons as nb
from support.kernel_line import made_up
from support.served import Phone, Served, serve, until

pytestmark = pytest.mark.browser
VOILA = ("--front-end", "voila")
MOVING = "from beyond_the_no.explore import BrainOverlap\nBrainOverlap()"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return nb.write(
        tmp_path_factory.mktemp("lessons"),
        one=nb.notebook("# One", nb.NOTE, MOVING, title="One"),
    )


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve("--lessons", str(folder), *VOILA) as it:
        yield it


def kernels(served: Served, n: int) -> None:
    until(lambda: served.health()["kernels"] == n, 30, f"{n} kernels")


def test_a_reload_and_a_closed_tab_leave_no_kernel(
    served: Served, phone: Callable[..., Phone]
) -> None:
    one = phone(served)
    one.lesson("one")
    kernels(served, 1)

    for _ in range(3):
        one.page.reload()
        one.page.locator("body[data-ready]").wait_for()
        kernels(served, 1)

    one.page.close()
    kernels(served, 0)


def test_turning_to_another_page_leaves_no_kernel(
    served: Served, phone: Callable[..., Phone]
) -> None:
    one = phone(served)
    one.lesson("one")
    with one.page.expect_navigation():
        one.page.get_by_role("link", name="My page").first.click()

    kernels(served, 0)


def test_who_leaves_while_the_page_is_made_leaves_no_kernel(served: Served) -> None:
    """A thumb on Reload, again and again, before anything is there."""
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", served.port)) as line:
            line.sendall(b"GET /lesson/one HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            line.recv(64)  # the page has begun, so its kernel has

    kernels(served, 0)


def test_who_leaves_while_the_kernel_begins_leaves_none(served: Served) -> None:
    """Whether it is under way or waits for its turn when the page says that it goes."""
    cookie = served.ask("GET", "lesson/one").headers["Set-Cookie"].partition(";")[0]
    goes = {"Cookie": cookie, "X-XSRFToken": cookie.partition("=")[2]}
    asked = (
        "GET /api/kernels/{}/channels?session_id=s HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        f"Sec-WebSocket-Protocol: {PROTOCOL}\r\n\r\n"
    )
    pages = [made_up(served) for _ in range(6)]  # more than begin at once
    lines = [socket.create_connection(("127.0.0.1", served.port)) for _ in pages]
    for line, page in zip(lines, pages, strict=True):
        line.sendall(asked.format(page, served.port).encode())
    until(lambda: served.health()["kernels"], 30, "a kernel that begins")
    for page in pages:
        assert served.ask("POST", f"voila/api/shutdown/{page}", **goes).status == 204
    for line in lines:  # whoever waits next must not wait for those that are gone
        line.settimeout(20)
    said = [line.recv(64) for line in lines]
    for line in lines:
        line.close()

    assert all(b" 101 " in one or b" 404 " in one for one in said)
    kernels(served, 0)


def test_a_full_laptop_says_so_and_the_first_phone_is_undisturbed(
    folder: Path, phone: Callable[..., Phone]
) -> None:
    with serve("--lessons", str(folder), *VOILA, "--max-kernels", "1") as served:
        first, second = phone(served), phone(served)
        first.lesson("one")
        chart = first.page.locator(".beyond-explore")
        chart.get_by_role("button", name="Show me").click()
        answer = chart.locator("output")
        before = answer.inner_text()

        refused = second.page.goto(served.join + "lesson/one")
        assert refused.status == 503
        full = second.page.get_by_role("heading", name="The room is full")
        expect(full).to_be_visible()
        expect(second.page.get_by_role("link", name="Ground me")).to_be_visible()

        chart.get_by_role("radio", name="Count studies").check()
        expect(answer).not_to_have_text(before)

        first.page.close()
        kernels(served, 0)
        second.page.get_by_role("link", name="Try again").click()
        second.page.locator("body[data-ready]").wait_for()
