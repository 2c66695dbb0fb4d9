"""What all tests share: a browser, and phones that must behave. See `served`."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

import browser as browsers
from served import (
    PHONE,
    REPO,
    Phone,
    Served,
    free_port,
    open_room,
    serve,
    until,
    violations,
)

__all__ = [
    "PHONE",
    "REPO",
    "Phone",
    "Served",
    "free_port",
    "open_room",
    "serve",
    "until",
    "violations",
]


# a busy machine is slow, and nothing here is a timed test
settings.register_profile("kit", deadline=None)
settings.load_profile("kit")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browsers.find()
    if path is None:
        pytest.fail("no browser: run `python tests/browser.py`")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=browsers.OPTIONS
        )
        yield launched
        launched.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[..., Phone]]:
    """Make phones; each must have stayed on this machine, and without errors."""
    made: list[Phone] = []

    def make(served: Served, **options: object) -> Phone:
        made.append(Phone(browser, served, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()
        assert one.asked_elsewhere() == []
        assert one.errors == []
