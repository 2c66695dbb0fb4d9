"""Runtime directory of the kernels' sockets: made at the start, removed at the end.

A server that is killed leaves its folder behind. While it lives it holds a lock on a
file in there, so the next server knows which folders belong to nobody.
"""

import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ...common.settings import UserError

try:
    import fcntl
except ImportError:  # Windows, which has no sockets in folders either
    fcntl: Any = None  # type: ignore[no-redef]

PREFIX = "beyond_"
LOCK = "alive"


@dataclass(frozen=True)
class RuntimeDir:
    """A folder that is ours as long as its lock is held."""

    name: str
    lock: IO[str]

    def remove(self) -> None:
        """Remove it with all that is in it."""
        self.lock.close()  # Windows removes no file that is open
        shutil.rmtree(self.name, ignore_errors=True)


def short_folder() -> str:
    """Find a folder for the kernels' sockets: their paths must stay below 104 bytes."""
    short = Path("/tmp")
    folder = short if os.access(short, os.W_OK) else Path(tempfile.gettempdir())
    if not os.access(folder, os.W_OK):
        raise UserError(
            f"The folder for temporary files ({folder}) cannot be written to. "
            "Free it, or name another one in the variable TMPDIR."
        )
    return str(folder)


def make(root: str) -> RuntimeDir:
    """Make a folder of our own; its lock appears in it when it is held."""
    folder = tempfile.mkdtemp(prefix=PREFIX, dir=root)
    lock = Path(folder, f"{LOCK}.new").open("w")  # noqa: SIM115  held as long as we live
    if fcntl is not None:
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.replace(lock.name, Path(folder, LOCK))
    return RuntimeDir(folder, lock)


def sweep(root: str) -> None:
    """Remove the folders of servers that were killed."""
    for lock in Path(root).glob(f"{PREFIX}*/{LOCK}") if fcntl is not None else ():
        # whoever holds it lives; another person's is not ours to open
        with contextlib.suppress(OSError), lock.open("r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.parent, ignore_errors=True)
