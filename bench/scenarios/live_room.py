"""The live room: a full house, ninety minutes of sleeping phones, and what goes wrong.

Two hundred phones speak the room's protocol, as `room_client.js` does. A bare room on
asyncio and `websockets` (`room_peer.py`) is driven by the same phones in the same run.
"""

import asyncio
import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat

from beyond_the_no.commands.rehearsal.crowd import answers, turn
from beyond_the_no.commands.rehearsal.room_client import RoomClient
from beyond_the_no.commands.rehearsal.room_transport import (
    Open,
    long_poll,
    websocket,
)
from peers import servers
from peers.servers import Kind, Server, serving
from report import process_usage

PEER = Kind(
    "bare room",
    lambda s: [sys.executable, str(servers.HERE / "room_peer.py"), str(s.port)],
    "asyncio and websockets, no rules, no checks, no pages",
)
QUESTIONS = 30
TURNS = 10
LESSONS = ("room_one", "room_two")
WITHOUT = ", no WebSocket"


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    phones: int = 200
    minute: float = 1.0  # seconds
    minutes: int = 90
    cut: float = 40.0
    asleep: float = 30.0  # five minutes, on a clock ten times as fast
    flood: int = 10_000
    garbage: int = 200


SMALL = Size(
    phones=12, minute=0.1, minutes=10, cut=0.5, asleep=1, flood=500, garbage=20
)


@dataclass
class House:
    """A server, its leader and its phones."""

    server: Server
    size: Size
    leader: RoomClient
    phones: list[RoomClient]
    asked: int = 0

    async def lead(self, kind: str, **fields: object) -> None:
        await self.leader.send({"type": kind, **fields})

    async def collect(self) -> str:
        """Open the next question; everyone who is there hears of it."""
        name = f"q{self.asked}"
        self.asked += 1
        await self.lead("collect", activity=name)
        there = [self.leader, *(p for p in self.phones if p.state)]
        await asyncio.gather(*(p.until(lambda p=p: is_open(p, name)) for p in there))
        return name

    async def shown(self, name: str) -> int:
        """Reveal, and count the people in the picture; fewer than three are words."""
        await self.lead("reveal", activity=name)
        await self.leader.until(lambda: self.leader.question(name).get("snapshot"))
        rows = self.leader.question(name)["snapshot"]["rows"]
        return sum(row["people"] or 0 for row in rows)

    async def all_back(self, seconds: float = 120) -> float:
        """Wait until everyone stands where the room stands; return when that was."""
        everyone = [self.leader, *self.phones]
        await asyncio.gather(
            *(p.until(lambda p=p: bool(p.state), seconds) for p in everyone)
        )
        return max(p.back for p in everyone)

    async def hurry(self, clock: float) -> None:
        """Let everyone's patience run so many times as fast."""
        everyone = (self.leader, *self.phones)
        await asyncio.gather(*(phone.sleep() for phone in everyone))
        for phone in everyone:
            phone.clock = clock
            phone.wake()
        await self.all_back()

    @property
    def seats_lost(self) -> int:
        return sum(len(p.seats) > 1 for p in self.phones)


def is_open(phone: RoomClient, name: str) -> bool:
    return phone.question(name).get("phase") == "collecting"


def lessons(folder: Path) -> list[Path]:
    """Two lessons; the first one asks all the questions."""
    cells = ["from beyond_the_no.together import Poll"]
    asks = 'Poll("q{}", "Which?", ["a", "b", "c"], sensitive=False)'
    cells += [asks.format(at) for at in range(QUESTIONS)]
    made = []
    for name, code in zip(LESSONS, (cells, ["1"]), strict=True):
        prose = nbformat.v4.new_markdown_cell(f"# {name}")
        notebook = nbformat.v4.new_notebook(
            cells=[prose, *map(nbformat.v4.new_code_cell, code)],
            metadata={"title": name},
        )
        nbformat.write(notebook, folder / f"{name}.ipynb")
        made.append(folder / f"{name}.ipynb")
    return made


