"""Finds a Chromium on this machine, to print handouts and to run tests."""

import os
import shutil
from pathlib import Path

NAMES = (
    # Debian's, for programs alone: a whole Chromium also draws what is around a page,
    # which costs ten times the work of an empty one
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
# where it lies on macOS and Windows, which have it on no PATH
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# no sandbox where there is no user to sandbox; nothing that asks the internet
OPTIONS = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]


def find() -> str | None:
    """Path of a browser, if there is one."""
    on_path = (path for name in NAMES if (path := shutil.which(name)))
    return next(on_path, next((p for p in PLACES if Path(p).is_file()), None))
