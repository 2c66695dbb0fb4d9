"""A template: one process that has executed one notebook and forks kernels from it.

It is single-threaded, has no event loop and no sockets but the line to the server.
"""

import atexit
import contextlib
import gc
import os
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import kernel, wire
from .run import run

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
    gc.collect()
    gc.disable()
    gc.freeze()  # so that no collection writes to it, and its pages stay shared
    serve(line, _kernel)


def serve(
    line: socket.socket, begin: Callable[[dict[str, Any], list[int]], Any]
) -> None:
    """Fork for each request, and keep the exit codes of what was forked."""
    ended: dict[int, int] = {}
    while True:
        try:
            request, fds = wire.receive(line, 1)
        except (wire.Closed, OSError):
            return
        with contextlib.suppress(ChildProcessError):
            while (status := os.waitpid(-1, os.WNOHANG)) != (0, 0):
                ended[status[0]] = os.waitstatus_to_exitcode(status[1])
        if "status" in request:
            wire.send(line, {"code": ended.pop(request["status"], None)})
            continue
        pid = os.fork()
        if pid == 0:
            line.close()
            _end(begin, request, fds)
        for fd in fds:
            os.close(fd)
        wire.send(line, {"pid": pid})


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
