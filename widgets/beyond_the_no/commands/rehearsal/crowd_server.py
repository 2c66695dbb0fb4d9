"""The workshop that a crowd comes to: the kit's lessons, and two with a question."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import nbformat
import psutil

from ...common import lifeline, resources
from ...server.host.ports import free_ports
from .http_client import Web

LESSONS = ("room_one", "room_two")
PAGE = "lesson/01_why_it_hurts"
POLL = "which"
ASKS = f"""from beyond_the_no.together import Poll
Poll("{POLL}", "Which?", ["a", "b", "c"], sensitive=False)"""
KEY = "crowd"
PATIENCE = 180.0  # seconds until all lessons have run and their pictures are drawn
BUSY = 0.15  # seconds of processor in a second and a half: it still prepares


def _write(folder: Path) -> None:
    for lesson in resources.find("notebooks").glob("*.ipynb"):
        shutil.copy(lesson, folder)
    for name, code in zip(LESSONS, (ASKS, "1"), strict=True):
        notebook = nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_markdown_cell(f"# {name}"),
                nbformat.v4.new_code_cell(code),
            ],
            metadata={"title": name},
        )
        nbformat.write(notebook, folder / f"{name}.ipynb")


def _family(pid: int) -> list[psutil.Process]:
    with contextlib.suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    return []


def _processor(pid: int) -> float:
    seconds = 0.0
    for process in _family(pid):
        with contextlib.suppress(psutil.Error):
            seconds += sum(process.cpu_times()[:4])
    return seconds


async def _has_run(port: int) -> bool:
    web = Web(port)
    try:
        health = json.loads((await web.ask("healthz")).text)
    except (OSError, EOFError, ValueError):
        return False
    finally:
        web.close()
    return len(health["ready"]) + len(health["trouble"]) == len(health["lessons"])


async def _prepared(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until all lessons have run, and until it rests."""
    async with asyncio.timeout(PATIENCE):
        while not await _has_run(port):
            if process.poll() is not None:
                raise OSError("the workshop ended")
            await asyncio.sleep(0.1)
        before, now = 0.0, _processor(process.pid)
        while now - before > BUSY:
            await asyncio.sleep(1.5)
            before, now = now, _processor(process.pid)


@asynccontextmanager
async def serving(phones: int) -> AsyncIterator[tuple[int, str]]:
    """Open a workshop on this laptop only; its port and the leader's key."""
    with tempfile.TemporaryDirectory(prefix="crowd-") as name:
        _write(Path(name))
        (port,) = free_ports(1)
        process = subprocess.Popen(
            lifeline.command(
                *(sys.executable, "-m", "beyond_the_no.commands.main", "open"),
                *("--json", "--no-browser", "--ip", "127.0.0.1", "--port", str(port)),
                *("--key", KEY, "--lessons", name, "--max-kernels", str(phones)),
            ),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | lifeline.environment(),
        )
        try:
            await _prepared(process, port)
            yield port, KEY
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the workshop; what it leaves behind is ended, too."""
    family = _family(process.pid)
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for left in family:
        with contextlib.suppress(psutil.Error):
            if left.is_running():
                left.kill()
