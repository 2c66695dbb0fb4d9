"""One phone's screen: a real Chromium at 390 x 844, its CPU slowed four times."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beyond_the_no.commands.rehearsal.http_client import Web
from beyond_the_no.server.host.chromium import OPTIONS, find
from clients.throttled_link import Link
from peers import servers
from peers.servers import LOCAL, Kind, Server, serving
from report import asset_sizes

STOCK = servers.HERE / "lesson.ipynb"  # Jupyter's own controls, about thirty
KIT = servers.REPO / "notebooks" / "01_why_it_hurts.ipynb"  # the kit's own widgets
SLOWED = 4
STAY = 3  # seconds: what still comes may move the page, and browsers keep scripts late
HALL = {"latency": 40, "downloadThroughput": 1.5e6 / 8, "uploadThroughput": 1.5e6 / 8}
HALL_BITS, HALL_PHONES = 50e6, 60
PATIENCE = 60_000
SEEN = """globalThis.seen = { shift: 0, paint: 0, long: 0, tap: Infinity };
const watch = (type, each) => new PerformanceObserver((list) =>
  list.getEntries().forEach(each)).observe({ type, buffered: true });
const tapped = (e) => e.startTime > seen.tap && e.startTime < seen.tap + 500;
watch("layout-shift", (e) => {
  if (!e.hadRecentInput && !tapped(e)) seen.shift += e.value;
});
watch("paint", (e) => {
  if (e.name === "first-contentful-paint") seen.paint = e.startTime;
});
watch("longtask", (e) => { seen.long += e.duration; });"""
# In the page, for a driver outside takes part of a slowed phone's time: a tap, or a
# key, as soon as there is something to use, until it has answered.
TAP = """globalThis.works = new Promise((done) => {
  let used;
  const trying = setInterval(() => {
    const start = document.querySelector("[data-live] .beyond-explore form button");
    if (!used && start) {
      seen.tap = performance.now();
      (used = start).click();
    }
    const shown = [...document.querySelectorAll(".beyond-explore svg")];
    if (!used || !shown.some((svg) => svg.checkVisibility())) return;
    clearInterval(trying);
    done(performance.now());
  }, 25);
});"""
PRESS = """globalThis.works = new Promise((done) => {
  const HIDING = "marimo-ui-element, marimo-ui-element *"; // marimo's, in shadow roots
  const inside = (e) => e.shadowRoot && find(e.shadowRoot);
  const find = (root) => root.querySelector("[role=slider], input[type=range]") ??
    [...root.querySelectorAll(HIDING)].map(inside).find(Boolean);
  const ways = { bubbles: true, composed: true, cancelable: true };
  const key = { key: "ArrowRight", code: "ArrowRight", keyCode: 39, ...ways };
  let before;
  const trying = setInterval(() => {
    const slider = find(document);
    if (!slider) return;
    const stands = () => slider.ariaValueNow ?? slider.value;
    before ??= stands();
    seen.tap = performance.now();
    slider.focus({ preventScroll: true });
    slider.dispatchEvent(new KeyboardEvent("keydown", key));
    if (stands() === before) return;
    clearInterval(trying);
    done(performance.now());
  }, 25);
});"""


@dataclass(frozen=True)
class Screen:
    """What one visit came to: kB, seconds, and what moved."""

    kind: str
    line: str
    cache: str
    kilobytes: float
    requests: int
    paint: float
    works: float
    shift: float
    long: float


@asynccontextmanager
async def browser() -> AsyncIterator[Any]:
    """Start a browser that keeps what it has fetched and read, as a phone's does.

    A private window of the same would keep no compiled scripts.
    """
    from playwright.async_api import async_playwright

    size = {"width": 390, "height": 844}
    async with async_playwright() as play:
        with tempfile.TemporaryDirectory(prefix="bench-") as profile:
            chrome = await play.chromium.launch_persistent_context(
                profile,
                executable_path=find(),
                args=OPTIONS,
                viewport=size,
                has_touch=True,
            )
            yield chrome
            await chrome.close()


async def visit(
    server: Server, context: Any, line: str, cache: str, slowed: int
) -> Screen:
    """Open the page in a tab and use its first control."""
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    cdp = await context.new_cdp_session(page)
    sizes: list[float] = []
    cdp.on("Network.loadingFinished", lambda e: sizes.append(e["encodedDataLength"]))
    await cdp.send("Network.enable")
    if server.kind.absent:
        await cdp.send("Network.setBlockedURLs", {"urls": [*server.kind.absent]})
    if line == "hall":
        about = {"offline": False} | HALL
        await cdp.send("Network.emulateNetworkConditions", about)
    await cdp.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    await page.add_init_script(SEEN + (TAP if server.notebook == KIT else PRESS))
    address = f"http://{LOCAL}:{server.port}/{server.page}"
    await page.goto(address, timeout=PATIENCE, wait_until="commit")
    async with asyncio.timeout(PATIENCE / 1000):
        works = await page.evaluate("works") / 1000
    so_far = [size for size in sizes if size > 0]
    await asyncio.sleep(STAY)
    seen = await page.evaluate("seen")
    await page.goto("about:blank")
    await page.close()
    kilobytes, fetched = sum(so_far) / 1000, len(so_far)
    times = (seen["paint"] / 1000, works, seen["shift"], seen["long"] / 1000)
    name = f"{server.kind.name}{', kit' * (server.notebook == KIT)}"
    return Screen(name, line, cache, kilobytes, fetched, *times)


async def visits(
    kind: Kind, notebook: Path, lines: tuple[str, ...], slowed: int = SLOWED
) -> list[Screen]:
    """Visit cold, then with what the browser kept: the middle one of three."""
    found = []
    async with serving(kind, notebook, 2) as server:
        await until_ready(server)
        for line in lines:
            async with browser() as phone:
                for cache, times in (("cold", 1), ("cached", 3)):
                    seen = [
                        await visit(server, phone, line, cache, slowed)
                        for _ in range(times)
                    ]
                    found.append(sorted(seen, key=lambda one: one.works)[times // 2])
    return found


async def until_ready(server: Server) -> None:
    """Let the server run the lesson and draw its pictures once, unmeasured."""
    web = Web(server.port)
    await asyncio.wait_for(web.ask(server.page), 120)
    web.close()


async def hall(kind: Kind, notebook: Path, phones: int = HALL_PHONES) -> float:
    """Seconds until the last of many cold phones on one link has page and files."""
    async with serving(kind, notebook, phones) as server:
        files = await asset_sizes.loaded(server, browser=False)
        async with Link(server.port, HALL_BITS) as link:
            began = time.monotonic()

            async def come() -> None:
                web = Web(link.port)
                await web.ask(server.page)
                await asyncio.gather(*(web.ask(path) for path in files))
                web.close()

            await asyncio.gather(*(come() for _ in range(phones)))
            return time.monotonic() - began


PLAN: list[tuple[Kind, Path]] = [
    (servers.SLIM, KIT),
    (servers.SLIM, STOCK),
    (servers.OURS, STOCK),
    (servers.STOCK, STOCK),
    (servers.PACKED, STOCK),
    (servers.SOLARA, STOCK),
    (servers.STREAMLIT, STOCK),
    (servers.MARIMO, STOCK),
]


async def run(peers: set[str], quick: bool) -> tuple[list[Screen], dict[str, float]]:
    """Visit each server, over loopback and over a hall's line."""
    if quick:
        seen = await visits(servers.SLIM, STOCK, ("loopback",), slowed=1)
        return seen, {"phone: hall of 60": await hall(servers.SLIM, STOCK, 3)}
    screens: list[Screen] = []
    for kind, notebook in PLAN:
        if peers and kind.name not in peers:
            continue
        try:
            screens += await visits(kind, notebook, ("loopback", "hall"))
        except Exception as error:
            print(f"{kind.name}: {error!r:.300}")
            continue
        print(*report(screens)[-4:], sep="\n", flush=True)
    return screens, measured(screens) | {
        "phone: hall of 60": await hall(servers.SLIM, KIT)
    }


