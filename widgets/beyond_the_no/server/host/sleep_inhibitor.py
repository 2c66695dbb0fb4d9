"""Inhibits sleep while a workshop is open, where the system allows it."""

import ctypes
import os
import shutil
import subprocess
import sys

# each ends by itself when we do, however we end
_ASK = {
    "darwin": ["caffeinate", "-i", "-s", "-w", "{pid}"],
    "linux": [
        *("systemd-inhibit", "--what=idle:sleep:handle-lid-switch", "--mode=block"),
        *("--who=Beyond the No", "--why=A workshop is open"),
        *("tail", "--pid={pid}", "-f", os.devnull),
    ],
}
_WINDOWS = {True: 0x80000001, False: 0x80000000}  # continuous, system required


class SleepInhibitor:
    """Inhibits sleep from now until `close`."""

    def __init__(self) -> None:
        self._holding: subprocess.Popen[bytes] | None = None
        self._windows = self._tell_windows(True)
        ask = [part.format(pid=os.getpid()) for part in _ASK.get(sys.platform, [])]
        if ask and shutil.which(ask[0]):
            quiet = subprocess.DEVNULL
            self._holding = subprocess.Popen(
                ask, stdin=quiet, stdout=quiet, stderr=quiet
            )

    @staticmethod
    def _tell_windows(on: bool) -> bool:
        windows = getattr(ctypes, "windll", None)
        return bool(windows and windows.kernel32.SetThreadExecutionState(_WINDOWS[on]))

    @property
    def held(self) -> bool:
        """Whether the system has agreed; it may still sleep when its lid is shut."""
        asking = self._holding is not None and self._holding.poll() is None
        return asking or self._windows

    def close(self) -> None:
        """Let it sleep again."""
        if self._holding is not None:
            self._holding.terminate()
            self._holding.wait()
        self._tell_windows(False)
