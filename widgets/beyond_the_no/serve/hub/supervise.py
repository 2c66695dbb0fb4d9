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
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..quiet import log
from ..settings import CHECKOUT, Trouble
from . import config

CONFIG = Path(__file__).parent / "jupyterhub_config.py"
PROXY = CHECKOUT / "deploy" / "proxy" / "node_modules" / ".bin"
SECRETS = "secrets.json"
TRIES_A_MINUTE = 5
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
        names = ("hub", "proxy", "stop")
        path.write_text(json.dumps({name: secrets.token_hex(32) for name in names}))
    found: dict[str, str] = json.loads(path.read_text("utf-8"))
    return found


def free_ports(n: int) -> list[int]:
    """Ask the system for ports that nobody uses."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(n)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def ended(process: "subprocess.Popen[bytes] | None") -> bool:
    """Whether a process that was started has ended."""
    return process is not None and process.poll() is not None


class Supervisor:
    """Runs the proxy and the hub.

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
        self.bind = bind
        self.public = public
        self.command = proxy_command()
        self._secrets = lasting(self.folder)
        hub, api, counts = free_ports(3)
        self._hub, self._api = f"http://127.0.0.1:{hub}", f"http://127.0.0.1:{api}"
        self._environment = {
            "BEYOND_PUBLIC_URL": public,
            "BEYOND_BIND_URL": f"http://{bind[0]}:{bind[1]}/",
            "BEYOND_HUB_URL": self._hub,
            "BEYOND_PROXY_URL": self._api,
            "BEYOND_COUNTS_URL": f"http://127.0.0.1:{counts}",
            "BEYOND_ADMINS": " ".join(admins),
            "BEYOND_HUB_CONFIG": str(extra.resolve()) if extra else "",
            "BEYOND_STOP_TOKEN": self._secrets["stop"],
            "CONFIGPROXY_AUTH_TOKEN": self._secrets["proxy"],
            config.SECRET: self._secrets["hub"],
        }
        self._proxy: subprocess.Popen[bytes] | None = None
        self.hub: subprocess.Popen[bytes] | None = None
        self._stopping = self._up = False
        ip = "127.0.0.1" if bind[0] in ("", "0.0.0.0") else bind[0]
        self._reached = f"http://{ip}:{bind[1]}/"

    def _start(self, *command: str) -> "subprocess.Popen[bytes]":
        """Start a process that a Ctrl-C does not reach: it ends in its turn."""
        environment: Mapping[str, str] = os.environ | self._environment
        return subprocess.Popen(
            command, env=environment, cwd=self.folder, start_new_session=True
        )

    def start_proxy(self) -> None:
        """Start the proxy."""
        ip, port = self.bind
        api = self._api.rpartition(":")[2]
        self._proxy = self._start(
            *(self.command, "--ip", ip, "--port", str(port)),
            *("--api-ip", "127.0.0.1", "--api-port", api),
            *("--error-target", f"{self._hub}/hub/error", "--log-level", "warn"),
        )

    def start_hub(self) -> None:
        """Start JupyterHub."""
        self.hub = self._start(sys.executable, "-m", "jupyterhub", "-f", str(CONFIG))

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
        self.start_proxy()
        self.start_hub()
        began: list[float] = []
        while not self._stopping:
            time.sleep(0.2)
            if not self._up and self.answers():
                self._up = True
                ready()
            if ended(self._proxy):
                log.error("The proxy ended. It is started again; phones come back.")
                self.start_proxy()
            if ended(self.hub):
                began = [at for at in began if time.monotonic() - at < 60]
                began.append(time.monotonic())
                if len(began) > TRIES_A_MINUTE:
                    log.error("The hub does not start; its own words are above.")
                    break
                log.error("The hub ended. It is started again; rooms go on meanwhile.")
                self.start_hub()
        self.end()
        return int(not self._stopping)

    def _stop(self, *_: Any) -> None:
        self._stopping = True

    def end(self) -> None:
        """End all rooms, then the hub, then the proxy."""
        with contextlib.suppress(OSError, ValueError):
            self._end_rooms()
        for process in (self.hub, self._proxy):
            if process is not None and process.poll() is None:
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
        token = {"Authorization": f"token {self._secrets['stop']}"}
        address = f"{self._hub}/hub/api/{path}"
        request = urllib.request.Request(address, method=method, headers=token)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")
