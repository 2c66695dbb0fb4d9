"""NativeAuthenticator, made to work with JupyterHub 6.

Its release 1.3.0 measures each sign-in with `self.statsd`, which JupyterHub 6 removed
(jupyterhub/jupyterhub#5407), so every sign-in ended in a 500.
"""

from typing import Any

from jupyterhub.handlers import BaseHandler
from nativeauthenticator import NativeAuthenticator
from nativeauthenticator.handlers import LoginHandler
from tornado.web import HTTPError

WRONG = "Invalid username or password."
WAITS = "{} has signed up, but has not been authorized by an administrator yet."


class SignIn(LoginHandler):
    """``/hub/login`` without statsd; the page and its template are upstream's."""

    def render_template(self, name: str, **about: Any) -> Any:
        """Render errors, such as an expired form, as a page of JupyterHub's own.

        Its login handler would put them into the form, whose template upstream has
        not made known to the environment that renders errors.
        """
        if name == "error.html":
            return BaseHandler.render_template(self, name, **about)
        return super().render_template(name, **about)

    async def post(self) -> None:
        """Sign in, or show the form again with what went wrong."""
        data = {
            name: self.get_body_argument(name, strip=name == "username")
            for name in self.request.body_arguments
            if name != "_xsrf"
        }
        if not (data.get("username") and data.get("password")):
            raise HTTPError(400, WRONG)
        user = await self.login_user(data)
        if user:
            self._jupyterhub_user = user  # known to whatever logs this request
            self.redirect(self.get_next_url(user))
            return
        name = self.authenticator.normalize_username(data["username"])
        known = self.authenticator.get_user(name)
        waits = (
            known is not None
            and known.is_valid_password(data["password"])
            and not known.is_authorized
        )
        self.set_status(403)
        message = WAITS.format(name) if waits else WRONG
        self.finish(await self._render(login_error=message, username=name))


class Accounts(NativeAuthenticator):
    """Accounts kept by the hub: people sign up, an administrator lets them in."""

    def get_handlers(self, app: Any) -> list[tuple[str, type]]:
        """Replace the sign-in handler, keep the others."""
        return [
            (path, SignIn if handler is LoginHandler else handler)
            for path, handler in super().get_handlers(app)
        ]
