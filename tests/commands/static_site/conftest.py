"""One site for all of these tests."""

from pathlib import Path

import pytest

from support.once import once

from .made import PREFIX, run


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All lessons, as a site."""

    def make(host: Path) -> None:
        done = run(host / PREFIX)
        assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, "host", make) / PREFIX
