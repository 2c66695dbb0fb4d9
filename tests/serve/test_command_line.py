"""The command line: one clear sentence where something is wrong, and nothing left."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psutil
import pytest
from websockets.sync.client import connect

import small_lessons as nb
from beyond_the_no.serve.snapshot.base import can_fork
from served import REPO, Served, free_port, serve, until

KIT = [sys.executable, "-m", "beyond_the_no.serve.cli"]


def run(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*KIT, *words], capture_output=True, text=True, cwd=REPO, timeout=120
    )


def one_sentence(said: str) -> str:
    """What a person reads: one line that ends like a sentence, and no traceback."""
    assert "Traceback" not in said
    (line,) = said.strip().splitlines()
    return line


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["--k", "2"], "--k must be 3 or more"),
        (["--country", "XX"], "--country is one of US,"),
        (["--local", "wrong"], "--local needs a name and a number"),
        (["--local", ":555"], "--local needs a name and a number"),
        (["--lessons", "no/such/folder"], "There is no folder no/such/folder"),
        (["--port", "0"], "--port is a number"),
        (["--seats", "0"], "--seats is a number"),
        (["--max-kernels", "0"], "--max-kernels is 1 or more"),
        (["--key", "<b>"], "--key may have letters"),
        (["--wifi", "x" * 33], "--wifi is a name of 32"),
    ],
    ids=lambda value: " ".join(value)[:24] if isinstance(value, list) else "",
)
def test_a_wrong_option_is_named_in_one_sentence(words: list[str], names: str) -> None:
    done = run("open", "--json", "--port", str(free_port()), *words)

    assert done.returncode == 1
    assert done.stdout == ""
    assert one_sentence(done.stderr).startswith(names)


def test_an_address_of_another_machine_is_one_sentence_too() -> None:
    done = run("open", "--json", "--ip", "192.0.2.77", "--port", str(free_port()))

    assert done.returncode == 1
    assert "192.0.2.77" in one_sentence(done.stderr)


def test_a_busy_port_is_said_and_the_first_workshop_goes_on() -> None:
    with serve(checked=False) as first:
        done = run("open", "--json", "--ip", "127.0.0.1", "--port", str(first.port))

        assert done.returncode == 1
        assert done.stdout == "", "no address that would be a lie"
        assert f"Port {first.port} is in use" in one_sentence(done.stderr)
        assert first.health()["status"] == "ok"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lessons")
    return nb.write(folder, one=nb.notebook(nb.NOTE, title="One"))


@contextmanager
def busy(served: Served) -> Iterator[tuple[list[psutil.Process], set[Path]]]:
    """Open a page with its kernel: all child processes, and the sockets' folders."""
    page = served.ask("GET", "lesson/one")
    kernel = re.search(r'"kernelId": "(\w+)-', page.text).group(1)
    kernel = f"{kernel}{str(uuid4())[8:]}"
    address = f"ws://127.0.0.1:{served.port}/api/kernels/{kernel}/channels"
    with connect(address):
        until(lambda: served.health()["kernels"] == 1, 30, "a kernel")
        children = psutil.Process(served.process.pid).children(recursive=True)
        sockets = [s for c in children for s in c.net_connections(kind="unix")]
        paths = {Path(s.laddr) for s in sockets if "-ipc-" in str(s.laddr)}
        assert children
        assert paths
        yield children, {path.parent for path in paths}


@pytest.fixture
def gone() -> Iterator[list]:
    """Whatever a test failed to end, so that it does not stay."""
    left: list[psutil.Process] = []
    yield left
    for process in left:
        if process.is_running():
            process.kill()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_no_process_and_no_file(
    small: Path, how: int, gone: list
) -> None:
    with (
        serve("--lessons", str(small)) as served,
        busy(served) as (children, folders),
    ):
        gone += children
        assert all(folder.exists() for folder in folders)

        assert served.stop(how) == 0
        assert served.process.stdout.read() == "", "--json says one line and no more"

    assert psutil.wait_procs(children, timeout=20)[1] == []
    assert not any(folder.exists() for folder in folders)
    assert "Traceback" not in "".join(served.log)


