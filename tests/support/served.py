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
from typing import IO, Any

import psutil
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Error, Locator, Page

from beyond_the_no.common import lifeline
from beyond_the_no.common.settings import Settings
from support import forked

REPO = Path(__file__).resolve().parents[2]
KIT = [sys.executable, "-m", "beyond_the_no.commands.main"]
COMMAND = [*KIT, "open"]
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
    "resultTypes": ["violations"],  # what passes is half of the work to write down
    "selectors": False,
    "preload": False,
}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "rules": {}}
FOUND = """async ([options, within]) => {
  const where = within ? { include: within } : document;
  const { violations } = await axe.run(where, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}"""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def until(true: Callable[[], object], seconds: float = 60, what: str = "it") -> object:
    """Wait for a condition; there is no other way to wait here."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.05)
    raise TimeoutError(f"waited {seconds} seconds for {what}")


def start(command: list[str], **more: Any) -> subprocess.Popen:
    """Start a program that ends with this process, even where that is killed."""
    if lifeline.KERNEL_DOES_IT:
        command = lifeline.command(*command)
        more["env"] = {**more.get("env", os.environ), **lifeline.environment()}
    return subprocess.Popen(command, **more)


def start_kit(words: list[str], **more: Any) -> subprocess.Popen:
    """Start a command of this checkout as `start` does, in a part of the time."""
    if not forked.POSSIBLE:
        return start([*KIT, *words], **more)
    more["env"] = {**more.get("env", os.environ), **lifeline.environment()}
    return forked.Forked(words, **more)


def run_kit(
    *words: str, timeout: float = 120, **more: Any
) -> subprocess.CompletedProcess[str]:
    """Run a command of this checkout to its end, as `subprocess.run` does."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with start_kit(list(words), **pipes, **more) as process:
        try:
            out, err = process.communicate(timeout=timeout)
        except BaseException:
            process.kill()
            raise
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_long_as(true: Callable[[], object], most: int = 200) -> Iterator[None]:
    """Go on while a condition holds, but not for ever."""
    for _ in range(most):
        if not true():
            return
        yield
    raise AssertionError(f"it still holds after {most} times")


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

    def cookie(self, page: str = "facilitate") -> str:
        """What a browser keeps that has opened a page with its key."""
        role = {"facilitate": "facilitator", "assist": "cofacilitator"}.get(page, page)
        mine = Settings(ip="127.0.0.1", port=self.port, key=self.key())
        return f"{mine.cookie(role)}={self.key(page)}"

    def health(self) -> dict:
        return json.loads(self.ask("GET", "healthz").text)

    def stop(self, how: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(30)


RUNNING: list[Served] = []  # with the stacks that they printed, if asked (see `stacks`)


def with_path(folder: Path) -> str:
    """Write a ``PYTHONPATH`` that begins with a folder."""
    rest = os.environ.get("PYTHONPATH")
    return os.pathsep.join([str(folder), rest] if rest else [str(folder)])


@contextmanager
def serve(
    *options: str,
    port: int | None = None,
    checked: bool = True,
    checkout: Path = REPO,
    out: IO[bytes] | None = None,
    **environment: str,
) -> Iterator[Served]:
    """Start a workshop, wait until its lessons were checked, stop it in the end.

    With ``out`` it prints for people, into that file, and only `Served.health` and
    `Served.ask` know where it is.
    """
    port = port or free_port()
    fixed = ["--no-browser", "--ip", "127.0.0.1", "--port", str(port)]
    fixed += ["--json"] if out is None else []
    words = ["open", *fixed, *options]
    # other code, or what may be looked at while modules are imported, is not shared
    alone = checkout != REPO or environment
    process = (start if alone else start_kit)(
        [*KIT, *words] if alone else words,
        stdout=subprocess.PIPE if out is None else out,
        stderr=subprocess.PIPE,
        text=True,
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": with_path(checkout / "widgets")} | environment,
    )
    served = Served(process, {"join": f"http://127.0.0.1:{port}/"})
    RUNNING.append(served)

    def listen() -> None:
        served.log.extend(process.stderr)

    listening = threading.Thread(target=listen, daemon=True)
    listening.start()

    def all_checked() -> bool:
        h = served.health()
        return len(h["ready"]) + len(h["trouble"]) == len(h["lessons"])

    try:
        if out is None:
            line = process.stdout.readline()
            if not line:
                listening.join(10)
                raise RuntimeError("".join(served.log))
            served.addresses = json.loads(line)
        else:
            until(lambda: process.poll() is not None or listens(port), what="the port")
        if checked:
            until(all_checked, 120, "the lessons to be checked")
        yield served
    finally:
        RUNNING.remove(served)
        try:
            served.stop()
        except subprocess.TimeoutExpired:
            process.kill()
            raise


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


PHONES: list["Phone"] = []  # that are open; what they show is told where a test fails
# what was pressed last, and where the page lost its hold on it
PRESSED = """
globalThis.pressed = [];
for (const kind of ["pointerdown", "pointerup", "click"])
  addEventListener(kind, ({ target, clientY, timeStamp }) => {
    const what = `${target.localName}.${target.className} at ${Math.round(clientY)}`;
    globalThis.pressed.push(`${Math.round(timeStamp)} ${kind} ${what}`);
    if (globalThis.pressed.length > 9) globalThis.pressed.shift();
  }, true);
"""
SHOWN = """() => [location.href, `${Math.round(performance.now())} ms old`,
  `scrolled by ${scrollY}`, document.querySelector("#ribbon")?.className,
  JSON.stringify(globalThis.pressed), document.body.innerText.slice(0, 1500)]"""


class Phone:
    """One participant's browser, and everything it asked for or was sent."""

    def __init__(self, browser: Browser, served: Served, **options: object) -> None:
        self.context = browser.new_context(**(PHONE | options))
        self.context.set_default_timeout(60_000)
        self.served = served
        self.requests: list[str] = []
        self.frames: list[str] = []
        self.errors: list[str] = []
        self.context.add_init_script(PRESSED)
        self.page = self.open_tab()
        PHONES.append(self)

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
        self.page.get_by_role("heading", name="You’re in.").wait_for()
        return self.page

    def lesson(self, name: str = "01_why_it_hurts") -> Page:
        self.goto(f"lesson/{name}")
        self.page.locator("body[data-ready]").wait_for(timeout=120_000)
        return self.page

    def asked_elsewhere(self) -> list[str]:
        """Requests that left this machine."""
        mine = re.compile(r"^(https?|wss?)://127\.0\.0\.1:\d+/|^(blob|data|about):")
        return [r for r in self.requests if not mine.match(r)]

    def tell(self) -> str:
        """Say what it shows, and what it heard last."""
        try:
            self.context.set_default_timeout(2000)
            shown = "\n".join(map(str, self.page.evaluate(SHOWN)))
        except Error as error:
            shown = f"it does not answer: {error}"
        return "\n".join([shown, *(frame[:300] for frame in self.frames[-6:])])

    def close(self) -> None:
        if self in PHONES:
            PHONES.remove(self)
        self.context.close()


def open_room(page: Page, *, keep: bool = False) -> Page:
    """Tick what a leader ticks, and open the room from her page."""
    for line in page.locator("#checklist [required]").all():
        line.check()
    page.locator("#keep").set_checked(keep)
    page.get_by_role("button", name="Open the room").click()
    page.locator("#sheet button").first.wait_for()
    return page


def violations(
    page: Page, within: list[Locator] | None = None, **options: object
) -> list[str]:
    """What axe-core finds: WCAG 2.2 AA and best practice, or what options say.

    Where only some parts of a page have changed, it need not look at all of it again:
    ``within`` names them.
    """
    if not page.evaluate("'axe' in globalThis"):  # once a document: it is half a MB
        page.evaluate(AXE_SCRIPT)
    parts = within and [part.element_handle() for part in within]
    found: list[str] = page.evaluate(FOUND, [AXE | options, parts])
    return found
