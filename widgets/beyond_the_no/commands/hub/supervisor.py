"""Supervisor of the proxy, JupyterHub and its services.

Three kinds of processes live side by side: the proxy, the hub, and the rooms. Phones
talk to rooms through the proxy, so a hub that dies takes nobody with it.
"""

import contextlib
import http.client
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ...common import lifeline, resources
from ...common.log_scrubbing import log, scrub
from ...common.settings import UserError
from ...server.host.ports import free_ports
from . import config

CONFIG = Path(__file__).parent / "jupyterhub_config.py"
PROXY = resources.KIT / "deploy" / "proxy" / "node_modules" / ".bin"
SECRETS = "secrets.json"
SECRET_NAMES = ("hub", "proxy", "stop", "cull", "rooms")
SECRET_BYTES = 32
REMADE = (
    "{} was damaged, so the hub has new keys. From now on, leaders' addresses are new: "
    "open rooms from the hub."
)
IDLE_HOURS = 4
DEATHS_A_MINUTE = 8
ROOMS_END, ROOMS_AT_ONCE = 20, 8  # seconds for all of them; stopped side by side
TROUBLE = (OSError, ValueError, http.client.HTTPException)  # of a request to the hub
NOT_ASKED = (
    "The hub didn't answer, so it couldn't be asked to end its rooms. Rooms on this "
    "machine end now. Any in a container or on another machine may still be open."
)
STILL_RUN = (
    "The hub couldn't end these rooms: {}. On this machine they end now. In a "
    "container or on another machine they may still be open."
)
RESTARTED = "“{}” stopped and is being restarted. Rooms carry on in the meantime."
NEEDS = "A hub needs JupyterHub and its proxy, and {} is missing. " + (
    "`make hub` puts both into this folder; it needs Node.js 20 or newer."
    if resources.CHECKOUT
    else 'Install both: pip install "beyond-the-no[hub]", and with Node.js '
    "npm install -g configurable-http-proxy"
)


def proxy_command() -> str:
    """Find the proxy: the one that `make hub` installed, or the system's.

    Raises
    ------
    UserError
        Where there is none.
    """
    path = f"{PROXY}{os.pathsep}{os.environ.get('PATH', '')}"
    found = shutil.which("configurable-http-proxy", path=path)
    if found is None:
        raise UserError(NEEDS.format("configurable-http-proxy"))
    try:
        import jupyterhub
        import nativeauthenticator
    except ImportError as error:
        raise UserError(NEEDS.format(error.name)) from None
    del jupyterhub, nativeauthenticator
    return found


def lasting(folder: Path) -> dict[str, str]:
    """Read the hub's secrets, or make them: rooms keep their keys over a restart.

    A file that was damaged, as by a power cut, is made again.
    """
    path = folder / SECRETS
    if path.exists():
        if found := _whole(path.read_bytes()):
            return found
        log.warning(REMADE.format(path))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = {name: secrets.token_hex(SECRET_BYTES) for name in SECRET_NAMES}
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    half.touch(0o600)
    with half.open("w", encoding="utf-8") as file:
        json.dump(made, file)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    return made


def _whole(packed: bytes) -> dict[str, str]:
    """Return the secrets that a file holds, or nothing where one is missing or cut."""
    try:
        found = json.loads(packed)
        lengths = {len(bytes.fromhex(found[name])) for name in SECRET_NAMES}
    except (ValueError, KeyError, TypeError):
        return {}
    return dict(found) if lengths == {SECRET_BYTES} else {}


def local(ip: str) -> str:
    """Where this machine reaches what listens at an address."""
    return "127.0.0.1" if ip in ("", "0.0.0.0") else ip


def pass_on(lines: Iterable[str]) -> None:
    """Pass on what a process says, scrubbed: the proxy writes whole addresses."""
    for line in lines:
        print(scrub(line), end="", file=sys.stderr, flush=True)


