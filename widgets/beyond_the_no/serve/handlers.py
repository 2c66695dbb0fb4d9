"""Our pages: join, help, ground, my page, console, wall, and a few small answers."""

import gzip
import ipaddress
import json
from typing import Any

import segno
from segno import helpers
from tornado.httputil import HTTPServerRequest
from tornado.web import HTTPError, RequestHandler

from ..evidence import crisis
from ..room import messages as m
from ..room import words
from ..room.room import Phase
from . import notices, pages
from .again import PACKED
from .security import HEADERS, same
from .settings import Settings
from .snapshot.page import takes_gzip
from .workshop import Workshop


class Page(RequestHandler):
    """Any page of ours: strict headers, our templates, and a kind word for trouble."""

    def initialize(self, workshop: Workshop) -> None:
        """Remember the workshop."""
        self.workshop = workshop

    @property
    def chosen(self) -> Settings:
        """What the facilitator chose."""
        return self.workshop.settings

    def set_default_headers(self) -> None:
        """Send the same strict headers with every page."""
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.set_header("Cache-Control", "no-cache")

    def asked_here(self) -> bool:
        """Whether this laptop asks, and not a phone."""
        try:
            asks = ipaddress.ip_address(self.request.remote_ip or "")
        except ValueError:
            return False
        return asks.is_loopback or str(asks) == self.chosen.host

    def head(self, *address: str) -> None:
        """Answer a link scanner as if it had asked for the page."""
        self.get(*address)

    def show(self, name: str, **context: object) -> None:
        """Answer with one of our pages."""
        self.finish(pages.render(name, **shared(self.workshop) | context))

    def give(self, about: dict[str, str], body: bytes, *, keep: bool = True) -> None:
        """Answer with bytes; those to keep never change: here, too, who asks next."""
        about = about | {"Cache-Control": pages.KEPT if keep else "no-cache"}
        for name, value in about.items():
            self.set_header(name, value)
        if keep:  # of a handler's answers tornado says by itself what they depend on
            about |= HEADERS | {"Vary": "Accept-Encoding"}
            self.workshop.again.keep(self.request, about, body)
        self.finish(body)

    def notice(self, status: int, name: str, **parts: object) -> None:
        """Answer with a calm page that says what happened and what to do."""
        self.set_status(status)
        self.show("notice", **notices.notice(name, self.workshop.base, **parts))

    def write_error(self, status_code: int, **_: Any) -> None:
        """Never show a traceback on a phone."""
        self.notice(status_code, "missing" if status_code == 404 else "trouble")


def shared(workshop: Workshop) -> dict[str, object]:
    """Collect what every page shows: whom to talk to, and the help numbers."""
    chosen = workshop.settings
    local = None
    if chosen.local_number:
        local = crisis.Local(
            label=chosen.local_label,
            number=chosen.local_number,
            lines=chosen.local_lines,
        )
    help_ = crisis.Help(
        countries=crisis.countries(),
        country=chosen.country,
        today=workshop.today(),
        person=chosen.person,
        local=local,
    )
    return {
        "base": workshop.base,
        "help": help_,
        "k_words": words.number(chosen.k),
        "room_words": words.table()["page"] | {"word": words.table()["word"]},
    }


class Join(Page):
    """``/``: what this is, before a seat is taken."""

    def get(self) -> None:
        """Show the join page; it takes no seat, so link previews take none."""
        self.workshop.reached |= not self.asked_here()
        if self.workshop.room.phase is Phase.ENDED:
            return self.notice(200, "ended")
        return self.show("join", title=self.chosen.title)


class Static(Page):
    """Help, Ground me and My page: kept by the browser, so that they outlive us."""

    def initialize(self, workshop: Workshop, name: str) -> None:  # type: ignore[override]
        """Remember which page."""
        super().initialize(workshop)
        self.name = name

    def get(self) -> None:
        """Show the page."""
        self.set_header("Cache-Control", "private, max-age=86400")
        self.show(self.name)


def remember(page: Page, role: m.Role) -> None:
    """Let this browser keep a role's key, where no script can read it."""
    page.set_cookie(
        role.value,
        page.workshop.hub.keys[role],
        httponly=True,
        samesite="Strict",
        path=page.workshop.base,
        secure=page.chosen.encrypted,
    )


