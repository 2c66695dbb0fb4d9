"""Ends child processes when their parent ends, however it ends.

The parent alone holds the write end of a pipe. When it dies, killed or not, the kernel
closes that end and, by signal-driven I/O, signals the process group of each child: no
handler, no thread and no turn of the child is needed, so an endless cell ends as well.
`PR_SET_PDEATHSIG` would reach neither grandchildren nor groups, and fires when the
*thread* ends that started the child. Where there is no ``/proc`` (macOS) a thread looks
once a second whether the parent is there; on Windows nothing is done.

As a script, ``lifeline.py SIGNAL COMMAND …`` follows its parent and becomes COMMAND.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
import time
from functools import cache
from pathlib import Path

NAME = "BEYOND_LIFELINE"
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows has no SIGKILL
KERNEL_DOES_IT = sys.platform == "linux"
SECONDS = 1.0  # between two looks, where the kernel does not tell


class Lifeline:
    """A pipe whose write end this process holds until it ends."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        self.address = f"/proc/{os.getpid()}/fd/{self._read}"

    def let_go(self) -> None:
        """Do not hold it: a fork calls this, before it follows the process it left."""
        os.close(self._write)


@cache
def _ours(pid: int) -> Lifeline:
    return Lifeline()


def address() -> str:
    """Return where other processes find the lifeline of this one."""
    return _ours(os.getpid()).address


def environment() -> dict[str, str]:
    """Return the variable by which a child of this process finds its lifeline."""
    return {NAME: address()} if os.name == "posix" else {}


def command(*words: str, how: int = KILL) -> list[str]:
    """Wrap the command of another program, to be started with `environment`."""
    if os.name != "posix":
        return list(words)
    return [sys.executable, "-I", "-S", __file__, str(int(how)), *words]


def given() -> str:
    """Take the address of the parent's lifeline from the environment, if there is."""
    return os.environ.pop(NAME, "")


def follow(where: str, how: int = KILL) -> None:
    """Have this process, or the group that it leads, signalled when a lifeline ends.

    Parameters
    ----------
    where : address of the lifeline; empty, and nothing is followed.
    how : the signal; it comes at once if the other process has ended already.
    """
    if not where:
        return
    if not KERNEL_DOES_IT:
        threading.Thread(target=_watch, args=(where, how), daemon=True).start()
        return
    import fcntl

    own = os.getpgrp() == os.getpid()
    try:
        # a new open file: its owner and signal are this process's, not its parent's
        end = os.open(where, os.O_RDONLY | os.O_NONBLOCK)
        fcntl.fcntl(end, fcntl.F_SETSIG, int(how))
        fcntl.fcntl(end, fcntl.F_SETOWN, -os.getpgrp() if own else os.getpid())
        flags = fcntl.fcntl(end, fcntl.F_GETFL)
        fcntl.fcntl(end, fcntl.F_SETFL, flags | os.O_ASYNC)
        os.set_inheritable(end, True)
        look = select.poll()
        look.register(end, 0)
        ended = bool(look.poll(0))
    except FileNotFoundError:
        ended = True
    except OSError:  # it is about to end, or this system lets nobody look
        ended = _ends_soon(where)
    if ended:
        _signal(how)


def _signal(how: int) -> None:
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), how)
    else:
        os.kill(os.getpid(), how)


def _watch(where: str, how: int) -> None:
    while _lives(where):
        time.sleep(SECONDS)
    _signal(how)


def _ends_soon(where: str) -> bool:
    patience = time.monotonic() + SECONDS
    while lives := _lives(where):
        if time.monotonic() > patience:
            break
        time.sleep(0.01)
    return not lives


def _lives(where: str) -> bool:
    pid = int(where.split("/")[2])
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:  # what has ended may be listed for a while
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return not KERNEL_DOES_IT
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def _main(how: int, words: list[str]) -> int:
    """Become another program that follows our parent, or wait beside it."""
    where = given()
    if KERNEL_DOES_IT:
        follow(where, how)
        os.execvp(words[0], words)
    program = subprocess.Popen(words)
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, lambda number, _: program.send_signal(number))
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return program.wait(SECONDS)
        if where and not _lives(where):
            program.send_signal(how)


if __name__ == "__main__":
    sys.exit(_main(int(sys.argv[1]), sys.argv[2:]))
