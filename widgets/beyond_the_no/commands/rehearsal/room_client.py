"""Client of the room as `room_client.js` is: holds answers, and reconnects."""

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Callable
from typing import Any

from .room_transport import GONE, Open, Transport, websocket

LONGEST = 5.0  # seconds between two tries
# an answer has one length on the wire, as in room_client.js: a pass looks like one
LENGTH = {"words": 2048, "texts": 2048, "ideas": 2048, "questions": 2048}
LEAST = 512
FINAL = {"opened_elsewhere", "ended", "locked", "full", "wrong_key"}  # no coming back
Message = dict[str, Any]


class RoomClient:
    """One seat, or with a key a page that leads.

    Parameters
    ----------
    key : opens a page that leads, or the wall.
    clock : how many times faster than a real phone's its patience runs.
    url_prefix : what the path of the room begins with.
    open : how its line is opened: `websocket`, or `long_poll`.
    """

    def __init__(
        self,
        port: int,
        role: str = "phone",
        *,
        key: str = "",
        clock: float = 1,
        url_prefix: str = "",
        open: Open = websocket,
    ) -> None:
        self.port = port
        self.address = f"http://127.0.0.1:{port}/{url_prefix}"
        self._open = open
        self.role, self.key = role, key
        self.clock = clock
        self.token: str | None = None
        self.seats: set[str] = set()  # every token it was ever given
        self.state: Message = {}
        self.held: dict[str, Message] = {}
        self.acknowledged: dict[str, float] = {}  # when
        self.refused: list[str] = []
        self.turned: dict[str, float] = {}  # lesson: when it was told
        self.back = 0.0
        self.on_it = 0  # how often the leader answered a signal of this phone
        self.on_message: Callable[[Message], None] = lambda message: None
        self.stopped = False  # the seat is open elsewhere, or all is over
        self.news = asyncio.Event()
        self._connection: Transport | None = None
        self._task: asyncio.Task[None] | None = None
        self._lost: list[Transport] = []

    # -- coming and going ---------------------------------------------------------

    def wake(self) -> None:
        """Come to the room, and come back whenever the connection is lost."""
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._stay())

    async def sleep(self, *, silently: bool = False) -> None:
        """Close the connection; silently as a phone out of reach: no goodbye."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._drop(silently)

    async def close(self) -> None:
        """Close everything, connections that were lost silently, too."""
        await self.sleep()
        for connection in self._lost:
            if connection.transport is not None:
                connection.transport.abort()
        self._lost.clear()

    def _drop(self, silently: bool = False) -> None:
        connection, self._connection = self._connection, None
        self.state = {}
        self.news.set()
        if connection is None:
            return
        if silently:
            self._lost.append(connection)
        elif connection.transport is not None:
            connection.transport.abort()

    async def _stay(self) -> None:
        tries = 0
        while not self.stopped:
            with contextlib.suppress(*GONE):
                async with asyncio.timeout(10 / self.clock):
                    self._connection = await self._open(self.address, {})
                tries = 0
                await self._listen(self._connection)
            self._drop()
            longest = min(LONGEST, 0.25 * 2**tries)
            tries += 1
            await asyncio.sleep(longest * random.uniform(0.7, 1.3) / self.clock)

    async def _listen(self, connection: Transport) -> None:
        hello: Message = {"type": "hello", "role": self.role}
        if self.role != "phone":
            hello["key"] = self.key
        elif self.token:
            hello["token"] = self.token
        await connection.send(json.dumps(hello))
        patience = 10 / self.clock
        while True:
            try:
                async with asyncio.timeout(patience / 2):
                    frame = await connection.recv()
            except TimeoutError:
                await connection.send('{"type":"ping"}')
                async with asyncio.timeout(patience / 2):
                    frame = await connection.recv()
            await self._handle_message(json.loads(frame))

    async def _handle_message(self, message: Message) -> None:
        now = time.monotonic()
        kind = message["type"]
        if kind == "welcome":
            self.acknowledged.clear()
            if message.get("token"):
                self.token = str(message["token"])
                self.seats.add(self.token)
        elif kind == "state":
            if not self.state:
                self.back = now
            self.state = message
            if message["lesson"]:
                self.turned.setdefault(message["lesson"], now)
            await self._settle()
        elif kind == "sent":
            self.acknowledged[message["activity"]] = now
        elif kind == "refused":
            self.refused.append(message["reason"])
            self.stopped |= message["reason"] in FINAL
        elif kind == "on_it":
            self.on_it += 1
        self.on_message(message)
        self.news.set()

    async def _settle(self) -> None:
        """Send again what the room has not acknowledged."""
        for question in self.state["questions"]:
            mine = self.held.get(question["id"])
            unheard = question["id"] not in self.acknowledged
            asked = question["phase"] == "collecting"
            if mine and unheard and asked and mine["round"] == question["round"]:
                await self.send(mine)

    # -- what it does -------------------------------------------------------------

    async def send(self, message: Message | str | bytes) -> bool:
        """Send, if connected."""
        if self._connection is None:
            return False
        raw = json.dumps(message) if isinstance(message, dict) else message
        with contextlib.suppress(*GONE):
            await self._connection.send(raw)
            return True
        return False

    async def hold(self, activity: str, round: int = 1, **fields: object) -> None:
        """Answer, and send it again until it was taken; nothing said is a pass."""
        mine = {"type": "answer", "activity": activity, "round": round, "value": None}
        mine |= fields
        length = LENGTH.get(self.question(activity).get("kind", ""), LEAST)
        short = len(json.dumps(mine).encode()) + len(', "pad": ""')
        self.held[activity] = mine | {"pad": " " * max(0, length - short)}
        self.acknowledged.pop(activity, None)
        await self.send(self.held[activity])

    async def answer(self, activity: str, value: int) -> float:
        """Answer, and wait until that was taken; return the seconds."""
        began = time.monotonic()
        await self.hold(activity, value=value)
        await self.until(lambda: activity in self.acknowledged)
        return self.acknowledged[activity] - began

    async def until(self, true: Any, seconds: float | None = 60) -> None:
        """Wait for news after which this holds."""
        async with asyncio.timeout(seconds):
            while not true():
                self.news.clear()
                await self.news.wait()

    def question(self, name: str) -> Message:
        """Return what the room says of a question; nothing, if nothing."""
        asked = self.state.get("questions", [])
        return next((q for q in asked if q["id"] == name), {})
