"""Find a browser for the journeys: ``python tests/support/browser.py`` sees to one.

Chromium, Chrome or Edge on the PATH; on Debian, as root, chromium is installed.
"""

import os
import shutil
import subprocess
import sys

from beyond_the_no.server.host.chromium import NAMES, OPTIONS, PLACES, find

__all__ = ["OPTIONS", "find", "find_whole"]


# the first for most tests; the second has the back/forward cache that people have
DEBIAN = ("chromium-headless-shell", "chromium")


def find_whole() -> str | None:
    """Path of a browser as people have it, with a back/forward cache."""
    on_path = (path for name in NAMES[1:] if (path := shutil.which(name)))
    return next(on_path, next((p for p in PLACES if os.path.isfile(p)), None))


def install() -> None:
    """Install Debian's, where that can be done without asking anyone."""
    debian = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
    lacking = [name for name in DEBIAN if not shutil.which(name)]
    if not debian or not lacking:
        return
    print("Installing Debian's chromium for the tests …", flush=True)
    _apt("update")
    for name in lacking:  # older ones have the second alone
        _apt("install", "-y", "--no-install-recommends", name)


def _apt(*words: str) -> bool:
    """Whether it went well."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return (
        subprocess.run(["apt-get", *words], check=False, env=env, **quiet).returncode
        == 0
    )


def main() -> int:
    """See to a browser, or say in one sentence what to do."""
    install()
    if not find() or not find_whole():
        print(
            "The tests need Chromium, Chrome or Edge on the PATH (a whole one, not the "
            "headless shell alone). Install one of them "
            "(Debian or Ubuntu: apt install chromium), then run make test again.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
