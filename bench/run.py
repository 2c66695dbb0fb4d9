"""Run benchmarks: ``python bench/run.py arrivals|pictures|phone|soak|all [--quick]``.

Prints tables and ratios, and ends with 1 where a promise is missed. With --quick there
are a few phones for a few seconds: that shows that all of this works, and no speed.
"""

import argparse
import asyncio
import resource
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

import arrivals  # noqa: E402
import first_page  # noqa: E402
import pictures  # noqa: E402
import screen  # noqa: E402
import servers  # noqa: E402
import soak  # noqa: E402
from promises import PROMISES  # noqa: E402

NAMES = ("arrivals", "pictures", "phone", "soak")
PACKAGES = ("voila", "ipywidgets", "ipykernel", "jupyter-server", "tornado")


def install_peers() -> bool:
    """Put Solara into an environment of its own; say so where that can't be done."""
    if (HERE / ".venv/.installed").exists():
        return True
    python = str(HERE / ".venv/bin/python")
    uv = [sys.executable, "-m", "uv"]
    lock = str(HERE / "requirements.lock")
    into = ["--quiet", "--python", python, "--require-hashes", "-r", lock]
    steps = [
        [*uv, "venv", "--quiet", "--clear", "--python", sys.executable, HERE / ".venv"],
        [*uv, "pip", "install", *into],
    ]
    try:
        for step in steps:
            subprocess.run(step, check=True, timeout=600)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"Solara is left out, it could not be installed: {error!s:.200}")
        return False
    (HERE / ".venv/.installed").touch()
    return True


def machine() -> str:
    """Describe where and with what this was measured."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = Path("/proc/meminfo").read_text().split()[1]
    return (
        f"{time.strftime('%Y-%m-%d %H:%M')}, Python {sys.version.split()[0]}, "
        f"{packages}; {servers.cores()} cores, {int(memory) / 2**20:.0f} GB, phones "
        "and server on the same cores."
    )


async def measure(
    name: str, peers: set[str], quick: bool
) -> tuple[list[str], dict[str, float]]:
    """Run one benchmark: its table, and what promises are about."""
    if name == "arrivals":
        rows = await arrivals.run(peers, quick)
        found = arrivals.measured(rows)
        if quick:
            assert all(row.served == row.phones for row in rows), rows
        else:
            found |= await first_page.run()
        return arrivals.table(rows), found
    if name == "pictures":
        moved, found = await pictures.run(peers, quick)
        assert not quick or moved[0].shown == moved[0].moves, moved
        return pictures.table(moved), found
    if name == "phone":
        screens, found = await screen.run(peers, quick)
        return screen.table(screens), found
    stays = await soak.run(peers, quick)
    assert not quick or (stays[0].share == 1 and not stays[0].troubles), stays
    return soak.table(stays), soak.measured(stays)


def verdicts(found: dict[str, float]) -> list[str]:
    """Compare what was measured with what is promised."""
    lines = ["| promise | measured | limit | kept | how |", "|---" * 5 + "|"]
    for name, value in found.items():
        p = PROMISES[name]
        sign = "≥" if p.least else "≤"
        kept = "yes" if p.kept(value) else "**no**"
        limit = f"{sign} {p.limit} {p.unit}"
        lines.append(f"| {name} | {value:.3g} {p.unit} | {limit} | {kept} | {p.how} |")
    return lines


def quick() -> None:
    """Show that every benchmark runs, in a minute at most; raises if not."""
    for name in NAMES:
        asyncio.run(measure(name, set(), True))


def main() -> int:
    """Run what was asked for; 1 where a promise is missed."""
    parser = argparse.ArgumentParser("bench", description=__doc__)
    parser.add_argument("name", choices=(*NAMES, "all"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peers", default="", help='some only: "ours,voila"')
    chosen = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    peers = {peer.strip() for peer in chosen.peers.split(",") if peer.strip()}
    if chosen.name in ("arrivals", "phone", "all") and not chosen.quick:
        solara = not peers or "solara" in peers
        if solara and not install_peers():
            peers = {kind.name for kind, _ in arrivals.SIZES} - {"solara"}
    missed = False
    for name in NAMES if chosen.name == "all" else (chosen.name,):
        lines, found = asyncio.run(measure(name, peers, chosen.quick))
        report = [*lines, ""] if chosen.quick else [*lines, "", *verdicts(found), ""]
        print("", *report, sep="\n", flush=True)
        if not chosen.quick:
            missed |= not all(PROMISES[n].kept(v) for n, v in found.items())
            with (HERE / "RESULTS.md").open("a") as results:
                print(f"## {name}\n\n{machine()}\n", *report, sep="\n", file=results)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
