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

from beyond_the_no.commands import author, options
from beyond_the_no.commands.parser import parser
from beyond_the_no.common import resources
from beyond_the_no.common.settings import UserError
from support.served import REPO, free_port, lives, until

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


def server(runtime: Path) -> dict:
    """What JupyterLab writes down once it listens; nothing before."""
    found = list(runtime.glob("jpserver-*.json"))
    return json.loads(found[0].read_text("utf-8") or "{}") if found else {}


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


IDLE = """import signal, pathlib
print("open", flush=True)
pathlib.Path({!r}).touch()
signal.pause()"""


def program(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def side_by_side(workshop: str, lab: str) -> list[str]:
    """The command that runs two programs as `author` runs a workshop and JupyterLab."""
    both = f"{program(workshop)}, {program(lab)}, print"
    run = f"""from beyond_the_no.commands import author, options
exit(author.run_until_one_ends({both}))"""
    return program(run)


def kit(*words: str) -> list[str]:
    return [sys.executable, "-m", "beyond_the_no.commands.main", *words]


@on_posix
@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_told_to_end_all_of_them_end(how: str, tmp_path: Path) -> None:
    begun = [tmp_path / "one", tmp_path / "two"]
    codes = [IDLE.format(str(path)) for path in begun]
    both = subprocess.Popen(side_by_side(*codes), start_new_session=True)
    until(lambda: all(path.exists() for path in begun), 30, "both of them")
    family = psutil.Process(both.pid).children()

    both.send_signal(getattr(signal, how))

    assert both.wait(20) == 0
    assert len(family) == 2
    assert not any(map(lives, family))


@on_posix
def test_a_workshop_that_cannot_open_has_the_last_word(tmp_path: Path) -> None:
    """JupyterLab would write its lines below, and go on alone."""
    begun = tmp_path / "lab"
    dies = "import sys; sys.exit('Port 8866 is in use. Close it.')"
    done = subprocess.run(
        side_by_side(dies, IDLE.format(str(begun))),
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 1
    assert done.stderr == "Port 8866 is in use. Close it.\n"
    assert not begun.exists()


@on_posix
@pytest.mark.parametrize(
    ("codes", "code", "said"),
    [
        ((IDLE.format("/dev/null"), "exit(3)"), 3, "author -- --allow-root"),
        (("print('open', flush=True); exit(4)", IDLE), 4, "saved is still there"),
    ],
)
def test_when_one_ends_the_other_does_and_it_is_said(
    codes: tuple[str, str], code: int, said: str, tmp_path: Path
) -> None:
    """Such as JupyterLab, where it is told not to run as root."""
    workshop, lab = codes
    both = side_by_side(workshop, lab.replace("{!r}", repr(str(tmp_path / "lab"))))
    done = subprocess.run(both, capture_output=True, text=True, timeout=60)

    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_one_sentence_and_no_jupyterlab() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = ("author", "--no-browser", "--port", str(port))
        done = subprocess.run(kit(*words), capture_output=True, text=True, timeout=90)

    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} is in use.")
    assert done.stderr.endswith(f"choose another port: --port {port + 1}\n")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("typed", "ours", "jupyters"),
    [
        (["author"], ["author"], []),
        (["author", "a", "--", "--port", "9"], ["author", "a"], ["--port", "9"]),
        (["author", "--", "--", "x"], ["author"], ["--", "x"]),
        (["check", "--", "-.ipynb"], ["check", "--", "-.ipynb"], []),
        ([], [], []),
    ],
)
def test_what_follows_two_dashes_is_for_jupyterlab(typed, ours, jupyters) -> None:
    assert options.split(typed) == (ours, jupyters)


def test_without_its_template_it_is_said_where_to_get_one(monkeypatch) -> None:
    monkeypatch.setattr(author, "OWN", Path("/nowhere/notebooks/author"))

    with pytest.raises(UserError, match="fresh copy: beyond-the-no new ANOTHER-FOLDER"):
        author.author(parser().parse_args(["author", "saying_no"]))


def test_in_an_installed_package_it_is_said_to_make_a_folder(monkeypatch) -> None:
    monkeypatch.setattr(resources, "CHECKOUT", None)

    with pytest.raises(UserError, match=r"beyond-the-no new FOLDER\. Then"):
        author.author(parser().parse_args(["author"]))


def test_a_lessons_folder_that_cannot_be_written_is_one_sentence(tmp_path) -> None:
    with pytest.raises(
        UserError, match=r"gone/00_saying_no.ipynb can't be written: No"
    ):
        author.begin("saying_no", tmp_path / "gone")


@on_posix
def test_told_to_end_it_takes_jupyterlab_and_its_kernels_along(tmp_path: Path) -> None:
    places = {"JUPYTER_CONFIG_DIR": tmp_path, "JUPYTER_RUNTIME_DIR": tmp_path / "run"}
    mine = ("author", "--no-browser", "--port", str(free_port()))
    jupyters = ("--", "--allow-root", "--port", "0")
    writing = subprocess.Popen(
        kit(*mine, *jupyters),
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