def report(screens: list[Screen]) -> list[str]:
    """Write the rows."""
    head = "| server | line | cache | kB | requests | first paint s | control works s "
    lines = [f"{head}| layout shift | long tasks s |", "|---" * 9 + "|"]
    for s in screens:
        lines.append(
            f"| {s.kind} | {s.line} | {s.cache} | {s.kilobytes:.0f} | {s.requests} "
            f"| {s.paint:.2f} | {s.works:.2f} | {s.shift:.3f} | {s.long:.2f} |"
        )
    return lines


def measured(screens: list[Screen]) -> dict[str, float]:
    """Take the worst of our lessons: a promise is about any of them."""
    ours = [s for s in screens if s.kind.startswith(servers.SLIM.name)]
    here = [s for s in ours if s.line == "loopback"]
    cold = [s for s in here if s.cache == "cold"]
    cached = [s for s in here if s.cache == "cached"]
    if not cold:
        return {}
    found = {
        "phone: size cold": max(s.kilobytes for s in cold),
        "phone: requests cold": max(s.requests for s in cold),
        "phone: size cached": max(s.kilobytes for s in cached),
        "phone: first paint": max(s.paint for s in cold),
        "phone: works cold": max(s.works for s in cold),
        "phone: works cached": max(s.works for s in cached),
        "phone: layout shift": max(s.shift for s in ours),
    }
    stock = [s.works for s in screens if s.kind == "voila" and s.cache == "cold"]
    if stock:
        print(f"Stock Voila, cold, both lines: {statistics.mean(stock):.1f} s")
    return found
