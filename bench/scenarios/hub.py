"""Three rooms on one hub at once, beside a room alone on the same machine.

Each phone comes through the hub's proxy: HTML, scripts, the room's line, the first
picture; then it moves a control once a second.
"""

import asyncio
import os
import random
import shutil
import statistics
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from beyond_the_no.commands.hub import supervisor
from beyond_the_no.commands.rehearsal.http_client import Web
from beyond_the_no.commands.rehearsal.room_client import RoomClient
from beyond_the_no.common.settings import UserError
from clients.facilitator import SIGN_IN, Facilitator
from clients.notebook_phone import PATIENCE, Phone
from peers import servers
from peers.servers import Kind, Server, serving
from report import asset_sizes, process_usage
from report.tables import Columns, table
from scenarios.arrivals import WITHIN, quantile
from scenarios.pictures import KIT, Explorer, every_second

ONE = "one room of the hub"


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    rooms: int = 3
    phones: int = 60
    seconds: int = 20
    within: float = WITHIN
    rounds: int = 5  # crowds of each kind: who comes together is chance


SMALL = Size(rooms=2, phones=2, seconds=2, within=0.5, rounds=1)


@dataclass(frozen=True)
class Start:
    """What starting a room takes before its first phone."""

    room: str
    answers: float  # seconds
    lesson: float  # seconds
    memory: float  # MB of PSS
    load: float


@dataclass(frozen=True)
class Row:
    """What came of one crowd."""

    what: str
    phones: int
    served: int
    ready50: float
    ready95: float
    asked: int
    picture95: float
    cpu: float
    load: float
    error: str = ""


def missing() -> str:
    """Say what a hub needs and this machine lacks, and how to get it."""
    if shutil.which("node") is None:
        return supervisor.NEEDS.format("Node.js")
    try:
        supervisor.proxy_command()
    except UserError as trouble:
        return str(trouble)
    return ""


def _command(s: Server) -> list[str]:
    (s.folder / "sign_in.py").write_text(SIGN_IN)
    start = [
        sys.executable,
        "-m",
        "beyond_the_no.commands.main",
        "hub",
        "--admin",
        "ada",
    ]
    where = ["--ip", servers.LOCAL, "--port", str(s.port)]
    kept = ["--folder", str(s.folder / "hub")]
    return [*start, *where, *kept, "--config", str(s.folder / "sign_in.py")]


HUB = Kind("hub", _command, "its defaults; anyone may sign in")


@dataclass
class Room:
    """A room that phones come to, and the phone that leads it."""

    server: Server
    key: str
    files: list[str]

    @property
    def base(self) -> str:
        return self.server.kind.base

    async def lead(self) -> None:
        """Open the room at the lesson; have all its pictures drawn beforehand."""
        leader = RoomClient(
            self.server.port, "facilitator", url_prefix=self.base, key=self.key
        )
        leader.wake()
        await leader.until(lambda: leader.state)
        await leader.send({"type": "open"})
        await leader.until(lambda: leader.state.get("phase") == "open")
        await leader.send({"type": "move", "lesson": KIT.stem})
        await leader.until(lambda: leader.state.get("lesson") == KIT.stem)
        await leader.sleep()
        first = Guest(self)
        await first.arrive()
        await first.explorer.all()
        await first.leave()


class Guest:
    """A phone in a room: its page, its line to the room, its pictures."""

    def __init__(self, room: Room) -> None:
        self._phone = Phone(room.server, room.files)
        self._line = RoomClient(room.server.port, url_prefix=room.base)
        self.explorer: Explorer
        self.ready: float | None = None

    async def arrive(self) -> None:
        """Come in; ready when page (its pictures are in it), files and room are."""
        began = time.monotonic()
        await self._phone.html()
        if not self._phone.slim:
            raise ConnectionError("not the slim front end")
        self.explorer = Explorer(self._phone)
        self._line.wake()
        files = (self._phone.web.ask(path) for path in self._phone.files)
        joined = self._line.until(lambda: self._line.state, PATIENCE)
        await asyncio.gather(*files, joined)
        self.ready = time.monotonic() - began

    async def move(self, seconds: int) -> None:
        await every_second(self.explorer.move, seconds, [])
        await self.explorer.close()

    async def leave(self) -> None:
        await self._line.sleep()
        self._phone.drop()


