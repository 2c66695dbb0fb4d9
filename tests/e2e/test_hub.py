"""Many rooms behind one real JupyterHub and its proxy: started, apart, and lasting."""

import json
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from beyond_the_no.commands.rehearsal.room_transport import long_poll
from support.hub import Hub, missing, run_hub
from support.room_line import KeyLine, Line, PhoneLine
from support.served import Served, until

pytestmark = pytest.mark.browser
LEADERS = ("ada", "grace")
PASSWORD = "sesame"


if missing():
    pytest.skip(missing(), allow_module_level=True)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Hub]:
    folder = tmp_path_factory.mktemp("hub")
    config = (
        "c.JupyterHub.authenticator_class = 'dummy'\n"
        f"c.DummyAuthenticator.password = {PASSWORD!r}\n"
    )
    with run_hub(folder, config) as made:
        for leader in LEADERS:
            start_room(made, browser, leader)
        yield made


def start_room(hub: Hub, browser: Browser, leader: str) -> None:
    """Sign in, fill in the form, open the leader's page: as a facilitator does."""
    page = browser.new_context().new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{hub.address}hub/login")
    page.get_by_label("Username").fill(leader)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/hub/**")
    page.goto(f"{hub.address}hub/spawn/{leader}/thursday")
    page.get_by_label("A name for this room").fill(f"Room of {leader}")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(f"**/user/{leader}/thursday/**")
    join = f"{hub.address}user/{leader}/thursday/"
    expect(page.get_by_text(f"Room of {leader}")).to_be_visible()
    page.goto(f"{join}facilitate")
    page.get_by_role("heading", level=1).wait_for()
    assert page.url == f"{join}facilitate"
    cookies = page.context.cookies(join)
    (cookie,) = (c for c in cookies if c["name"].startswith("facilitator_"))
    key = cookie["value"]
    assert cookie["path"] == f"/user/{leader}/thursday/"
    addresses = {"join": join, "facilitate": f"{join}facilitate?key={key}"}
    hub.rooms[leader] = Served(hub.process, addresses)
    hub.leaders[leader] = page


def test_people_take_part_without_an_account(hub: Hub, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(hub.rooms["ada"].join)
    page.get_by_role("button", name="I’m in").click()
    page.get_by_role("heading", name="You’re in.").wait_for()
    page.goto(f"{hub.rooms['ada'].join}lesson/01_why_it_hurts")
    page.locator("body[data-ready]").wait_for(timeout=120_000)

    room = hub.rooms["ada"].join
    assert [u for u in asked if not u.startswith((room, "blob:", "data:"))] == []
    page.context.close()


def test_the_hub_knows_who_leads_and_nobody_else_does(
    hub: Hub, browser: Browser
) -> None:
    stranger = browser.new_context().new_page()
    stranger.goto(f"{hub.rooms['ada'].join}facilitate")
    assert "/hub/login" in stranger.url

    grace = hub.leaders["grace"].context.new_page()
    grace.goto(f"{hub.rooms['ada'].join}facilitate")
    expect(grace.get_by_role("heading", name="403")).to_be_visible()
    stranger.context.close()


def test_a_key_opens_its_own_room_only(hub: Hub) -> None:
    key = hub.rooms["grace"].key()
    stranger = Line(hub.rooms["ada"])
    stranger.send({"type": "hello", "role": "facilitator", "key": key})
    until(lambda: stranger.all("refused"), 10, "a refusal")

    assert stranger.last("refused")["reason"] == "wrong_key"
    assert hub.rooms["ada"].key() != key


def test_plain_requests_find_their_room_through_the_hubs_proxy(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Line, "way", staticmethod(long_poll))
    phone, leader = PhoneLine(hub.rooms["ada"]), KeyLine(hub.rooms["ada"])
    phone.settle()
    stranger = Line(hub.rooms["grace"])
    assert stranger.refusal({"type": "ping"}) == "not_joined"
    stranger.close()
    key = hub.rooms["grace"].key()
    other = Line(hub.rooms["ada"])
    assert (
        other.refusal({"type": "hello", "role": "facilitator", "key": key})
        == "wrong_key"
    )
    leader.close()
    phone.close()


@pytest.mark.parametrize("path", ["users", "users/ada", "proxy", "info", "services"])
def test_a_participant_learns_nothing_from_the_hub(hub: Hub, path: str) -> None:
    status, _ = hub.ask(f"hub/api/{path}")

    assert status == 403


def test_a_guessed_room_is_not_there(hub: Hub) -> None:
    rooms = [hub.ask(f"user/{path}/")[1] for path in ("ada/friday", "nobody/friday")]

    assert all("Sign in" in page for page in rooms), "the same, whoever is meant"


def test_health_of_a_room_is_not_told_through_the_proxy(hub: Hub) -> None:
    assert hub.ask("user/ada/thursday/healthz")[0] == 404


def test_the_page_of_counts_says_a_number_and_no_name(hub: Hub) -> None:
    status, text = hub.ask("services/rooms/")

    assert status == 200
    assert "2 rooms are open." in text
    assert not any(leader in text for leader in LEADERS)


def test_phones_stay_while_the_hub_is_killed_and_starts_again(hub: Hub) -> None:
    phones = [PhoneLine(hub.rooms[leader]) for leader in LEADERS]
    (process,) = hub.children("-m jupyterhub -f")
    os.kill(process.pid, signal.SIGKILL)
    until(lambda: any("“hub” stopped" in line for line in hub.log), 30, "its death")
    until(lambda: hub.ask("hub/health")[0] == 200, 90, "the hub, started again")

    for phone in phones:
        pongs = len(phone.all("pong"))
        phone.send({"type": "ping"})
        until(lambda p=phone, n=pongs: len(p.all("pong")) > n, 10, "an answer")
        assert not phone.closed
    assert "2 rooms are open." in hub.ask("services/rooms/")[1]


def test_a_room_that_is_killed_leaves_the_other_alone(hub: Hub) -> None:
    staying = PhoneLine(hub.rooms["grace"])
    losing = PhoneLine(hub.rooms["ada"])
    os.kill(hub.room_process("ada").pid, signal.SIGKILL)
    until(lambda: losing.closed, 20, "the line of the killed room")
    leader = KeyLine(hub.rooms["grace"])

    assert not staying.closed
    assert leader.last()["phase"] in ("lobby", "open")


def test_a_room_that_moves_tells_its_phones_and_keeps_its_key(hub: Hub) -> None:
    phone = PhoneLine(hub.rooms["grace"])
    key = hub.rooms["grace"].key()
    hub.room_process("grace").terminate()
    until(lambda: phone.closed, 20, "the line of the room that moves")

    assert phone.all("moving")
    assert [s for s in phone.all("state") if s["phase"] == "ended"] == []
    page = hub.leaders["grace"]
    nobody = "No room is open."  # the other one was killed before
    until(lambda: nobody in hub.ask("services/rooms/")[1], 120, "the hub to notice")
    page.goto(f"{hub.address}hub/spawn/grace/thursday")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/user/grace/thursday/**")
    again = KeyLine(hub.rooms["grace"])
    assert again.last()["type"] == "state"
    assert hub.rooms["grace"].key() == key


def test_nothing_about_a_phone_is_in_the_hubs_log(hub: Hub) -> None:
    text = re.sub(r"http://127\.0\.0\.1:\d+", "", "".join(hub.log))

    assert not re.search(r"\b\d+\.\d+\.\d+\.\d+\b", text), text
    secrets = json.loads(
        next(
            Path(hub.process.args[hub.process.args.index("--folder") + 1]).glob(
                "secrets.json"
            )
        ).read_text()
    )
    assert not any(secret in text for secret in secrets.values())
