"""The application: Voila with our pages and the room's socket, on one port.

A subclass of the standalone Voila application, never the Jupyter server extension:
that one's token would also run code.
"""

import asyncio
import errno
import gc
import logging
import os
import re
import signal
import socket
from typing import Any, ClassVar
from urllib.parse import urlsplit

import tornado.web
import voila.app
from tornado.ioloop import IOLoop, PeriodicCallback
from traitlets import Callable, Instance

from ..common import log_scrubbing, terminal
from ..common.settings import Settings, UserError
from ..engine.kernels import message_filter
from ..engine.kernels.kernel_specs import Specs
from ..engine.kernels.manager import Manager
from ..engine.kernels.starter import Events
from ..room import messages as m
from ..room.room import Phase
from . import metrics, routes
from .host import runtime_dir, tls
from .host.sleep_inhibitor import SleepInhibitor
from .http.http_server import DisconnectAwareHTTPServer
from .http.response_cache import Packed
from .http.security import HEADERS, AnonymousIdentityProvider
from .rendering import templating
from .views import notebook_layout, pages
from .workshop.notebook_service import SharedNotebooks
from .workshop.workshop import Workshop

# connections that may wait to be let in, where the system allows as many: of a thousand
# phones at once those beyond it would try again after one second, three and seven
KNOCKING = 4096
NETWORKS = 3000  # milliseconds between two looks at this laptop's networks


