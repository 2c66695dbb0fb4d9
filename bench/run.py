"""Run benchmarks: ``python bench/run.py NAME``, where NAME is one of NAMES, or all.

Prints tables and ratios, and ends with 1 where a promise is missed. With --quick there
are a few phones for a few seconds: that shows that all of this works, and no speed.
"""

import argparse
import asyncio
import gc
import resource
import shutil
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import psutil

HERE = Path(__file__).parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

from peers import servers  # noqa: E402
from report.tables import Columns, table  # noqa: E402
from scenarios import (  # noqa: E402
    arrivals,
    browser_phone,
    first_page,
    hub,
    large_room,
    live_room,
    pictures,
    soak,
    static_site,
)
from thresholds import Promise, of  # noqa: E402

NAMES = ("arrivals", "pictures", "phone", "soak", "room", "site", "hub")
LARGE = (1000, 2000)  # phones in a large room
PACKAGES = ("voila", "ipywidgets", "ipykernel", "jupyter-server", "tornado")


def install_peers() -> bool:
    """Put peers into an environment of their own; say so where that can't be done."""
    lock, installed = HERE / "requirements.lock", HERE / ".venv/.installed"
    if installed.exists() and installed.read_bytes() == lock.read_bytes():
        return True
    python = str(HERE / ".venv/bin/python")
    uv = [sys.executable, "-m", "uv"]
    into = ["--quiet", "--python", python, "--require-hashes", "-r", str(lock)]
    steps = [
        [*uv, "venv", "--quiet", "--clear", "--python", sys.executable, HERE / ".venv"],
        [*uv, "pip", "install", *into],
    ]
    try:
        for step in steps:
            subprocess.run(step, check=True, timeout=600)
    except (OSError, subprocess.SubprocessError) as error:
        names = ", ".join(sorted(servers.ELSEWHERE))
        print(f"{names} are left out, they could not be installed: {error!s:.200}")
        return False
    shutil.copy(lock, installed)
    return True


