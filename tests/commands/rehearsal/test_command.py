"""The command: one sentence where something is wrong, and nothing left behind."""

import signal
import socket
from pathlib import Path

import psutil
import pytest

from beyond_the_no.commands import main
from beyond_the_no.commands.rehearsal import capacity
from support.served import children, lives, until

from .conftest import rehearse, watched


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["--people", "0"], "--people is a number from 1 to 200."),
        (["--people", "500"], "--people is a number from 1 to 200."),
        (["--speed", "0"], "--speed is a number from 0.1 to 600"),
        (["--speed", "nan"], "--speed is a number from 0.1 to 600"),
        (["--plan", "91"], "There is no plan “91”. Choose one of 60, 90,"),
        (["--port", "99999"], "--port is a number"),
        (["--lessons", "no/such/folder"], "There's no folder no/such/folder"),
        (["--report", "no/such/folder/a.html"], "There’s no folder"),
        (["--country", "XX"], "There are no help lines for “XX”. --country is one of"),
    ],
    ids=lambda value: " ".join(value)[:24] if isinstance(value, list) else "",
)
def test_a_wrong_option_is_named_in_one_sentence(
    words: list[str],
    names: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main.main(["rehearse", "--json", "--no-browser", *words]) == 1

    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert said.err.startswith(names)
    assert list(tmp_path.iterdir()) == []


def test_broken_off_half_way_it_leaves_no_process_no_port_and_no_file(
    tmp_path: Path,
) -> None:
    with rehearse(tmp_path, "--by-itself") as it:
        wall = watched(it)["wall"]
        wall.waits_for(lambda state: state["questions"], "a question")
        family = children(psutil.Process(it.process.pid))

        assert it.stop() == 0

        until(lambda: not any(one.is_running() for one in family), 20)
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", it.port)) != 0
        until(lambda: "It has left nothing behind." in "".join(it.said), 10)
        assert it.log == []
        assert not it.report.exists()
        assert list((tmp_path / "tmp").iterdir()) == []


def test_killed_it_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    with rehearse(tmp_path, "--by-itself") as it:
        wall = watched(it)["wall"]
        wall.waits_for(lambda state: state["questions"], "a question")
        family = psutil.Process(it.process.pid).children(recursive=True)

        it.stop(signal.SIGKILL)

        until(lambda: not any(map(lives, family)), 30, "everyone to end")
        assert [p for p in (tmp_path / "tmp").rglob("*") if p.is_file()] == []
        assert not it.report.exists()


def test_a_report_that_was_asked_for_says_that_it_was_broken_off(
    tmp_path: Path,
) -> None:
    with rehearse(tmp_path, "--by-itself", "--report", str(tmp_path / "r.html")) as it:
        watched(it)["wall"].waits_for(lambda state: state["questions"], "a question")

        assert it.stop(signal.SIGTERM) == 0

    told = (tmp_path / "r.html").read_text("utf-8")
    assert "It was stopped early" in told
    assert "Turned to “Close”" not in told
    assert list((tmp_path / "tmp").iterdir()) == []


def test_how_many_phones_this_laptop_takes_is_measured() -> None:
    found = capacity.measure(sizes=(12,))

    (row,) = found.rows
    assert row["served"] == 12
    assert row["answer"] > 0
    well = all(row[name] <= limit for name, limit in found.limits.items())
    assert row["well"] == well
    kind = "can take 12 phones" if well else "was too slow for 12 phones"
    assert found.summary.startswith(f"This laptop {kind}")
