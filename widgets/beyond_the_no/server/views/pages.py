"""Handlers of pages: join, help, ground me, the rules, my page, wall, and QR codes."""

import segno
from segno import helpers
from tornado.web import HTTPError

from ...room import messages as m
from ...room.room import Phase
from ..rendering import templating
from .base import KeyedHandler, PageHandler
from .page_context import set_edition


class Join(PageHandler):
    """``/``: what this is, before a seat is taken."""

    def get(self) -> None:
        """Show the join page; it takes no seat, so link previews take none."""
        # through a proxy everybody looks alike, but those who lead have a key
        self.workshop.reached |= not (self.is_local() or self.leads())
        if self.workshop.room.phase is Phase.ENDED:
            return self.notice(200, "ended")
        return self.show("join", title=self.workshop_settings.title)


class Static(PageHandler):
    """Help, Ground me, the rules, My page: browsers keep them, so they outlive us."""

    def get(self, name: str) -> None:
        """Show the page, at the address of this edition."""
        if self._led_on(name):
            self.set_header("Cache-Control", "private, max-age=86400")
            self.show(templating.CACHED_PAGES[name])

    def head(self, name: str) -> None:  # type: ignore[override]
        """Tell a kept page whether it is the newest, without rendering it."""
        self._led_on(name)

    def _led_on(self, name: str) -> bool:
        """Whether this is the address of today's edition; if not, lead there."""
        set_edition(self.workshop)
        url_prefix = self.workshop.url_prefix
        if self.request.query == url_prefix.edition:
            return True
        self.redirect(url_prefix.to(name))
        return False


class Wall(KeyedHandler):
    """``/wall``: what the room looks at."""

    role = m.Role.WALL

    def get(self) -> None:
        """Show the wall."""
        self.show(
            "wall",
            join_address=self.workshop.join,
            workshop_title=self.workshop_settings.title,
        )


class Code(PageHandler):
    """``/join.svg``: the address as a code to scan; the wall also gets the Wi-Fi's."""

    def get(self) -> None:
        """Draw the code of the join address, or of another one of this laptop's."""
        shown = self.workshop.join
        wanted = self.get_query_argument("at", shown)
        if wanted != shown:
            known = wanted in dict(self.workshop.room.addresses)
            if not (known and self.leads()):
                raise HTTPError(404)
        self.draw(segno.make(wanted, error="m"))

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
        if not self.leads():
            raise HTTPError(403)
        wifi = self.workshop.room.wifi
        if wifi is None:
            raise HTTPError(404)
        security = "WPA" if wifi.password else None
        self.draw(
            helpers.make_wifi(wifi.ssid, wifi.password or None, security=security)
        )


class Missing(PageHandler):
    """Any other address."""

    def prepare(self) -> None:
        """Say so, whatever was asked."""
        self.notice(404, "missing")
