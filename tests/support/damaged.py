"""A copy of the kit, to be damaged by a test."""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

from support.one_thread import ALONE
from support.served import REPO


def checkout_in(folder: Path) -> Path:
    """Copy the parts of the kit that run."""
    for name in ("widgets/beyond_the_no", "data"):
        shutil.copytree(
            REPO / name,
            folder / name,
            ignore=shutil.ignore_patterns("__pycache__", "node_modules"),
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


def run(
    checkout: Path, *command: str, path: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a Python module with the packages of the copy."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=checkout,
        env=os.environ | ALONE | {"PYTHONPATH": path or str(checkout / "widgets")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def nbval_of(copies: Path, *names: str) -> dict[str, str]:
    """Compare what the lessons of several copies show: one run of nbval for them all.

    Parameters
    ----------
    copies : the folder that holds them.
    names : theirs; each kernel runs in the ``notebooks/`` of one, with its packages.

    Returns
    -------
    dict of str to str
        What is said of the cells that fail, by the copy's name.
    """
    plugin = ("-p", "no:cacheprovider", "-p", "no:xdist", "--color=no", "--nbval")
    current = ("--nbval-current-env", "--nbval-cell-timeout=120")
    lessons = [f"{name}/notebooks" for name in names]
    report = copies / "report.xml"
    options = [*plugin, *current, f"--junit-xml={report}", "-o", "junit_family=xunit1"]
    done = run(copies, "pytest", *options, *lessons, path="../widgets")
    assert done.returncode in (0, 1), done.stdout + done.stderr
    said = dict.fromkeys(names, "")
    for case in ElementTree.parse(report).iter("testcase"):
        for fault in (*case.iter("failure"), *case.iter("error")):
            said[case.attrib["file"].split("/")[0]] += f"{fault.text}\n"
    return said
