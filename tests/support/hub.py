"""A real hub with its proxy, as an administrator would start it, and its rooms."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
from playwright.sync_api import Page

from beyond_the_no.commands.hub import supervisor
from beyond_the_no.common.settings import UserError
from support.served import REPO, Served, free_port, start, until

TOKEN = "a-token-for-tests-only"
# a service that may start rooms, as a person does at the hub
STARTS_ROOMS = f"""
c.JupyterHub.services.append({{"name": "tests", "api_token": {TOKEN!r}}})
c.JupyterHub.load_roles.append({{
    "name": "tests",
    "services": ["tests"],
    "scopes": ["admin:users", "admin:servers"],
}})
"""


def missing() -> str:
    """Say what a hub needs and this machine lacks."""
    if shutil.which("node") is None:
        return "no Node.js, so no proxy for a hub"
    try:
        supervisor.proxy_command()
    except UserError as trouble:
        return str(trouble)
    return ""


@dataclass
class Hub:
    """A hub that runs, and the rooms that were started on it."""

    process: subprocess.Popen
    address: str
    folder: Path
    log: list[str] = field(default_factory=list)
    rooms: dict[str, Served] = field(default_factory=dict)
    leaders: dict[str, Page] = field(default_factory=dict)

    def children(self, word: str = "") -> list[psutil.Process]:
        """Processes of the hub's with a word in their command."""
        found = []
        for child in psutil.Process(self.process.pid).children(recursive=True):
            try:
                if word in " ".join(child.cmdline()):
                    found.append(child)
            except psutil.NoSuchProcess:
                continue
        return found

    def ask(self, path: str, **headers: str) -> tuple[int, str]:
        request = urllib.request.Request(self.address + path, headers=headers)
        return self._send(request)

    def api(self, method: str, path: str, about: dict | None = None) -> Any:
        """Ask the hub's interface, where it was started with STARTS_ROOMS."""
        request = urllib.request.Request(
            f"{self.address}hub/api/{path}",
            method=method,
            data=json.dumps(about or {}).encode() if method == "POST" else None,
            headers={"Authorization": f"token {TOKEN}"},
        )
        status, text = self._send(request)
        assert status < 400, text
        return json.loads(text or "null")

    @staticmethod
    def _send(request: urllib.request.Request) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def start(self, account: str, room: str) -> None:
        """Start a room of an account, and wait until it answers."""
        name = quote(account, safe="")
        self.api("POST", f"users/{name}")
        self.api("POST", f"users/{name}/servers/{room}")

        def ready() -> bool:
            server = self.api("GET", f"users/{name}")["servers"].get(room, {})
            return bool(server.get("ready"))

        until(ready, 90, f"a room of {account}")

    def room_process(self, leader: str) -> psutil.Process:
        """Find the process of a room, whoever is its parent by now."""
        for found in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                is_room = "beyond_the_no.commands.main room" in " ".join(
                    found.cmdline()
                )
                address = found.environ().get("JUPYTERHUB_PUBLIC_URL")
                if is_room and address == self.rooms[leader].join:
                    return found
        raise LookupError(leader)

    def interrupt(self) -> list[psutil.Process]:
        """Press Ctrl-C, wait for the end; return the processes that outlive it."""
        children = self.children()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(90)
        return psutil.wait_procs(children, timeout=20)[1]


@contextmanager
def run_hub(folder: Path, config: str = "", admin: str = "admin") -> Iterator[Hub]:
    """Run a hub until it is interrupted; nothing may outlive it."""
    extra = folder / "extra.py"
    extra.write_text(config, encoding="utf-8")
    port = free_port()
    command = [sys.executable, "-m", "beyond_the_no.commands.main", "hub"]
    command += ["--ip", "127.0.0.1", "--port", str(port), "--admin", admin]
    command += ["--folder", str(folder / "accounts"), "--config", str(extra)]
    process = start(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=REPO,
        env=os.environ | {"PYTHONPATH": str(REPO / "widgets")},
    )
    made = Hub(process, f"http://127.0.0.1:{port}/", folder / "accounts")

    def listen() -> None:
        made.log.extend(process.stdout)

    threading.Thread(target=listen, daemon=True).start()

    def up() -> bool:
        assert process.poll() is None, "".join(made.log)
        return any("Rooms are started" in line for line in made.log)

    try:
        until(up, 90, "a hub")
        yield made
    finally:
        alive = made.interrupt() if process.poll() is None else []
        for one in alive:
            one.kill()
        assert alive == [], "nothing outlives the hub"
