"""A laptop that joins networks and leaves them, in a network namespace of its own.

Only root may make one, and only on Linux. The first test runs all the others there.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support import small_lessons as nb
from support.served import COMMAND, REPO, Served, free_port, open_room, serve, until

INSIDE = "BEYOND_IN_NAMESPACE"
OWN_NETWORK = ["unshare", "--map-root-user", "--net"]
HEALTH = """
import sys, urllib.error, urllib.request
try:
    answer = urllib.request.urlopen(sys.argv[1], timeout=10)
    print(answer.status)
except urllib.error.HTTPError as error:
    print(error.code)
"""


def why_not() -> str:
    """Say why this machine can make no network namespace."""
    if not (shutil.which("unshare") and shutil.which("ip")):
        return "needs unshare and ip (Linux, util-linux and iproute2)"
    made = "ip link add wlan0 type veth peer name other"
    tried = subprocess.run([*OWN_NETWORK, "sh", "-c", made], capture_output=True)
    return "" if tried.returncode == 0 else "may not make a network namespace"


if not os.environ.get(INSIDE):
    reason = why_not()

    @pytest.mark.skipif(bool(reason), reason=reason)
    def test_in_a_namespace_of_its_own() -> None:
        again = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [*OWN_NETWORK, *again, "-p", "no:xdist", "--tb=short", __file__],
            env=os.environ | {INSIDE: "yes"},
            cwd=REPO,
            capture_output=True,
            text=True,
            timeout=400,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert " passed" in done.stdout
        assert "skipped" not in done.stdout


inside = pytest.mark.skipif(not os.environ.get(INSIDE), reason="run by the first test")


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


class Laptop:
    """The network cards of this namespace; what is at their other ends is away."""

    def __init__(self) -> None:
        ip("link", "set", "lo", "up")
        self.cards: list[str] = []

    def join(self, card: str, address: str) -> None:
        """Plug in a card, or join another network with it."""
        if card in self.cards:
            ip("address", "flush", "dev", card)
        else:
            ip("link", "add", card, "type", "veth", "peer", "name", f"{card}-peer")
            ip("link", "set", f"{card}-peer", "up")
            ip("link", "set", card, "up")
            self.cards.append(card)
        ip("address", "add", address, "dev", card)

    def leave(self) -> None:
        for card in self.cards:  # some are gone with what was at their other end
            subprocess.run(["ip", "link", "delete", card], capture_output=True)
        self.cards.clear()


@pytest.fixture
def laptop() -> Iterator[Laptop]:
    made = Laptop()
    yield made
    made.leave()


@pytest.fixture(scope="module")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lessons")
    return nb.write(folder, one=nb.notebook("# One\n\nProse.", title="One"))


@pytest.fixture
def served(laptop: Laptop, lessons: Path) -> Iterator[Served]:
    """A workshop that was opened while this laptop was on no network."""
    with serve("--ip", "0.0.0.0", "--lessons", str(lessons)) as it:
        yield it


@pytest.fixture
def leader(served: Served, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Her browser, on this laptop."""
    context = browser.new_context()
    context.set_default_timeout(20_000)

    def show(path: str) -> Page:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{served.port}/{path}")
        return page

    yield show
    context.close()


@inside
@pytest.mark.browser
def test_every_page_follows_from_network_to_network(
    laptop: Laptop, served: Served, leader: Callable[[str], Page]
) -> None:
    console = leader(f"facilitate?key={served.key()}")
    wall = leader(f"wall?key={served.key('wall')}")
    says = console.locator("#preflight")
    expect(says).to_contain_text("This laptop isn’t on any network")

    laptop.join("wlan0", "10.42.0.1/24")
    for number in ("10.42.0.1", "192.168.1.23"):
        expect(wall.locator(".address")).to_have_text(f"{number}:{served.port}")
        code = wall.locator("[data-scene=join] img[data-join]")
        expect(code).to_have_attribute("src", re.compile(re.escape(number)))
        expect(console.locator("#opening .addresses li")).to_have_text(
            f"{number}:{served.port}"
        )
        expect(says).to_contain_text(f"on a network, at http://{number}:")
        laptop.join("wlan0", "192.168.1.23/24")


