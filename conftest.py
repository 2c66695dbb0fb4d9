"""Lets ``pytest --nbval notebooks/`` compare every cell, strictly and without flags.

Our widgets show the same text in every run. What Python itself says of a cell may hold
an address or a kernel's temporary file: `make notebooks` and nbval set both aside, by
the one table in ``tests/nbval.cfg``.
"""

from pathlib import Path

import pytest

SANITIZED = Path(__file__).parent / "tests" / "nbval.cfg"


def pytest_configure(config: pytest.Config) -> None:
    """Hand nbval our table, unless another one was named."""
    if config.getoption("nbval_sanitize_with", None) is None:
        config.option.nbval_sanitize_with = str(SANITIZED)
