"""What stands in the way of a site is said in a sentence, and nothing is lost."""

import errno
import json
import os
import resource
from pathlib import Path

import pytest

from beyond_the_no.commands.static_site.output_folder import (
    LIST,
    NAME,
    beside,
    listed,
    refuse,
)
from beyond_the_no.common.settings import UserError
from support import small_lessons as nb

from .made import run


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two small lessons."""
    graph = "from beyond_the_no.explore import Anger\nAnger()"
    return nb.write(
        tmp_path_factory.mktemp("few"),
        one=nb.notebook("# One", nb.NOTE, nb.poll("which"), title="One"),
        two=nb.notebook("# Two\n\n[Evidence](#C01)", graph, title="Two"),
    )


def files(folder: Path) -> dict[str, bytes]:
    every = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in every}


def one_sentence(said: str) -> bool:
    return bool(said.strip()) and "Traceback" not in said


def test_the_same_lessons_give_the_same_bytes_also_in_place_of_a_site(
    few: Path, tmp_path: Path
) -> None:
    out, again = tmp_path / "deep" / "out", tmp_path / "again"
    assert run(out, "--lessons", few).returncode == 0
    first = files(out)
    assert run(again, "--lessons", few).returncode == 0
    assert files(again) == first

    assert run(out, "--lessons", few).returncode == 0
    assert files(out) == first
    assert sorted(p.name for p in out.parent.iterdir()) == ["out"]


@pytest.mark.parametrize("name", ["letter.txt", ".git/config", "index.html"])
def test_a_folder_with_somebodys_files_is_left_alone(
    few: Path, tmp_path: Path, name: str
) -> None:
    mine = tmp_path / "out" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    done = run(tmp_path / "out", "--lessons", few)

    assert done.returncode == 1
    assert f"{name} in it wasn’t written by this command" in done.stderr
    assert files(tmp_path / "out") == {name: b"mine"}


def test_a_site_that_somebody_changed_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.html").write_text("made")
    (out / LIST).write_text(json.dumps({"made_by": NAME, "files": listed(out)}))
    refuse(out)

    (out / "index.html").write_text("changed by hand")
    with pytest.raises(UserError, match=r"index\.html in it wasn’t written"):
        refuse(out)


@pytest.mark.parametrize(
    "list_", ["", "[]", '{"files": 3}', '{"files": {}}', '{"made_by": 3, "files": {}}']
)
def test_a_list_of_somebody_elses_makes_no_files_ours(
    tmp_path: Path, list_: str
) -> None:
    (tmp_path / LIST).write_text(list_)

    with pytest.raises(UserError, match=r"site\.json in it wasn’t written"):
        refuse(tmp_path)


def test_a_link_to_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "link").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(UserError, match="link in it wasn’t written"):
        refuse(tmp_path / "out")


def test_a_file_in_the_place_is_named(few: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    done = run(tmp_path / "out", "--lessons", few)

    assert done.returncode == 1
    assert "is a file. Name a folder." in done.stderr
    assert (tmp_path / "out").read_text() == "mine"


def test_a_place_that_cannot_be_written_is_said(few: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    done = run(tmp_path / "file" / "out", "--lessons", few)

    assert done.returncode == 1
    assert "couldn’t be written" in done.stderr
    assert one_sentence(done.stderr)


def test_a_full_disk_leaves_no_half_of_a_site(few: Path, tmp_path: Path) -> None:
    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    # else Python keeps the first 20 kB of a module that it compiles, for everybody
    env = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = run(tmp_path / "out", "--lessons", few, preexec_fn=small_files, env=env)

    assert done.returncode == 1
    assert "The site couldn’t be written (File too large)" in done.stderr
    assert one_sentence(done.stderr)
    assert list(tmp_path.iterdir()) == []


def test_where_it_breaks_off_the_former_site_is_still_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()

    def write() -> None:
        with beside(out) as half:
            (half / "page.html").write_text("half")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(UserError, match="No space left"):
        write()

    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_lesson_that_fails_is_named_and_nothing_is_written(
    few: Path, tmp_path: Path
) -> None:
    broken = nb.notebook("# Three", "1 / 0", title="Three")
    folder = nb.write(tmp_path / "notebooks", three=broken, torn="{")
    nb.write(folder, one=(few / "one.ipynb").read_text("utf-8"))
    done = run(tmp_path / "out", "--lessons", folder)

    assert done.returncode == 1
    assert "three.ipynb: Cell 2 (1 / 0) stopped: ZeroDivisionError" in done.stderr
    assert "torn.ipynb cannot be read as a notebook" in done.stderr
    assert "one.ipynb" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_lesson_that_needs_python_is_named(tmp_path: Path) -> None:
    slider = nb.notebook("# Four", "import ipywidgets\nipywidgets.IntSlider()")
    done = run(tmp_path / "out", "--lessons", nb.write(tmp_path / "n", four=slider))

    assert done.returncode == 1
    assert "four.ipynb: It shows controls of Jupyter’s own, which needs" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--lessons", "nowhere"), "There's no folder nowhere."),
        (("--country", "XX"), "--country is one of"),
        (("--budget", "0"), "--budget is how many MB"),
    ],
)
def test_a_wrong_option_is_said(
    tmp_path: Path, options: tuple[str, ...], says: str
) -> None:
    done = run(tmp_path / "out", *options)

    assert done.returncode == 1
    assert says in done.stderr
    assert one_sentence(done.stderr)


def test_a_folder_without_lessons_is_said(tmp_path: Path) -> None:
    done = run(tmp_path / "out", "--lessons", tmp_path)

    assert done.returncode == 1
    assert "There are no lessons in" in done.stderr
