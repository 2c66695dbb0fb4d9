"""The command line: one clear sentence where something is wrong, and nothing left."""

import json
import signal
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from beyond_the_no.commands import main
from beyond_the_no.commands.parser import parser
from beyond_the_no.content.plans import choose
from beyond_the_no.engine.kernels.zygote_client import can_fork
from support import small_lessons as nb
from support.kernel_line import line_to, made_up
from support.served import (
    KIT,
    REPO,
    Served,
    free_port,
    run_kit,
    serve,
    start,
    until,
)


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
        (["--country", "XX"], "There are no help lines for “XX”. --country is one of"),
        (["--country", "uk", "--k", "2"], "--k must be 3"),
        (["--country", "germany", "--k", "2"], "--k must be 3"),
        (["--public", "http://[::1"], "--public is an address such as"),
        (["--public", "https://x.org:port/"], "--public is an address such as"),
        (["--metrics", "9100x"], "--metrics is a port of its own"),
        (["--local", "wrong"], "--local needs a name and a number"),
        (["--local", ":555"], "--local needs a name and a number"),
        (["--lessons", "no/such/folder"], "There's no folder no/such/folder"),
        (["--port", "0"], "--port is a number"),
        (["--seats", "0"], "--seats is a number"),
        (["--seats", "2001"], "--seats is a number from 1 to 2000"),
        (["--max-kernels", "0"], "--max-kernels is 1 or more"),
        (["--key", "<b>"], "--key may have letters"),
        (["--wifi", "x" * 33], "--wifi is a name of 32"),
    ],
    ids=lambda value: " ".join(value)[:24] if isinstance(value, list) else "",
)
def test_a_wrong_option_is_named_in_one_sentence(words: list[str], names: str) -> None:
    done = run_kit("open", "--json", "--port", str(free_port()), *words)

    assert done.returncode == 1
    assert done.stdout == ""
    assert one_sentence(done.stderr).startswith(names)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["check", "--on", "1.1.2027"], "“1.1.2027” is no day as it is written here"),
        (["open", "--port", "x"], "Argument --port: invalid int value: 'x'."),
        (["opne"], "invalid choice: 'opne'"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_too(words: list[str], says: str) -> None:
    done = run(*words)

    assert done.returncode == 2
    assert says in one_sentence(done.stderr)
    assert done.stderr.strip().endswith("--help")


def test_every_option_says_what_it_does() -> None:
    (commands,) = parser()._subparsers._group_actions
    silent = [
        f"{name} {action.option_strings or action.dest}"
        for name, command in commands.choices.items()
        for action in command._actions
        if not action.help or action.help.startswith("(")
    ]
    named = {one.dest for one in commands._choices_actions}

    described = {name for name, one in commands.choices.items() if one.description}

    assert silent == []
    # a hub runs `room`, and nobody types it
    assert described == set(commands.choices) - {"room"}
    assert named == set(commands.choices) - {"room"}


def test_the_version_is_told() -> None:
    version = tomllib.loads((REPO / "pyproject.toml").read_text())["project"]["version"]

    assert run("--version").stdout.startswith(f"beyond-the-no {version}, Python 3.")


def test_files_that_may_not_be_read_are_named(monkeypatch, capsys) -> None:
    def refuses(_: object) -> int:
        raise PermissionError(13, "Permission denied", "/srv/lessons")

    monkeypatch.setattr(main, "check", refuses)

    assert main.main(["check"]) == 1
    said = one_sentence(capsys.readouterr().err)
    assert said.startswith("You aren't allowed to read or write /srv/lessons.")


def test_nothing_to_choose_from_is_no_empty_list() -> None:
    assert choose([], "name a file") == "Name a file."
    assert (
        choose(["90", "60"], "name a file") == "Choose one of 90, 60, or name a file."
    )


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
    return nb.write(folder, one=nb.notebook(nb.NOTE, nb.ASKS, title="One"))


@contextmanager
def busy(served: Served) -> Iterator[tuple[list[psutil.Process], set[Path]]]:
    """Open a page with its kernel: all child processes, and the sockets' folders."""
    with line_to(served, made_up(served)):
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
    if unsupported_reason := can_fork():
        return f"Kernels are new processes ({unsupported_reason})"
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
    opened = start(
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
        done = run_kit("check", "--on", "2026-11-25")

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
        done = run_kit("check", "--lessons", str(tmp_path))

        assert done.returncode == 1
        assert "bad … Cell 2 (x = 1) stopped: ZeroDivisionError" in done.stdout
        assert "good … runs" in done.stdout
        assert "torn.ipynb cannot be read as a notebook" in done.stdout
        assert "Traceback" not in done.stdout + done.stderr

    @pytest.mark.parametrize("day", ["2026-12-01", "2027-12-31", "2040-01-01"])
    def test_says_which_help_lines_to_call_and_fails_for_the_age_of_none(
        self, tmp_path: Path, day: str
    ) -> None:
        nb.write(tmp_path, one=nb.notebook("# One"))
        words = ("--lessons", str(tmp_path), "--country", "GB", "--on", day)
        done = run_kit("check", *words)

        assert done.returncode == 0
        assert "Help lines of United Kingdom: last read on 7 October" in done.stdout
        assert "call the ones you will name" in done.stdout
        assert "note: Read over two years ago or never" in done.stdout
        assert "The Silver Line" in done.stdout

    @pytest.mark.parametrize(("day", "code"), [("2026-12-01", 1), ("2010-01-01", 1)])
    def test_fails_before_a_release_for_lines_read_over_a_year_ago(
        self, tmp_path: Path, day: str, code: int
    ) -> None:
        nb.write(tmp_path, one=nb.notebook("# One"))
        done = run_kit("check", "--lessons", str(tmp_path), "--on", day, "--release")

        assert done.returncode == code
        assert "have to be looked up again before a release:" in done.stdout
        assert "· United States: LGBT National Hotline, for every age" in done.stdout
        assert "https://" in done.stdout

    def test_names_the_known_places_for_an_unknown_one_before_it_begins(self) -> None:
        done = run_kit("check", "--country", "XX")

        assert done.returncode == 1
        assert done.stdout == "", "no lesson was run"
        assert "US (United States), CA (Canada)" in one_sentence(done.stderr)

    def test_says_that_there_is_no_such_folder(self) -> None:
        done = run_kit("check", "--lessons", "no/such/folder")

        assert done.returncode == 1
        assert one_sentence(done.stderr).startswith("There's no folder")


@pytest.mark.skipif(not hasattr(psutil.Process, "rlimit"), reason="needs Linux")
def test_too_few_open_files_for_all_seats_are_said_at_the_start(
    tmp_path: Path,
) -> None:
    """A limit that can be raised is raised; of one that can't, a sentence says so."""
    import resource

    nb.write(tmp_path, one=nb.notebook("# One", title="One"))

    def first_said(seats: int, soft: int, hard: int) -> str:
        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

        where = ["--lessons", str(tmp_path), "--port", str(free_port())]
        command = [*KIT, "open", "--no-browser", "--seats", str(seats), *where]
        process = start(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=limit,
        )
        try:
            lines = iter(process.stdout.readline, "")
            return next(line for line in lines if line.strip())
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)

    said = one_sentence(first_said(2000, 1024, 1024))
    assert "only 1024 files open" in said
    assert "about 206 phones, not for 2000" in said
    assert "--seats 206" in said
    for seats, soft, hard in ((2000, 1024, 10_000), (200, 1024, 1024)):
        assert "files open" not in first_said(seats, soft, hard)
