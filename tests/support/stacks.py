"""What runs where a test took too long: its processes, and the stacks of their threads.

`pytest-timeout` prints the stacks of the test itself, and calls `dump`.
"""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest_timeout

from support.served import RUNNING

IN_CHILDREN = Path(__file__).parent / "in_children"
LINES = 400
_dump_own = pytest_timeout.dump_stacks


def in_children() -> None:
    """Have every Python that is started from now on print its stacks when asked."""
    path = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(IN_CHILDREN), path]))


def _asked(process: psutil.Process) -> bool:
    """Ask a process for its stacks, if it catches the signal: others would end."""
    with suppress(OSError, psutil.Error, StopIteration):
        status = Path(f"/proc/{process.pid}/status").read_text().splitlines()
        caught = next(line for line in status if line.startswith("SigCgt"))
        if "python" in process.name() and int(caught.split()[1], 16) & (
            1 << (signal.SIGUSR1 - 1)
        ):
            process.send_signal(signal.SIGUSR1)
            return True
    return False


def dump(terminal: Any) -> None:
    """Print the stacks of this process, and what its children do."""
    _dump_own(terminal)
    terminal.sep("~", title="Processes")
    terminal.write(of_children() + "\n")


def of_children() -> str:
    """List the processes that this one started, and what their servers said last."""
    said = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            times, words = process.cpu_times(), " ".join(process.cmdline())
            said.append(
                f"{process.pid} of {process.ppid()}, {process.status()}, "
                f"{times.user + times.system:.1f} s of processor: {words:.300}"
            )
            _asked(process)
    time.sleep(1)  # they write, and threads read
    for served in RUNNING:
        said += ["", f"Process {served.process.pid} said, last:"]
        said += [line.rstrip("\n") for line in served.log[-LINES:]]
    return "\n".join(said)
