"""``beyond-the-no hub``: the proxy, JupyterHub, and one that starts it again.

Three kinds of processes live side by side: the proxy, the hub, and the rooms. Phones
talk to rooms through the proxy, so a hub that dies takes nobody with it.
"""

import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ..quiet import log, scrub
from ..settings import CHECKOUT, Trouble
from ..sockets import free_ports
from . import config

CONFIG = Path(__file__).parent / "jupyterhub_config.py"
PROXY = CHECKOUT / "deploy" / "proxy" / "node_modules" / ".bin"
SECRETS = "secrets.json"
IDLE_HOURS = 4
DEATHS_A_MINUTE = 8
AGAIN = "The part “{}” ended and is started again. Rooms go on meanwhile."
NEEDS = (
    "A hub needs JupyterHub and its proxy, and {} is missing. `make hub` puts both "
    "into this folder; it needs Node.js 20 or newer."
)


def proxy_command() -> str:
    """Find the proxy: the one that `make hub` installed, or the system's.

    Raises
    ------
    Trouble
        Where there is none.
    """
    path = f"{PROXY}{os.pathsep}{os.environ.get('PATH', '')}"
    found = shutil.which("configurable-http-proxy", path=path)
    if found is None:
        raise Trouble(NEEDS.format("configurable-http-proxy"))
    try:
        import jupyterhub
        import nativeauthenticator
    except ImportError as error:
        raise Trouble(NEEDS.format(error.name)) from None
    del jupyterhub, nativeauthenticator
    return found


def lasting(folder: Path) -> dict[str, str]:
    """Read the hub's secrets, or make them: rooms keep their keys over a restart."""
    path = folder / SECRETS
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(0o600)
        names = ("hub", "proxy", "stop", "cull", "rooms")
        path.write_text(json.dumps({name: secrets.token_hex(32) for name in names}))
    found: dict[str, str] = json.loads(path.read_text("utf-8"))
    return found


def local(ip: str) -> str:
    """Where this machine reaches what listens at an address."""
    return "127.0.0.1" if ip in ("", "0.0.0.0") else ip


def pass_on(said: Iterable[str]) -> None:
    """Pass on what a process says, scrubbed: the proxy writes whole addresses."""
    for line in said:
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
            "BEYOND_ADMINS": " ".join(admins),
            "BEYOND_HUB_CONFIG": str(extra.resolve()) if extra else "",
            "BEYOND_STOP_TOKEN": secret["stop"],
            "BEYOND_CULL_TOKEN": secret["cull"],
            "BEYOND_ROOMS_TOKEN": secret["rooms"],
            "CONFIGPROXY_AUTH_TOKEN": secret["proxy"],
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
            "rooms": ((*python, f"{__package__}.counts"), counted),
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
            command,
            env=self._environment | more,
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

    def run(self, ready: Callable[[], None]) -> int:
        """Run until Ctrl-C; start again what dies; say once that it can be reached."""
        for name in ("SIGINT", "SIGTERM"):
            signal.signal(getattr(signal, name), self._stop)
        self.start("proxy")
        self.start("hub")
        up, deaths = False, list[float]()
        while not self._stopping and len(deaths) <= DEATHS_A_MINUTE:
            time.sleep(0.2)
            if not up and self.answers():
                up = True
                self.start("rooms")
                self.start("cull")
                ready()
            for name in [n for n, p in self._running.items() if p.poll() is not None]:
                deaths = [at for at in deaths if time.monotonic() - at < 60]
                deaths.append(time.monotonic())
                log.error(AGAIN.format(name))
                self.start(name)
        if not self._stopping:
            log.error("The hub does not start; its own words are above.")
        self.end()
        return int(not self._stopping)

    def _stop(self, *_: Any) -> None:
        self._stopping = True

    def end(self) -> None:
        """End all rooms, then the hub, then the proxy."""
        with contextlib.suppress(OSError, ValueError):
            self._end_rooms()
        for name in ("cull", "rooms", "hub", "proxy"):
            process = self._running.get(name)
            if process is not None:
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(15)
                process.kill()
                process.wait()

    def _end_rooms(self) -> None:
        for user in self._ask("GET", "users?state=active"):
            for server in user["servers"]:
                self._ask("DELETE", f"users/{user['name']}/servers/{server}")

    def _ask(self, method: str, path: str) -> Any:
        """Ask the hub's interface."""
        token = {"Authorization": f"token {self._stop_token}"}
        address = f"{self._hub}/hub/api/{path}"
        request = urllib.request.Request(address, method=method, headers=token)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")