def machine() -> str:
    """Describe where and with what this was measured."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = psutil.virtual_memory().total
    return (
        f"{time.strftime('%Y-%m-%d %H:%M')}, Python {sys.version.split()[0]}, "
        f"{packages}; {servers.cores()} cores, {memory / 2**30:.0f} GB, phones "
        "and server on the same cores."
    )


async def measure(
    name: str, peers: set[str], quick: bool, seats: int = 0, first: bool = False
) -> tuple[list[str], dict[str, float]]:
    """Run one benchmark: its table, and what promises are about."""
    if name == "arrivals":
        rows = await arrivals.run(peers, quick)
        found = arrivals.measured(rows)
        if quick:
            assert all(row.served == row.phones for row in rows), rows
        else:
            try:
                found |= await first_page.run()
            except Exception as error:  # what was measured before is kept
                print(f"open: {error!r:.300}")
        return arrivals.report(rows), found
    if name == "pictures":
        moved, found = await pictures.run(peers, quick)
        assert not quick or moved[0].shown == moved[0].moves, moved
        return pictures.report(moved), found
    if seats:
        filled = await large_room.run(peers, seats, first)
        return large_room.report(filled, first), large_room.measured(filled)
    if name == "room":
        full, faults = await live_room.run(peers, quick)
        found = live_room.measured(full, faults)
        lost = found["room: seats lost"] + found["room: answers lost"]
        assert not quick or not lost, (full, faults)
        return live_room.report(full, faults), found
    if name == "hub":
        starts, crowds, found = await hub.run(quick)
        assert not quick or found["hub: served"] == 1, crowds
        return hub.report(starts, crowds), found
    if name == "site":
        rows_of_files, found = await static_site.run(peers, quick)
        assert not quick or not found.get("site: errors"), rows_of_files
        return static_site.report(rows_of_files), found
    if name == "phone":
        screens, found = await browser_phone.run(peers, quick)
        return browser_phone.report(screens), found
    stays = await soak.run(peers, quick)
    assert not quick or (stays[0].share == 1 and not stays[0].troubles), stays
    return soak.report(stays), soak.measured(stays)


def verdicts(name: str, found: dict[str, float]) -> tuple[list[str], bool]:
    """Compare what was measured with what is promised; what was not is not kept."""

    def kept(p: Promise) -> bool:
        return p.name in found and p.kept(found[p.name])

    def measured(p: Promise) -> str:
        return f"{found[p.name]:.3g} {p.unit}" if p.name in found else "nothing"

    columns: Columns = {
        "promise": lambda p: p.name,
        "measured": measured,
        "limit": lambda p: f"{'≥' if p.least else '≤'} {p.limit} {p.unit}",
        "kept": lambda p: "yes" if kept(p) else "**no**",
        "how": lambda p: p.how,
    }
    return table(columns, of(name)), all(map(kept, of(name)))


def keep(name: str, report: list[str]) -> None:
    """Put a report in the place of the last one of that name."""
    file = HERE / "RESULTS.md"
    parts = file.read_text("utf-8").split("\n## ")
    new = "\n".join([name, "", machine(), "", *report]).rstrip() + "\n"
    at = [i for i, part in enumerate(parts) if part.split("\n")[0] == name]
    place = at[0] if at else len(parts)
    parts[place : place + 1] = [new]
    file.write_text("\n## ".join(parts), "utf-8")


def quick() -> None:
    """Show that every benchmark runs, in a minute at most; raises if not."""
    for name in NAMES[:-1]:  # a hub takes longer than all others
        asyncio.run(measure(name, set(), True))


def plan(chosen: argparse.Namespace) -> list[tuple[str, int]]:
    """List what is measured, with the phones of a large room, or 0."""
    if chosen.name != "all":
        return [(chosen.name, chosen.seats or 0)]
    if chosen.quick:
        return [(name, 0) for name in NAMES[:-1]]  # a hub alone takes a minute
    every = [(name, 0) for name in NAMES]
    after = NAMES.index("room") + 1
    return [*every[:after], *(("room", seats) for seats in LARGE), *every[after:]]


def main() -> int:
    """Run what was asked for; 1 where a promise is missed."""
    parser = argparse.ArgumentParser("bench", description=__doc__)
    parser.add_argument("name", choices=(*NAMES, "all"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peers", default="", help='some only: "ours,voila"')
    parser.add_argument("--seats", type=int, choices=LARGE, help="room: phones in it")
    parser.add_argument(
        "--first", action="store_true", help="with --seats: go before other programs"
    )
    chosen = parser.parse_args()
    if (chosen.seats or chosen.first) and chosen.name != "room":
        parser.error("--seats and --first go with room")
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if chosen.seats and hard < 3 * chosen.seats:
        parser.error(f"{chosen.seats} phones need more than {hard} open files here")
    gc.set_threshold(700, 10, 10**6)  # else all phones stand still for 0.2 s at times
    peers = {peer.strip() for peer in chosen.peers.split(",") if peer.strip()}
    if chosen.name in ("arrivals", "phone", "all") and not chosen.quick:
        named = {kind.name for kind, _ in (*arrivals.SIZES, *browser_phone.PLAN)}
        wanted = peers or named
        if wanted & servers.ELSEWHERE and not install_peers():
            peers = wanted - servers.ELSEWHERE
            if not peers:
                return 1
    missed = False
    for name, seats in plan(chosen):
        if name == "hub" and (lacks := hub.missing()):
            print(f"hub is left out. {lacks}")
            continue
        try:
            measuring = measure(name, peers, chosen.quick, seats, chosen.first)
            report, found = asyncio.run(measuring)
        except Exception as error:  # the others are measured all the same
            if chosen.quick:
                raise
            report, found = [f"It broke off: {error!r:.300}"], {}
        name = f"room of {seats}" if seats else name
        if not chosen.quick:
            compared, well = verdicts(name, found)
            report, missed = [*report, "", *compared], missed or not well
        print("", *report, "", sep="\n", flush=True)
        if not chosen.quick and not chosen.peers:
            keep(name, report)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