class Keyed(Page):
    """A page for one role: its key comes with the address once, then as a cookie."""

    role: m.Role

    @property
    def key(self) -> str:
        """The key of this page's role."""
        return self.workshop.hub.keys[self.role]

    def prepare(self) -> None:
        """Turn away whoever lacks the key."""
        given = self.get_query_argument("key", None)
        if same(given, self.key):
            remember(self, self.role)
        elif given is not None or not same(self.get_cookie(self.role.value), self.key):
            if self.chosen.hub and self.role is m.Role.FACILITATOR:
                self.redirect(f"{self.workshop.base}leader")  # the hub knows her
            else:
                self.notice(403, f"wrong_key_{self.role.value}")


class Wall(Keyed):
    """``/wall``: what the room looks at."""

    role = m.Role.WALL

    def get(self) -> None:
        """Show the wall."""
        self.show(
            "wall", join_address=self.chosen.join, workshop_title=self.chosen.title
        )


class Code(Page):
    """``/join.svg``: the address as a code to scan; the wall also gets the Wi-Fi's."""

    def get(self) -> None:
        """Draw the code of the join address."""
        self.draw(segno.make(self.chosen.join, error="m"))

    def draw(self, code: segno.QRCode) -> None:
        """Answer with a code, dark on white in both themes."""
        self.set_header("Content-Type", "image/svg+xml")
        svg = code.svg_inline(
            scale=1, border=4, dark="#111", light="#fff", omitsize=True
        )
        self.finish(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))


class WifiCode(Code):
    """``/wifi.svg``: joins the Wi-Fi that the leader typed."""

    def get(self) -> None:
        """Draw it for the wall and the console only."""
        keys = self.workshop.hub.keys
        if not any(same(self.get_cookie(r.value), k) for r, k in keys.items()):
            raise HTTPError(403)
        wifi = self.workshop.room.wifi
        if wifi is None:
            raise HTTPError(404)
        security = "WPA" if wifi.password else None
        self.draw(
            helpers.make_wifi(wifi.ssid, wifi.password or None, security=security)
        )


def asked_from_here(request: HTTPServerRequest) -> bool:
    """Whether a program on this machine asks, and no proxy asks for somebody else."""
    if any(
        name.lower().startswith(("x-forwarded", "forwarded"))
        for name in request.headers
    ):
        return False
    try:
        return ipaddress.ip_address(request.remote_ip or "").is_loopback
    except ValueError:
        return False


class Health(Page):
    """``/healthz``: is all well? For programs on this machine only."""

    def get(self) -> None:
        """Say it in JSON; seats as words, for two counts in a row tell who came."""
        if not asked_from_here(self.request):
            raise HTTPError(404)
        self.set_header("Content-Type", "application/json")
        room, lessons = self.workshop.room, list(self.workshop.lessons)
        body = {
            "status": "ok",
            "room": room.phase.value,
            "lessons": [lesson.name for lesson in lessons],
            "ready": [
                ls.name for ls in lessons if ls.checked.is_set() and not ls.trouble
            ],
            "trouble": {ls.name: ls.trouble for ls in lessons if ls.trouble},
            "kernels": self.workshop.kernels(),
            "kernel_mode": self.workshop.kernel_mode,
            "seats": room.crowd,
        }
        self.finish(json.dumps(body))


class Picture(Page):
    """``pictures/PRINT/SOURCE?state=…``: one picture and its words; without it, all."""

    async def get(self, print_: str, source: str) -> None:
        """Send it, to be kept for ever: another version has another address."""
        pictures = self.workshop.pictures_of(print_)
        if pictures is None:
            raise HTTPError(404)
        try:
            if (state := self.get_query_argument("state", None)) is None:
                body = await pictures.all(source)
            else:
                body = await pictures.get(source, state)
        except (KeyError, RuntimeError):
            raise HTTPError(404) from None
        json_ = {"Content-Type": "application/json"}
        if takes_gzip(self.request):
            self.give(json_ | PACKED, body)
        else:
            self.give(json_, gzip.decompress(body))

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer a script in its own way."""
        self.finish({"trouble": status_code})


class Missing(Page):
    """Any other address."""

    def prepare(self) -> None:
        """Say so, whatever was asked."""
        self.notice(404, "missing")
