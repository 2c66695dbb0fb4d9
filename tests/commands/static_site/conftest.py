"""One site for all of these tests."""

from pathlib import Path

import pytest

from .made import PREFIX, run


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All lessons, as a site."""
    folder = tmp_path_factory.mktemp("host") / PREFIX
    done = run(folder)
    assert done.returncode == 0, done.stderr
    return folder
