"""A copy of the kit, to be damaged by a test."""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from served import REPO


def checkout_in(folder: Path) -> Path:
    """Copy the parts of the kit that run."""
    for name in ("widgets", "data"):
        shutil.copytree(
            REPO / name,
            folder / name,
            ignore=shutil.ignore_patterns("__pycache__", "node_modules", "pictures"),
        )
    return folder


def sum_again(checkout: Path, name: str) -> None:
    """Write the new sum of a data file, as somebody may who changed it."""
    known = sha256((checkout / "data" / name).read_bytes()).hexdigest()
    sums = checkout / "data" / "SHA256SUMS"
    lines = sums.read_text("utf-8").splitlines()
    kept = [
        f"{known}  {name}" if line.endswith(f"  {name}") else line for line in lines
    ]
    sums.write_text("\n".join(kept) + "\n", "utf-8")


def run(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module with the packages of the copy."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout / "widgets")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def nbval_of(checkout: Path, lesson: str) -> subprocess.CompletedProcess[str]:
    """Compare the checked cells of a lesson in the copy."""
    plugin = ("-p", "no:cacheprovider", "--color=no", "--nbval-lax")
    current = ("--nbval-current-env", "--nbval-cell-timeout=120")
    return run(checkout, "pytest", *plugin, *current, f"notebooks/{lesson}.ipynb")
