"""A room of a thousand phones, and more: a full house, by WebSocket and without one.

As in `live_room`, but with phones that cost next to nothing (`raw_phones`): what is
measured is the server. Its CPU seconds stand beside the waiting, for they hardly depend
on what else this machine does. Where that is a lot, ``first`` lets the server and the
phones go before all other programs, as if they had the cores to themselves.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beyond_the_no.commands.rehearsal.room_client import RoomClient
from clients.raw_phones import Crowd
from peers import servers
from peers.servers import Kind, Server, serving
from report import process_usage
from report.tables import Columns, table
from scenarios.live_room import (
    LESSONS,
    PEER,
    TURNS,
    WITHOUT,
    is_open,
    lessons,
    quantiles,
)

GUESTS = 20  # kernels allowed: nobody needs one


def ours(seats: int) -> Kind:
    """Ours with so many seats, all else as it comes."""
    options = ("--seats", str(seats), "--max-kernels", str(GUESTS))
    return Kind("ours", servers.ours(*options), f"{seats} seats", "lesson/{}")


@dataclass(frozen=True)
class Full:
    """What a full house takes: seconds, and CPU seconds of server and phones."""

    kind: str
    phones: int
    joined: float
    turn: tuple[float, float]  # median, 95th percentile
    answer: tuple[float, float]
    back: float
    cpu: dict[str, float]
    lost: int  # answers not in the picture, seats, and lines that were hung up
    memory: float
    load: float


@contextmanager
def counted(pid: int, into: dict[str, float], name: str) -> Iterator[None]:
    """Note the CPU seconds that a server takes meanwhile."""
    before = process_usage.cpu(pid)
    yield
    into[name] = process_usage.cpu(pid) - before


@contextmanager
def going_first(first: bool, *pids: int) -> Iterator[None]:
    """Give these processes the cores before all others; needs the right to do so."""

    def all_threads(policy: int, priority: int) -> None:
        for pid in pids:
            for thread in Path(f"/proc/{pid}/task").iterdir():
                given = os.sched_param(priority)
                os.sched_setscheduler(int(thread.name), policy, given)

    if first:
        all_threads(os.SCHED_RR, 1)
    try:
        yield
    finally:
        if first:
            all_threads(os.SCHED_OTHER, 0)


async def full_house(
    kind: Kind, phones: int, *, polls: bool = False, first: bool = False
) -> Full:
    """Join, turn, answer, come back after everyone was cut off, and show it."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        made = lessons(Path(folder))
        async with serving(kind, made[0], phones, more=made[1:]) as server:
            if kind is not PEER:
                await servers.at_rest(server)
            with going_first(first, server.pid, os.getpid()):
                found = await _filled(server, phones, polls)
    return Full(kind.name + (WITHOUT if polls else ""), phones, *found, load)


async def _filled(server: Server, phones: int, polls: bool) -> tuple[Any, ...]:
    """Measure one house: the fields of `Full` between its phones and its load."""
    cpu, began = dict[str, float](), time.process_time()
    leader = RoomClient(server.port, "facilitator", key="bench")
    leader.wake()
    crowd = Crowd(server.port, phones, polls=polls)

    async def lead(kind: str, **fields: Any) -> None:
        await leader.until(lambda: leader.state)
        assert await leader.send({"type": kind, **fields}), "the leader is out"

    try:
        await leader.until(lambda: leader.state)
        with counted(server.pid, cpu, "joined"):
            joined = await crowd.enter()
        with counted(server.pid, cpu, "turns"):
            pages = LESSONS * (TURNS // 2)
            turned = await crowd.turn(pages, lambda name: lead("move", lesson=name))
        await lead("collect", activity="q0")
        await leader.until(lambda: is_open(leader, "q0"))
        await crowd.until(lambda phone: phone.phase("q0") == "collecting")
        with counted(server.pid, cpu, "answers"):
            answered = await crowd.answer("q0")
        memory = process_usage.memory(server.pid, alone=True)
        with counted(server.pid, cpu, "back"):
            crowd.cut()
            back = await crowd.enter()
        await crowd.until(lambda phone: phone.taken.get("q0"))
        await lead("reveal", activity="q0")
        await leader.until(lambda: leader.question("q0").get("snapshot"))
        rows = leader.question("q0")["snapshot"]["rows"]
        shown = sum(row["people"] or 0 for row in rows)
        await crowd.until(lambda phone: phone.phase("q0") == "revealed")
        seats = sum(phone.seats > 1 for phone in crowd.phones)
        lost = phones - shown + seats + crowd.thrown_out
    finally:
        crowd.cut()
        await leader.close()
    cpu["phones"] = time.process_time() - began
    waits = quantiles(turned), quantiles(answered)
    return joined, *waits, back, cpu, lost, memory


async def run(peers: set[str], phones: int, first: bool = False) -> list[Full]:
    """Fill ours, once more by plain requests, and the bare room."""
    full = [
        await full_house(ours(phones), phones, first=first),
        await full_house(ours(phones), phones, polls=True, first=first),
    ]
    if not peers or PEER.name in peers:
        full.append(await full_house(PEER, phones, first=first))
    return full


def report(full: list[Full], first: bool) -> list[str]:
    """Write the table."""
    alone = ["", "Server and phones went before all other programs."] if first else []
    columns: Columns = {
        "room": lambda r: r.kind,
        "phones": lambda r: str(r.phones),
        "joined s": lambda r: f"{r.joined:.2f}",
        "page turn p50/p95 s": lambda r: f"{r.turn[0]:.3f} / {r.turn[1]:.3f}",
        "answer p50/p95 s": lambda r: f"{r.answer[0]:.3f} / {r.answer[1]:.3f}",
        "all back s": lambda r: f"{r.back:.2f}",
        "CPU s: server joined, turns, answers, back; phones": lambda r: ", ".join(
            f"{seconds:.1f}" for seconds in r.cpu.values()
        ),
        "lost": lambda r: str(r.lost),
        "PSS MB": lambda r: f"{r.memory:.0f}",
        "load before": lambda r: f"{r.load:.1f}",
    }
    return [*table(columns, full), *alone]


def measured(full: list[Full]) -> dict[str, float]:
    """Take from the table what promises are about."""
    one, polled = full[:2]
    name = f"room of {one.phones}"
    return {
        f"{name}: joined": one.joined,
        f"{name}: page turn": one.turn[1],
        f"{name}: answer": one.answer[1],
        f"{name}: all back": one.back,
        f"{name}: lost": one.lost + polled.lost,
        f"{name}: memory": one.memory,
        f"{name}: without WebSockets, answer": polled.answer[1],
    }
