"""What all tests share: a browser, and phones that must behave. See `served`."""

import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import pytest_timeout
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

import beyond_the_no.engine  # noqa: F401  before nbformat: see there
import support.one_thread  # noqa: F401  before numpy
from support import browser as browsers
from support import stacks
from support.groups import ByFile
from support.served import (
    PHONE,
    PHONES,
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


stacks.in_children()
pytest_timeout.dump_stacks = stacks.dump
# seconds for what measures, builds or starts more than one server before it tests
LONG = {
    "bench": 900,
    "commands/handouts": 300,
    "commands/rehearsal": 300,
    "commands/static_site": 300,
    "content/test_nbval.py": 300,
    "e2e/test_hub.py": 300,
    "e2e/test_hub_accounts.py": 300,
    "e2e/test_rehearsal.py": 300,
    "data/test_tables.py": 300,
    "explore/test_every_explorer.py": 300,
    "frontend/test_bundle.py": 300,
    "installed/test_wheel.py": 300,
    "server/test_changing_networks.py": 450,
}


# start servers, kernels or other programs
SERVER = (
    "bench",
    "commands",
    "content/test_check.py",
    "content/test_data_files.py",
    "content/test_decks.py",
    "content/test_lessons_served.py",
    "content/test_nbval.py",
    "content/test_newer.py",
    "content/test_plans.py",
    "data/test_tables.py",
    "e2e",
    "engine",
    "frontend",
    "installed/test_served.py",
    "installed/test_wheel.py",
    "server",
)

# they need signals and limits that Windows lacks, some of them to be imported at all
collect_ignore = [*SERVER] if sys.platform == "win32" else []


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    return ByFile(config, log)


@cache
def marks(path: Path) -> list[pytest.MarkDecorator]:
    """Say which marks all tests of a file have."""
    if not path.is_relative_to(REPO / "tests"):
        return []
    path = path.relative_to(REPO / "tests")
    server = [pytest.mark.server] * any(map(path.is_relative_to, SERVER))
    long = [LONG[name] for name in LONG if path.is_relative_to(name)]
    return [*server, *map(pytest.mark.timeout, long)]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Don't read files for `make quick` that have no test of it."""
    quick = config.option.markexpr == "unit"
    return (quick and pytest.mark.server in marks(collection_path)) or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what starts servers, what is for `make quick`, and what takes long."""
    for item in items:
        found = marks(item.path)
        for mark in found:
            item.add_marker(mark)
        started = pytest.mark.server in found or item.get_closest_marker("browser")
        if item.path.is_relative_to(REPO / "tests") and not started:
            item.add_marker("unit")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Iterator[pytest.TestReport]:
    """Say what each phone showed when a test failed."""
    report = yield
    if call.when == "call" and report.failed:
        for at, phone in enumerate(PHONES):
            report.sections.append((f"phone {at + 1}", phone.tell()))
    return report


# a busy machine is slow, and nothing here is a timed test
settings.register_profile("kit", deadline=None)
settings.load_profile("kit")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browsers.find()
    if path is None:
        pytest.fail("no browser: run `python tests/support/browser.py`")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=browsers.OPTIONS
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def browser_with_cache(browser: Browser) -> Iterator[Browser]:
    """Open a browser whose Back brings pages from memory, as people's browsers do.

    Playwright switches that off, and Debian's headless shell does not have it.
    """
    path = browsers.find_whole()
    if path is None:
        pytest.fail("no whole browser: run `python tests/support/browser.py`")
    launched = browser.browser_type.launch(
        executable_path=path,
        args=browsers.OPTIONS,
        ignore_default_args=["--disable-back-forward-cache"],
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
