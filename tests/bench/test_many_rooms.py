"""The benchmark of many rooms runs; what it measures is for `make bench`."""

import subprocess
import sys

import pytest

from beyond_the_no.commands.hub import supervisor
from beyond_the_no.common.settings import UserError
from support.served import REPO


def test_rooms_of_a_hub_are_measured_with_small_numbers() -> None:
    try:
        supervisor.proxy_command()
    except UserError as trouble:
        pytest.skip(str(trouble))
    command = [sys.executable, str(REPO / "bench" / "run.py"), "hub", "--quick"]

    done = subprocess.run(command, capture_output=True, text=True, timeout=600)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "| 2 rooms of the hub at once | 4 | 4 |" in done.stdout
    rows = [line for line in done.stdout.splitlines() if line.startswith("| leader")]
    assert len(rows) == 2, done.stdout
