"""Jupyter's kernel manager, with limits on buffers and messages."""

import asyncio
from functools import partial
from typing import Any

import zmq
from jupyter_server._tz import utcnow as now
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from . import message_filter

MOST_WAITING = 2**23  # bytes kept for a page that is away
MOST_SOCKETS = 16384  # 6 a kernel; 1023 by default
MOST_MESSAGES = 64  # that came, and wait for us: further ones wait in the kernel


class MessageBuffer(list[tuple[str, list[bytes]]]):
    """What a kernel says while its page is away: all of it, or nothing."""

    _bytes = 0

    def append(self, message: tuple[str, list[bytes]]) -> None:
        """Keep it, unless that is too much for who may never come back."""
        self._bytes += sum(map(len, message[1]))
        if self._bytes <= MOST_WAITING:
            super().append(message)
        else:
            self.clear()


class Manager(AsyncMappingKernelManager):
    """Knows which kernels run, and when they were last used."""

    def __init__(self, **about: Any) -> None:
        super().__init__(**about)  # type: ignore[no-untyped-call]
        self._ended: dict[str, asyncio.Future[None]] = {}
        self.context.max_sockets = MOST_SOCKETS
        # these hold for every socket that is made from now on
        self.context.setsockopt(zmq.RCVHWM, MOST_MESSAGES)
        self.context.setsockopt(zmq.MAXMSGSIZE, message_filter.MOST_MESSAGE_BYTES)

    def ended(self, kernel_id: str) -> "asyncio.Future[None]":
        """Return a future that is done when the kernel has ended and was removed."""
        if kernel_id in self:
            return self._ended.setdefault(kernel_id, asyncio.Future())
        done: asyncio.Future[None] = asyncio.Future()
        done.set_result(None)
        return done

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that was shut down, or died, and tell who waits for that."""
        kernel = super().remove_kernel(kernel_id)
        ended = self._ended.pop(kernel_id, None)
        if ended is not None and not ended.done():
            ended.set_result(None)
        return kernel

    def start_watching_activity(self, kernel_id: str) -> None:
        """Note when the kernel does something, and whether it is busy."""
        kernel = self._kernels[kernel_id]
        kernel.reason = ""
        kernel.last_activity = now()
        kernel._activity_stream = kernel.connect_iopub()
        kernel._activity_stream.on_recv(partial(self._note, kernel))

    def _note(self, kernel: Any, parts: list[bytes]) -> None:
        try:
            message = message_filter.from_kernel(parts)
        except message_filter.UnreadableError:
            return
        busy = kernel.execution_state == "busy"
        counts = message.asked not in self.untracked_message_types
        if busy or counts:
            self.last_kernel_activity = kernel.last_activity = now()
        if message.state and counts:
            kernel.execution_state = message.state
        elif message.state not in ("", "starting") and not busy:
            kernel.execution_state = "idle"

    def start_buffering(self, kernel_id: str, *about: Any) -> None:
        """Keep a little of what the kernel says until its page is back."""
        super().start_buffering(kernel_id, *about)  # type: ignore[no-untyped-call]
        self._kernel_buffers[kernel_id]["buffer"] = MessageBuffer()
