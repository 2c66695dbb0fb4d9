"""Where pictures, and runs, are kept: in memory up to a limit, and between starts."""

import contextlib
import gzip
import logging
import os
import shutil
import time
from collections import OrderedDict
from pathlib import Path

log = logging.getLogger("beyond_the_no")
BYTES = 64 * 2**20
DAYS = 7  # that what nobody uses is kept: two checkouts may take turns


class Shelf:
    """Packed JSON by name.

    Parameters
    ----------
    folder : where they are kept between starts; None for nowhere.
    limit : bytes to hold in memory.
    """

    def __init__(self, folder: Path | None, limit: int = BYTES) -> None:
        self._folder = folder
        self._limit = limit
        self._writes = True
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def find(self, name: str) -> bytes | None:
        """Look in memory, then in the folder."""
        if name in self._held:
            self._held.move_to_end(name)
            return self._held[name]
        if self._folder is not None:
            with contextlib.suppress(OSError):
                file = self._folder / f"{name}.gz"
                packed = file.read_bytes()
                with contextlib.suppress(OSError, EOFError):
                    gzip.decompress(packed)  # a file that was cut short is drawn anew
                    self._hold(name, packed)
                    with contextlib.suppress(OSError):
                        os.utime(file)  # it is in use
                    return packed
        return None

    def keep(self, name: str, packed: bytes) -> None:
        """Keep it in memory and in the folder."""
        self._hold(name, packed)
        self._store(name, packed)

    def _hold(self, name: str, packed: bytes) -> None:
        self._size += len(packed) - len(self._held.pop(name, b""))
        self._held[name] = packed
        while self._size > self._limit and len(self._held) > 1:
            self._size -= len(self._held.popitem(last=False)[1])

    def _store(self, name: str, packed: bytes) -> None:
        if self._folder is None or not self._writes:
            return
        half = self._folder / f"{name}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            half.write_bytes(packed)
            half.replace(self._folder / f"{name}.gz")
        except OSError as error:
            log.warning("Nothing is kept for the next start: %s.", error.strerror)
            self._writes = False  # what is there already can still be read
            with contextlib.suppress(OSError):
                half.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what no version of the code has used for a week."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):  # there is none yet, or it is not ours
            self._folder.mkdir(parents=True, exist_ok=True)
            os.utime(self._folder)
            old = time.time() - DAYS * 24 * 60 * 60
            for other in self._folder.parent.iterdir():
                if other.is_dir() and other.stat().st_mtime < old:
                    shutil.rmtree(other, ignore_errors=True)
            for file in self._folder.iterdir():
                if file.stat().st_mtime < old:
                    file.unlink(missing_ok=True)
