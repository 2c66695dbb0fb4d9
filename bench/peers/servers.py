"""The servers that are compared, each started as its own documentation says."""

import asyncio
import contextlib
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib

from beyond_the_no.commands.rehearsal.http_client import Web
from beyond_the_no.common import lifeline
from report import process_usage

HERE = Path(__file__).parent
REPO = HERE.parents[1]
LESSONS = sorted((REPO / "notebooks").glob("*.ipynb"))
OPEN_FILES = 1024  # the usual limit of a shell
LOCAL = "127.0.0.1"
GUESTS = 2  # who come before the measured ones: a browser, and a first phone


@dataclass(frozen=True)
class Kind:
    """A server: how it is called, and what it is allowed."""

    name: str
    command: Callable[["Server"], list[str]]
    allowed: str
    page: str = ""
    pool: bool = False
    ready: bool = False  # keeps a few kernels ready
    v1: bool = True
    base: str = ""  # the address below which it answers
    absent: tuple[str, ...] = ()  # what it would fetch from the internet by itself


@dataclass
class Server:
    """One that runs, in a folder with one notebook, for ``phones`` phones."""

    kind: Kind
    notebook: Path
    phones: int
    folder: Path
    port: int
    pid: int = 0
    prepared: tuple[float, float] = (0, 0)  # seconds, CPU seconds before it is open
    log: Path = field(default=Path(os.devnull))

    @property
    def page(self) -> str:
        return self.kind.page.format(self.notebook.stem)


def ours(*options: str) -> Callable[[Server], list[str]]:
    def command(s: Server) -> list[str]:
        start = [sys.executable, "-m", "beyond_the_no.commands.main", "open", "--json"]
        where = ["--no-browser", "--ip", LOCAL, "--port", str(s.port), "--key", "bench"]
        room = ["--lessons", str(s.folder), "--max-kernels", str(s.phones + 20)]
        return [*start, *where, *room, *options]

    return command


def _voila(
    *options: str, program: tuple[str, ...] = ("-m", "voila")
) -> Callable[[Server], list[str]]:
    def command(s: Server) -> list[str]:
        start = [sys.executable, *program, str(s.folder / s.notebook.name)]
        where = ["--no-browser", f"--Voila.ip={LOCAL}", f"--port={s.port}"]
        return [*start, *where, *(o.format(s.phones + GUESTS) for o in options)]

    return command


def _elsewhere(name: str, *options: str) -> Callable[[Server], list[str]]:
    """A peer in the environment of peers, which shows the lesson written its way."""

    def command(s: Server) -> list[str]:
        app = str(HERE / f"lesson_{name}.py")
        program = str(HERE.parent / ".venv/bin" / name)
        return [program, "run", app, *(o.format(s.port) for o in options)]

    return command


POOL = ("--preheat_kernel=True", "--pool_size={}")
SLIM = Kind(
    "ours, slim",
    ours(),
    "the defaults: no kernel before it is needed",
    "lesson/{}",
    ready=True,
)
OURS = Kind(
    "ours",
    ours("--front-end", "voila"),
    "a kernel for every phone",
    "lesson/{}",
    ready=True,
)
FRESH = Kind(
    "ours, no fork",
    ours("--kernels", "fresh", "--front-end", "voila"),
    "as on macOS, Windows",
    "lesson/{}",
    ready=True,
)
STOCK = Kind("voila", _voila(), "its defaults")
REFILL = Kind("voila pool", _voila(*POOL), "a pool for all, filled before", pool=True)
FULL = Kind(
    "voila pool, no refill",
    _voila(*POOL, "--VoilaKernelManager.fill_delay=86400"),
    "the same, left alone while people come",
    pool=True,
)
PACKED = Kind(
    "voila, compressed",
    _voila(program=(str(HERE / "voila_compressed.py"),)),
    "what it sends is compressed",
)
SOLARA = Kind(
    "solara",
    _elsewhere("solara", "--production", "--no-open", "--port={}"),
    "production mode, assets from this server",
    v1=False,
    absent=("*/_solara/cdn/katex@*",),
)
STREAMLIT = Kind(
    "streamlit",
    _elsewhere(
        "streamlit",
        "--server.port={}",
        f"--server.address={LOCAL}",
        "--server.headless=true",
        "--server.fileWatcherType=none",
        "--browser.gatherUsageStats=false",
    ),
    "fragments, no watching of files, no statistics",
)
MARIMO = Kind(
    "marimo",
    _elsewhere("marimo", "--headless", "--no-token", "--port={}"),
    "as an app",
)
ELSEWHERE = {SOLARA.name, STREAMLIT.name, MARIMO.name}  # not in the kit's environment


