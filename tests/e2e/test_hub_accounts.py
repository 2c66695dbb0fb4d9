"""Accounts at a hub: signing up as docs/hub.md says, and names of every kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.hub import STARTS_ROOMS, Hub, missing, run_hub
from support.served import until

if missing():
    pytest.skip(missing(), allow_module_level=True)

PASSWORD = "correct horse battery staple"
NAMES = ("jürgen", "ana maría", "ada@example.org", "José")
DUMMY = (
    "c.JupyterHub.authenticator_class = 'dummy'\n"
    "c.DummyAuthenticator.password = 'sesame'\n"
)
# two rooms that their hub can't stop
STUCK = """
import asyncio
from jupyterhub.spawner import SimpleLocalProcessSpawner

class Stuck(SimpleLocalProcessSpawner):
    async def stop(self, now=False):
        if self.user.name == "torn":
            raise RuntimeError("torn")
        if self.user.name == "stuck":
            await asyncio.sleep(3600)
        await super().stop(now)

c.JupyterHub.spawner_class = Stuck
"""


@pytest.fixture(scope="module", params=["ada", "José"])
def hub(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Hub, str]]:
    with run_hub(tmp_path_factory.mktemp("hub"), admin=request.param) as made:
        yield made, request.param


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def sign_up(hub: Hub, page: Page, name: str) -> None:
    page.goto(hub.address)
    page.get_by_role("link", name="Sign up").click()
    page.get_by_label("Username").fill(name)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("button", name="Create User").click()
    page.locator(".alert").wait_for()


def sign_in(hub: Hub, page: Page, name: str, password: str = PASSWORD) -> None:
    page.goto(f"{hub.address}hub/login")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign In").click()


@pytest.mark.browser
def test_an_administrator_signs_up_and_lets_others_in(
    hub: tuple[Hub, str], browser: Browser, visitor: Page
) -> None:
    made, admin = hub
    sign_up(made, visitor, admin)
    expect(visitor.locator(".alert-danger:visible")).to_have_count(0)
    sign_in(made, visitor, admin)
    visitor.wait_for_url("**/hub/home")

    other = browser.new_context().new_page()
    sign_up(made, other, "grace")
    sign_in(made, other, "grace")
    expect(other.locator(".login_error")).to_contain_text("has not been authorized")
    visitor.goto(f"{made.address}hub/authorize")
    row = visitor.get_by_role("row", name="grace")
    row.get_by_role("button", name="Authorize").click()
    visitor.wait_for_url("**/hub/authorize**")
    sign_in(made, other, "grace")
    other.wait_for_url("**/hub/home")
    other.context.close()


@pytest.mark.browser
def test_a_sign_in_that_fails_says_why(hub: tuple[Hub, str], visitor: Page) -> None:
    made, admin = hub
    sign_in(made, visitor, admin, "not her password")
    expect(visitor.locator(".login_error")).to_have_text(
        "Invalid username or password."
    )
    visitor.get_by_label("Username").fill(admin)
    visitor.get_by_label("Password").fill(PASSWORD)
    visitor.context.clear_cookies()  # the form is too old
    visitor.get_by_role("button", name="Sign In").click()
    expect(visitor.locator("body")).to_contain_text("expired. Try again.")


def test_rooms_of_every_name_end_with_the_hub(tmp_path: Path) -> None:
    with run_hub(tmp_path, DUMMY + STARTS_ROOMS) as hub:
        for name in NAMES:
            hub.start(name, "thursday")
        assert len(hub.children("commands.main room")) == len(NAMES)

        assert hub.interrupt() == []
        log = "".join(hub.log)
        assert "Traceback" not in log, log
        assert "couldn't end" not in log


def test_a_room_that_cannot_be_stopped_keeps_nothing_else_alive(
    tmp_path: Path,
) -> None:
    with run_hub(tmp_path, DUMMY + STARTS_ROOMS + STUCK) as hub:
        for name in ("grace", "torn", "stuck"):
            hub.start(name, "thursday")
        assert hub.interrupt() == []

    (said,) = [line for line in hub.log if "couldn't end these rooms" in line]
    assert "stuck/thursday" in said
    assert "grace" not in said


def test_rooms_end_where_their_hub_is_dead(tmp_path: Path) -> None:
    with run_hub(tmp_path, DUMMY + STARTS_ROOMS) as hub:
        hub.start("grace", "thursday")
        (process,) = hub.children("-m jupyterhub -f")
        process.kill()
        room = hub.children("commands.main room")
        assert hub.interrupt() == []
        until(lambda: not any(one.is_running() for one in room), 20, "its end")