class Supervisor:
    """Runs the proxy, the hub, and what looks after them.

    Parameters
    ----------
    folder : where the hub keeps its accounts; nothing about participants.
    bind : address and port of the proxy.
    public : address that people use.
    admins : accounts that let others in.
    extra : a file of the administrator's own settings for JupyterHub.
    """

    def __init__(
        self,
        folder: Path,
        bind: tuple[str, int],
        public: str,
        admins: list[str],
        extra: Path | None = None,
    ) -> None:
        self.folder = folder.resolve()
        proxy = proxy_command()
        secret = lasting(self.folder)
        hub, api, rooms = free_ports(3)
        self._hub = f"http://127.0.0.1:{hub}"
        self._reached = f"http://{local(bind[0])}:{bind[1]}/"
        self._stop_token = secret["stop"]
        self._environment = os.environ | {
            "BEYOND_PUBLIC_URL": public,
            "BEYOND_BIND_URL": f"http://{bind[0]}:{bind[1]}/",
            "BEYOND_HUB_URL": self._hub,
            "BEYOND_PROXY_URL": f"http://127.0.0.1:{api}",
            "BEYOND_ROOMS_URL": f"http://127.0.0.1:{rooms}",
            "BEYOND_ADMINS": json.dumps(admins),
            "BEYOND_HUB_CONFIG": str(extra.resolve()) if extra else "",
            "BEYOND_STOP_TOKEN": secret["stop"],
            "BEYOND_CULL_TOKEN": secret["cull"],
            "BEYOND_ROOMS_TOKEN": secret["rooms"],
            "CONFIGPROXY_AUTH_TOKEN": secret["proxy"],
            config.LIFELINE: lifeline.address(),
            config.SECRET: secret["hub"],
        }
        about = {"JUPYTERHUB_API_URL": f"{self._hub}/hub/api"}
        counted = about | {
            "JUPYTERHUB_API_TOKEN": secret["rooms"],
            "JUPYTERHUB_SERVICE_URL": f"http://127.0.0.1:{rooms}",
            "JUPYTERHUB_SERVICE_PREFIX": "/services/rooms/",
        }
        python = (sys.executable, "-m")
        self._commands: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
            "proxy": (
                (
                    *(proxy, "--ip", bind[0], "--port", str(bind[1])),
                    *("--api-ip", "127.0.0.1", "--api-port", str(api)),
                    *("--error-target", f"{self._hub}/hub/error"),
                    *("--log-level", "warn"),
                ),
                {},
            ),
            "hub": ((*python, "jupyterhub", "-f", str(CONFIG)), {}),
            "rooms": ((*python, f"{__package__}.room_count_service"), counted),
            "cull": (
                (
                    *python,
                    "jupyterhub_idle_culler",
                    f"--timeout={IDLE_HOURS * 3600}",
                    "--cull-users=False",
                ),
                about | {"JUPYTERHUB_API_TOKEN": secret["cull"]},
            ),
        }
        self._running: dict[str, subprocess.Popen[str]] = {}
        self._stopping = False

    def start(self, name: str) -> None:
        """Start one process, which a Ctrl-C does not reach: it ends in its turn."""
        command, more = self._commands[name]
        self._running[name] = process = subprocess.Popen(
            lifeline.command(*command),
            env=self._environment | more | lifeline.environment(),
            cwd=self.folder,
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        threading.Thread(target=pass_on, args=(process.stdout,), daemon=True).start()

    def answers(self) -> bool:
        """Whether the hub can be reached through its proxy."""
        try:
            for where in (f"{self._hub}/", self._reached):
                with urllib.request.urlopen(f"{where}hub/health", timeout=5):
                    pass
        except OSError:
            return False
        return True

    def run(self, on_ready: Callable[[], None]) -> int:
        """Run until Ctrl-C; start again what dies; say once that it can be reached."""
        for name in ("SIGINT", "SIGTERM"):
            signal.signal(getattr(signal, name), self._stop)
        # the hub waits twenty seconds for a service of its that isn't there yet
        for name in ("proxy", "rooms", "hub"):
            self.start(name)
        up, deaths = False, list[float]()
        while not self._stopping and len(deaths) <= DEATHS_A_MINUTE:
            time.sleep(0.2)
            if not up and self.answers():
                up = True
                self.start("cull")
                on_ready()
            for name in [n for n, p in self._running.items() if p.poll() is not None]:
                deaths = [at for at in deaths if time.monotonic() - at < 60]
                deaths.append(time.monotonic())
                log.error(RESTARTED.format(name))
                self.start(name)
        if not self._stopping:
            log.error("The hub does not start; its own words are above.")
        self.end()
        return int(not self._stopping)

    def _stop(self, *_: Any) -> None:
        self._stopping = True

    def end(self) -> None:
        """End all rooms, then the hub, then the proxy; say which rooms still run.

        Whatever fails on the way is said at the end, and stops nothing that follows.
        """
        left = self._stop_rooms()
        for name in ("cull", "rooms", "hub", "proxy"):
            process = self._running.get(name)
            if process is not None:
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(15)
                process.kill()
                process.wait()
        # a room on this machine ends with us in any case: see `common.lifeline`
        if left is None:
            log.error(NOT_ASKED)
        elif left:
            log.error(STILL_RUN.format("; ".join(sorted(left))))

    def _stop_rooms(self) -> set[str] | None:
        """Have the hub stop every room.

        Returns
        -------
        left : names of rooms that the hub did not stop; None if it can't be asked.
        """
        left, ends = None, time.monotonic() + ROOMS_END
        with ThreadPoolExecutor(ROOMS_AT_ONCE) as pool:
            while True:
                try:
                    users = self._ask("GET", "users?state=active")
                except TROUBLE:
                    return left
                rooms = [
                    (user["name"], name) for user in users for name in user["servers"]
                ]
                left = {f"{user}/{name}" for user, name in rooms}
                if not left or time.monotonic() > ends:
                    return left
                # again in each round: a room that still starts can't be stopped yet
                list(pool.map(self._stop_room, rooms))
                time.sleep(0.2)

    def _stop_room(self, room: tuple[str, str]) -> None:
        user, name = (urllib.parse.quote(part, safe="") for part in room)
        with contextlib.suppress(*TROUBLE):
            self._ask("DELETE", f"users/{user}/servers/{name}")

    def _ask(self, method: str, path: str) -> Any:
        """Send a request to the hub's REST API."""
        token = {"Authorization": f"token {self._stop_token}"}
        address = f"{self._hub}/hub/api/{path}"
        request = urllib.request.Request(address, method=method, headers=token)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")
