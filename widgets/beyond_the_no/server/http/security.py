"""Security headers, the anonymous identity, and comparing keys in constant time."""

import hmac
import ipaddress
from collections.abc import Collection

from jupyter_server.auth import IdentityProvider, User
from tornado.httputil import HTTPServerRequest
from tornado.web import RequestHandler

# blob: is where anywidget puts a widget's script; styles are set by the widget library.
# No eval, no inline script, nothing from another host.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

FORWARDED = ("x-forwarded", "forwarded", "x-real-ip", "via")


class AnonymousIdentityProvider(IdentityProvider):
    """Everyone is the same anonymous participant: no login, no identity cookie."""

    def get_user(self, handler: RequestHandler) -> User:
        """Return the one user there is."""
        return User("participant")

    def get_handlers(self) -> list[tuple[str, object]]:
        """Offer no login and no account page."""
        return []


def keys_match(given: str | None, key: str) -> bool:
    """Compare a key in constant time."""
    return given is not None and hmac.compare_digest(given.encode(), key.encode())


def is_local_request(request: HTTPServerRequest, addresses: Collection[str]) -> bool:
    """Whether a request comes from this machine, and not through a proxy.

    A proxy on this machine sends requests from loopback, too, and says so.

    Parameters
    ----------
    addresses : those of this machine.
    """
    if any(name.lower().startswith(FORWARDED) for name in request.headers):
        return False
    try:
        sender = ipaddress.ip_address((request.remote_ip or "").partition("%")[0])
    except ValueError:
        return False
    return sender.is_loopback or str(sender) in addresses
