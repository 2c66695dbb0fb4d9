"""A laptop that leads a workshop does not fall asleep, and nothing is left behind."""

import os
import sys
from pathlib import Path

import pytest

from beyond_the_no.server.host.sleep_inhibitor import SleepInhibitor
from support.served import until

linux = pytest.mark.skipif(sys.platform != "linux", reason="asks systemd")


@pytest.fixture
def asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return tmp_path / "systemd-inhibit"


@linux
def test_sleep_is_held_off_until_the_workshop_is_closed(asks: Path) -> None:
    asks.write_text('#!/bin/sh\nwhile [ "${1#--}" != "$1" ]; do shift; done\nexec "$@"')
    asks.chmod(0o755)

    awake = SleepInhibitor()
    assert awake.held
    awake.close()

    assert not awake.held


@linux
def test_a_system_that_refuses_is_not_trusted(asks: Path) -> None:
    asks.write_text("#!/bin/sh\nexit 1\n")
    asks.chmod(0o755)

    awake = SleepInhibitor()
    until(lambda: not awake.held, 10, "the refusal")
    awake.close()


def test_a_system_that_cannot_be_asked_is_not_trusted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")

    awake = SleepInhibitor()
    assert not awake.held
    awake.close()
