"""Template process: has executed one notebook, and forks kernels from it.

It has one thread, no event loop, and no sockets but the connection to the server.
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
from functools import partial
from pathlib import Path
from typing import Any

from ...common import lifeline
from ..execution.execute import execute_notebook
from . import ipc, kernel_process, memory

SECONDS_TO_END = 3
MEMORY = 2 * 2**30  # bytes that a notebook may add to what the zygote has


def report(send: Callable[[Any], None], path: Path) -> dict[str, Any]:
    """Run the notebook and tell the server how it goes, and what came of it."""
    memory.limit(MEMORY)  # one that eats more fails by itself, before the laptop does
    outcome = execute_notebook(path, lambda cell: send({"cell": cell}))
    send({"done": outcome})
    return outcome


def main(connection: socket.socket, path: Path) -> None:
    """Run the notebook, then fork whenever the server asks; end when it hangs up."""
    outcome = report(partial(ipc.send, connection), path)
    if outcome["error"] or outcome["unforkable_reason"]:
        return
    del outcome
    kernel_process.prepare()
    gc.collect()
    gc.disable()
    gc.freeze()  # so that no collection writes to it, and its pages stay shared
    serve(connection, _kernel, outlive=False)


def serve(
    connection: socket.socket,
    begin: Callable[[dict[str, Any], list[int]], Any],
    *,
    outlive: bool,
) -> None:
    """Fork for each request and keep exit codes, until the server hangs up.

    Forks that ``outlive`` the connection end by themselves; others are ended with it,
    and at once if this process is killed.
    """
    ended: dict[int, int] = {}
    forked: set[int] = set()
    life = None if outlive else lifeline.Lifeline()
    with contextlib.suppress(ipc.PeerClosed, OSError):
        while True:
            request, fds = ipc.receive(connection, 1)
            _reap(forked, ended)
            if "status" in request:
                ipc.send(connection, {"code": ended.pop(request["status"], None)})
                continue
            pid = os.fork()
            if pid == 0:
                _end(begin, request, fds, connection, life)
            _lead_group(pid)
            forked.add(pid)
            for fd in fds:
                os.close(fd)
            ipc.send(connection, {"pid": pid})
    patience = time.monotonic() + (SECONDS_TO_END if outlive else 0)
    while forked and time.monotonic() < patience:
        _reap(forked, ended)
        time.sleep(0.02)
    for pid in forked:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
    for pid in forked:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)


def _lead_group(pid: int) -> None:
    """Give a fork a group of its own; both sides do, so neither finds it without."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.setpgid(pid, pid)


def _reap(forked: set[int], ended: dict[int, int]) -> None:
    """Take the exit codes of forks that have ended."""
    with contextlib.suppress(ChildProcessError):
        while (status := os.waitpid(-1, os.WNOHANG)) != (0, 0):
            ended[status[0]] = os.waitstatus_to_exitcode(status[1])
            forked.discard(status[0])


def _end(
    begin: Callable[..., Any],
    request: dict[str, Any],
    fds: list[int],
    connection: socket.socket,
    life: lifeline.Lifeline | None,
) -> None:
    """Do what the fork is for, then leave without unwinding the parent's stack."""
    code = 0
    try:
        _lead_group(os.getpid())
        connection.close()
        if life is not None:
            life.let_go()
            lifeline.follow(life.address)
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
    kernel_process.detach(request["cwd"], request["env"])
    kernel_process.serve(request["connection_file"])
