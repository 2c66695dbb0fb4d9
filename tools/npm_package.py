"""A package of npm's, as it was published: for tools that keep files of one."""

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def unpacked(name: str, version: str, integrity: str) -> Iterator[tarfile.TarFile]:
    """Fetch a package with npm into a folder of its own, check it, and open it.

    Parameters
    ----------
    integrity : of the whole package, as npm writes it: ``sha512-`` and base64.

    Raises
    ------
    SystemExit
        Where it is not what it was.
    """
    with tempfile.TemporaryDirectory() as folder:
        npm = shutil.which("npm") or "npm"
        wanted = f"{name}@{version}"
        subprocess.run([npm, "pack", wanted], cwd=folder, check=True)
        (packed,) = Path(folder).glob("*.tgz")
        found = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
        if f"sha512-{found}" != integrity:
            raise SystemExit(f"{wanted} is not what it was: sha512-{found}")
        with tarfile.open(packed) as archive:
            yield archive
