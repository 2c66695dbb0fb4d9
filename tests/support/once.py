"""What takes long to make and is only looked at: once for all workers of a run."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]
) -> Path:
    """Return a folder that was made by whichever worker came first.

    Parameters
    ----------
    name : of the folder, among those of this run.
    make : fills a folder that does not exist yet.
    """
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # each worker has one of its own in there
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / name).exists():
            half = Path(factory.mktemp(name)) / "made"
            make(half)
            half.rename(base / name)
    return base / name
