"""Loaded by every Python that a test starts: takes from the kit what is Linux's.

The kit's modules get stand-ins for the standard library's; all other packages keep the
real ones, as theirs is not what is tested. They lack what the system lacks that the
variable `ELSEWHERE` names, as `sys.platform` names it.
"""

import asyncio
import builtins
import fcntl
import os
import select
import signal
import socket
import subprocess
import sys
from types import ModuleType

KIT = "beyond_the_no"
SYSTEM = os.environ["ELSEWHERE"]
ONLY_LINUX = {
    os: "pidfd_open sched_getaffinity sched_setaffinity",
    signal: "pidfd_send_signal",
    select: "epoll",
    fcntl: "F_SETSIG",
}
ONLY_POSIX = {
    os: """fork forkpty killpg getpgid getpgrp setpgid setsid setpgrp nice geteuid
        getuid getgid getegid sysconf uname wait waitid WNOHANG WEXITSTATUS O_NONBLOCK
        O_ASYNC O_NOFOLLOW O_DIRECTORY mkfifo fchown chown chroot posix_spawn
        register_at_fork getloadavg statvfs pread pwrite sync""",
    signal: """SIGKILL SIGHUP SIGCHLD SIGUSR1 SIGUSR2 SIGALRM SIGPIPE SIGQUIT SIGSTOP
        SIGCONT SIGTSTP SIGWINCH pause alarm setitimer sigwait pthread_kill
        pthread_sigmask""",
    socket: "AF_UNIX send_fds recv_fds SO_REUSEPORT SO_PEERCRED",
    select: "poll",
    # the event loop that Voila chooses on Windows has no child processes
    asyncio: "create_subprocess_exec create_subprocess_shell",
}
NO_MODULES: set[str] = set()
LACKS: dict[ModuleType, str] = dict(ONLY_LINUX)
REPLACED: dict[ModuleType, dict[str, object]] = {sys: {"platform": SYSTEM}}


class StandIn(ModuleType):
    """A module of the standard library without some of its names."""

    def __init__(self, real: ModuleType, lacks: str, has: dict[str, object]) -> None:
        super().__init__(real.__name__)
        vars(self).update(_real=real, _lacks=frozenset(lacks.split()), **has)

    def __getattr__(self, name: str) -> object:
        if name in self._lacks:
            raise AttributeError(f"{SYSTEM} has no {self.__name__}.{name}", name=name)
        return getattr(self._real, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._real, name, value)


class Popen(subprocess.Popen):
    """Refuses what Windows refuses."""

    def __init__(self, *args: object, **named: object) -> None:
        assert not named.get("pass_fds"), "pass_fds not supported on Windows."
        assert named.get("preexec_fn") is None, "preexec_fn is not supported there."
        super().__init__(*args, **named)


if SYSTEM == "win32":
    NO_MODULES |= {"fcntl", "resource", "termios", "tty", "pty", "pwd", "grp", "syslog"}
    for lacking, names in ONLY_POSIX.items():
        LACKS[lacking] = f"{LACKS.get(lacking, '')} {names}"
    REPLACED |= {os: {"name": "nt"}, subprocess: {"Popen": Popen}}
INSTEAD = {
    real.__name__: StandIn(real, LACKS.get(real, ""), REPLACED.get(real, {}))
    for real in {**LACKS, **REPLACED}
}
REAL_IMPORT = builtins.__import__


def _import(
    name: str, globals: dict | None = None, *more: object, **named: object
) -> object:
    importer = (globals or {}).get("__name__") or ""
    # what runs as a script is named after its package
    if importer == "__main__":
        importer = (globals or {}).get("__package__") or ""
    if importer.partition(".")[0] == KIT:
        if name in NO_MODULES:
            raise ModuleNotFoundError(f"{SYSTEM} has no {name}", name=name)
        if name in INSTEAD:
            return INSTEAD[name]
    return REAL_IMPORT(name, globals, *more, **named)


builtins.__import__ = _import
