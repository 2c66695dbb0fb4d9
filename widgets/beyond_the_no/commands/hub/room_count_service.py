"""JupyterHub service that reports how many rooms are open, and nothing else."""

import contextlib
import json
import os
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler

from ...server.http.security import HEADERS
from ...server.rendering import templating
from .config import words


class Counts(RequestHandler):
    """The one page there is."""

    def set_default_headers(self) -> None:
        """Send the same strict headers as every page of ours."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    async def get(self) -> None:
        """Ask the hub, and say a number."""
        hub = os.environ["JUPYTERHUB_API_URL"]
        token = {"Authorization": f"token {os.environ['JUPYTERHUB_API_TOKEN']}"}
        request = HTTPRequest(f"{hub}/users?state=ready", headers=token)
        users = json.loads((await AsyncHTTPClient().fetch(request)).body)
        n = sum(len(user["servers"] or {}) for user in users)
        say = words()["counts"]
        text = {0: say["none"], 1: say["one"]}.get(n, say["many"].format(n=n))
        self.finish(templating.render("hub_room_count", say=say, text=text))


def main() -> None:
    """Answer until the hub ends."""
    where = urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"])
    prefix = os.environ["JUPYTERHUB_SERVICE_PREFIX"]
    app = Application([(prefix, Counts)])
    app.listen(where.port or 80, where.hostname or "127.0.0.1")
    with contextlib.suppress(KeyboardInterrupt):
        IOLoop.current().start()


if __name__ == "__main__":
    main()
