"""Simulated people: each has a connection to the room of her own.

They know what a phone knows: what the room tells everyone, and what the lesson declares
of a question. What they answer is in `answers`; here is when, and what goes wrong.
"""

import asyncio
import random
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from ...room.declaration import WRITING, Declaration
from . import answers
from .room_client import Message, RoomClient

# seconds that people take, at speed 1
ARRIVING = (1.0, 25.0)
CHOOSING = (4.0, 20.0)
WRITES = (12.0, 40.0)
AWAY = 12.0  # how long a lost connection stays away
SLOW = 3  # times as long
LATE_ROW = 4  # rows of the plan, counted from 0
Round = tuple[str, int]  # a question and its round


@dataclass
class Sent:
    """A signal: when it was sent, and when the leader answered it (clock seconds).

    ``heard`` is whether the room said that it has it, ``closed`` whether a leader said
    that it is done.
    """

    kind: str
    at: float
    seen: float | None = None
    heard: bool = False
    closed: bool = False


@dataclass
class Group:
    """What all simulated people share."""

    port: int
    seed: int
    speed: float
    declared: Callable[[str], Declaration | None]
    rows: int  # of the plan

    @property
    def half(self) -> int:
        """The row at half-time."""
        return self.rows // 2


@dataclass(eq=False)
class Person:
    """One of them. ``persona`` names what is special about her, if anything is."""

    group: Group
    at: int
    persona: str = ""
    answered: dict[Round, answers.AnswerFields] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)  # closed while she was thinking
    thinking: set[Round] = field(default_factory=set)
    signals: list[Sent] = field(default_factory=list)
    drops: int = 0
    gone: bool = False
    first_told: Message = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Get a phone; nobody has joined yet."""
        self.phone = self._new_phone()
        self.first_tab: RoomClient | None = None
        self._lot = random.Random(f"{self.group.seed}/{self.at}/when")
        self._begun: set[Round] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._row = -1

    def _new_phone(self) -> RoomClient:
        phone = RoomClient(self.group.port)
        phone.on_message = self._on_message
        return phone

    def _soon(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _wait(self, low: float, high: float) -> None:
        slow = SLOW if self.persona == "slow" else 1
        await asyncio.sleep(self._lot.uniform(low, high) * slow / self.group.speed)

    # -- coming and going ---------------------------------------------------------

    def come(self) -> None:
        """Join, at a moment of one's own; who comes late waits for her row."""
        if self.persona != "late":
            self._soon(self._join())

    async def _join(self) -> None:
        await self._wait(*ARRIVING)
        self.phone.wake()

    def turned(self, row: int) -> None:
        """Hear that the group has come to this row of the plan."""
        before, self._row = self._row, max(row, self._row)

        def passed(cue: int) -> bool:
            return before < cue <= self._row

        if self.persona == "late" and passed(min(LATE_ROW, self.group.rows - 1)):
            self._soon(self._join())
        elif self.persona == "leaves" and passed(self.group.half):
            self.gone = True
            self._soon(self.phone.sleep())
        elif self.persona == "asks" and passed(1):
            self._soon(self._ask("slow"))
        if self.persona == "asks" and passed(max(2, self.group.half)):
            self._soon(self._ask("checkin", words=[0, 0]))

    async def _drop(self) -> None:
        """Lose the connection without a goodbye, and come back after a while."""
        self.drops += 1
        await self.phone.sleep(silently=True)
        await asyncio.sleep(AWAY / self.group.speed)
        self.phone.wake()

    async def _second_tab(self) -> None:
        """Open the same seat in another tab, which holds what the first one held."""
        self.first_tab, self.phone = self.phone, self._new_phone()
        self.first_tab.on_message = lambda message: None
        self.phone.token = self.first_tab.token
        self.phone.held = dict(self.first_tab.held)
        self.phone.wake()

    async def close(self) -> None:
        """Be gone; nothing is left running."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.phone.close()
        if self.first_tab is not None:
            await self.first_tab.close()

    # -- taking part --------------------------------------------------------------

    def _on_message(self, message: Message) -> None:
        for signal in self.signals:
            if signal.kind == message.get("kind"):
                self._learn(signal, message["type"])
        if message["type"] != "state" or self.gone:
            return
        self.first_told = self.first_told or message
        for question in message["questions"]:
            now = (question["id"], question["round"])
            if question["phase"] == "collecting" and now not in self._begun:
                self._begun.add(now)
                self._soon(self._take_part(*now))

    def _learn(self, signal: Sent, kind: str) -> None:
        """Hear what became of a signal, as a phone would show it."""
        signal.heard |= kind in ("heard", "on_it")
        if kind == "on_it":
            signal.seen = signal.seen or time.monotonic()
        signal.closed |= kind == "closed"

    async def _take_part(self, name: str, round: int) -> None:
        about = self.group.declared(name)
        persona, seed = self.persona, self.group.seed
        if persona == "worrying" and not self._writes_first(about):
            persona = ""
        if about is None:
            return
        answer = answers.answer(
            about, seed=seed, person=self.at, round=round, persona=persona
        )
        if answer is None:
            return  # it asks nothing
        self.thinking.add((name, round))
        try:
            await self._answer(about, round, answer)
        finally:
            self.thinking.discard((name, round))

    def _writes_first(self, about: Declaration | None) -> bool:
        """Whether this is the first text that the group asks for."""
        declared = map(self.group.declared, {name for name, _ in self.answered})
        written = any(one and one.kind in WRITING for one in declared)
        return bool(about and about.kind in WRITING and not written)

    async def _answer(
        self, about: Declaration, round: int, answer: answers.AnswerFields
    ) -> None:
        drops = self.persona == "drops" and len(self.answered) + self.drops
        await self._wait(*(WRITES if about.kind in WRITING else CHOOSING))
        if drops == 2 and self.drops == 1:  # before the second question is answered
            await self._drop()
            await self.phone.until(lambda: self.phone.state)
        question = self.phone.question(about.id)
        if question.get("phase") != "collecting" or question.get("round") != round:
            self.missed.append(about.question)
            return
        self.answered[about.id, round] = answer
        await self.phone.hold(about.id, round, **answer)
        if drops == 0 and self.persona == "drops":  # with the answer on its way
            await self._drop()
        if self.persona == "twice" and self.first_tab is None:
            await self.phone.until(lambda: about.id in self.phone.acknowledged)
            await self._second_tab()

    async def _ask(self, kind: str, **more: object) -> None:
        await self._wait(*CHOOSING)
        self.signals.append(Sent(kind, time.monotonic()))
        await self.phone.send({"type": "signal", "kind": kind, **more})


def personas(people: int) -> list[str]:
    """Name what is special about each; all beyond the table are ordinary."""
    known = [one["name"] for one in answers.words()["personas"] if one["name"]]
    return (known + [""] * people)[:people]
