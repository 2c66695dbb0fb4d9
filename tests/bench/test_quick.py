"""The benchmarks run; what they measure is for `make bench`."""

import subprocess
import sys

from support.served import REPO


def test_every_benchmark_runs_with_small_numbers() -> None:
    command = [sys.executable, str(REPO / "bench" / "run.py"), "all", "--quick"]

    done = subprocess.run(command, capture_output=True, text=True, timeout=600)

    assert done.returncode == 0, done.stdout + done.stderr
    tables = [line for line in done.stdout.splitlines() if line.startswith("|--")]
    assert len(tables) >= 3, done.stdout
