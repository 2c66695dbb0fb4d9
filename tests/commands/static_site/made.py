"""A site, made by the command, and a host that serves it."""

import http.server
import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from support.served import KIT, REPO, run_kit

DAY = ("--on", "2026-11-25")
PREFIX = "some/where/lessons/"
LESSONS = sorted(path.stem for path in (REPO / "notebooks").glob("*.ipynb"))


def pictures_of(page: str) -> dict[str, str]:
    """Where a lesson's page finds its pictures."""
    found = re.search(r'id="alone-pictures">(.+?)</script>', page)
    assert found
    return dict(json.loads(found[1]))


def run(*options: object, **more: object) -> subprocess.CompletedProcess[str]:
    words = ["site", *DAY, *map(str, options)]
    if not more:
        return run_kit(*words, cwd=REPO, timeout=600)
    return subprocess.run(
        [*KIT, *words], cwd=REPO, capture_output=True, text=True, timeout=600, **more
    )


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: test output is for tests."""


@contextmanager
def hosted(root: Path) -> Iterator[tuple[str, http.server.ThreadingHTTPServer]]:
    """Serve a folder as any web host would."""
    handler = partial(_Quiet, directory=str(root))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", server
    finally:
        server.shutdown()
        server.server_close()
