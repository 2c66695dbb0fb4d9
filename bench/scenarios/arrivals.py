"""Everyone scans the code at once: N cold phones within three seconds."""

import asyncio
import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clients.notebook_phone import PATIENCE, Phone
from peers import servers
from peers.servers import Kind, Server, serving
from report import asset_sizes, process_usage
from report.tables import Columns, line, table

LESSON = servers.HERE / "lesson.ipynb"
WITHIN = 3.0


@dataclass(frozen=True)
class Row:
    """What came of one run."""

    kind: str
    phones: int
    served: int
    page50: float
    page95: float
    ready50: float
    ready95: float
    cpu: float
    memory: float
    prepared: tuple[float, float]
    stayed: int
    load: float
    error: str = ""


def quantile(values: list[float], share: float) -> float:
    """Take the value below which that share lies; the next higher one."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def arrive(
    server: Server, n: int, *, browser: bool, within: float = WITHIN
) -> Row:
    """Let a first phone in, unmeasured, then all others."""
    load = os.getloadavg()[0]
    files = await asset_sizes.loaded(server, browser=browser)
    first = Phone(server, files)
    await asyncio.wait_for(first.arrive(), PATIENCE)
    await first.close_page()
    await process_usage.settled(server.pid)
    before = process_usage.memory(server.pid, alone=server.kind.pool)
    cpu = process_usage.cpu(server.pid)
    phones = [Phone(server, files) for _ in range(n)]
    errors: list[str] = []

    async def come(at: int, phone: Phone) -> None:
        await asyncio.sleep(at * within / n)
        try:
            await asyncio.wait_for(phone.arrive(), PATIENCE)
        except Exception as error:  # whatever it was, she is not in
            errors.append(f"{type(error).__name__}: {error}")

    await asyncio.gather(*(come(at, phone) for at, phone in enumerate(phones)))
    if server.kind.ready:  # what was made ahead is made again: it counts, too
        await process_usage.settled(server.pid)
    cpu = process_usage.cpu(server.pid) - cpu
    grown = process_usage.memory(server.pid) - before
    in_ = [phone for phone in phones if phone.ready is not None]
    stayed = sum(await asyncio.gather(*(phone.alive() for phone in in_)))
    for phone in phones:
        phone.drop()
    pages = [PATIENCE if p.page is None else p.page for p in phones]
    readies = [PATIENCE if p.ready is None else p.ready for p in phones]
    return Row(
        server.kind.name,
        n,
        len(in_),
        statistics.median(pages),
        quantile(pages, 0.95),
        statistics.median(readies),
        quantile(readies, 0.95),
        cpu / max(1, len(in_)),
        grown / max(1, len(in_) + servers.GUESTS * server.kind.pool),
        server.prepared if server.kind.pool else (0, 0),
        stayed,
        load,
        errors[0][:80] if errors else "",
    )


async def once(
    kind: Kind,
    n: int,
    *,
    browser: bool = True,
    within: float = WITHIN,
    lessons: Sequence[Path] = servers.LESSONS,
) -> Row:
    """Start a server, let N arrive, end it."""
    more = lessons if kind is servers.SLIM else ()  # as a workshop has them
    async with serving(kind, LESSON, n, more=more) as server:
        if more:
            await servers.at_rest(server)
        return await arrive(server, n, browser=browser, within=within)


SIZES: list[tuple[Kind, tuple[int, ...]]] = [
    (servers.SLIM, (60, 200)),
    (servers.OURS, (10, 30, 60, 200)),
    (servers.STOCK, (10, 30, 60)),
    (servers.FRESH, (10,)),
    (servers.REFILL, (30,)),
    (servers.FULL, (30,)),
    (servers.SOLARA, (30, 60)),
]


async def run(peers: set[str], quick: bool) -> list[Row]:
    """Run all sizes, ours and the peers in turns."""
    if quick:
        kinds = (servers.SLIM, servers.OURS, servers.STOCK)
        small = {"browser": False, "within": 0.5, "lessons": servers.LESSONS[:1]}
        return [await once(kind, 2, **small) for kind in kinds]
    rows: list[Row] = []
    for n in (10, 30, 60, 200):
        for kind, sizes in SIZES:
            if n in sizes and (not peers or kind.name in peers):
                try:
                    rows.append(await once(kind, n))
                except Exception as error:
                    print(f"{kind.name}, {n} phones: {error!r:.300}")
                    continue
                print(line(columns(rows), rows[-1]), flush=True)
    return rows


def columns(rows: list[Row]) -> Columns:
    """What to tell of a row, with ratios against stock Voila of the same size."""
    stock = {row.phones: row.ready95 for row in rows if row.kind == servers.STOCK.name}

    def sooner(row: Row) -> str:
        peer = stock.get(row.phones)
        return f"{peer / row.ready95:.1f}x" if peer else ""

    def work(row: Row) -> str:
        wait, seconds = row.prepared
        before = f" (+{seconds / row.phones:.2f} in {wait:.0f} s before)"
        return f"{row.cpu:.2f}{before if wait else ''}"

    return {
        "server": lambda r: r.kind,
        "phones": lambda r: str(r.phones),
        "in": lambda r: str(r.served),
        "page p50/p95 s": lambda r: f"{r.page50:.2f} / {r.page95:.2f}",
        "ready p50/p95 s": lambda r: f"{r.ready50:.2f} / {r.ready95:.2f}",
        "sooner": sooner,
        "CPU s each": work,
        "PSS MB each": lambda r: f"{r.memory:.0f}",
        "answer after": lambda r: str(r.stayed),
        "load before": lambda r: f"{r.load:.1f}",
        "first trouble": lambda r: r.error.replace("|", "/"),
    }


def report(rows: list[Row]) -> list[str]:
    """Write the rows."""
    return table(columns(rows), rows)


def measured(rows: list[Row]) -> dict[str, float]:
    """Take from the rows what promises are about."""
    found: dict[str, float] = {}
    at = {(row.kind, row.phones): row for row in rows}
    ours, stock = at.get(("ours", 60)), at.get(("voila", 60))
    if ours:
        found |= {
            "arrivals: served 60": ours.served / 60,
            "arrivals: ready 60": ours.ready95,
        }
        found |= {
            "arrivals: CPU a phone": ours.cpu,
            "arrivals: memory a phone": ours.memory,
        }
        found["arrivals: page 60"] = ours.page95
        if stock:
            found["arrivals: times sooner"] = stock.ready95 / ours.ready95
    if slim := at.get((servers.SLIM.name, 60)):
        found |= {
            "arrivals: slim, ready 60": slim.ready95,
            "arrivals: slim, CPU a phone": slim.cpu,
        }
        found["arrivals: slim, memory a phone"] = slim.memory
        if stock:
            found["arrivals: slim, times sooner"] = stock.ready95 / slim.ready95
    if slim := at.get((servers.SLIM.name, 200)):
        found |= {"arrivals: slim, served 200": slim.served / 200}
        found["arrivals: slim, ready 200"] = slim.ready95
    if many := at.get(("ours", 200)):
        found["arrivals: page 200"] = many.page95
        found["arrivals: nobody thrown out"] = many.stayed / 200
    return found
