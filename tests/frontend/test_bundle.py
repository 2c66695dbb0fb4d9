"""The committed bundle is what its sources make, and its parts do what they say."""

import filecmp
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from support.served import REPO

FRONT_END = REPO / "widgets" / "beyond_the_no" / "frontend"
BUNDLES = sorted(path.name for path in (FRONT_END / "dist").iterdir())
NO_NETWORK = re.compile(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENOTCACHED")


def run(program: str, *about: str) -> subprocess.CompletedProcess[str]:
    # by its whole path: on Windows npm is a script
    command = [shutil.which(program) or program, *about]
    return subprocess.run(
        command, cwd=FRONT_END, capture_output=True, text=True, timeout=300
    )


@pytest.fixture(scope="session")
def packages() -> None:
    """What the lock file names, once for every state of it."""
    if shutil.which("npm") is None:
        pytest.skip("no Node.js: the bundle is not compared with its sources")
    stamp = FRONT_END / "node_modules" / ".of"
    lock = (FRONT_END / "package-lock.json").read_text("utf-8")
    if stamp.exists() and stamp.read_text("utf-8") == lock:
        return
    done = run("npm", "ci", "--ignore-scripts", "--prefer-offline")
    if done.returncode and NO_NETWORK.search(done.stderr):
        pytest.skip("no network: the bundle is not compared with its sources")
    assert done.returncode == 0, done.stderr
    stamp.write_text(lock, "utf-8")


def test_the_bundle_is_what_its_sources_make(packages: None, tmp_path: Path) -> None:
    done = run("node", "build.js", str(tmp_path))

    assert done.returncode == 0, done.stderr
    made = sorted(path.name for path in tmp_path.iterdir())
    same, *others = filecmp.cmpfiles(FRONT_END / "dist", tmp_path, made, False)
    assert sorted(same) == BUNDLES, f"run `make front-end`: {made} {others}"


def test_its_parts_do_what_they_say(packages: None) -> None:
    done = run("npm", "test", "--silent")

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_lock_file_says_nothing_of_where_to_get_it() -> None:
    lock = json.loads((FRONT_END / "package-lock.json").read_text("utf-8"))
    packages = {name: about for name, about in lock["packages"].items() if name}

    assert packages
    assert not [name for name, about in packages.items() if "resolved" in about]
    assert not [name for name, about in packages.items() if "integrity" not in about]


def test_every_licence_is_there() -> None:
    text = (FRONT_END / "dist" / "LICENSES.txt").read_text("utf-8")
    wanted = json.loads((FRONT_END / "package.json").read_text("utf-8"))

    for name, version in wanted["dependencies"].items():
        assert f"{name} {version} (" in text