class WorkshopApp(voila.app.Voila):
    """Serves one workshop."""

    workshop = Instance(Workshop)
    on_ready = Callable(lambda workshop: None)  # told when the workshop can be reached
    # more handlers, as Tornado's routes below the base of all addresses
    extra_routes = Callable(lambda workshop: [])
    config_file_paths: ClassVar[list[str]] = []  # our own settings, nobody's voila.json
    identity_provider_class = AnonymousIdentityProvider
    port_retries = 0  # another port would make a lie of the code on the wall
    open_browser = False
    service_class: ClassVar[type[SharedNotebooks]] = SharedNotebooks

    def initialize(self, argv: list[str] | None = None) -> None:
        """Take everything from the workshop's settings; nothing from a command line."""
        settings = self.workshop.settings
        self.ip, self.port = settings.ip, settings.port
        self.base_url, self.server_url = settings.links, settings.url_prefix
        self.root_dir = str(settings.notebooks)
        self.connection_dir_root = runtime_dir.short_folder()
        notebook_layout.configure(self.config, self.workshop)
        self.config.VoilaConfiguration.kernel_spec_manager_class = Specs
        self.config.VoilaConfiguration.multi_kernel_manager_class = Manager
        self.config.KernelManager.transport = "ipc" if os.name == "posix" else "tcp"
        # a phone that sleeps loses its kernel, not its writing: its page offers to wake
        self.config.MappingKernelManager.cull_idle_timeout = 5 * 60
        self.config.MappingKernelManager.cull_interval = 60
        self.event_logger = Events(parent=self)
        super().initialize([])

    def _log_default(self) -> logging.Logger:
        return log_scrubbing.log

    def _configure_logging(self) -> None:
        """Leave the logs as they are set up: scrubbed."""

    def setup_template_dirs(self) -> None:
        """Put our lesson template before Voila's."""
        super().setup_template_dirs()
        ours = str(templating.TEMPLATES / "voila")
        self.template_paths: list[str] = [ours, *self.template_paths]

    def init_settings(self) -> dict[str, Any]:
        """Set what must be known when tornado's application is built."""
        settings: dict[str, Any] = super().init_settings()
        self.workshop.url_prefix = templating.UrlPrefix(self.base_url)
        self.kernel_manager.allowed_message_types = message_filter.TYPES
        self.service = self.service_class(self, self.workshop.settings)
        self.workshop.service = self.service
        return settings | {
            "headers": dict(HEADERS),
            "log_function": log_scrubbing.log_request,
            "websocket_ping_interval": 20,
            # at the first ping the last pong is one interval old: allow for more
            "ws_ping_interval": 15_000,
            "ws_ping_timeout": 40_000,
            "xsrf_cookie_name": self.workshop.settings.xsrf_cookie,
            "xsrf_cookie_kwargs": {
                "samesite": "Strict",
                "path": self.base_url,
                "secure": self.workshop.settings.encrypted,
                "expires_days": None,  # gone with the browser, not after a month
            },
            "default_handler_class": pages.Missing,
            "default_handler_args": {"workshop": self.workshop},
        }

    def init_handlers(self) -> list[Any]:
        """List every address that answers; Voila's own list is left out."""
        return routes.all_routes(self)

    def start(self) -> None:
        """Build the application as Voila does, for who calls us by our own name."""
        runtime_dir.sweep(self.connection_dir_root)
        self._sockets = runtime_dir.make(self.connection_dir_root)
        self.connection_dir = self._sockets.name
        self.app = tornado.web.Application(transforms=[Packed], **self.init_settings())
        self.app.add_handlers(own_names(self.workshop.settings), self.init_handlers())
        self.listen()

    def listen(self) -> None:
        """Open the port, then run until the workshop is stopped."""
        settings = self.workshop.settings
        encryption = tls.context(settings)
        port, ip, option = self.port, self.ip, "--port"
        try:
            # a proxy's word on who asks is not needed, so nobody can forge it
            listener = DisconnectAwareHTTPServer(
                self.app, xheaders=False, ssl_options=encryption
            )
            listener.listen(self.port, self.ip, backlog=KNOCKING)
            port, ip, option = settings.metrics, settings.metrics_ip, "--metrics"
            if port:
                DisconnectAwareHTTPServer(metrics.application(self.workshop)).listen(
                    port, ip
                )
        except OSError as error:
            self._sockets.remove()
            raise UserError(port_error(error, port, ip, option)) from None
        os.environ["JUPYTER_RUNTIME_DIR"] = self.connection_dir
        self.ioloop = IOLoop.current()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._handle_signal_stop)
        self.workshop.broadcaster.on_end = self._forget_kernels
        PeriodicCallback(self.workshop.broadcaster.end_if_idle, 60_000).start()
        PeriodicCallback(self.workshop.look_at_networks, NETWORKS).start()
        self.ioloop.add_callback(self._begin)
        inhibitor = SleepInhibitor()
        self.workshop.stays_awake = lambda: inhibitor.held
        try:
            self.ioloop.start()
        finally:
            inhibitor.close()
            self.stop()

    async def _begin(self) -> None:
        self._checking = asyncio.ensure_future(self._check())
        try:
            self.on_ready(self.workshop)
        except OSError:  # the terminal has gone: a phone needs none
            terminal.lost()

    async def _check(self) -> None:
        await self.workshop.lessons.check_all()
        self.workshop.room.complete = True
        self.workshop.broadcaster.broadcast()
        self.workshop.decks.get(self.workshop.deck)  # the others when asked for
        # what is there now stays: while people come, no collection walks through it
        gc.collect()
        gc.freeze()

    def _forget_kernels(self) -> None:
        """End every lesson's kernel: it may know where someone's sliders stand."""
        self._ending = asyncio.ensure_future(self.kernel_manager.shutdown_all(now=True))

    def stop(self) -> None:
        """Forget everything and leave no process and no file."""
        room = self.workshop.room
        if self.workshop.settings.hub:
            # its phones join the next process again
            self.workshop.broadcaster.broadcast_moving()
        elif room.phase is not Phase.ENDED:
            room.apply(m.Role.FACILITATOR, m.End(type="end"))
        self.ioloop.run_sync(self._stop_kernels)
        self._sockets.remove()

    async def _stop_kernels(self) -> None:
        """End the check of the lessons, and with it its kernel, then all others."""
        if hasattr(self, "_checking"):
            self._checking.cancel()
            await asyncio.gather(self._checking, return_exceptions=True)
        await self.kernel_manager.shutdown_all(now=True)
        await self.service.close()


def own_names(settings: Settings) -> str:
    """Match the names that we go by: an address, localhost, this laptop's, the public.

    A page of another host, whose name was made to point here, is answered "not here".
    """
    here = socket.gethostname()
    own = {here, f"{here}.local", "localhost", settings.addresses.best}
    own |= {urlsplit(settings.join).hostname or settings.addresses.best}
    addresses = (r"\d+\.\d+\.\d+\.\d+", r"\[[0-9a-fA-F:.]+\]")
    names = "|".join([*map(re.escape, sorted(own)), *addresses])
    return f"(?i)^(?:{names})$"


def port_error(error: OSError, port: int, ip: str, option: str = "--port") -> str:
    """Say why a port cannot be used, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use. Perhaps a workshop is already open. "
            f"Close it, or choose another port: {option} {port + 1}"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used here. Choose one above 1024: {option} 8866"
    if option == "--metrics":
        return (
            f"Numbers cannot be offered at {ip}: {error.strerror}. Say {option} PORT."
        )
    return f"This laptop cannot be reached at {ip}: {error.strerror}. Leave out --ip."
