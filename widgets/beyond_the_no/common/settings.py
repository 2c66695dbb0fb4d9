"""Settings of a workshop, its keys, cookies and addresses."""

import hashlib
import secrets
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from . import resources
from .network_addresses import LOOPBACK, Addresses, in_url

PORT = 8866


class UserError(Exception):
    """An error that the user can fix; its text is one sentence that says how."""


def new_key() -> str:
    """Make a key that cannot be guessed and can be read aloud."""
    return secrets.token_urlsafe(12)


@dataclass(frozen=True)
class Settings:
    """One workshop's settings. Nothing here is about a participant."""

    ip: str = ""
    port: int = PORT
    url_prefix: str = "/"  # what each path begins with when it reaches us
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
    second_leader: bool = False  # make a second leader's key at start
    hub: bool = False  # a hub starts us, says who leads, and may move us
    metrics: int = 0  # a port for programs that watch over machines; 0 for none
    metrics_ip: str = LOOPBACK
    notebooks: Path = resources.NOTEBOOKS
    slides: Path = resources.SLIDES
    plan: str = ""  # a name in slides/plans, or a file; empty: all lessons
    middle: str = ""  # of the plan, where it has some to choose from
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
    addresses: Addresses = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Look at this laptop's networks; `Workshop` looks again while it runs."""
        object.__setattr__(self, "addresses", Addresses(self.ip))

    @property
    def wall_key(self) -> str:
        """Key of the wall: whoever reads it off the screen does not get the console."""
        return _derived(self.key, b"wall")

    @property
    def assist_key(self) -> str:
        """Key of the co-facilitator's page: it turns no pages."""
        return _derived(self.key, b"assist")

    def cookie(self, role: str) -> str:
        """Name of the cookie that holds a role's key.

        Browsers keep cookies of a host for all of its ports, so two workshops on one
        laptop need names of their own. Whoever sees this one has the key anyway.
        """
        return f"{self.cookies_of(role)}{_derived(self.key, b'cookie')[:8]}"

    def cookies_of(self, role: str) -> str:
        """Return how all these names begin, whatever key an earlier workshop had."""
        return f"{role}_{self.port}_"

    @property
    def xsrf_cookie(self) -> str:
        """Name of the cookie against forged requests; everybody sees it."""
        return f"_xsrf_{self.port}"

    def at(self, address: str) -> str:
        """Where participants go, at one of this laptop's addresses."""
        scheme = "https" if self.tls or self.tls_self else "http"
        return f"{scheme}://{in_url(address)}:{self.port}{self.url_prefix}"

    @property
    def join(self) -> str:
        """Where participants go, unless the leader chose another address."""
        return self.public or self.at(self.addresses.best)

    @property
    def here(self) -> str:
        """The same for a browser on this laptop: it outlives a change of Wi-Fi.

        Somebody's own certificate holds for the name that people use, and no other.
        """
        if self.public or self.tls or not self.addresses.every:
            return self.join
        return self.at(self.addresses.here)

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