async def crowd(what: str, rooms: Sequence[Room], n: int, size: Size) -> Row:
    """N phones come to each of these rooms at once, stay a while, and go."""
    load, pid = os.getloadavg()[0], rooms[0].server.pid
    await process_usage.idle(pid, PATIENCE)  # those before have left
    cpu = process_usage.cpu(pid)
    guests = [Guest(room) for room in rooms for _ in range(n)]
    errors: list[str] = []

    async def come(guest: Guest) -> None:
        await asyncio.sleep(random.uniform(0, size.within))
        try:
            await asyncio.wait_for(guest.arrive(), PATIENCE)
        except Exception as error:  # whatever it was, she is not in
            errors.append(f"{type(error).__name__}: {error}")

    await asyncio.gather(*map(come, guests))
    in_ = [guest for guest in guests if guest.ready is not None]
    moving = asyncio.gather(
        *(g.move(size.seconds) for g in in_), return_exceptions=True
    )
    errors += [repr(e) for e in await moving if e is not None]
    cpu = process_usage.cpu(pid) - cpu
    await asyncio.gather(*(guest.leave() for guest in guests))
    readies = [PATIENCE if g.ready is None else g.ready for g in guests]
    waits = [wait for guest in in_ for wait in guest.explorer.waits]
    return Row(
        what,
        len(guests),
        len(in_),
        quantile(readies, 0.5),
        quantile(readies, 0.95),
        len(waits),
        quantile(waits or [0], 0.95),
        cpu,
        load,
        errors[0][:80] if errors else "",
    )


def middle(rows: list[Row]) -> Row:
    """Take the middle of what several crowds measured, and the worst of who was in."""

    def of(name: str) -> float:
        return statistics.median(getattr(row, name) for row in rows)

    times = ("ready50", "ready95", "picture95", "cpu", "load")
    return replace(
        rows[0],
        served=min(row.served for row in rows),
        asked=round(of("asked")),
        error=next((row.error for row in rows if row.error), ""),
        **{name: of(name) for name in times},
    )


async def started(hub: Server, name: str, files: list[str], *, browser: bool) -> Room:
    """Take a room that was started into the measurement."""
    her = Facilitator(f"http://{servers.LOCAL}:{hub.port}/", name)
    her.sign_in()
    page = f"{her.base}lesson/{{}}"
    kind = Kind(f"room of {name}", _command, "", page, base=her.base)
    server = Server(kind, KIT, hub.phones, hub.folder, hub.port, hub.pid)
    found = [her.base + f for f in files] or await asset_sizes.loaded(
        server, browser=browser
    )
    return Room(server, await asyncio.to_thread(her.key), found)


async def add(hub: Server, name: str) -> Start:
    """Start a room, wait until all its lessons were run, weigh what it added."""
    load, before = os.getloadavg()[0], process_usage.memory(hub.pid)
    her = Facilitator(f"http://{servers.LOCAL}:{hub.port}/", name)
    await asyncio.to_thread(her.sign_in)
    answers, lesson = await asyncio.to_thread(her.start, KIT.stem)
    await servers.all_run(her.port(hub.pid), her.base)
    await process_usage.settled(hub.pid)
    memory = process_usage.memory(hub.pid) - before
    return Start(name, answers, lesson, memory, load)


@asynccontextmanager
async def running(size: Size) -> AsyncIterator[Server]:
    """Start a hub, without rooms; it is up when its own pages and services are."""
    async with serving(HUB, KIT, size.phones * size.rooms) as hub:
        web = Web(hub.port)
        for page in ("hub/health", "services/rooms/"):
            while (await web.ask(page)).status != 200:
                await asyncio.sleep(0.2)
        web.close()
        await process_usage.idle(hub.pid, PATIENCE)
        yield hub


