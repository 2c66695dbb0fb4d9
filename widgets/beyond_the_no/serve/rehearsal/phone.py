"""A phone in the room, as `room.js` is one: holds its answers, comes back by itself."""

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, InvalidMessage, WebSocketException

LONGEST = 5.0  # seconds between two tries
GONE = (OSError, WebSocketException, InvalidHandshake, InvalidMessage, TimeoutError)
# an answer has one length on the wire, as in room.js: a pass looks like one
LENGTH = {"words": 2048, "texts": 2048}
LEAST = 512
RESTS = {"opened_elsewhere", "ended", "locked", "full", "wrong_key"}  # no coming back
Message = dict[str, Any]


class RoomPhone:
    """One seat, or with a key a page that leads.

    Parameters
    ----------
    key : opens a page that leads, or the wall.
    clock : how many times faster than a real phone's its patience runs.
    base : the address below which the room is.
    """

    def __init__(
        self,
        port: int,
        role: str = "phone",
        *,
        key: str = "",
        clock: float = 1,
        base: str = "",
    ) -> None:
        self.port = port
        self.address = f"ws://127.0.0.1:{port}/{base}room"
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
        self.told: Callable[[Message], None] = lambda message: None  # hears all of it
        self.resting = False  # the seat is open elsewhere, or all is over
        self.news = asyncio.Event()
        self._line: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None
        self._lost: list[ClientConnection] = []

    # -- coming and going ---------------------------------------------------------

    def wake(self) -> None:
        """Come to the room, and come back whenever the line is gone."""
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._stay())

    async def sleep(self, *, silently: bool = False) -> None:
        """Let go of the line; silently as a phone out of reach: no goodbye."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._drop(silently)

    async def close(self) -> None:
        """Let go of everything, of lines that were lost without a word, too."""
        await self.sleep()
        for line in self._lost:
            if line.transport is not None:
                line.transport.abort()
        self._lost.clear()

    def _drop(self, silently: bool = False) -> None:
        line, self._line = self._line, None
        self.state = {}
        self.news.set()
        if line is None:
            return
        if silently:
            self._lost.append(line)
        elif line.transport is not None:
            line.transport.abort()

    async def _stay(self) -> None:
        tries = 0
        while not self.resting:
            with contextlib.suppress(*GONE):
                async with asyncio.timeout(10 / self.clock):
                    self._line = await self.reach()
                tries = 0
                await self._listen(self._line)
            self._drop()
            longest = min(LONGEST, 0.25 * 2**tries)
            tries += 1
            await asyncio.sleep(longest * random.uniform(0.7, 1.3) / self.clock)

    async def reach(self) -> ClientConnection:
        """Open a line to the room."""
        return await connect(
            self.address,
            compression=None,
            ping_interval=None,
            open_timeout=None,
            max_size=None,
            proxy=None,  # the room is near, whatever this machine is set up for
        )

    async def _listen(self, line: ClientConnection) -> None:
        hello: Message = {"type": "hello", "role": self.role}
        if self.role != "phone":
            hello["key"] = self.key
        elif self.token:
            hello["token"] = self.token
        await line.send(json.dumps(hello))
        patience = 10 / self.clock
        while True:
            try:
                async with asyncio.timeout(patience / 2):
                    frame = await line.recv()
            except TimeoutError:
                await line.send('{"type":"ping"}')
                async with asyncio.timeout(patience / 2):
                    frame = await line.recv()
            await self._hear(json.loads(frame))

    async def _hear(self, message: Message) -> None:
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
            self.resting |= message["reason"] in RESTS
        elif kind == "on_it":
            self.on_it += 1
        self.told(message)
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
        """Send, if there is a line."""
        if self._line is None:
            return False
        raw = json.dumps(message) if isinstance(message, dict) else message
        with contextlib.suppress(*GONE):
            await self._line.send(raw)
            return True
        return False

    async def hold(self, activity: str, round: int = 1, **said: object) -> None:
        """Answer, and send it again until it was taken; nothing said is a pass."""
        mine = {"type": "answer", "activity": activity, "round": round, "value": None}
        mine |= said
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
