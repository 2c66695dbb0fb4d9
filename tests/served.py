"""What tests drive: a real server in a process of its own, phones, and its room."""

import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

import psutil
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

REPO = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-m", "beyond_the_no.serve.cli", "open"]
AXE = {
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ],
    "rules": {"target-size": {"enabled": True}},
}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def until(true: Callable[[], object], seconds: float = 60, what: str = "it") -> object:
    """Wait for a condition; there is no other way to wait here."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.05)
    raise TimeoutError(f"waited {seconds} seconds for {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    """What came back, as it came."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Served:
    """A workshop that runs, as its facilitator would start it."""

    process: subprocess.Popen
    addresses: dict
    log: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> str:
        return self.addresses[name]

    def get(self, path: str, **headers: str) -> tuple[int, str, dict]:
        request = urllib.request.Request(self.join + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), dict(error.headers)

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> Answer:
        """Ask for exactly this address: nothing is resolved, followed or unpacked."""
        where = urllib.parse.urlsplit(self.join)
        line: http.client.HTTPConnection
        if where.scheme == "https":  # with a certificate that nobody vouches for
            trusting = ssl._create_unverified_context()
            line = http.client.HTTPSConnection(
                "127.0.0.1", self.port, timeout=30, context=trusting
            )
        else:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request(method, f"{where.path}{path}", body, headers)
        answer = line.getresponse()
        try:
            return Answer(answer.status, answer.msg, answer.read())
        finally:
            line.close()

    @property
    def port(self) -> int:
        return urllib.parse.urlsplit(self.join).port

    def key(self, role: str = "facilitate") -> str:
        return self.addresses[role].partition("key=")[2]

    def health(self) -> dict:
        return json.loads(self.ask("GET", "healthz").text)

    def stop(self, how: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(30)


@contextmanager
def serve(
    *options: str,
    port: int | None = None,
    checked: bool = True,
    checkout: Path = REPO,
) -> Iterator[Served]:
    """Start a workshop, wait until its lessons were checked, stop it in the end."""
    port = port or free_port()
    fixed = ["--json", "--no-browser", "--ip", "127.0.0.1", "--port", str(port)]
    command = [*COMMAND, *fixed, *options]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout / "widgets")},
    )
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(process.stderr.read())
    served = Served(process, json.loads(line))

    def listen() -> None:
        served.log.extend(process.stderr)

    threading.Thread(target=listen, daemon=True).start()
    try:
        if checked:

            def all_checked() -> bool:
                h = served.health()
                return len(h["ready"]) + len(h["trouble"]) == len(h["lessons"])

            until(all_checked, 120, "the lessons to be checked")
        yield served
    finally:
        if served.stop() is None:
            os.kill(process.pid, signal.SIGKILL)


def gave_up(text: str, source: str) -> bool:
    """Whether Voila’s own front end left a widget out; its page then loads anew.

    A page that lacks it still is not ready, and whoever waits for that will fail.
    """
    of_voila = "labextensions/@jupyter-widgets/" in source
    return of_voila and "widget model not found" in text


def lives(process: psutil.Process) -> bool:
    """Whether it runs; what has ended may be listed for a while."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def children(process: psutil.Process) -> list[psutil.Process]:
    """Its children that live."""
    return [one for one in process.children() if lives(one)]


class Phone:
    """One participant's browser, and everything it asked for or was sent."""

    def __init__(self, browser: Browser, served: Served, **options: object) -> None:
        self.context = browser.new_context(**(PHONE | options))
        self.context.set_default_timeout(60_000)
        self.served = served
        self.requests: list[str] = []
        self.frames: list[str] = []
        self.errors: list[str] = []
        self.page = self.open_tab()

    def open_tab(self) -> Page:
        page = self.context.new_page()
        page.on(
            "request", lambda r: self.requests.append(f"{r.url} {r.post_data or ''}")
        )
        page.on("websocket", self._listen)
        page.on("pageerror", self._fault)
        page.on("console", self._console)
        return page

    def _listen(self, socket: object) -> None:
        socket.on("framesent", lambda data: self.frames.append(str(data)))
        socket.on("framereceived", lambda data: self.frames.append(str(data)))

    def _fault(self, error: object) -> None:
        if not gave_up(str(error), error.stack or ""):
            self.errors.append(error.stack or str(error))

    def _console(self, message: object) -> None:
        expected = ("Failed to load resource", "WebSocket", "net::ERR")
        if gave_up(message.text, message.location["url"]):
            return
        if message.type == "error" and not any(e in message.text for e in expected):
            self.errors.append(message.text)

    def goto(self, path: str = "") -> Page:
        self.page.goto(self.served.join + path)
        return self.page

    def join(self) -> Page:
        self.goto()
        self.page.get_by_role("button", name="I’m in").click()
        self.page.get_by_role("heading", name="You are in.").wait_for()
        return self.page

    def lesson(self, name: str = "01_why_it_hurts") -> Page:
        self.goto(f"lesson/{name}")
        self.page.locator("body[data-ready]").wait_for(timeout=120_000)
        return self.page

    def asked_elsewhere(self) -> list[str]:
        """Requests that left this machine."""
        mine = re.compile(r"^(https?|wss?)://127\.0\.0\.1:\d+/|^(blob|data|about):")
        return [r for r in self.requests if not mine.match(r)]

    def close(self) -> None:
        self.context.close()


def open_room(page: Page, *, keep: bool = False) -> Page:
    """Tick what a leader ticks, and open the room from her page."""
    for line in page.locator("#checklist [required]").all():
        line.check()
    page.locator("#keep").set_checked(keep)
    page.get_by_role("button", name="Open the room").click()
    page.locator("#sheet button").first.wait_for()
    return page


def violations(page: Page) -> list[str]:
    """What axe-core finds: WCAG 2.2 AA and best practice."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{v['id']}: {n['html'][:160]}" for v in found for n in v["nodes"]]
