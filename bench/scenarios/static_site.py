"""A lesson as plain files (``beyond-the-no site``) beside the same one from a workshop.

nginx serves the files, each with a packed twin (``gzip_static``); wrk asks. Where these
two programs are not installed, their promise is not measured, and that is said.
"""

import asyncio
import gzip
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from peers import servers
from peers.servers import LOCAL, Kind, Server, free_port
from report.tables import Columns, table
from scenarios import browser_phone
from scenarios.browser_phone import KIT

PREFIX = "some/where/"
SECONDS, LINES = 8, 64
SITE = Kind("site", lambda s: [], "nginx, files packed", PREFIX + "lesson/{}.html")
CONFIG = """worker_processes 2; daemon off; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 1024; }}
http {{ types {{ text/html html; text/css css; text/javascript js;
  image/svg+xml svg; application/manifest+json webmanifest; }}
access_log off; gzip_static on; sendfile on; tcp_nopush on; keepalive_requests 100000;
client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
fastcgi_temp_path {folder}/f;
uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
server {{ listen {local}:{port} reuseport; root {folder}/host; }} }}"""
ROTATE = """local at, paths = 0, {{ {paths} }}
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], {{ ["Accept-Encoding"] = "gzip" }})
end"""


@dataclass(frozen=True)
class Row:
    """One way to serve the lesson: seconds on a phone, and requests a second."""

    kind: str
    works: float
    moved: float
    kilobytes: float
    a_second: float | None
    errors: int | None


@contextmanager
def made(folder: Path) -> Iterator[Path]:
    """Make a site of one lesson, and pack each file beside it."""
    lessons, host = folder / "lessons", folder / "host"
    lessons.mkdir()
    shutil.copy(KIT, lessons)
    out = host / PREFIX
    command = [sys.executable, "-m", "beyond_the_no.commands.main", "site", str(out)]
    subprocess.run(
        [*command, "--lessons", str(lessons)], check=True, capture_output=True
    )
    for path in [p for p in out.rglob("*") if p.is_file()]:
        packed = path.with_name(f"{path.name}.gz")
        packed.write_bytes(gzip.compress(path.read_bytes(), 9))
    yield out


@asynccontextmanager
async def nginx(folder: Path) -> AsyncIterator[Server]:
    """Serve it."""
    folder.chmod(0o755)  # nginx gives up its rights
    server = Server(SITE, KIT, 1, folder, free_port())
    config = CONFIG.format(folder=folder, local=LOCAL, port=server.port)
    (folder / "nginx.conf").write_text(config)
    command = ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors")]
    process = subprocess.Popen(command)
    try:
        while not await servers._answers(server.port):
            if process.poll() is not None:
                raise RuntimeError((folder / "errors").read_text()[-500:])
            await asyncio.sleep(0.02)
        yield server
    finally:
        process.terminate()
        process.wait()


async def moved(server: Server, slowed: int) -> float:
    """Seconds from a tap on the first control to the picture it asks for."""
    async with browser_phone.browser() as phone:
        page = await phone.new_page()
        cdp = await phone.new_cdp_session(page)
        await cdp.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
        await page.goto(f"http://{LOCAL}:{server.port}/{server.page}")
        await page.locator("[data-live] .beyond-explore form button").click()
        box = page.locator(".beyond-explore-controls :is(select, input)").last
        await box.wait_for()
        return float(
            await box.evaluate(
                """async (box) => {
              const said = box.closest(".beyond-explore").querySelector("output");
              const before = said.textContent, began = performance.now();
              const { type, value, max, min, options } = box;
              if (options) box.selectedIndex = options.length - 1;
              if (type === "range") box.value = value === max ? min : max;
              if (type === "radio" || type === "checkbox") box.click();
              else for (const name of ["input", "change"])
                box.dispatchEvent(new Event(name, { bubbles: true }));
              while (said.textContent === before && performance.now() - began < 20000)
                await new Promise(requestAnimationFrame);
              return (performance.now() - began) / 1000;
            }"""
            )
        )


async def asked(server: Server, paths: list[str], seconds: int) -> tuple[float, int]:
    """Ask as fast as it answers: requests a second, and errors."""
    script = server.folder / "rotate.lua"
    script.write_text(ROTATE.format(paths=", ".join(f'"/{p}"' for p in paths)))
    load = ["-t1", f"-c{LINES}", f"-d{seconds}s", "-s", str(script)]
    process = await asyncio.create_subprocess_exec(
        *("wrk", *load, f"http://{LOCAL}:{server.port}/"),
        stdout=subprocess.PIPE,
    )
    said = (await process.communicate())[0].decode()
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    broken = re.search(r"connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    status = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    errors = sum(map(int, broken.groups())) if broken else 0
    errors += int(status[1]) if status else 0
    return (float(rate[1]) if rate else 0.0), errors


def needed(page: Path, out: Path) -> list[str]:
    """List what a visit to the lesson asks for: page, style, scripts, pictures."""
    found = re.findall(r'(?:href|src)="(\.\./assets/[^"]+)"', page.read_text("utf-8"))
    files = [page, *((page.parent / path).resolve() for path in dict.fromkeys(found))]
    files += out.glob("pictures/*/*.js")
    return [f"{PREFIX}{file.relative_to(out)}" for file in files]


async def run(peers: set[str], quick: bool) -> tuple[list[Row], dict[str, float]]:
    """Measure both."""
    programs = [name for name in ("nginx", "wrk") if not shutil.which(name)]
    if programs:
        print(f"Not measured: {' and '.join(programs)} not installed here.")
        return [], {}
    slowed, seconds = (1, 1) if quick else (browser_phone.SLOWED, SECONDS)
    rows = []
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        with made(folder) as out:
            async with nginx(folder) as server:
                page = out / "lesson" / f"{KIT.stem}.html"
                rows.append(await measure(server, needed(page, out), slowed, seconds))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    async with servers.serving(servers.SLIM, KIT, 2) as server:
        await browser_phone.until_ready(server)
        rows.append(await measure(server, [server.page], slowed, seconds))
    return rows, measured(rows)


async def measure(server: Server, paths: list[str], slowed: int, seconds: int) -> Row:
    """Visit once, cold, then ask."""
    async with browser_phone.browser() as phone:
        seen = await browser_phone.visit(server, phone, "loopback", "cold", slowed)
    answered = await moved(server, slowed)
    rate, errors = await asked(server, paths, seconds)
    return Row(server.kind.name, seen.works, answered, seen.kilobytes, rate, errors)


def report(rows: list[Row]) -> list[str]:
    """Write the rows, and how many times as many requests the files answer."""
    columns: Columns = {
        "server": lambda r: r.kind,
        "control works s": lambda r: f"{r.works:.2f}",
        "new picture s": lambda r: f"{r.moved:.2f}",
        "kB": lambda r: f"{r.kilobytes:.0f}",
        "requests/s": lambda r: f"{r.a_second:.0f}",
        "errors": lambda r: str(r.errors),
    }
    lines = table(columns, rows)
    if len(rows) == 2 and rows[1].a_second:
        times = (rows[0].a_second or 0) / rows[1].a_second
        sooner = rows[1].works / rows[0].works
        lines += ["", f"Files: {times:.1f} times the requests, {sooner:.1f}x as soon."]
    return lines


def measured(rows: list[Row]) -> dict[str, float]:
    """Take what promises are about."""
    site = rows[0]
    return {
        "site: works cold": site.works,
        "site: requests": site.a_second or 0,
        "site: errors": site.errors or 0,
    }