@asynccontextmanager
async def house(
    kind: Kind,
    size: Size,
    port: int | None = None,
    open: Open = websocket,
) -> AsyncIterator[House]:
    """Start a server, and its leader; the phones are not there yet."""
    with tempfile.TemporaryDirectory() as folder:
        made = lessons(Path(folder))
        async with serving(kind, made[0], size.phones, more=made[1:], port=port) as it:
            if kind is not PEER:
                await servers.all_run(it.port)
            leader = RoomClient(it.port, "facilitator", key="bench")
            leader.wake()
            await leader.until(lambda: leader.state)
            phones = [RoomClient(it.port, open=open) for _ in range(size.phones)]
            try:
                yield House(it, size, leader, phones)
            finally:
                await asyncio.gather(*(p.sleep() for p in (leader, *phones)))


@dataclass(frozen=True)
class Full:
    """What a full house takes; seconds."""

    kind: str
    phones: int
    joined: float
    turn: tuple[float, float]  # median, 95th percentile
    answer: tuple[float, float]
    back: float
    lost: int
    memory: float
    load: float


def quantiles(values: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[int(0.95 * (len(ordered) - 1))]


async def enter(at: House) -> float:
    """Everyone joins in one burst; return the seconds until the last is in."""
    began = time.monotonic()
    for phone in at.phones:
        phone.wake()
    return await at.all_back() - began


async def full_house(at: House, more: str = "") -> Full:
    """Join, turn, answer, and come back after everyone was cut off."""
    load = os.getloadavg()[0]
    joined = await enter(at)
    turned = await turn(at.leader, at.phones, LESSONS * (TURNS // 2))
    name = await at.collect()
    waited = await answers(at.phones, name)
    memory = process_usage.memory(at.server.pid, alone=True)
    await asyncio.gather(*(p.sleep() for p in at.phones))
    back = await enter(at)
    lost = at.size.phones - await at.shown(name) + at.seats_lost
    return Full(
        f"{at.server.kind.name}{more}",
        at.size.phones,
        joined,
        quantiles(turned),
        quantiles(waited),
        back,
        lost,
        memory,
        load,
    )


@dataclass(frozen=True)
class Fault:
    """What was lost, and how long it took until all was as before."""

    name: str
    phones: int
    seats: int
    answers: int
    back: float | None = None  # seconds
    p95: float | None = None  # seconds, of the others' answers meanwhile
    growth: float | None = None  # MB
    note: str = ""


async def sleepers(at: House) -> Fault:
    """Ninety minutes: a tenth of the phones falls asleep each minute, for one to five.

    Every five minutes there is a question. Who wakes answers it, or sends again what
    was not acknowledged; then all who were heard must stand in the picture.
    """
    size, asleep = at.size, dict[RoomClient, int]()
    working: set[asyncio.Task[float]] = set()
    before = process_usage.memory(at.server.pid, alone=True)
    lost, slept, name = 0, 0, ""
    for minute in range(size.minutes):
        began = time.monotonic()
        if minute % 5 == 0:
            name = await at.collect()
        awake = [p for p in at.phones if p not in asleep]
        for phone in random.sample(awake, max(1, size.phones // 10)):
            await phone.sleep(silently=random.random() < 0.5)
            asleep[phone] = minute + random.randint(1, 5)
            slept += 1
        for phone in [p for p, until in asleep.items() if until <= minute]:
            del asleep[phone]
            phone.wake()
        for value, phone in enumerate(at.phones):
            if phone not in asleep and name not in phone.held:
                answering = phone.answer(name, value % 3)
                working.add(asyncio.ensure_future(answering))
        if minute % 5 == 4:
            await wake_all(at, asleep, name)
            lost += size.phones - await at.shown(name)
        await asyncio.sleep(max(0, size.minute - (time.monotonic() - began)))
    for task in working:
        task.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    growth = process_usage.memory(at.server.pid, alone=True) - before
    note = f"{slept} naps in {size.minutes} minutes of {size.minute:g} s"
    name = "a tenth sleeps each minute"
    return Fault(name, size.phones, at.seats_lost, lost, growth=growth, note=note)


async def wake_all(at: House, asleep: dict[RoomClient, int], name: str) -> None:
    """Before a reveal everyone wakes, and is heard."""
    for phone in asleep:
        phone.wake()
    asleep.clear()
    await at.all_back()
    for value, phone in enumerate(at.phones):
        if name not in phone.held:
            await phone.answer(name, value % 3)
    await asyncio.gather(
        *(p.until(lambda p=p: name in p.acknowledged) for p in at.phones)
    )


async def half_answered(at: House) -> str:
    """Bring the room into the middle of a question."""
    await enter(at)
    await at.lead("move", lesson=LESSONS[0])
    name = await at.collect()
    await answers(at.phones[::2], name)
    return name


async def rest_answers(at: House, name: str) -> int:
    """Let the others answer too; return how many answers are missing in the end."""
    await answers(at.phones[1::2], name)
    heard = (p.until(lambda p=p: name in p.acknowledged) for p in at.phones)
    await asyncio.gather(*heard)
    return len(at.phones) - await at.shown(name)


async def wifi_cut(at: House) -> Fault:
    """Nobody's line says goodbye; after 40 seconds all come back at once."""
    asked = await half_answered(at)
    everyone = (at.leader, *at.phones)
    await asyncio.gather(*(p.sleep(silently=True) for p in everyone))
    await asyncio.sleep(at.size.cut)
    at.leader.wake()
    back = await enter(at)
    lost = await rest_answers(at, asked)
    name = f"the Wi-Fi is cut for {at.size.cut:g} s"
    return Fault(name, at.size.phones, at.seats_lost, lost, back)


async def asleep(at: House) -> Fault:
    """The laptop sleeps for five minutes; phones run ten times as fast meanwhile."""
    everyone = (at.leader, *at.phones)
    await at.hurry(10)
    asked = await half_answered(at)
    os.kill(at.server.pid, signal.SIGSTOP)
    await asyncio.sleep(at.size.asleep)
    began = time.monotonic()
    for phone in everyone:
        phone.back = max(phone.back, began) if phone.state else phone.back
    os.kill(at.server.pid, signal.SIGCONT)
    back = await at.all_back() - began
    lost = await rest_answers(at, asked)
    await at.hurry(1)
    name = "the laptop sleeps five minutes"
    note = f"{at.size.asleep:g} s, phones ten times as impatient"
    return Fault(name, at.size.phones, at.seats_lost, lost, back, note=note)


async def flooded(at: House) -> Fault:
    """One phone floods while all others answer."""
    asked = await at.collect()
    flooder, *others = at.phones

    async def flood() -> None:
        for value in range(at.size.flood):
            said = {"type": "answer", "activity": asked, "round": 1}
            await flooder.send(said | {"value": value % 3})

    flooding = asyncio.ensure_future(flood())
    waited = await answers(others, asked)
    await flooding
    lost = max(0, len(others) - await at.shown(asked))
    name = f"one phone sends {at.size.flood} messages"
    p95 = quantiles(waited)[1]
    return Fault(name, at.size.phones, at.seats_lost, lost, p95=p95)


async def garbage(at: House) -> Fault:
    """Twenty phones send what is no message, or too long, while the others answer."""
    asked = await at.collect()
    rude = max(2, at.size.phones // 10)
    senders, others = at.phones[:rude], at.phones[rude:]
    words = [b"\x00\xff" * 50, "{", "[" * 3000, '{"type":"god"}', "x" * 60_000]

    async def send(phone: RoomClient) -> None:
        for number in range(at.size.garbage):
            await phone.send(words[number % len(words)])
            await asyncio.sleep(0.01)

    sending = [asyncio.ensure_future(send(phone)) for phone in senders]
    waited = await answers(others, asked)
    await asyncio.gather(*sending)
    lost = len(others) - await at.shown(asked)
    name = f"{rude} phones send garbage"
    p95 = quantiles(waited)[1]
    return Fault(name, at.size.phones, at.seats_lost, lost, p95=p95)


async def killed(at: House) -> Fault:
    """Kill -9 in mid-collection; the next process has nothing but what pages kept."""
    asked = await half_answered(at)
    place = {k: at.leader.state[k] for k in ("lesson", "step", "row")}
    family = process_usage.tree(at.server.pid)
    began = time.monotonic()
    os.kill(at.server.pid, signal.SIGKILL)
    everyone = (at.leader, *at.phones)
    await asyncio.gather(*(p.until(lambda p=p: not p.state) for p in everyone))
    for phone in at.phones:
        phone.seats.clear()  # a new room gives new seats
    for left in family:
        with contextlib.suppress(Exception):
            left.kill()
    async with house(servers.OURS, at.size, at.server.port) as again:
        await again.leader.sleep()
        again.leader, again.phones = at.leader, at.phones
        await at.leader.until(lambda: at.leader.state)
        kept = {asked: {"phase": "collecting", "round": 1}}
        await again.lead("restore", phase="open", activities=kept, **place)
        await again.leader.until(lambda: is_open(again.leader, asked))
        back = await again.all_back() - began
        lost = await rest_answers(again, asked)
        in_place = all(at.leader.state[k] == v for k, v in place.items())
    lost += not in_place
    seats = at.size.phones - len({p.token for p in at.phones})
    note = "the start counts; console " + ("in place" if in_place else "NOT in place")
    name = "kill -9, started again"
    return Fault(name, at.size.phones, seats, lost, back, note=note)


FAULTS = (sleepers, wifi_cut, asleep, garbage, flooded, killed)


async def run(peers: set[str], quick: bool) -> tuple[list[Full], list[Fault]]:
    """Fill ours, let everything go wrong in it, and fill the bare room."""
    size = SMALL if quick else Size()
    async with house(servers.OURS, size) as at:
        full = [await full_house(at)]
        faults = [await fault(at) for fault in FAULTS]
    async with house(servers.OURS, size, open=long_poll) as at:
        full.append(await full_house(at, WITHOUT))
    if not peers or PEER.name in peers:
        async with house(PEER, size) as bare:
            full.append(await full_house(bare))
    return full, faults


def report(full: list[Full], faults: list[Fault]) -> list[str]:
    """Write both tables; ratios are to the bare room of this run."""
    lines = [
        "| room | phones | joined s | page turn p50/p95 s | answer p50/p95 s | all "
        "back s | lost | PSS MB | load before |",
        "|---" * 9 + "|",
    ]
    for r in full:
        lines.append(
            f"| {r.kind} | {r.phones} | {r.joined:.2f} | {r.turn[0]:.3f} / "
            f"{r.turn[1]:.3f} | {r.answer[0]:.3f} / {r.answer[1]:.3f} | {r.back:.2f} "
            f"| {r.lost} | {r.memory:.0f} | {r.load:.1f} |"
        )
    if len(full) == 3:
        ours, _, bare = full
        joined, back = ours.joined / bare.joined, ours.back / bare.back
        turned, answered = ours.turn[1] / bare.turn[1], ours.answer[1] / bare.answer[1]
        lines.append(
            f"| ours / {bare.kind} | | {joined:.1f}x | {turned:.1f}x | {answered:.1f}x "
            f"| {back:.1f}x | | {ours.memory / bare.memory:.1f}x | |"
        )
    lines += [
        "",
        "| what goes wrong | phones | seats lost | answers lost | all back s | others' "
        "answer p95 s | PSS grew MB | |",
        "|---" * 8 + "|",
    ]

    def cell(value: float | None, digits: int) -> str:
        return "" if value is None else f"{value:.{digits}f}"

    for f in faults:
        lines.append(
            f"| {f.name} | {f.phones} | {f.seats} | {f.answers} | {cell(f.back, 2)} "
            f"| {cell(f.p95, 3)} | {cell(f.growth, 1)} | {f.note} |"
        )
    return lines


def measured(full: list[Full], faults: list[Fault]) -> dict[str, float]:
    """Take from the tables what promises are about."""
    ours, polled = full[:2]
    backs = [f.back for f in faults if f.back is not None]
    waits = [f.p95 for f in faults if f.p95 is not None]
    growths = [f.growth for f in faults if f.growth is not None]
    return {
        "room: joined": ours.joined,
        "room: page turn": ours.turn[1],
        "room: answer": ours.answer[1],
        "room: all back": ours.back,
        "room: seats lost": sum(f.seats for f in faults),
        "room: answers lost": ours.lost + polled.lost + sum(f.answers for f in faults),
        "room: without WebSockets, joined": polled.joined,
        "room: without WebSockets, answer": polled.answer[1],
        "room: memory": max(growths),
        "room: back after a fault": max(backs),
        "room: answer beside rude phones": max(waits),
    }
