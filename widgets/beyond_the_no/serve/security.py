"""What a browser may do on our pages, and who may see what."""

import hmac

from jupyter_server.auth import IdentityProvider, User
from tornado.web import RequestHandler

# blob: is where anywidget puts a widget's script; styles are set by the widget library.
# No eval, no inline script, nothing from another host.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
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


class Nobody(IdentityProvider):
    """Everyone is the same anonymous participant: no login, no identity cookie."""

    def get_user(self, handler: RequestHandler) -> User:
        """Return the one user there is."""
        return User("participant")

    def get_handlers(self) -> list[tuple[str, object]]:
        """Offer no login and no account page."""
        return []


def same(given: str | None, key: str) -> bool:
    """Compare a key without telling by time how much of it was right."""
    return given is not None and hmac.compare_digest(given.encode(), key.encode())
