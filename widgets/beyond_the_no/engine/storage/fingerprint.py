"""Fingerprint of all that a cached result depends on: code, data and libraries."""

import contextlib
import hashlib
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = (
    *("matplotlib", "numpy", "scipy", "contourpy"),
    *("anywidget", "ipywidgets", "traitlets", "ipython"),  # what executions depend on
)


def fingerprint_of(folders: Iterable[Path]) -> str:
    """Hash code, data and libraries that pictures and executions depend on."""
    named = hashlib.sha256(platform.python_version().encode())
    for library in _LIBRARIES:
        with contextlib.suppress(Exception):
            named.update(f"{library} {version(library)}".encode())
    files = (f for folder in folders for f in sorted(folder.rglob("*")) if f.is_file())
    for file in files:
        if "__pycache__" not in file.parts:
            with contextlib.suppress(OSError):  # an editor's own file is gone again
                named.update(str(file.name).encode() + file.read_bytes())
    return named.hexdigest()[:16]
