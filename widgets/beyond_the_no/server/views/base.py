"""Base classes of page handlers: headers, templates, errors, and keys of roles."""

from typing import Any

from tornado.web import RequestHandler

from ...common.settings import Settings
from ...room import messages as m
from ..http.security import HEADERS, is_local_request
from ..rendering import templating
from ..workshop.workshop import Workshop
from . import notices
from .page_context import page_context


class PageHandler(RequestHandler):
    """Base of all page handlers: security headers, templates, and calm error pages."""

    def initialize(self, workshop: Workshop) -> None:
        """Remember the workshop."""
        self.workshop = workshop

    @property
    def workshop_settings(self) -> Settings:
        """The settings of the workshop; ``settings`` are Tornado's."""
        return self.workshop.settings

    def set_default_headers(self) -> None:
        """Send the same strict headers with every page."""
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.set_header("Cache-Control", "no-cache")

    def is_local(self) -> bool:
        """Whether the request comes from this machine, and not through a proxy."""
        return is_local_request(self.request, self.workshop_settings.addresses.own)

    def leads(self) -> bool:
        """Whether a page of those who lead asks, the wall among them."""
        broadcaster = self.workshop.broadcaster
        return any(broadcaster.may(role, self.get_cookie) for role in broadcaster.keys)

    def head(self, *address: str) -> None:
        """Answer a link scanner as if it had asked for the page."""
        self.get(*address)

    def show(self, name: str, **context: object) -> None:
        """Answer with one of our pages."""
        self.finish(templating.render(name, **page_context(self.workshop) | context))

    def give(self, about: dict[str, str], body: bytes, *, cache: bool = True) -> None:
        """Answer with bytes; cache them, here and in browsers, if they never change."""
        about = about | {"Cache-Control": templating.IMMUTABLE if cache else "no-cache"}
        for name, value in about.items():
            self.set_header(name, value)
        if cache:  # of a handler's answers tornado says by itself what they depend on
            about |= HEADERS | {"Vary": "Accept-Encoding"}
            self.workshop.response_cache.put(self.request, about, body)
        self.finish(body)

    def notice(self, status: int, name: str, **parts: object) -> None:
        """Answer with a calm page that says what happened and what to do."""
        self.set_status(status)
        self.show("notice", **notices.notice(name, self.workshop.url_prefix, **parts))

    def write_error(self, status_code: int, **_: Any) -> None:
        """Never show a traceback on a phone."""
        self.notice(status_code, "missing" if status_code == 404 else "error")


def set_role_cookie(page: PageHandler, role: m.Role, key: str = "") -> None:
    """Let this browser keep a role's key, where no script can read it."""
    mine = page.workshop_settings.cookie(role.value)
    for name in page.cookies:  # of a workshop that had this port before
        if (
            name.startswith(page.workshop_settings.cookies_of(role.value))
            and name != mine
        ):
            page.clear_cookie(name, path=page.workshop.url_prefix)
    page.set_cookie(
        mine,
        key or page.workshop.broadcaster.keys[role],
        httponly=True,
        samesite="Strict",
        path=page.workshop.url_prefix,
        secure=page.workshop_settings.encrypted,
    )


class KeyedHandler(PageHandler):
    """A page for one role: its key comes with the address once, then as a cookie."""

    role: m.Role

    @property
    def second(self) -> bool:
        """Whether a second leader asks, whose key can be taken back.

        She is shown no key that outlives her own, but the wall's. The first leader who
        tries that link in her own browser stays the first.
        """
        broadcaster = self.workshop.broadcaster
        given = self.get_query_argument("key", None)
        kept = self.get_cookie(broadcaster.cookies[self.role])
        roles = [broadcaster.role_of(self.role, key) for key in (given, kept)]
        return m.Role.SECOND_LEADER in roles and self.role not in roles

    @property
    def key(self) -> str:
        """The key by which this page is led."""
        room, keys = self.workshop.room, self.workshop.broadcaster.keys
        return room.second_key if self.second else keys[self.role]

    def prepare(self) -> None:
        """Turn away whoever lacks the key."""
        given = self.get_query_argument("key", None)
        if self.workshop.broadcaster.role_of(self.role, given):
            set_role_cookie(self, self.role, self.key)
        elif given is not None or not self.workshop.broadcaster.may(
            self.role, self.get_cookie
        ):
            if self.workshop_settings.hub and self.role is m.Role.FACILITATOR:
                self.redirect(f"{self.workshop.url_prefix}leader")  # the hub knows her
            else:
                self.notice(403, f"wrong_key_{self.role.value}")
