"""What a server and all its processes use."""

import asyncio
import contextlib
import time
from pathlib import Path

import psutil


def tree(pid: int) -> list[psutil.Process]:
    """List a process and everything that descends from it."""
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def cpu(pid: int) -> float:
    """CPU seconds so far, of those that have ended (and were waited for), too."""
    seconds = 0.0
    for process in tree(pid):
        with contextlib.suppress(psutil.Error):
            seconds += sum(process.cpu_times()[:4])  # own and waited-for children's
    return seconds


def memory(pid: int, *, alone: bool = False) -> float:
    """PSS in MB: a page that n processes share counts for 1/n in each."""
    kilobytes = 0
    for process in tree(pid)[: 1 if alone else None]:
        with contextlib.suppress(OSError, StopIteration):
            text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
            line = next(x for x in text.splitlines() if x.startswith("Pss:"))
            kilobytes += int(line.split()[1])
    return kilobytes / 1024


def open_files(pid: int) -> int:
    """Count file descriptors."""
    found = 0
    for process in tree(pid):
        with contextlib.suppress(psutil.Error):
            found += process.num_fds()
    return found


async def settled(pid: int, quiet: float = 3, patience: float = 30) -> int:
    """Wait until processes neither come nor go; return how many there are."""
    end, since, before = time.monotonic() + patience, time.monotonic(), -1
    while time.monotonic() < end and time.monotonic() - since < quiet:
        await asyncio.sleep(0.25)
        now = len(tree(pid))
        if now != before:
            since, before = time.monotonic(), now
    return before


async def idle(pid: int, patience: float, more_than: int = 0) -> None:
    """Wait until there are more processes than that, and they do nothing."""
    end, before = time.monotonic() + patience, 0.0
    while time.monotonic() < end:
        now = cpu(pid)
        if len(tree(pid)) > more_than and now - before < 0.15:
            return
        before = now
        await asyncio.sleep(1.5)
