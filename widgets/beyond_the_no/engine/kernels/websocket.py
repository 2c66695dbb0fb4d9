"""WebSocket between a page and its kernel: widgets only, no code from a browser."""

import contextlib
import re
from typing import Any

from jupyter_server.services.kernels.connection.channels import (
    ZMQChannelsWebsocketConnection,
)
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError

from ...common.bounded_websocket import Bounded
from ...common.rate_limit import TokenBucket, Unanswered
from . import message_filter
from .manager import MOST_WAITING
from .starter import KernelStarter

A_SECOND, BURST = 100, 600  # messages of one connection
BYTES_A_SECOND, BYTES_AT_ONCE = 2**19, 2**23
MOST_CONNECTIONS = (
    4  # to one kernel: a page has one, and sometimes one that is not lost yet
)
SESSION = re.compile(r"[\w-]{1,64}", re.ASCII)


class Connection(ZMQChannelsWebsocketConnection):
    """Jupyter's way between a socket and a kernel; it reads nothing unchecked."""

    def __init__(self, **about: Any) -> None:
        super().__init__(**about)
        self.unanswered = Unanswered(MOST_WAITING)
        self._warned = False

    @property
    def subprotocol(self) -> str:
        """Say how to read frames; of a closing connection Jupyter assumes another."""
        return message_filter.PROTOCOL

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Pass on what is a message, and for people."""
        try:
            message = message_filter.from_kernel(outgoing_msg)
        except message_filter.UnreadableError:
            if not self._warned:
                self.log.warning("A kernel said what is no message, or too much.")
            self._warned = True
            return
        if message.state == "idle":
            self.unanswered.settle(message.answers)
        if message.visible:
            super().handle_outgoing_message(stream, outgoing_msg)

    def write_stderr(self, error_message: str, _: Any) -> None:
        """Tell the log alone: warnings are not for people."""
        self.log.warning(error_message.partition("\n")[0])

    def _handle_kernel_info_reply(self, msg: list[bytes]) -> None:
        """Learn that the kernel has begun."""
        try:
            message_filter.from_kernel(msg)
            super()._handle_kernel_info_reply(msg)  # type: ignore[no-untyped-call]
        except ValueError:  # it is no message, or not signed
            self.log.warning("A kernel did not say what it is.")


class PageChannels(Bounded, KernelWebsocketHandler):  # type: ignore[misc]
    """``/api/kernels/ID/channels``."""

    most_unread = MOST_WAITING
    _counted = False

    def initialize(self, kernels: KernelStarter) -> None:
        """Remember the kernels."""
        self.kernels = kernels
        self._message_bucket = TokenBucket(A_SECOND, BURST)
        self._byte_bucket = TokenBucket(BYTES_A_SECOND, BYTES_AT_ONCE)

    @property
    def kernel_websocket_connection_class(self) -> type[Connection]:
        """Name what reads both ends."""
        return Connection

    @property
    def max_message_size(self) -> int:
        """No widget's state is larger."""
        return message_filter.MOST_BYTES

    def select_subprotocol(self, _: list[str]) -> str:
        """Speak the one protocol; who does not offer it was refused before."""
        return message_filter.PROTOCOL

    async def pre_get(self) -> None:
        """Begin the kernel, if this is the first time that it is needed."""
        self._refuse()
        async with self.kernels.turn(self.kernel_id):
            await self.kernels.begin(self.kernel_id)
            answers = super().pre_get()  # type: ignore[no-untyped-call]
            await self.kernels.unless_it_ends(self.kernel_id, answers)

    def _refuse(self) -> None:
        """Turn away whoever could not talk to a kernel, before one begins.

        Raises
        ------
        HTTPError
            400, 403 or 429.
        """
        headers = self.request.headers
        offered = headers.get("Sec-WebSocket-Protocol", "").split(",")
        session = self.get_query_argument("session_id", "")
        if message_filter.PROTOCOL not in map(str.strip, offered):
            raise HTTPError(403)
        if headers.get("Upgrade", "").lower() != "websocket":
            raise HTTPError(400)
        if not SESSION.fullmatch(session):
            raise HTTPError(400)
        if self.kernels.connections[self.kernel_id] >= MOST_CONNECTIONS:
            raise HTTPError(429)

    async def open(self, *given: str, **named: str) -> None:
        """Count the connection."""
        self._counted = True
        self.kernels.connections[self.kernel_id] += 1
        await super().open(*given, **named)  # type: ignore[no-untyped-call]

    def on_close(self) -> None:
        """Count it no more."""
        super().on_close()  # type: ignore[no-untyped-call]
        if self._counted:
            self.kernels.connections[self.kernel_id] -= 1
            self.kernels.connections = +self.kernels.connections  # drops zeros

    def on_message(self, message: str | bytes) -> None:
        """Pass on what is a message, at a pace that leaves others theirs."""
        if self.ws_connection is None:  # it is closed; what was under way still comes
            return
        try:
            asked = message_filter.from_page(message)
        except message_filter.UnreadableError:
            self._hang_up("A page sent its kernel what is no message.")
            return
        if not (
            self._message_bucket.try_take() and self._byte_bucket.try_take(len(message))
        ):
            self._hang_up("A page sent its kernel too much.")
            return
        if not asked.allowed:
            return
        if not self.connection.unanswered.takes(asked.name, len(message)):
            self._hang_up("A page sent more than its kernel could deal with.")
            return
        super().on_message(message)  # type: ignore[no-untyped-call]

    def _hang_up(self, why: str) -> None:
        self.log.warning(why)
        self.close(1008)

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Tell the page, if it listens."""
        with contextlib.suppress(WebSocketClosedError):
            return super().write_message(message, binary)
        return None

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say no more than that: Jupyter's page would need files we do not serve."""
        self.finish()
