"""One process: Voila with our pages and the room's socket, on one port.

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
from tornado.routing import Rule
from tornado.web import RedirectHandler
from traitlets import Callable, Instance
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler

from ..room import messages as m
from ..room.room import Phase
from . import (
    assets,
    certificates,
    deck_line,
    deck_pages,
    handlers,
    leading,
    lesson_page,
    metrics,
    pages,
    quiet,
    sockets,
)
from .awake import Awake
from .listener import MOST_BYTES, READ_BYTES, Listener
from .room_poll import RoomPoll
from .room_socket import RoomSocket
from .security import HEADERS, Nobody
from .settings import Settings, Trouble
from .sharing import Sharing
from .snapshot import frames
from .snapshot.kernels import Events, PageChannels, PageKernel
from .snapshot.specs import Specs
from .workshop import Workshop

KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"

DECK = r"deck/([A-Za-z0-9_-]+)"


class Server(voila.app.Voila):
    """Serves one workshop."""

    workshop = Instance(Workshop)
    ready = Callable(lambda workshop: None)  # told when the workshop can be reached
    config_file_paths: ClassVar[list[str]] = []  # our own settings, nobody's voila.json
    identity_provider_class = Nobody
    port_retries = 0  # another port would make a lie of the code on the wall
    open_browser = False

    def initialize(self, argv: list[str] | None = None) -> None:
        """Take everything from the workshop's settings; nothing from a command line."""
        chosen = self.workshop.settings
        self.ip, self.port = chosen.ip, chosen.port
        self.base_url, self.server_url = chosen.links, chosen.base
        self.root_dir = str(chosen.notebooks)
        self.connection_dir_root = sockets.short_folder()
        lesson_page.configure(self.config, self.workshop)
        self.config.VoilaConfiguration.kernel_spec_manager_class = Specs
        self.config.KernelManager.transport = "ipc" if os.name == "posix" else "tcp"
        # a phone that sleeps loses its kernel, not its writing: its page offers to wake
        self.config.MappingKernelManager.cull_idle_timeout = 5 * 60
        self.config.MappingKernelManager.cull_interval = 60
        self.event_logger = Events(parent=self)
        super().initialize([])

    def _log_default(self) -> logging.Logger:
        return quiet.log

    def _configure_logging(self) -> None:
        """Leave the logs as they are set up: scrubbed."""

    def setup_template_dirs(self) -> None:
        """Put our lesson template before Voila's."""
        super().setup_template_dirs()
        ours = str(pages.FOLDER / "lesson")
        self.template_paths: list[str] = [ours, *self.template_paths]

    def init_settings(self) -> dict[str, Any]:
        """Set what must be known when tornado's application is built."""
        settings: dict[str, Any] = super().init_settings()
        self.workshop.base = self.base_url
        self.kernel_manager.allowed_message_types = frames.TYPES
        self.sharing = Sharing(self, self.workshop.settings)
        self.workshop.kernels = lambda: len(self.sharing.kernels)
        self.workshop.kernel_mode = self.sharing.mode
        self.workshop.kernel_line = self.sharing.line
        self.workshop.pictures = self.sharing.pictures
        self.workshop.pictures_of = self.sharing.pictures_of
        self.workshop.version = self.sharing.watch.version
        self.workshop.execute = self.sharing.execute
        self.workshop.render = self.sharing.render
        return settings | {
            "compress_response": True,
            "headers": dict(HEADERS),
            "log_function": quiet.log_request,
            "websocket_ping_interval": 20,
            # at the first ping the last pong is one interval old: allow for more
            "ws_ping_interval": 15_000,
            "ws_ping_timeout": 40_000,
            "xsrf_cookie_kwargs": {
                "samesite": "Strict",
                "path": self.base_url,
                "secure": self.workshop.settings.encrypted,
                "expires_days": None,  # gone with the browser, not after a month
            },
            "default_handler_class": handlers.Missing,
            "default_handler_args": {"workshop": self.workshop},
        }

    def init_handlers(self) -> list[Any]:
        """List every address that answers; Voila's own list is left out."""
        mine = {"workshop": self.workshop}
        kernels = {"kernels": self.sharing.kernels}
        kernel = f"api/kernels/{KERNEL}"
        routes: list[tuple[Any, ...]] = [
            ("", handlers.Join, mine),
            ("help", handlers.Static, mine | {"name": "help"}),
            ("ground", handlers.Static, mine | {"name": "ground"}),
            ("rules", handlers.Static, mine | {"name": "rules"}),
            ("my-page", handlers.Static, mine | {"name": "my_page"}),
            ("facilitate", leading.Console, mine),
            ("facilitate/run-sheet.json", leading.RunSheet, mine),
            ("facilitate/preflight.json", leading.Preflight, mine),
            (r"facilitate/export(?:\.(html|csv))?", leading.Export, mine),
            ("assist", leading.Assist, mine),
            ("wall", handlers.Wall, mine),
            ("join.svg", handlers.Code, mine),
            ("wifi.svg", handlers.WifiCode, mine),
            ("healthz", handlers.Health, mine),
            ("room", RoomSocket, {"hub": self.workshop.hub}),
            ("room/line", RoomPoll, {"hub": self.workshop.hub, "known": {}}),
            (r"lesson/([A-Za-z0-9_-]+)", lesson_page.LessonPage, mine),
            (DECK, deck_pages.DeckPage, mine),
            (f"{DECK}/(speaker|remote)", deck_pages.DeckLead, mine),
            (f"{DECK}/remote[.]svg", deck_pages.RemoteCode, mine),
            (f"{DECK}/line", deck_line.DeckLine, mine),
            (f"{DECK}/place", deck_line.DeckPlace, mine),
            (r"assets/(\w+)/([\w.-]+)", assets.OwnAsset, mine),
            (
                r"assets/(\w+)/voila/([\w./@-]+)",
                assets.PackageAsset,
                mine | {"roots": self.static_paths},
            ),
            (
                r"assets/(\w+)/labextensions/([\w./@-]+)",
                assets.PackageAsset,
                mine | {"roots": self.labextensions_path},
            ),
            (r"pictures/(\w+)/([\w.:]+)", handlers.Picture, mine),
            (kernel, PageKernel, kernels),
            (f"{kernel}/channels", PageChannels, kernels),
            (f"voila/api/shutdown/{KERNEL}", VoilaShutdownKernelHandler),
        ]
        if self.workshop.settings.rehearsal:
            from .rehearsal.page import RehearsalPage

            routes.append(("rehearsal", RehearsalPage, mine))
        if self.workshop.settings.hub:
            from .hub import login  # needs JupyterHub, which a laptop does not

            routes += login.routes(self.workshop)
        base = self.server_url
        found = [(base + path, *rest) for path, *rest in routes]
        if base != "/":  # typed without its last slash
            found.append((base[:-1], RedirectHandler, {"url": self.base_url}))
        again = self.workshop.again
        return [Rule(again, again.answer), *found]

    def start(self) -> None:
        """Build the application as Voila does, for who calls us by our own name."""
        sockets.sweep(self.connection_dir_root)
        self._sockets = sockets.make(self.connection_dir_root)
        self.connection_dir = self._sockets.name
        self.app = tornado.web.Application(**self.init_settings())
        self.app.add_handlers(own_names(self.workshop.settings), self.init_handlers())
        self.listen()

    def listen(self) -> None:
        """Open the port, then run until the workshop is stopped."""
        chosen = self.workshop.settings
        encryption = certificates.context(chosen)
        try:
            # a proxy's word on who asks is not needed, so nobody can forge it
            listener = Listener(
                self.app,
                xheaders=False,
                ssl_options=encryption,
                chunk_size=READ_BYTES,
                max_body_size=MOST_BYTES,
            )
            listener.listen(self.port, self.ip)
        except OSError as error:
            self._sockets.remove()
            raise Trouble(port_trouble(error, self.port, self.ip)) from None
        if chosen.metrics:
            metrics.application(self.workshop).listen(chosen.metrics, self.ip)
        os.environ["JUPYTER_RUNTIME_DIR"] = self.connection_dir
        self.ioloop = IOLoop.current()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._handle_signal_stop)
        self.workshop.hub.on_end = self._forget_kernels
        PeriodicCallback(self.workshop.hub.end_if_idle, 60_000).start()
        self.ioloop.add_callback(self._begin)
        awake = Awake()
        self.workshop.stays_awake = lambda: awake.held
        try:
            self.ioloop.start()
        finally:
            awake.close()
            self.stop()

    async def _begin(self) -> None:
        self.ready(self.workshop)
        self._checking = asyncio.ensure_future(self._check())

    async def _check(self) -> None:
        await self.workshop.lessons.check_all()
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
            self.workshop.hub.say_moving()  # its phones fill the next one again
        elif room.phase is not Phase.ENDED:
            room.hear(m.Role.FACILITATOR, m.End(type="end"))
        self.ioloop.run_sync(self._stop_kernels)
        self._sockets.remove()

    async def _stop_kernels(self) -> None:
        """End the check of the lessons, and with it its kernel, then all others."""
        if hasattr(self, "_checking"):
            self._checking.cancel()
            await asyncio.gather(self._checking, return_exceptions=True)
        await self.kernel_manager.shutdown_all(now=True)
        await self.sharing.close()


def own_names(chosen: Settings) -> str:
    """Match the names that we go by: an address, localhost, this laptop's, the public.

    A page of another host, whose name was made to point here, is answered "not here".
    """
    here = socket.gethostname()
    own = {here, f"{here}.local", "localhost", chosen.host}
    own |= {urlsplit(chosen.join).hostname or chosen.host}
    addresses = (r"\d+\.\d+\.\d+\.\d+", r"\[[0-9a-fA-F:.]+\]")
    names = "|".join([*map(re.escape, sorted(own)), *addresses])
    return f"(?i)^(?:{names})$"


def port_trouble(error: OSError, port: int, ip: str) -> str:
    """Say why a port cannot be used, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use. Perhaps a workshop is already open. "
            f"Close it, or choose another port: --port {port + 1}"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used here. Choose one above 1024: --port 8866"
    return f"This laptop cannot be reached at {ip}: {error.strerror}. Leave out --ip."