def cores() -> int:
    """Count the cores that this process may use."""
    count = getattr(os, "sched_getaffinity", None)
    return len(count(0)) if count else os.cpu_count() or 1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOCAL, 0))
        return int(probe.getsockname()[1])


def _limit() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, hard))


@asynccontextmanager
async def serving(
    kind: Kind,
    notebook: Path,
    phones: int,
    *,
    cache: Path | None = None,
    more: Sequence[Path] = (),
    port: int | None = None,
    wrap: tuple[str, ...] = (),
    patience: float = 120,
) -> AsyncIterator[Server]:
    """Start a server, wait for its port, end it with all its processes.

    Parameters
    ----------
    cache : where libraries keep what they keep; this machine's own by default.
    more : notebooks that lie beside it.
    port : chosen by the system, unless it is said.
    wrap : put in the place of ``-m beyond_the_no.commands.main``.
    """
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    for one in (notebook, *more):
        shutil.copy(one, folder)
    server = Server(kind, notebook, phones, folder, port or free_port())
    command = kind.command(server)
    if wrap:
        command[1:3] = wrap
    env = os.environ | {"MPLCONFIGDIR": matplotlib.get_cachedir()}
    if cache is not None:
        env = os.environ | {"XDG_CACHE_HOME": str(cache)}
    env = env | lifeline.environment()
    server.log = folder / "log.txt"
    began = time.monotonic()
    with server.log.open("w") as log:
        process = subprocess.Popen(
            lifeline.command(*command),
            stdout=log,
            stderr=log,
            env=env,
            cwd=folder,
            preexec_fn=_limit,
        )
    server.pid = process.pid
    try:
        while not await _answers(server.port):
            if process.poll() is not None or time.monotonic() - began > patience:
                raise RuntimeError(f"{kind.name}: {server.log.read_text()[-800:]}")
            await asyncio.sleep(0.02)
        if kind.pool:
            await process_usage.idle(server.pid, patience, more_than=server.phones)
        server.prepared = (time.monotonic() - began, process_usage.cpu(process.pid))
        yield server
    finally:
        _end(process)
        shutil.rmtree(folder, ignore_errors=True)


async def _answers(port: int) -> bool:
    with contextlib.suppress(OSError):
        _, writer = await asyncio.open_connection(LOCAL, port)
        writer.close()
        return True
    return False


async def all_run(port: int, base: str = "") -> None:
    """Wait until one of ours, below this address, has run all of its lessons."""
    web = Web(port)
    while True:
        told = json.loads((await web.ask(f"{base}healthz")).text)
        if len(told["ready"]) + len(told["trouble"]) == len(told["lessons"]):
            break
        await asyncio.sleep(0.1)
    web.close()


async def at_rest(server: Server) -> None:
    """Wait until ours has run all lessons, and has drawn their pictures."""
    await all_run(server.port)
    await process_usage.idle(server.pid, 300)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a server; what it leaves behind is ended, too, by id."""
    family = process_usage.tree(process.pid)
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for left in family:
        with contextlib.suppress(Exception):
            if left.is_running():
                left.kill()
