"""The author's path: JupyterLab and a workshop begin together, and end together."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from served import REPO, lives, until

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


def server(runtime: Path) -> dict:
    """What JupyterLab writes down once it listens; nothing before."""
    found = list(runtime.glob("jpserver-*.json"))
    return json.loads(found[0].read_text("utf-8") or "{}") if found else {}


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@on_posix
@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_told_to_end_all_of_them_end(how: str, tmp_path: Path) -> None:
    idle = "import signal, pathlib; pathlib.Path({!r}).touch(); signal.pause()"
    begun = [tmp_path / "one", tmp_path / "two"]
    commands = [[sys.executable, "-c", idle.format(str(path))] for path in begun]
    run = f"from beyond_the_no.serve import author; exit(author.together(*{commands}))"
    both = subprocess.Popen([sys.executable, "-c", run], start_new_session=True)
    until(lambda: all(path.exists() for path in begun), 30, "both of them")
    family = psutil.Process(both.pid).children()

    both.send_signal(getattr(signal, how))

    assert both.wait(20) == 0
    assert len(family) == 2
    assert not any(map(lives, family))


@on_posix
def test_told_to_end_it_takes_jupyterlab_and_its_kernels_along(tmp_path: Path) -> None:
    settings = {"open_browser": False, "allow_root": True, "port": 0}
    (tmp_path / "jupyter_server_config.json").write_text(
        json.dumps({"ServerApp": settings}), "utf-8"
    )
    places = {"JUPYTER_CONFIG_DIR": tmp_path, "JUPYTER_RUNTIME_DIR": tmp_path / "run"}
    writing = subprocess.Popen(
        [sys.executable, "-m", "beyond_the_no.serve.cli", "author"],
        env=os.environ | {name: str(where) for name, where in places.items()},
        cwd=REPO,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    family: list[psutil.Process] = []
    try:
        lab = until(lambda: server(tmp_path / "run"), 90, "JupyterLab")
        asked = urllib.request.Request(
            f"{lab['url']}api/kernels",
            data=b"{}",
            headers={"Authorization": f"token {lab['token']}"},
        )
        until(lambda: listens(lab["port"]), 30, "JupyterLab to listen")
        urllib.request.urlopen(asked, timeout=60).close()
        family = psutil.Process(writing.pid).children(recursive=True)
        assert any("ipykernel_launcher" in one.cmdline() for one in family)

        writing.send_signal(signal.SIGTERM)

        assert writing.wait(60) == 0
        until(lambda: not any(map(lives, family)), 10, "all of them to end")
        assert not listens(lab["port"])
    finally:
        for one in family or psutil.Process(writing.pid).children(recursive=True):
            if lives(one):
                one.kill()
        writing.kill()
        writing.wait()
