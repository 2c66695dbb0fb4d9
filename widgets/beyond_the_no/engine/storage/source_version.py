"""Version of some folders: a hash of their files' names, sizes and times."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

SECONDS = 1.0  # between two looks at the disk


class SourceVersion:
    """The version of the files in some folders, looked up at most once a second.

    Parameters
    ----------
    folders : where to look; none, and there is only one version.
    clock : seconds, from anywhere.
    """

    def __init__(
        self, folders: Iterable[Path], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folders = tuple(folders)
        self._clock = clock
        self._looked = clock()
        self._version = self._look()

    def version(self) -> str:
        """Name the version that is there now, or was a second ago."""
        if self._clock() - self._looked >= SECONDS:
            self._version, self._looked = self._look(), self._clock()
        return self._version

    def _look(self) -> str:
        named = hashlib.sha256()
        for file in self._files():
            try:
                about = file.stat()
            except OSError:  # it was put in the place of another just now
                continue
            named.update(f"{file} {about.st_mtime_ns} {about.st_size}\n".encode())
        return named.hexdigest()[:8]

    def _files(self) -> Iterator[Path]:
        for folder in self._folders:
            for file in sorted(folder.rglob("*")):
                hidden = file.name.startswith(".") or "__pycache__" in file.parts
                if file.is_file() and not hidden:
                    yield file
