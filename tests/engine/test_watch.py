"""A changed file makes another version; the disk is looked at once a second."""

from pathlib import Path

import pytest

from beyond_the_no.engine.storage.source_version import SECONDS, SourceVersion


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def later(watch: SourceVersion, clock: Clock) -> str:
    clock.now += SECONDS
    return watch.version()


@pytest.mark.parametrize("change", ["write", "add", "remove"])
def test_a_change_is_another_version(tmp_path: Path, change: str) -> None:
    (tmp_path / "deep").mkdir()
    file = tmp_path / "deep" / "widget.js"
    file.write_text("1")
    clock = Clock()
    watch = SourceVersion([tmp_path], clock)
    before = watch.version()

    if change == "write":
        file.write_text("22")
    elif change == "add":
        (tmp_path / "other.py").write_text("")
    else:
        file.unlink()

    assert watch.version() == before, "the disk was looked at just now"
    assert later(watch, clock) != before


def test_caches_and_an_editors_own_files_are_no_change(tmp_path: Path) -> None:
    clock = Clock()
    watch = SourceVersion([tmp_path], clock)
    before = watch.version()

    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("")
    (tmp_path / ".a.py.swp").write_text("")

    assert later(watch, clock) == before


def test_without_folders_nothing_changes(tmp_path: Path) -> None:
    clock = Clock()
    watch = SourceVersion([], clock)

    assert later(watch, clock) == later(watch, clock)
