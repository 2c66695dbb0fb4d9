"""A test that waits for ever stops all others: every ``while`` here has a limit."""

import ast

from support.served import REPO

TESTS = REPO / "tests"
# these end with what they read, which `pytest-timeout` and a deadline elsewhere end
ALLOWED = {
    (
        "support/kernel_line.py",
        "heard",
    ): "each frame has 30 seconds, and its caller an end",
    ("support/proxy.py", "_welcome"): "until its door is shut",
    ("support/proxy.py", "_serve"): "until its line is closed",
    ("support/proxy.py", "_pass_on"): "until its line is closed",
    ("support/proxy.py", "back"): "until its line is closed",
    ("support/room_line.py", "_listen"): "on a loop of its own, until its line ends",
    ("installed/test_wheel.py", "needed"): "once each distribution was met",
    ("e2e/test_privacy.py", "in_memory"): "to the end of a region of memory",
    ("e2e/test_said_when_true.py", "open"): "until a list is empty",
    ("support/forked.py", "_serve"): "until the tests that ask it have ended",
}


def loops(name: str, text: str) -> list[str]:
    """Where a file loops without asking a clock."""
    tree = ast.parse(text)
    found = []
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if not isinstance(node, ast.While):
                continue
            timed = "monotonic()" in ast.unparse(node.test)
            if not timed and (name, function.name) not in ALLOWED:
                found.append(f"{name}:{node.lineno} in {function.name}")
    return found


def test_every_loop_of_a_test_ends() -> None:
    files = {p.relative_to(TESTS).as_posix(): p for p in sorted(TESTS.rglob("*.py"))}
    found = [one for n, path in files.items() for one in loops(n, path.read_text())]

    assert found == [], "use served.until, served.as_long_as or loop.until"


def test_an_endless_loop_is_found() -> None:
    endless = "def test():\n    while {}:\n        pass"

    assert loops("test.py", endless.format("busy()")) == ["test.py:2 in test"]
    assert loops("test.py", endless.format("time.monotonic() < end")) == []