def test_kernels_of_a_server_that_was_killed_end_by_themselves(
    small: Path, gone: list
) -> None:
    with serve("--lessons", str(small)) as served, busy(served) as (children, folders):
        gone += children
        served.stop(signal.SIGKILL)

    def all_gone() -> bool:
        alive = (c for c in children if c.is_running())
        return not [c for c in alive if c.status() != psutil.STATUS_ZOMBIE]

    until(all_gone, 30, "the kernels to end")
    assert all(folder.exists() for folder in folders)
    with serve("--lessons", str(small)) as other, busy(other) as (_, living):
        assert not any(folder.exists() for folder in folders), "nobody's any more"
        with serve("--lessons", str(small), checked=False):
            assert all(folder.exists() for folder in living), "somebody's"


def test_the_line_of_json_holds_the_addresses_and_nothing_else(small: Path) -> None:
    with serve("--lessons", str(small), "--key", "Spoken-1", checked=False) as served:
        said = served.addresses

        assert set(said) == {"join", "facilitate", "wall", "assist", "pid"}
        assert said["pid"] == served.process.pid
        assert said["facilitate"].endswith("facilitate?key=Spoken-1")
        assert "Spoken-1" not in said["wall"]
        assert json.loads(json.dumps(said)) == said


def chosen_by_auto() -> str:
    if why_not := can_fork():
        return f"Kernels are new processes ({why_not})"
    return "Kernels are forks of lessons that have run once"


@pytest.mark.parametrize(
    ("kernels", "says"),
    [
        ("fresh", "Kernels are new processes (as you asked), 7 at once at most."),
        ("auto", f"{chosen_by_auto()}, 7 at once at most."),
    ],
)
def test_the_leader_is_told_how_kernels_begin(
    small: Path, kernels: str, says: str
) -> None:
    fixed = ["--no-browser", "--ip", "127.0.0.1", "--port", str(free_port())]
    options = ["--lessons", str(small), "--kernels", kernels, "--max-kernels", "7"]
    opened = subprocess.Popen(
        [*KIT, "open", *fixed, *options], stdout=subprocess.PIPE, text=True, cwd=REPO
    )
    try:
        lines = iter(opened.stdout.readline, "")
        assert says in (next(x for x in lines if x.startswith("Kernels"))).strip()
    finally:
        opened.send_signal(signal.SIGINT)
        opened.communicate(timeout=30)


class TestCheck:
    def test_is_content_with_the_lessons_of_the_kit(self) -> None:
        done = run("check", "--on", "2026-11-25")

        assert done.returncode == 0, done.stdout
        assert "… runs" in done.stdout
        assert done.stderr == ""

    def test_names_the_cell_that_stopped(self, tmp_path: Path) -> None:
        nb.write(
            tmp_path,
            good=nb.notebook("1 + 1"),
            bad=nb.notebook("# Prose", "x = 1\nx / 0"),
            torn="{",
        )
        done = run("check", "--lessons", str(tmp_path))

        assert done.returncode == 1
        assert "bad … Cell 2 (x = 1) stopped: ZeroDivisionError" in done.stdout
        assert "good … runs" in done.stdout
        assert "torn.ipynb cannot be read as a notebook" in done.stdout
        assert "Traceback" not in done.stdout + done.stderr

    @pytest.mark.parametrize(
        ("country", "day", "code"),
        [
            ("US", "2026-08-31", 0),
            ("US", "2026-11-29", 0),
            ("US", "2026-11-30", 1),
            ("DE", "2026-11-29", 0),
            ("NZ", "2026-11-25", 1),  # a line without a date was never checked
        ],
    )
    def test_fails_when_the_numbers_of_the_workshops_place_are_old(
        self, tmp_path: Path, country: str, day: str, code: int
    ) -> None:
        words = ("--lessons", str(tmp_path), "--country", country, "--on", day)
        done = run("check", *words)

        assert done.returncode == code
        assert ("Not checked for 180 days: " in done.stdout) == bool(code)
        assert "Not checked for 90 days, please call: " in done.stdout

    def test_names_the_known_places_for_an_unknown_one(self, tmp_path: Path) -> None:
        done = run("check", "--lessons", str(tmp_path), "--country", "XX")

        assert done.returncode == 1
        assert "no help lines for XX. Known: US," in one_sentence(done.stderr)

    def test_says_that_there_is_no_such_folder(self) -> None:
        done = run("check", "--lessons", "no/such/folder")

        assert done.returncode == 1
        assert one_sentence(done.stderr).startswith("There is no folder")
