"""How many phones this laptop takes: fewer and fewer, until all goes well.

``python bench/laptop.py`` prints one line of JSON. It is `arrivals` and `room` with
their own limits, and stops at the first size that keeps them.
"""

import argparse
import asyncio
import contextlib
import json
import resource
import sys
from typing import Any

import arrivals
import room
import servers
from promises import PROMISES

SIZES = (200, 100, 50, 25)
LIMITS = {
    "ready": PROMISES["arrivals: slim, ready 200"].limit,
    "turn": PROMISES["room: page turn"].limit,
    "answer": PROMISES["room: answer"].limit,
}


async def one(phones: int) -> dict[str, Any]:
    """Let so many phones load the page within three seconds, then be in one room."""
    came = await arrivals.once(servers.SLIM, phones, browser=False)
    async with room.house(servers.OURS, room.Size(phones=phones)) as at:
        full = await room.full_house(at)
    found = {"ready": came.ready95, "turn": full.turn[1], "answer": full.answer[1]}
    quick = all(found[name] <= limit for name, limit in LIMITS.items())
    whole = came.served == phones and not full.lost
    return {"phones": phones, "served": came.served, **found, "well": quick and whole}


async def measure(sizes: tuple[int, ...]) -> list[dict[str, Any]]:
    rows = []
    for phones in sizes:
        rows.append(await one(phones))
        if rows[-1]["well"]:
            break
    return rows


def main() -> int:
    parser = argparse.ArgumentParser("laptop", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=list(SIZES))
    sizes = tuple(parser.parse_args().sizes)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with contextlib.redirect_stdout(sys.stderr):  # what they tell meanwhile
        rows = asyncio.run(measure(sizes))
    print(json.dumps({"rows": rows, "limits": LIMITS}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
