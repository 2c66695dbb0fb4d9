"""What a facilitator chose when she opened the workshop, and where it is reached."""

import hashlib
import secrets
import socket
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

CHECKOUT = Path(__file__).resolve().parents[3]
PORT = 8866


class Trouble(Exception):
    """Something a facilitator can mend; the text is one clear sentence for her."""


def new_key() -> str:
    """Make a key that cannot be guessed and can be read aloud."""
    return secrets.token_urlsafe(12)


@dataclass(frozen=True)
class Settings:
    """One workshop's settings. Nothing here is about a participant."""

    ip: str = ""
    port: int = PORT
    base: str = "/"  # what each path begins with when it reaches us
    public: str = ""  # the one address that people use, where it is not our own
    tls: tuple[Path, ...] | None = None  # certificate and key; none for plain http
    tls_self: bool = False  # with a certificate that nobody vouches for
    key: str = field(default_factory=new_key)
    country: str = "US"
    k: int = 5
    seats: int = 200
    max_kernels: int = 60
    kernels: str = "auto"
    front_end: str = "auto"
    cache: bool = True
    author: bool = False
    hub: bool = False  # a hub starts us, says who leads, and may move us
    metrics: int = 0  # a port for programs that watch over machines; 0 for none
    notebooks: Path = CHECKOUT / "notebooks"
    slides: Path = CHECKOUT / "slides"
    plan: str = ""  # a name in slides/plans, or a file; empty: all lessons
    title: str = ""
    person: str = ""
    local_label: str = ""
    local_number: str = ""
    local_lines: tuple[str, ...] = ()
    wifi: str = ""
    wifi_password: str = ""
    open_browser: bool = True
    rehearsal: float = 0  # how many times faster than the clock; 0: a real workshop
    simulated: int = 0  # how many people who are made up
    more: tuple[Path, ...] = ()  # notebooks elsewhere, that come after the plan

    @property
    def wall_key(self) -> str:
        """Key of the wall: whoever reads it off the screen does not get the console."""
        return _derived(self.key, b"wall")

    @property
    def assist_key(self) -> str:
        """Key of the co-facilitator's page: it turns no pages."""
        return _derived(self.key, b"assist")

    @property
    def host(self) -> str:
        """Address that phones use: the one that was given, or this laptop's own."""
        return self.ip if self.ip not in ("", "0.0.0.0") else own_address()

    @property
    def join(self) -> str:
        """Where participants go."""
        if self.public:
            return self.public
        host = f"[{self.host}]" if ":" in self.host else self.host
        scheme = "https" if self.tls or self.tls_self else "http"
        return f"{scheme}://{host}:{self.port}{self.base}"

    @property
    def links(self) -> str:
        """What each path begins with in a browser: a proxy may take it off."""
        return urlsplit(self.join).path

    @property
    def encrypted(self) -> bool:
        """Whether people reach us by https, through a proxy or directly."""
        return self.join.startswith("https:")

    @property
    def facilitate(self) -> str:
        """Where the facilitator goes."""
        return f"{self.join}facilitate?key={self.key}"

    @property
    def wall(self) -> str:
        """Where the projector goes."""
        return f"{self.join}wall?key={self.wall_key}"

    @property
    def assist(self) -> str:
        """Where the co-facilitator goes."""
        return f"{self.join}assist?key={self.assist_key}"


@cache
def _derived(key: str, role: bytes) -> str:
    """Derive it slowly, so that a key of one's own choice is not guessed from it."""
    return hashlib.scrypt(key.encode(), salt=role, n=2**14, r=8, p=1, dklen=8).hex()


def own_address() -> str:
    """Address of this laptop on the network that phones can join; loopback if none.

    Connecting a datagram socket sends nothing: it only asks which way would be taken.
    """
    for neighbour in ("192.168.0.1", "10.0.0.1", "172.16.0.1", "192.0.2.1"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((neighbour, 9))
            except OSError:
                continue
            address: str = probe.getsockname()[0]
            if not address.startswith("127."):
                return address
    return "127.0.0.1"
