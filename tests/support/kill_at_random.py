"""Kill workshops at random moments, and count the processes that they leave.

By hand: ``PYTHONPATH=tests python -m support.kill_at_random 200``, and a seed, if it is
to be another.
"""

import collections
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import psutil
from websockets.sync.client import connect

from beyond_the_no.engine.kernels.message_filter import PROTOCOL
from support import small_lessons as nb
from support.served import COMMAND, REPO, free_port, lives

MARK = "BEYOND_TEST_MARK"
LESSONS = {
    # in this order: what is drawn, what has kernels, what starts programs, what spins
    "a_drawn": nb.notebook(
        "from beyond_the_no.explore import HowManyNoes\nHowManyNoes()"
    ),
    "b_kernels": nb.notebook("import ipywidgets as w\nw.IntSlider()"),
    "c_starts": nb.notebook(  # with a control: a page without one keeps no process
        "import subprocess, ipywidgets as w\n"
        "subprocess.Popen(['sleep', '900'])\nw.IntSlider()"
    ),
    "d_spins": nb.notebook("while True: pass"),
}
PATIENCE = 15  # seconds until all of it must be gone


def family(mark: str) -> list[psutil.Process]:
    """Every living process that descends from one with this mark, adopted or not."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get(MARK) == mark and lives(process):
                found.append(process)
    return found


def visit(port: int, seconds: float) -> None:
    """Open pages of the lesson that has kernels, until it is too late."""
    end = time.monotonic() + seconds
    import urllib.request

    while time.monotonic() < end:
        with suppress(OSError, AttributeError, TimeoutError, Exception):
            at = f"127.0.0.1:{port}"
            with urllib.request.urlopen(
                f"http://{at}/lesson/b_kernels", timeout=5
            ) as a:
                name = re.search(r'"kernelId": "(\w+)-', a.read().decode()).group(1)
            kernel = name + str(uuid4())[8:]
            line = f"ws://{at}/api/kernels/{kernel}/channels?session_id=visitor"
            with connect(line, subprotocols=[PROTOCOL], open_timeout=5):
                time.sleep(0.2)
        time.sleep(0.05)


def kill_once(chance: random.Random, folder: Path) -> tuple[str, list[str]]:
    """Start a workshop, end it at some moment, and list what is left of it."""
    mark, port = uuid4().hex, free_port()
    options = ["--json", "--no-browser", "--ip", "127.0.0.1", "--port", str(port)]
    kernels = chance.choice(["auto", "auto", "fresh"])
    options += ["--kernels", kernels, "--lessons", str(folder / "lessons")]
    how = chance.choice([signal.SIGKILL] * 3 + [signal.SIGTERM, signal.SIGINT])
    moment = chance.choice([chance.uniform(0, 3), chance.uniform(3, 30)])
    process = subprocess.Popen(
        [*COMMAND, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=REPO,
        env=os.environ
        | {
            MARK: mark,
            "XDG_CACHE_HOME": str(folder / "cache" / str(chance.randrange(3))),
            "PYTHONPATH": str(REPO / "widgets"),
        },
    )
    visitors = [
        threading.Thread(target=visit, args=(port, moment), daemon=True)
        for _ in range(3)
    ]
    try:
        for one in visitors:
            one.start()
        time.sleep(moment)
        began = len(family(mark))
        process.send_signal(how)
        kind = f"{how.name} {kernels}"
        try:
            process.wait(PATIENCE if how == signal.SIGKILL else 40)
        except subprocess.TimeoutExpired:
            kind += " (did not end)"
        end = time.monotonic() + PATIENCE
        while (left := family(mark)) and time.monotonic() < end:
            time.sleep(0.1)
        said = []
        for one in left:
            with suppress(psutil.Error):
                said.append(f"{one.pid} {' '.join(one.cmdline())[-100:]}")
        return f"{kind}, {began} processes after {moment:.1f} s", said
    finally:
        for one in (process, *family(mark)):
            with suppress(psutil.Error, OSError):
                one.kill()
        process.wait(PATIENCE)
        for one in visitors:
            one.join(PATIENCE)


def main(times: int, seed: int) -> int:
    """Do it as often as asked; say what was left."""
    chance = random.Random(seed)
    left, kinds = 0, collections.Counter[str]()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        nb.write(folder / "lessons", **LESSONS)
        for at in range(times):
            kind, said = kill_once(chance, folder)
            kinds[kind.split(",")[0]] += 1
            left += len(said)
            print(f"{at + 1}: {kind}: {said or 'nothing left'}", flush=True)
    print(f"{times} times, seed {seed}: {left} processes left. {dict(kinds)}")
    return int(left > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 15))
