"""Find a browser for the journeys: ``python tests/browser.py`` sees to one.

Chromium, Chrome or Edge on the PATH; on Debian, as root, chromium is installed.
"""

import os
import shutil
import subprocess
import sys

from beyond_the_no.serve.browser import OPTIONS, find

__all__ = ["OPTIONS", "find"]


DEBIAN = ("chromium-headless-shell", "chromium")  # older ones have the second alone


def install() -> None:
    """Install Debian's, where that can be done without asking anyone."""
    debian = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
    if not debian or shutil.which(DEBIAN[0]):
        return
    if not find():
        print("No browser found: installing Debian's chromium …", flush=True)
        _apt("update")
    for name in DEBIAN:
        if _apt("install", "-y", "--no-install-recommends", name) or find():
            return


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
    if not find():
        print(
            "The tests need Chromium, Chrome or Edge on the PATH. Install one of them "
            "(Debian or Ubuntu: apt install chromium), then run make test again.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
