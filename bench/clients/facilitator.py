"""Who leads rooms on a hub: signs in, starts a room from the form, gets its key.

She does so over plain HTTP, with the cookies that a browser would have.
"""

import re
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import psutil

PASSWORD = "sesame"
SIGN_IN = f"""
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {PASSWORD!r}
"""
SEATS = 200
ROOM = "room"
TOKEN = re.compile(r'_xsrf(?:"\s+value="|=)([^"&]+)')  # in a field, or an address


@dataclass
class Facilitator:
    """One account, and its one room."""

    address: str  # of the hub, as people reach it
    name: str
    _jar: CookieJar = field(default_factory=CookieJar)

    def __post_init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(self._jar)
        self._open = urllib.request.build_opener(cookies).open

    @property
    def base(self) -> str:
        """Where the room is, below the hub's address."""
        return f"user/{self.name}/{ROOM}/"

    def get(self, path: str) -> str:
        with self._open(self.address + path, timeout=60) as answer:
            return str(answer.read().decode())

    def send(self, path: str, **fields: object) -> None:
        """Fill in the form at a path, and send it."""
        found = TOKEN.search(self.get(path))
        fields["_xsrf"] = found[1] if found else ""
        data = urlencode(fields).encode()
        with self._open(self.address + path, data, timeout=60) as answer:
            answer.read()

    def sign_in(self) -> None:
        self.send("hub/login", username=self.name, password=PASSWORD)

    def start(self, lesson: str, patience: float = 120) -> tuple[float, float]:
        """Start the room; seconds until it answers, and until that lesson is there."""
        began = time.monotonic()
        self.send(f"hub/spawn/{self.name}/{ROOM}", seats=SEATS)
        self._wait(f"{self.base}api", "{}", began + patience)
        answers = time.monotonic() - began
        self._wait(f"{self.base}lesson/{lesson}", "data-pictures", began + patience)
        return answers, time.monotonic() - began

    def _wait(self, path: str, word: str, until: float) -> None:
        """Ask until an answer has this word: before, the hub answers for the room."""
        while True:
            try:
                if word in (said := self.get(path)) and (word != "{}" or said == word):
                    return
            except urllib.error.HTTPError as error:
                error.close()
            if time.monotonic() > until:
                raise TimeoutError(path)
            time.sleep(0.1)

    def key(self) -> str:
        """Open the leader's page: the hub tells the room who asks."""
        self.get(f"{self.base}facilitate")
        names = {c.name: str(c.value) for c in self._jar}
        return next(
            key for name, key in names.items() if name.startswith("facilitator")
        )

    def port(self, pid: int) -> int:
        """Find where the room itself listens, below the hub's process."""
        for process in psutil.Process(pid).children(recursive=True):
            about = process.environ() if "room" in process.cmdline() else {}
            if about.get("JUPYTERHUB_SERVICE_PREFIX") == f"/{self.base}":
                return int(about["JUPYTERHUB_SERVICE_URL"].split(":")[2].split("/")[0])
        raise LookupError(self.name)
