"""OAuth with JupyterHub for leaders of a room; participants need no account."""

from typing import Any

from jupyterhub import __version__
from jupyterhub.services.auth import HubOAuthCallbackHandler, HubOAuthenticated
from tornado.web import RequestHandler, authenticated

from ...room.messages import Role
from ...server.views.base import PageHandler, set_role_cookie
from ...server.workshop.workshop import Workshop


class Leader(HubOAuthenticated, PageHandler):
    """``leader``: comes back from the hub as the one who leads, or not at all."""

    @authenticated
    def get(self) -> None:
        """Remember in a cookie that this browser leads the room."""
        set_role_cookie(self, Role.FACILITATOR)
        self.redirect(f"{self.workshop.url_prefix}facilitate")


class Callback(HubOAuthCallbackHandler):
    """``oauth_callback``: where the hub sends her back to."""


class Version(RequestHandler):
    """``api``: tells the hub that the room is up, and which version it speaks."""

    def get(self) -> None:
        """Answer with nothing but the version."""
        self.set_header("X-JupyterHub-Version", __version__)
        self.finish({})


def routes(workshop: Workshop) -> list[tuple[Any, ...]]:
    """List what a room on a hub answers besides."""
    return [
        ("leader", Leader, {"workshop": workshop}),
        ("oauth_callback", Callback),
        ("api", Version),
    ]
