"""Whether a process can be forked safely: no threads, no files open for writing."""

import contextlib
import os
import site
import sys
import threading
from functools import cache
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
    return reads and name.startswith(_libraries())


@cache
def _libraries() -> tuple[str, ...]:
    """List the folders of libraries, by the names that the system calls them."""
    folders = [sys.prefix, sys.base_prefix, *site.getsitepackages()]
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    return tuple(os.path.join(os.path.realpath(one), "") for one in folders)


def unforkable_reason(before: set[tuple[str, str]]) -> str:
    """Return why this process cannot be forked safely, or an empty string."""
    threads = [
        t.name for t in threading.enumerate() if t is not threading.main_thread()
    ]
    if threads:
        return f"it leaves threads running ({', '.join(threads)})"
    opened = sorted(name for _, name in open_files() - before)
    return f"it leaves files open ({', '.join(opened)})" if opened else ""
