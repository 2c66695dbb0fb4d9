"""Everyone moves a control once a second: how soon is the new picture there?

Ours: the kit's own lesson, whose pictures are drawn once and served as files. Stock
Voila: a slider over the same pictures, which each visitor's kernel draws.
"""

import asyncio
import itertools
import json
import os
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from clients.notebook_phone import PATIENCE, Phone
from peers import servers
from peers.servers import Kind, serving
from report.tables import Columns, table
from scenarios import arrivals

KIT = servers.REPO / "notebooks/01_why_it_hurts.ipynb"
DRAWN = servers.HERE / "drawn.ipynb"
SLIDER = (5, 10, 15, 25, 30)  # it stands at 20: what does not move draws nothing
State = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """What came of one run."""

    kind: str
    phones: int
    moves: int
    shown: int
    asked: int
    p50: float
    p95: float
    asked95: float
    load: float


class Explorer:
    """What explore.js does: asks for a picture, then for all of them in one file."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        widgets = (w["state"] for w in phone.widgets.values())
        found = next(w for w in widgets if w.get("drawn_by"))
        self._source: str = found["drawn_by"]
        self._controls: list[State] = found["controls"]
        self.state: State = found["state"]
        self._fetched: dict[str, asyncio.Task[float]] = {}
        self._file: asyncio.Task[float] | None = None
        self.waits: list[float] = []  # of pictures that were not there yet

    async def first(self) -> None:
        """Get the picture for where the controls stand."""
        await self._fetch(self.state)

    def _matters(self, control: State, state: State) -> bool:
        return all(state[o] in values for o, values in control["when"].items())

    @property
    def _all_here(self) -> bool:
        """Whether the file with all pictures has come."""
        return bool(self._file and self._file.done() and not self._file.exception())

    def _fetch(self, state: State) -> "asyncio.Task[float]":
        known = {
            c["name"]: state[c["name"]] if self._matters(c, state) else c["default"]
            for c in self._controls
        }
        text = json.dumps(known, sort_keys=True, separators=(",", ":"))
        path = f"{self._path}?state={quote(text)}"
        if path not in self._fetched:
            self._fetched[path] = asyncio.ensure_future(self._get(path))
        return self._fetched[path]

    @property
    def _path(self) -> str:
        base = self._phone.server.kind.base
        return f"{base}pictures/{self._phone.print}/{self._source}"

    async def _get(self, path: str) -> float:
        began = time.monotonic()
        answer = await self._phone.web.ask(path)
        if answer.status != 200:
            raise ConnectionError(f"picture: {answer.status}")
        return time.monotonic() - began

    async def move(self) -> None:
        """Move a control that matters, anywhere."""
        control = random.choice(
            [c for c in self._controls if self._matters(c, self.state)]
        )
        name = control["name"]
        every = [value for value in _values(control) if value != self.state[name]]
        self.state = self.state | {name: random.choice(every)}
        if self._all_here:
            return
        began = time.monotonic()
        task = self._fetch(self.state)
        if not task.done():
            await task
            self.waits.append(time.monotonic() - began)
        if self._file is None:
            self._file = asyncio.ensure_future(self._get(self._path))

    async def all(self) -> None:
        """Get every picture that there is."""
        names = [control["name"] for control in self._controls]
        for values in itertools.product(*map(_values, self._controls)):
            await self._fetch(dict(zip(names, values, strict=True)))

    async def close(self) -> None:
        """Wait for the file; it has to come where all were drawn."""
        if self._file is not None:
            await self._file


def _values(control: State) -> list[Any]:
    if control["kind"] == "toggle":
        return [False, True]
    if control["kind"] == "choice":
        return [value for value, _ in control["options"]]
    return list(range(control["start"], control["stop"] + 1, control["step"]))


async def every_second(
    move: Callable[[], Awaitable[None]], seconds: int, waits: list[float]
) -> int:
    """Move once a second; a move that comes while one waits takes its place.

    That is what ipywidgets' front end does. Waiting is counted from the second at
    which the control was moved, not from when the message could be sent.
    """
    await asyncio.sleep(random.random())
    began, tick = time.monotonic(), 0
    while tick < seconds:
        await asyncio.sleep(max(0, began + tick - time.monotonic()))
        moved = began + tick
        await move()
        now = time.monotonic()
        waits.append(now - moved)
        tick = max(tick + 1, int(now - began))
    return seconds


async def moving(kind: Kind, n: int, seconds: int) -> Row:
    """Let N in without haste, then have all move."""
    load, ours = os.getloadavg()[0], kind.page.startswith("lesson")
    waits: list[float] = []
    asked: list[float] = []
    more = servers.LESSONS if kind is servers.SLIM else ()
    async with serving(kind, KIT if ours else DRAWN, n, more=more) as server:
        phones = [Phone(server, []) for _ in range(n)]
        try:
            if ours:
                await servers.at_rest(server)
                await _all_drawn(Phone(server, []))
            for phone in phones:  # two at a time: arriving is not what is measured
                await asyncio.wait_for(phone.arrive(), PATIENCE)
            await asyncio.sleep(2)

            async def moves(phone: Phone) -> None:
                explorer = Explorer(phone) if ours else None
                values = itertools.cycle(random.sample(SLIDER, len(SLIDER)))

                async def move() -> None:
                    if explorer:
                        await explorer.move()
                    else:
                        await phone.move(next(values))

                await every_second(move, seconds, waits)
                if explorer:
                    await explorer.close()
                    asked.extend(explorer.waits)

            everyone = asyncio.gather(*map(moves, phones), return_exceptions=True)
            results = await asyncio.wait_for(everyone, seconds + PATIENCE)
            for error in {repr(r) for r in results if r is not None}:
                print(f"{kind.name}: {error:.200}")
        finally:
            for phone in phones:
                phone.drop()
    asked = asked if ours else waits
    return Row(
        kind.name,
        n,
        n * seconds,
        len(waits),
        len(asked),
        arrivals.quantile(waits or [PATIENCE], 0.5),
        arrivals.quantile(waits or [PATIENCE], 0.95),
        arrivals.quantile(asked or [0], 0.95),
        load,
    )


async def _all_drawn(phone: Phone) -> None:
    """Wait for all pictures: a workshop is opened some minutes before people come."""
    await phone.arrive()
    await Explorer(phone).all()
    if phone.line:
        await phone.close_page()


async def first_pictures(n: int, within: float = arrivals.WITHIN) -> float:
    """N phones get the HTML and the first picture, no kernel; p95 seconds."""
    times: list[float] = []
    async with serving(servers.OURS, KIT, n) as server:
        first = Phone(server, [])
        await asyncio.wait_for(first.arrive(), PATIENCE)

        async def come(at: int) -> None:
            await asyncio.sleep(at * within / n)
            phone, began = Phone(server, []), time.monotonic()
            await phone.html()
            phone.widgets = first.widgets  # a kernel tells where the picture is
            await Explorer(phone).first()
            times.append(time.monotonic() - began)
            phone.drop()

        await asyncio.gather(*map(come, range(n)))
        await first.close_page()
    return arrivals.quantile(times, 0.95)


Result = tuple[list[Row], dict[str, float]]


async def run(peers: set[str], quick: bool) -> Result:
    """Ours and stock Voila in turns; the latter with half, if it can't have all."""
    if quick:
        return [await moving(servers.OURS, 2, 3)], {}
    rows = [await moving(kind, 60, 20) for kind in (servers.SLIM, servers.OURS)]
    if not peers or "voila" in peers:
        rows.append(await moving(servers.STOCK, 30, 20))
        rows.append(await moving(servers.OURS, 30, 20))
    found = {"pictures: moved": max(row.asked95 for row in rows[:2])}
    for n in (60, 200):
        found[f"pictures: first {n}"] = await first_pictures(n)
    return rows, found


COLUMNS: Columns = {
    "server": lambda r: r.kind,
    "phones": lambda r: str(r.phones),
    "pictures wanted": lambda r: str(r.moves),
    "shown": lambda r: str(r.shown),
    "waited p50/p95 s": lambda r: f"{r.p50:.3f} / {r.p95:.3f}",
    "asked of the server": lambda r: str(r.asked),
    "p95 of those s": lambda r: f"{r.asked95:.3f}",
    "load before": lambda r: f"{r.load:.1f}",
}


def report(rows: list[Row]) -> list[str]:
    """Write the rows."""
    return table(COLUMNS, rows)
