"""The kit's command, begun as a fork of a process that has imported it already.

Tests start it a few hundred times, and importing a server takes more of the processor
than most of them. Beyond that it is the program that everybody starts: its arguments,
folder, environment, streams, signals and exit are its own. Where a test is about how
it starts, it starts Python itself.
"""

import contextlib
import gc
import inspect
import json
import os
import selectors
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

POSSIBLE = hasattr(os, "pidfd_open")  # Linux
ARGUMENTS = list(inspect.signature(subprocess.Popen._execute_child).parameters)[1:]
REQUEST = 2**20
PID, STATUS = struct.Struct("q"), struct.Struct("i")


class Forked(subprocess.Popen):
    """A process of its own, as `subprocess.Popen` starts one, from a command's words.

    A template is its parent, and ends it when this process ends. Only its streams,
    ``cwd`` and ``env`` can be chosen.
    """

    def _execute_child(self, *given: Any) -> None:
        about = dict(zip(ARGUMENTS, given, strict=True))
        ours = ("p2cread", "c2pwrite", "errwrite")
        theirs = [at if about[n] == -1 else about[n] for at, n in enumerate(ours)]
        env = dict(os.environ if about["env"] is None else about["env"])
        what = {"words": about["args"], "cwd": str(about["cwd"] or "."), "env": env}
        template, asking = _template(os.getpid())
        self._told, telling = os.pipe()
        try:
            line = json.dumps(what).encode()
            socket.send_fds(asking, [line], [*theirs, telling])
        finally:
            os.close(telling)
            pipes = [name for name in ARGUMENTS if name[:3] in ("p2c", "c2p", "err")]
            self._close_pipe_fds(*(about[name] for name in pipes))
        if not (told := os.read(self._told, PID.size)):
            raise RuntimeError(template.stderr.read().decode())
        self.pid = PID.unpack(told)[0]
        self._child_created = True

    def _try_wait(self, wait_flags: int) -> tuple[int, int]:
        with selectors.DefaultSelector() as looking:
            looking.register(self._told, selectors.EVENT_READ)
            if not looking.select(0 if wait_flags & os.WNOHANG else None):
                return 0, 0
        read = os.read(self._told, STATUS.size)
        # without a word the template has ended, and its forks with it
        return self.pid, STATUS.unpack(read)[0] if read else int(signal.SIGKILL)

    def _internal_poll(self, _deadstate: Any = None, **_: Any) -> int | None:
        if self.returncode is None and self._waitpid_lock.acquire(False):
            try:
                if self.returncode is None:
                    pid, status = self._try_wait(os.WNOHANG)
                    if pid:
                        self._handle_exitstatus(status)
            finally:
                self._waitpid_lock.release()
        return self.returncode

    def _handle_exitstatus(self, sts: int, *more: Any) -> None:
        super()._handle_exitstatus(sts, *more)
        os.close(self._told)


@cache
def _template(pid: int) -> tuple[subprocess.Popen, socket.socket]:
    """Start the template of this process, and a socket by which to ask for forks."""
    mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    mine.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, REQUEST)
    widgets = Path(__file__).parents[2] / "widgets"
    path = os.pathsep.join([str(widgets), os.environ.get("PYTHONPATH", "")])
    process = subprocess.Popen(
        [sys.executable, "-P", __file__, str(its.fileno())],
        pass_fds=[its.fileno()],
        env=os.environ | {"PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,  # what a stream can do is seen when Python starts
        stderr=subprocess.PIPE,
    )
    its.close()
    return process, mine


def _become(what: dict[str, Any], streams: list[int]) -> list[str]:
    """Make this fork what was asked for; return its arguments."""
    for at, stream in enumerate(streams):
        os.dup2(stream, at)
        os.close(stream)
    os.chdir(what["cwd"])
    os.environ.clear()
    os.environ.update(what["env"])
    tempfile.tempdir = None  # looked up when it is needed
    time.tzset()
    sys.path.insert(0, os.getcwd())  # as with -m
    return what["words"]


def _serve(asked: socket.socket) -> list[str]:
    """Fork for whoever asks, and tell how the forks ended; in a fork, its arguments."""
    watched = selectors.DefaultSelector()
    watched.register(asked, selectors.EVENT_READ)
    while True:
        for key, _ in watched.select():
            if key.fileobj is not asked:
                pid, telling = key.data
                status = os.waitpid(pid, 0)[1]
                with contextlib.suppress(BrokenPipeError):  # nobody waits for it
                    os.write(telling, STATUS.pack(status))
                watched.unregister(key.fileobj)
                os.close(key.fileobj)
                os.close(telling)
                continue
            line, fds, *_ = socket.recv_fds(asked, REQUEST, 4)
            if not line:
                os._exit(0)  # the tests have ended
            *streams, telling = fds
            if not (pid := os.fork()):
                for other in list(watched.get_map().values()):
                    if other.data:
                        os.close(other.fd)
                        os.close(other.data[1])
                os.close(telling)
                asked.close()
                watched.close()
                return _become(json.loads(line), streams)
            os.write(telling, PID.pack(pid))
            for stream in streams:
                os.close(stream)
            watched.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, telling))


if __name__ == "__main__":
    from beyond_the_no.commands import main
    from beyond_the_no.commands import open as _open  # noqa: F401
    from beyond_the_no.common import lifeline
    from beyond_the_no.server import app as _app  # noqa: F401
    from beyond_the_no.server.workshop import workshop as _workshop  # noqa: F401

    gc.collect()
    gc.freeze()  # what forks share
    sys.argv = ["main.py", *_serve(socket.socket(fileno=int(sys.argv[1])))]
    lifeline.follow(lifeline.given())
    sys.exit(main.main())
