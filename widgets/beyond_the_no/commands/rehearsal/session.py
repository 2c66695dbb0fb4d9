"""One rehearsal inside the server: simulated people, observer and leader."""

import asyncio
import signal
from collections.abc import Callable
from dataclasses import dataclass, field

from tornado.ioloop import IOLoop

from ...room import messages as m
from ...room.declaration import Declaration
from ...room.plan import Plan
from ...server.workshop.workshop import Workshop
from . import answers, simulated_leader
from .room_client import RoomClient
from .simulated_people import Group, Person, personas
from .wall_observer import WallObserver

GOODBYE = 1.0  # clock seconds in which pages hear that it has ended


@dataclass(frozen=True)
class Options:
    """What was typed; ``speed`` is how many times faster than the clock people are."""

    people: int = 12
    seed: int = 7
    speed: float = 10
    by_itself: bool = False
    leader: str = "calm"  # which simulated leader, if one leads


@dataclass
class Rehearsal:
    """Who takes part, and what was seen."""

    options: Options
    workshop: Workshop
    stop: Callable[[], None]  # ends the server
    early: dict[str, int] = field(default_factory=dict)  # question: who still thought
    crashed: BaseException | None = None
    broken_off: bool = False

    def __post_init__(self) -> None:
        """Let nobody in yet."""
        where = self.workshop.settings
        keys = self.workshop.broadcaster.keys
        group = Group(
            where.port,
            self.options.seed,
            self.options.speed,
            self.declared,
            len(self.plan.steps),
        )
        named = personas(self.options.people)
        self.people = [Person(group, at, who) for at, who in enumerate(named)]
        self.wall = WallObserver(where.port, keys[m.Role.WALL], self.plan)
        self.wall.on_row = self._turned
        self.wall.on_shown = self._shown
        self.wall.thinking = self._still_thinking
        self._tasks: list[asyncio.Task[None]] = []
        self._leader: simulated_leader.Leader | None = None
        self._closing: asyncio.Task[None] | None = None

    @property
    def ended(self) -> bool:
        """Whether End was pressed, by her or by the simulated leader."""
        return self.wall.ended and not self.broken_off

    @property
    def plan(self) -> Plan:
        """The plan that the room follows."""
        return self.workshop.room.place.plan

    def declared(self, name: str) -> Declaration | None:
        """Return what a phone's page knows of a question."""
        found = (a for lesson in self.workshop.lessons for a in lesson.activities)
        return next((about for about in found if about.id == name), None)

    def begin(self) -> None:
        """Let everyone come; the server listens, and hears Ctrl-C by us from now on."""
        loop = IOLoop.current()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(
                    getattr(signal, name),
                    lambda *_: loop.add_callback_from_signal(self._break_off),
                )
        self.wall.client.wake()
        for person in self.people:
            person.come()
        self._tasks = [asyncio.ensure_future(self._run())]
        if self.options.by_itself:
            self._tasks.append(asyncio.ensure_future(self._lead()))

    async def _run(self) -> None:
        await self.wall.client.until(lambda: self.wall.ended, None)
        await asyncio.sleep(GOODBYE)
        self._finish()

    def _break_off(self) -> None:
        self.broken_off |= not self.wall.ended
        self._finish()

    def _finish(self) -> None:
        """End everything of ours, then the server: once."""
        if self._closing is None:
            self._closing = asyncio.ensure_future(self._close())

    async def _close(self) -> None:
        await self.close()
        self.stop()

    async def _lead(self) -> None:
        try:
            await asyncio.gather(*(ls.checked.wait() for ls in self.workshop.lessons))
            where = self.workshop.settings
            client = RoomClient(where.port, "facilitator", key=where.key)
            asked = simulated_leader.asked_in(self.plan, self._placed())
            self._leader = simulated_leader.Leader(
                client,
                self.plan,
                asked,
                self.options.speed,
                self._still_thinking,
                answers.leader(self.options.leader)["habits"],
            )
            await self._leader.lead()
        except Exception as error:  # the rehearsal ends, and says so
            self.crashed = error
            self._finish()

    def _placed(self) -> list[tuple[str, int, Declaration]]:
        """List each question, with lesson and step, as often as it is asked."""
        found = []
        for lesson in self.workshop.lessons:
            repeated = [a for a in map(self.declared, lesson.repeated_questions) if a]
            asked = [*lesson.activities, *repeated]
            at = lesson.asked
            found += [(lesson.name, at.get(a.id, 0), a) for a in asked]
        return found

    def planned_questions(self) -> dict[int, set[str]]:
        """Name the questions that the plan asks in each row."""
        asked = simulated_leader.asked_in(self.plan, self._placed())
        return {row: {about.id for about in those} for row, those in asked.items()}

    def _still_thinking(self, name: str) -> int:
        """Count those who are there and still think about a question."""
        return sum(
            any(asked == name for asked, _ in person.thinking)
            for person in self.people
            if not person.gone
        )

    def _turned(self, row: int) -> None:
        for person in self.people:
            person.turned(row)

    def _shown(self, name: str, round: int) -> None:
        still = sum((name, round) in p.thinking for p in self.people if not p.gone)
        self.early[name] = still

    async def close(self) -> None:
        """End everything that this began."""
        if not self.wall.ended:
            self.wall.leave_row()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        everyone = [person.close() for person in self.people]
        if self._leader is not None:
            everyone.append(self._leader.close())
        await asyncio.gather(*everyone, self.wall.client.close())
