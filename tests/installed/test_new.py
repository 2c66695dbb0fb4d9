"""``beyond-the-no new``: a folder to adapt, and what a newer kit would change in it."""

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from beyond_the_no.commands import main, own_folder
from beyond_the_no.common import resources
from beyond_the_no.common.settings import UserError
from support.served import REPO, with_path

LESSON = "notebooks/01_one.ipynb"
WHERE = """from beyond_the_no.common import resources as r
print(r.ROOT, r.DATA, sep="|")"""


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small kit, whose files a test may change."""
    kit = tmp_path / "kit"
    files = (*own_folder.NEEDED[2:], LESSON, "slides/plans/90.toml")
    more = ("data/likes/compute.py", "notebooks/.ipynb_checkpoints/01_one.ipynb")
    for name in (*files, *more):
        (kit / name).parent.mkdir(parents=True, exist_ok=True)
        (kit / name).write_text(f"{name}\n", "utf-8")
    monkeypatch.setattr(resources, "KIT", kit)
    return kit


def new(folder: Path) -> int:
    return main.main(["new", str(folder)])


def test_it_copies_what_is_to_be_adapted_and_writes_down_what_that_was(
    kit: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mi taller ñ"

    assert new(folder) == 0
    made = json.loads((folder / resources.MARK).read_text("utf-8"))
    copied = {p for p in folder.rglob("*") if p.is_file()}
    names = {path.relative_to(folder).as_posix() for path in copied}
    assert made["version"] == resources.version() != "unknown"
    assert names == {*made["files"], resources.MARK}
    assert LESSON in names
    assert not [name for name in names if "compute" in name or "checkpoints" in name]
    for name, known in made["files"].items():
        assert sha256((folder / name).read_bytes()).hexdigest() == known


def test_the_kits_own_lessons_slides_and_data_are_all_copied(tmp_path: Path) -> None:
    assert new(tmp_path / "mine") == 0
    for top in resources.COPIED:
        files = [p for p in (REPO / top).rglob("*.*") if p.is_file()]
        there = {p.name for p in files if p.parent.name != "__pycache__"}
        there = {n for n in there if not n.startswith(".") and n != "compute.py"}
        assert there <= {p.name for p in (tmp_path / "mine" / top).rglob("*")}


def test_a_folder_that_is_not_empty_is_left_alone(
    kit: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear")

    assert new(tmp_path / "full") == 1
    assert new(tmp_path / "full" / "letter.txt") == 1
    assert new(tmp_path / "full" / "letter.txt" / "below") == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].endswith("full isn't empty. Name a new folder, or an empty one.")
    assert said[1].endswith("letter.txt is a file. Name a new folder.")
    assert said[2].endswith("Name a folder somewhere else.")
    assert len(said) == 3
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["letter.txt"]


def test_a_copy_that_fails_leaves_nothing(
    kit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    copied = []

    def full(source: Path, target: Path) -> None:
        if len(copied) == 2:
            raise OSError(28, "No space left on device")
        copied.append(target.write_bytes(source.read_bytes()))

    monkeypatch.setattr(shutil, "copyfile", full)
    (tmp_path / "empty").mkdir()

    assert new(tmp_path / "mine") == new(tmp_path / "empty") == 1
    assert "mine can't be written: No space left" in capsys.readouterr().err
    assert not (tmp_path / "mine").exists()
    assert not list((tmp_path / "empty").iterdir())


class TestANewerKit:
    @pytest.fixture
    def folder(self, kit: Path, tmp_path: Path) -> Path:
        assert new(tmp_path / "mine") == 0
        return tmp_path / "mine"

    def test_has_nothing_to_say_where_only_she_changed_something(
        self, folder: Path, capsys: pytest.CaptureFixture
    ) -> None:
        (folder / LESSON).write_text("mine")
        (folder / "slides/plans/90.toml").unlink()
        capsys.readouterr()

        assert own_folder.newer(folder) == ""
        assert new(folder) == 0
        assert "this kit" in capsys.readouterr().out

    def test_tells_what_it_would_change_and_changes_nothing(
        self, kit: Path, folder: Path
    ) -> None:
        (kit / LESSON).write_text("newer")
        (kit / "data/help.json").write_text("newer")
        (folder / "data/help.json").write_text("mine")
        (kit / "data/claims.json").write_text("newer")
        (folder / "data/claims.json").write_text("newer")  # taken over already
        (kit / "notebooks/02_two.ipynb").write_text("new")
        (kit / "slides/plans/90.toml").unlink()
        before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}

        assert own_folder.newer(folder) == (
            f"This folder was made with kit {resources.version()}; kit "
            f"{resources.version()} would change {LESSON}, as it came, and change "
            "data/help.json, where you have changed it too, and add "
            "notebooks/02_two.ipynb, and no longer have slides/plans/90.toml. Nothing "
            "has been changed here. To see those files: beyond-the-no new "
            "ANOTHER-FOLDER"
        )
        assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before

    @pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"files": 1}'])
    def test_says_where_its_notes_cannot_be_read(self, folder: Path, text: str) -> None:
        (folder / resources.MARK).write_text(text)

        assert "beyond-the-no.json can't be read" in own_folder.newer(folder)


def test_half_a_copy_is_named(kit: Path, tmp_path: Path) -> None:
    new(tmp_path / "mine")
    own_folder.check_whole(tmp_path / "mine")
    (tmp_path / "mine/data/help.json").unlink()
    shutil.rmtree(tmp_path / "mine/slides")

    with pytest.raises(
        UserError,
        match=r"incomplete copy of the kit: slides, data/help.json is missing\. Make a",
    ):
        own_folder.check_whole(tmp_path / "mine")


def where(folder: Path, **more: str) -> list[str]:
    """Ask a Python that starts in a folder where lessons and data are."""
    env = {k: v for k, v in os.environ.items() if k != resources.FOLDER} | more
    env["PYTHONPATH"] = with_path(REPO / "widgets")
    command = [sys.executable, "-c", WHERE]
    said = subprocess.check_output(command, cwd=folder, env=env, text=True)
    return said.strip().split("|")


def test_two_folders_side_by_side_each_have_their_own_files(tmp_path: Path) -> None:
    for name in ("uno ñ", "dos"):
        assert new(tmp_path / name) == 0
        for below in (".", "notebooks", "notebooks/author"):
            root = tmp_path / name
            assert where(root / below) == [str(root), str(root / "data")]

    one, two = tmp_path / "uno ñ", tmp_path / "dos"
    assert where(one, BEYOND_THE_NO_FOLDER=str(two))[0] == str(two), "handed down"


def test_a_folder_further_up_does_not_choose_our_lessons(tmp_path: Path) -> None:
    """Such as one that somebody else put into a temporary folder."""
    new(tmp_path / "mine")
    (tmp_path / "mine" / "letters").mkdir()

    assert where(tmp_path / "mine" / "letters")[0] == str(REPO)
