"""A page's line to its kernel: Jupyter's websocket protocol, as front ends speak it.

JupyterLab's and Voila's speak v1 (binary frames); Solara's speaks the older JSON.
"""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

V1 = "v1.kernel.websocket.jupyter.org"
LARGE = 64 * 2**20
Message = dict[str, Any]


class Gone(ConnectionError):
    """The server has hung up."""


class KernelLine:
    """One websocket."""

    def __init__(self, socket: WebSocketClientConnection, v1: bool) -> None:
        self._socket = socket
        self._v1 = v1
        self._session = uuid4().hex
        self.comm = uuid4().hex

    @classmethod
    async def open(
        cls, address: str, cookie: str, *, v1: bool, patience: float
    ) -> "KernelLine":
        """Connect; an address without a scheme."""
        request = HTTPRequest(
            f"ws://{address}?session_id={uuid4()}",
            headers={"Cookie": cookie, "Origin": f"http://{address.split('/')[0]}"},
            connect_timeout=patience,
            request_timeout=patience,
        )
        offered = [V1] if v1 else None
        connecting = websocket_connect(
            request, subprotocols=offered, max_message_size=LARGE
        )
        return cls(await connecting, v1)

    def send(self, kind: str, content: Message) -> str:
        """Send a message to the kernel; return its id."""
        metadata = {"version": "1.0.0"}  # of the protocol of ipywidgets' control comm
        name = uuid4().hex
        header = {
            "msg_id": name,
            "msg_type": kind,
            "session": self._session,
            "username": "",
            "version": "5.3",
            "date": "2000-01-01T00:00:00Z",
        }
        if self._v1:
            parts = [
                json.dumps(part).encode() for part in (header, {}, metadata, content)
            ]
            framed = _framed([b"shell", *parts])
            self._socket.write_message(framed, binary=True)
        else:
            whole = {"header": header, "parent_header": {}, "metadata": metadata}
            whole |= {"content": content, "channel": "shell", "buffers": []}
            self._socket.write_message(json.dumps(whole))
        return name

    async def hear(self, wanted: Callable[[str, str, Message], Any]) -> Any:
        """Listen until ``wanted(kind, asked_by, content)`` returns something."""
        while True:
            frame = await self._socket.read_message()
            if frame is None:
                socket = self._socket
                raise Gone(f"closed: {socket.close_code} {socket.close_reason}")
            found = wanted(*_read(frame, self._v1))
            if found is not None:
                return found

    async def info(self) -> None:
        """Ask the kernel who it is: every page begins so."""
        asked = self.send("kernel_info_request", {})
        await self.hear(
            lambda kind, by, _: (kind == "kernel_info_reply" and by == asked) or None
        )

    async def states(self) -> dict[str, Message]:
        """Ask for the states of all widgets, as ipywidgets' front end does."""
        opened = {"comm_id": self.comm, "target_name": "jupyter.widget.control"}
        self.send("comm_open", opened | {"data": {"widgets": {}}})
        self.tell(self.comm, {"method": "request_states"})

        def states(kind: str, _: str, content: Message) -> Any:
            data = content.get("data", {})
            told = kind == "comm_msg" and data.get("method") == "update_states"
            return data["states"] if told else None

        found: dict[str, Message] = await self.hear(states)
        return found

    async def solara(self) -> dict[str, Message]:
        """Have Solara run its app; the widgets announce themselves."""
        found: dict[str, Message] = {}
        opened = {"comm_id": self.comm, "target_name": "solara.control", "data": {}}
        self.send("comm_open", opened)
        arguments = {"path": "", "appName": None, "dark": False, "themes": {}}
        self.tell(self.comm, {"method": "run", "args": arguments})

        def finished(kind: str, _: str, content: Message) -> Any:
            if kind == "comm_open":
                found[content["comm_id"]] = content["data"]
            data = content.get("data", {})
            return (kind == "comm_msg" and data.get("method") == "finished") or None

        await self.hear(finished)
        return found

    def tell(self, comm: str, data: Message) -> str:
        """Send something to a widget."""
        return self.send("comm_msg", {"comm_id": comm, "data": data})

    async def move(self, slider: str, value: int, chart: str) -> None:
        """Set a slider and wait for the picture that the kernel draws for it."""
        state = {"value": value}
        asked = self.tell(
            slider, {"method": "update", "state": state, "buffer_paths": []}
        )

        def drawn(kind: str, by: str, content: Message) -> Any:
            mine = kind == "comm_msg" and by == asked and content["comm_id"] == chart
            return (mine and "value" in content["data"].get("state", {})) or None

        await self.hear(drawn)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def _framed(parts: list[bytes]) -> bytes:
    count = len(parts) + 1
    at = 8 * (count + 1)
    offsets = [at]
    for part in parts:
        at += len(part)
        offsets.append(at)
    numbers = [count, *offsets]
    return b"".join([*(n.to_bytes(8, "little") for n in numbers), *parts])


def _read(frame: Any, v1: bool) -> tuple[str, str, Message]:
    """Take the kind, whose answer it is, and the content from a message."""
    if not v1:
        if isinstance(frame, bytes):  # with buffers: the JSON is its first part
            start, end = (int.from_bytes(frame[i : i + 4], "big") for i in (4, 8))
            frame = frame[start:end]
        message = json.loads(frame)
        by = (message.get("parent_header") or {}).get("msg_id", "")
        return message["header"]["msg_type"], by, message["content"]
    count = int.from_bytes(frame[:8], "little")
    numbers = range(8, 8 * count + 8, 8)
    at = [int.from_bytes(frame[i : i + 8], "little") for i in numbers]
    header, parent, _, content = (
        json.loads(frame[at[i] : at[i + 1]]) for i in range(1, 5)
    )
    return header["msg_type"], parent.get("msg_id", ""), content