async def alone(size: Size, *, browser: bool) -> Row:
    """One workshop as on a laptop, without a hub."""
    async with serving(servers.SLIM, KIT, size.phones) as server:
        files = await asset_sizes.loaded(server, browser=browser)
        room = Room(server, "bench", files)
        await room.lead()
        return await crowd("a laptop’s room (`open`)", [room], size.phones, size)


async def run(quick: bool) -> tuple[list[Start], list[Row], dict[str, float]]:
    """A room alone, one room of the hub, all of its rooms, as many in one room."""
    size, browser = SMALL if quick else Size(), not quick
    rows = [] if quick else [await alone(size, browser=browser)]
    names = [f"leader{at}" for at in range(size.rooms)]
    async with running(size) as hub:
        starts = [await add(hub, name) for name in names]
        rooms: list[Room] = []
        for name in names:
            cut = len(rooms[0].base) if rooms else 0
            files = [f[cut:] for f in rooms[0].files] if rooms else []
            rooms.append(await started(hub, name, files, browser=browser))
            await rooms[-1].lead()
        if not quick:  # a first crowd, unmeasured: proxy and rooms are warm for all
            await crowd(ONE, rooms, size.phones, size)
        all_in = size.rooms * size.phones
        kinds = {
            ONE: (rooms[:1], size.phones),
            many(size): (rooms, size.phones),
            f"{ONE}, full": (rooms[:1], all_in),
        }
        crowds: dict[str, list[Row]] = {what: [] for what in kinds}
        for _ in range(size.rounds):  # in turns: the machine changes its pace
            for what, (into, n) in kinds.items():
                crowds[what].append(await crowd(what, into, n, size))
        rows += map(middle, crowds.values())
    return starts, rows, measured(starts, rows, size)


def many(size: Size) -> str:
    return f"{size.rooms} rooms of the hub at once"


def measured(starts: list[Start], rows: list[Row], size: Size) -> dict[str, float]:
    """Take from the tables what promises are about."""
    at = {row.what: row for row in rows}
    one, every = at[ONE], at[many(size)]
    return {
        "hub: served": every.served / every.phones,
        "hub: ready, three rooms": every.ready95,
        "hub: picture, three rooms": every.picture95,
        "hub: ready": every.ready95 / one.ready95,
        "hub: picture": every.picture95 / max(one.picture95, 1e-3),
        "hub: memory": max(start.memory for start in starts),
        "hub: start": max(start.lesson for start in starts),
    }


def report(starts: list[Start], rows: list[Row]) -> list[str]:
    """Write both tables; ratios are against one room of the hub."""
    one = next(row for row in rows if row.what == ONE)

    def times(value: float, base: float) -> str:
        return f"{value / base:.1f}x" if base else ""

    crowds: Columns = {
        "": lambda r: r.what,
        "phones": lambda r: str(r.phones),
        "in": lambda r: str(r.served),
        "ready p50/p95 s": lambda r: f"{r.ready50:.2f} / {r.ready95:.2f}",
        "ready / one room": lambda r: times(r.ready95, one.ready95),
        "pictures asked": lambda r: str(r.asked),
        "p95 of those s": lambda r: f"{r.picture95:.3f}",
        "picture / one room": lambda r: times(r.picture95, one.picture95),
        "CPU s each": lambda r: f"{r.cpu / r.phones:.3f}",
        "load before": lambda r: f"{r.load:.1f}",
        "first trouble": lambda r: r.error.replace("|", "/"),
    }
    added: Columns = {
        "room": lambda s: s.room,
        "answers after s": lambda s: f"{s.answers:.1f}",
        "first lesson after s": lambda s: f"{s.lesson:.1f}",
        "PSS MB added": lambda s: f"{s.memory:.0f}",
        "load before": lambda s: f"{s.load:.1f}",
    }
    return [*table(added, starts), "", *table(crowds, rows)]
