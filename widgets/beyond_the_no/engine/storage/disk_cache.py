"""On-disk and in-memory cache of gzipped JSON, used for pictures and for runs.

A file holds the compressed JSON and, after it, a SHA-256 over its name and its bytes.
A file that cannot be read, or is not exactly what was stored under that name, counts
as missing and is removed: the caller makes its content again.
"""

import contextlib
import gzip
import json
import logging
import os
import shutil
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

log = logging.getLogger("beyond_the_no")
BYTES = 64 * 2**20
DAYS = 7  # that what nobody uses is kept: two checkouts may take turns
_DIGEST = sha256().digest_size


def _digest(name: str, packed: bytes) -> bytes:
    return sha256(name.encode() + b"\0" + packed).digest()


class DiskCache:
    """Gzipped JSON by name, in memory and in a folder.

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

    def get(
        self, name: str, valid: Callable[[Any], bool] = lambda content: True
    ) -> bytes | None:
        """Look in memory, then in the folder; remove a file that is damaged.

        Parameters
        ----------
        valid : whether a file's content has the shape that its reader needs.
        """
        if name in self._held:
            self._held.move_to_end(name)
            return self._held[name]
        if self._folder is None:
            return None
        file = self._folder / f"{name}.gz"
        try:
            stored = file.read_bytes()
        except OSError:
            return None
        packed = stored[:-_DIGEST]
        if not self._intact(name, packed, stored[-_DIGEST:], valid):
            log.warning("A damaged file of the cache is made again: %s.", file.name)
            with contextlib.suppress(OSError):
                file.unlink()
            return None
        self.put_in_memory(name, packed)
        with contextlib.suppress(OSError):
            os.utime(file)  # it is in use
        return packed

    @staticmethod
    def _intact(
        name: str, packed: bytes, digest: bytes, valid: Callable[[Any], bool]
    ) -> bool:
        if digest != _digest(name, packed):
            return False
        try:  # an older kit may have stored another shape under the same name
            return valid(json.loads(gzip.decompress(packed)))
        except Exception:
            return False

    def put(self, name: str, packed: bytes) -> None:
        """Cache it in memory and in the folder."""
        self.put_in_memory(name, packed)
        self.put_on_disk(name, packed)

    def put_in_memory(self, name: str, packed: bytes) -> None:
        """Cache it in memory; evict what was not used for longest."""
        self._size += len(packed) - len(self._held.pop(name, b""))
        self._held[name] = packed
        while self._size > self._limit and len(self._held) > 1:
            self._size -= len(self._held.popitem(last=False)[1])

    def put_on_disk(self, name: str, packed: bytes) -> None:
        """Write it to the folder; this waits for the disk, so call it in a thread."""
        if self._folder is None or not self._writes:
            return
        # not named after the process: containers that share a volume share numbers
        half = self._folder / f"{name}.{uuid4().hex}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with half.open("wb") as file:
                file.write(packed + _digest(name, packed))
                file.flush()
                os.fsync(file.fileno())  # else a power cut leaves the name without it
            half.replace(self._folder / f"{name}.gz")
        except OSError as error:
            log.warning("Nothing is kept for the next start: %s.", error.strerror)
            self._writes = False  # what is there already can still be read
            with contextlib.suppress(OSError):
                half.unlink(missing_ok=True)

    def prune(self) -> None:
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
