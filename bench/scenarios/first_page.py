"""How long from `open` to the first lesson: with and without what was kept before."""

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from clients.notebook_phone import PATIENCE, Phone
from peers import servers
from peers.servers import serving
from scenarios.pictures import KIT


async def once(cache: Path) -> float:
    """Start ours as it comes, on all lessons; seconds until the first one is there."""
    began = time.monotonic()
    async with serving(
        servers.SLIM, KIT, 1, cache=cache, more=servers.LESSONS
    ) as server:
        phone = Phone(server, [])
        await asyncio.wait_for(phone.html(), PATIENCE)
        seconds = time.monotonic() - began
        await asyncio.wait_for(phone.arrive(), PATIENCE)
        phone.drop()
        return seconds


async def run() -> dict[str, float]:
    """Start with nothing kept, then with what that start has kept."""
    with TemporaryDirectory(prefix="bench-cache-") as cache:
        cold = await once(Path(cache))
        warm = [await once(Path(cache)) for _ in range(3)]
    return {"arrivals: open, cold": cold, "arrivals: open, warm": sorted(warm)[1]}
