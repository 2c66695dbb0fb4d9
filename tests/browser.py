"""Find a browser for the journeys: ``python tests/browser.py`` sees to one.

Chromium, Chrome or Edge on the PATH; on Debian, as root, chromium is installed.
"""

import os
import shutil
import subprocess
import sys

from beyond_the_no.serve.browser import OPTIONS, find

__all__ = ["OPTIONS", "find"]


def install() -> None:
    """Install Debian's chromium, where that can be done without asking anyone."""
    debian = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
    if not debian:
        return
    print("No browser found: installing Debian's chromium …", flush=True)
    quiet = {
        "stdout": subprocess.DEVNULL,
        "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
    }
    subprocess.run(["apt-get", "update"], check=False, **quiet)
    subprocess.run(
        ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
        check=False,
        **quiet,
    )


def main() -> int:
    """See to a browser, or say in one sentence what to do."""
    if not find():
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
