"""A template: one process that has executed one notebook and forks kernels from it.

It is single-threaded, has no event loop and no sockets but the line to the server.
"""

import atexit
import contextlib
import gc
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import kernel, wire
from .run import run

SECONDS_TO_END = 3
MEMORY = 2 * 2**30  # bytes that a notebook may add to what the base process has


def limit_memory() -> None:
    """Let a notebook that eats memory fail by itself, before the laptop does."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (ImportError, OSError):
        return
    most = pages * resource.getpagesize() + MEMORY
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def report(line: socket.socket, path: Path) -> dict[str, Any]:
    """Run the notebook and tell the server how it goes, and what came of it."""
    limit_memory()
    outcome = run(path, lambda cell: wire.send(line, {"cell": cell}))
    wire.send(line, {"done": outcome})
    return outcome


def main(line: socket.socket, path: Path) -> None:
    """Run the notebook, then fork whenever the server asks; end when it hangs up."""
    outcome = report(line, path)
    if outcome["error"] or outcome["keeps"]:
        return
    del outcome
    kernel.prepare()
    gc.collect()
    gc.disable()
    gc.freeze()  # so that no collection writes to it, and its pages stay shared
    serve(line, _kernel, outlive=False)


def serve(
    line: socket.socket,
    begin: Callable[[dict[str, Any], list[int]], Any],
    *,
    outlive: bool,
) -> None:
    """Fork for each request and keep exit codes, until the server hangs up.

    Forks that ``outlive`` the line end by themselves; others are ended with it.
    """
    ended: dict[int, int] = {}
    forked: set[int] = set()
    with contextlib.suppress(wire.Closed, OSError):
        while True:
            request, fds = wire.receive(line, 1)
            _reap(forked, ended)
            if "status" in request:
                wire.send(line, {"code": ended.pop(request["status"], None)})
                continue
            pid = os.fork()
            if pid == 0:
                line.close()
                _end(begin, request, fds)
            forked.add(pid)
            for fd in fds:
                os.close(fd)
            wire.send(line, {"pid": pid})
    patience = time.monotonic() + (SECONDS_TO_END if outlive else 0)
    while forked and time.monotonic() < patience:
        _reap(forked, ended)
        time.sleep(0.02)
    for pid in forked:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _reap(forked: set[int], ended: dict[int, int]) -> None:
    """Take the exit codes of forks that have ended."""
    with contextlib.suppress(ChildProcessError):
        while (status := os.waitpid(-1, os.WNOHANG)) != (0, 0):
            ended[status[0]] = os.waitstatus_to_exitcode(status[1])
            forked.discard(status[0])


def _end(begin: Callable[..., Any], request: dict[str, Any], fds: list[int]) -> None:
    """Do what the fork is for, then leave without unwinding the parent's stack."""
    code = 0
    try:
        begin(request, fds)
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 0
    except BaseException:
        traceback.print_exc()
        code = 1
    with contextlib.suppress(BaseException):
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _kernel(request: dict[str, Any], _: list[int]) -> None:
    kernel.detach(request["cwd"], request["env"])
    kernel.serve(request["connection_file"])