@inside
@pytest.mark.browser
def test_the_leader_puts_another_address_on_the_wall(
    laptop: Laptop, served: Served, leader: Callable[[str], Page]
) -> None:
    laptop.join("tun0", "10.8.0.6/24")
    laptop.join("wlan0", "192.168.1.23/24")
    console = leader(f"facilitate?key={served.key()}")
    wall = leader(f"wall?key={served.key('wall')}")
    cards = console.locator("#opening .addresses li")
    expect(cards).to_have_count(2)
    expect(cards.nth(0)).to_contain_text("Wi-Fi (wlan0)")
    expect(cards.nth(1)).to_contain_text("VPN")
    for code in cards.locator("img").all():
        assert code.evaluate("image => image.decode().then(() => image.naturalWidth)")
    expect(wall.locator(".address")).to_have_text(f"192.168.1.23:{served.port}")

    cards.nth(1).get_by_role("button").click()

    expect(wall.locator(".address")).to_have_text(f"10.8.0.6:{served.port}")
    expect(cards.nth(1).get_by_role("button")).to_have_attribute("aria-pressed", "true")
    expect(console.locator("#preflight")).to_contain_text("Put another address")
    open_room(console)
    there = console.get_by_text("Participants go to")
    expect(there).to_contain_text(f"10.8.0.6:{served.port}")
    laptop.join("tun0", "169.254.3.4/16")  # the VPN is gone
    expect(wall.locator(".address, #corner").first).to_contain_text("192.168.1.23")


@inside
def test_the_terminal_names_every_address_and_follows(
    laptop: Laptop, lessons: Path
) -> None:
    laptop.join("wlan0", "10.42.0.1/24")
    port = free_port()
    options = ["--no-browser", "--port", str(port), "--lessons", str(lessons)]
    process = subprocess.Popen(
        [*COMMAND, *options], stdout=subprocess.PIPE, text=True, cwd=REPO
    )
    said = iter(process.stdout.readline, "")

    def until_said(words: str) -> str:
        return next(line for line in said if words in line)

    try:
        assert f"http://10.42.0.1:{port}/" in until_said("Participants")
        assert f"http://127.0.0.1:{port}/facilitate" in until_said("Your page")
        until_said("Keep this window open")
        laptop.join("tun0", "10.8.0.6/24")
        laptop.join("wlan0", "192.168.1.23/24")
        until_said("network has changed")
        assert f"http://192.168.1.23:{port}/" in until_said("Participants")
        until_said("with --ip")
        assert f"http://10.8.0.6:{port}/" in until_said("VPN")
    finally:
        process.terminate()
        process.communicate(timeout=30)


@inside
def test_a_phone_is_told_from_this_laptop(laptop: Laptop, served: Served) -> None:
    laptop.join("wlan0", "192.168.1.23/24")
    mine = {"Cookie": served.cookie()}

    def reached() -> bool:
        told = served.ask("GET", "facilitate/preflight.json", **mine).text
        return next(x for x in json.loads(told) if x["name"] == "phone")["ok"]

    here = f"http://192.168.1.23:{served.port}/"
    asks = [sys.executable, "-c", HEALTH]
    until(lambda: run([*asks, f"{here}healthz"]) == "200", 20, "its own address")
    run([*asks, here])
    assert not reached(), "this laptop is no phone"

    phone = subprocess.Popen(["unshare", "--net", "sleep", "60"])
    try:
        until(lambda: Path(f"/proc/{phone.pid}/comm").read_text() == "sleep\n", 10)
        there = ["nsenter", "--net", f"--target={phone.pid}"]
        ip("link", "set", "wlan0-peer", "netns", str(phone.pid))
        for words in ("address add 192.168.1.99/24 dev", "link set up dev"):
            run([*there, "ip", *words.split(), "wlan0-peer"])
        assert run([*there, *asks, f"{here}healthz"]) == "404"
        assert run([*there, *asks, here]) == "200"
        assert reached()
    finally:
        phone.kill()
        phone.wait()


def run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    return done.stdout.strip()
