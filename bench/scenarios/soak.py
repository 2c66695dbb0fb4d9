"""Ninety minutes in two: phones move, reload, sleep and come back, then all go.

A minute is a second and a half long here, and a kernel is culled after 15 such minutes.
"""

import asyncio
import os
import random
import sys
import time
from dataclasses import dataclass, field

from clients.notebook_phone import PATIENCE, Phone
from peers import servers
from peers.servers import Server, serving
from report import process_usage
from report.tables import Columns, table
from scenarios import arrivals

MINUTE = 1.5
START = 5  # where the slider of a new kernel stands: setting it to that draws nothing
CULLED = 15  # minutes without a word
CLOCK = str(servers.REPO / "bench/clients/fast_clock.py")


@dataclass
class Session:
    """What happened to a group."""

    server: Server
    end: float
    minute: float
    asked: int = 0
    answered: int = 0
    moves: int = 0
    reloads: int = 0
    sleeps: int = 0
    troubles: dict[str, int] = field(default_factory=dict)

    async def enter(self) -> Phone:
        """Come to the page, or to it again; the files are kept in the phone."""
        phone = Phone(self.server, [])
        await asyncio.wait_for(phone.arrive(), PATIENCE)
        return phone

    async def phone(self, at: int, n: int) -> None:
        """Do what a person does, until the session ends."""
        await asyncio.sleep(at * 3 / n)
        phone = await self.enter()
        value = START
        while time.monotonic() < self.end:
            await asyncio.sleep(random.uniform(0.5, 2) * self.minute)
            self.asked += 1
            try:
                if (chance := random.random()) < 0.08:
                    self.reloads += 1
                    await phone.close_page()
                    phone, value = await self.enter(), START
                elif chance < 0.12:
                    self.sleeps += 1
                    phone.drop()
                    await asyncio.sleep(random.uniform(3, 30) * self.minute)
                    await self._wake(phone)
                    phone, value = await self.enter(), START
                else:
                    self.moves += 1
                    value = (value + 1) % 11
                    await asyncio.wait_for(phone.move(value), 30)
                self.answered += 1
            except Exception as error:
                name = f"{type(error).__name__}: {error}"[:80]
                self.troubles[name] = self.troubles.get(name, 0) + 1
                phone.drop()
                phone, value = await self.enter(), START
        await self._leave(phone)

    async def _wake(self, phone: Phone) -> None:
        """Ask whether the kernel lives; a page that is loaded anew ends it first."""
        answer = await phone.web.ask(f"api/kernels/{phone.kernel}")
        if answer.status == 200:
            await phone.close_page()
        phone.drop()

    async def _leave(self, phone: Phone) -> None:
        """Close the tab, or put the phone away for good."""
        if random.random() < 0.5:
            await phone.close_page()
        else:
            phone.drop()


@dataclass(frozen=True)
class Row:
    """Memory and files of all processes when nobody is in, before and after."""

    phones: int
    minutes: int
    moves: int
    reloads: int
    sleeps: int
    share: float
    memory: tuple[float, float]
    files: tuple[int, int]
    processes: tuple[int, int]
    most: float
    load: float
    troubles: str


async def _alone(server: Server, processes: int, patience: float) -> None:
    """Wait until all kernels have gone, or do not go."""
    end = time.monotonic() + patience
    while time.monotonic() < end and len(process_usage.tree(server.pid)) > processes:
        await asyncio.sleep(0.5)
    await process_usage.settled(server.pid)


async def once(n: int, minutes: int, minute: float = MINUTE) -> Row:
    """Run one session of ours."""
    load, most = os.getloadavg()[0], 0.0
    culled = max(2, round(CULLED * minute))
    wrap = (CLOCK, str(culled))
    async with serving(servers.OURS, arrivals.LESSON, 2 * n, wrap=wrap) as server:
        first = Phone(server, [])
        await asyncio.wait_for(first.arrive(), PATIENCE)
        await first.close_page()
        processes = await process_usage.settled(server.pid)
        # a first round: what is allocated once belongs to no one's stay
        warm = Session(server, time.monotonic(), minute)
        await asyncio.gather(*(warm.phone(at, n) for at in range(n)))
        await _alone(server, processes, 2 * culled + 5)
        before = (
            process_usage.memory(server.pid),
            process_usage.open_files(server.pid),
        )
        session = Session(server, time.monotonic() + minutes * minute, minute)
        people = [asyncio.ensure_future(session.phone(at, n)) for at in range(n)]
        while not all(person.done() for person in people):
            await asyncio.sleep(10 * minute)
            most = max(most, process_usage.memory(server.pid))
        await asyncio.gather(*people)
        await _alone(server, processes, 2 * culled + 5)
        after = (process_usage.memory(server.pid), process_usage.open_files(server.pid))
        left = len(process_usage.tree(server.pid))
    for trouble, count in session.troubles.items():
        print(f"{count} times {trouble}", file=sys.stderr)
    return Row(
        n,
        minutes,
        session.moves,
        session.reloads,
        session.sleeps,
        session.answered / max(1, session.asked),
        (before[0], after[0]),
        (before[1], after[1]),
        (processes, left),
        most,
        load,
        "; ".join(session.troubles),
    )


async def run(peers: set[str], quick: bool) -> list[Row]:
    """Run one session. No peer: stock Voila leaks at each reload (voila #1458)."""
    return [await once(2, 10, 0.2) if quick else await once(30, 90)]


COLUMNS: Columns = {
    "phones": lambda r: str(r.phones),
    "minutes": lambda r: str(r.minutes),
    "moves": lambda r: str(r.moves),
    "reloads": lambda r: str(r.reloads),
    "sleeps": lambda r: str(r.sleeps),
    "answered": lambda r: f"{r.share:.1%}",
    "PSS MB, nobody in: start, end": lambda r: f"{r.memory[0]:.0f}, {r.memory[1]:.0f}",
    "most": lambda r: f"{r.most:.0f}",
    "open files": lambda r: f"{r.files[0]}, {r.files[1]}",
    "processes": lambda r: f"{r.processes[0]}, {r.processes[1]}",
    "load before": lambda r: f"{r.load:.1f}",
}


def report(rows: list[Row]) -> list[str]:
    """Write the rows."""
    return table(COLUMNS, rows)


def measured(rows: list[Row]) -> dict[str, float]:
    """Take from the rows what promises are about."""
    r = rows[0]
    return {
        "soak: memory": r.memory[1] / r.memory[0],
        "soak: kernels left": r.processes[1] - r.processes[0],
        "soak: open files": r.files[1] - r.files[0],
        "soak: served": r.share,
    }
