"""A crowd for one laptop: fewer and fewer phones, until all of it goes well.

``python -m beyond_the_no.commands.rehearsal.crowd [SIZE …]`` prints one line of JSON.
The phones are programs; see `bench/README.md` for what is measured beside others.
"""

import asyncio
import json
import random
import re
import resource
import sys
import time
from collections.abc import Sequence
from typing import Any

from .crowd_server import LESSONS, PAGE, POLL, serving
from .http_client import Web
from .room_client import RoomClient

SIZES = (200, 100, 50, 25)
LIMITS = {"ready": 3.0, "turn": 0.5, "answer": 0.5}  # seconds, for 95 of 100
WITHIN = 3.0  # seconds in which all of them come
PATIENCE = 60.0
TURNS = 10
FILE = re.compile(r'(?:src|href)="/?([^"#?]+\.(?:js|css|svg|woff2)[^"]*)"')


def quantile(values: Sequence[float], share: float) -> float:
    """Take the value below which that share lies."""
    ordered = sorted(values)
    return ordered[int(share * (len(ordered) - 1))]


async def arrive(port: int, phones: int) -> list[float]:
    """Load the page with all its files; return the seconds of those who got it."""
    took: list[float] = []

    async def come(at: int) -> None:
        await asyncio.sleep(at * WITHIN / phones)
        began, web = time.monotonic(), Web(port)
        try:
            async with asyncio.timeout(PATIENCE):
                page = await web.ask(PAGE)
                files = dict.fromkeys(FILE.findall(page.text))
                got = await asyncio.gather(*(web.ask(file) for file in files))
        except (OSError, EOFError, TimeoutError):  # she is not in
            return
        finally:
            web.close()
        if page.status == 200 and all(file.status == 200 for file in got):
            took.append(time.monotonic() - began)

    await asyncio.gather(*map(come, range(phones)))
    return took


async def turn(
    leader: RoomClient, phones: Sequence[RoomClient], pages: Sequence[str]
) -> list[float]:
    """Turn these pages; return how long each phone waited to hear of each."""
    waited = []
    for name in pages:
        for phone in phones:
            phone.turned.pop(name, None)
        began = time.monotonic()
        await leader.send({"type": "move", "lesson": name})
        turns = (p.until(lambda p=p, n=name: n in p.turned) for p in phones)
        await asyncio.gather(*turns)
        waited += [phone.turned[name] - began for phone in phones]
    return waited


async def answers(
    phones: Sequence[RoomClient], name: str, within: float = 1
) -> list[float]:
    """Everybody answers within a second; return how long each waited."""

    async def one(phone: RoomClient, value: int) -> float:
        await asyncio.sleep(random.uniform(0, within))
        return await phone.answer(name, value)

    return await asyncio.gather(*(one(p, i % 3) for i, p in enumerate(phones)))


async def fill(
    port: int, key: str, phones: int
) -> tuple[list[float], list[float], int]:
    """Fill the room: seconds of turns and of answers, and how many answers got lost."""
    leader = RoomClient(port, "facilitator", key=key)
    group = [RoomClient(port) for _ in range(phones)]
    everyone = [leader, *group]
    try:
        for one in everyone:
            one.wake()
        await asyncio.gather(*(p.until(lambda p=p: bool(p.state)) for p in everyone))
        turned = await turn(leader, group, LESSONS * (TURNS // 2))
        await leader.send({"type": "move", "lesson": LESSONS[0]})
        await leader.send({"type": "collect", "activity": POLL})
        asked = (
            p.until(lambda p=p: p.question(POLL).get("phase") == "collecting")
            for p in everyone
        )
        await asyncio.gather(*asked)
        answered = await answers(group, POLL)
        await leader.send({"type": "reveal", "activity": POLL})
        await leader.until(lambda: leader.question(POLL).get("snapshot"))
        rows = leader.question(POLL)["snapshot"]["rows"]
    finally:
        await asyncio.gather(*(one.close() for one in everyone))
    return turned, answered, phones - sum(row["people"] or 0 for row in rows)


async def one(phones: int) -> dict[str, Any]:
    """Let so many phones load the page within three seconds, then be in one room."""
    async with serving(phones) as (port, key):
        ready = await arrive(port, phones)
        turned, answered, lost = await fill(port, key, phones)
    waited = {"ready": ready, "turn": turned, "answer": answered}
    found = {n: quantile(v, 0.95) if v else PATIENCE for n, v in waited.items()}
    quick = all(found[name] <= limit for name, limit in LIMITS.items())
    well = quick and len(ready) == phones and not lost
    return {"phones": phones, "served": len(ready), **found, "well": well}


async def measure(sizes: Sequence[int]) -> list[dict[str, Any]]:
    """Try these sizes, one after the other, and stop at the first that goes well."""
    rows: list[dict[str, Any]] = []
    for phones in sizes:
        rows.append(await one(phones))
        if rows[-1]["well"]:
            break
    return rows


def main() -> int:
    """Measure with the sizes that were asked for."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    rows = asyncio.run(measure([*map(int, sys.argv[1:])] or SIZES))
    print(json.dumps({"rows": rows, "limits": LIMITS}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
