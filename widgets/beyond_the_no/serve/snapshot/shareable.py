"""What copies of a process can share, and what they cannot."""

import contextlib
import os
import sys
import threading
from pathlib import Path


def open_files() -> set[tuple[str, str]]:
    """List what this process holds open, where that can be known."""
    here = Path("/proc/self/fd")
    found = set()
    for entry in here.iterdir() if here.is_dir() else ():
        with contextlib.suppress(OSError):  # the listing itself is open, too
            name = os.readlink(entry)
            if not _shareable(entry.name, name):
                found.add((entry.name, name))
    return found


def _shareable(number: str, name: str) -> bool:
    """Whether copies of a process may share this file: a library's own, to read."""
    if name.startswith(("/dev/", "/proc/")):
        return True
    info = Path("/proc/self/fdinfo", number).read_text().split("flags:")[1].split()[0]
    reads = int(info, 8) & os.O_ACCMODE == os.O_RDONLY
    return reads and name.startswith(sys.prefix)


def keeps(before: set[tuple[str, str]]) -> str:
    """Say what a forked copy of this process could not share, or nothing."""
    threads = [
        t.name for t in threading.enumerate() if t is not threading.main_thread()
    ]
    if threads:
        return f"it leaves threads running ({', '.join(threads)})"
    opened = sorted(name for _, name in open_files() - before)
    return f"it leaves files open ({', '.join(opened)})" if opened else ""
