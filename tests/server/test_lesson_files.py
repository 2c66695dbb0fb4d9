"""Files as people bring them: any name, links to nowhere, an editor's lock, none."""

import html
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as some

from beyond_the_no.content import lesson_files as files
from beyond_the_no.content import lessons, plans
from support import small_lessons as nb
from support.served import REPO, Served, serve

KIT = [sys.executable, "-m", "beyond_the_no.commands.main"]
SERVED = {
    "01 with a space": "01-with-a-space",
    "02_Über déjà": "02_Uber-deja",
    "03.with.dots": "03-with-dots",
    "04 [one] (1)": "04-one-1",
    f"05_{'long' * 40}": f"05_{'long' * 40}"[:64],
    "06 心": "06",
    "06 感情": "06-2",
    "07_#?%&+;'": "07",
    "08_plain": "08_plain",
    "09-plain": "09-plain",
    "09.plain": "09-plain-2",
    "감정": "lesson",
}
NAMED = {
    "10_large.IPYNB": "must end in .ipynb, in small letters",
    "11_folder.ipynb": "is a folder",
    "12_gone.ipynb": "is a link to nowhere",
    "13_empty.ipynb": "cannot be read as a notebook",
    "14_in_r.ipynb": "14_in_r.ipynb is written in R. Lessons are run by Python. Choose",
    "15_in_cpp.ipynb": "15_in_cpp.ipynb is written in C++. Lessons are run by Python.",
}


def brought(folder: Path) -> Path:
    for at, name in enumerate(SERVED):
        text = nb.notebook("# One\n\nA line of words.", nb.poll(f"q{at}"))
        (folder / f"{name}.ipynb").write_text(text, "utf-8")
    (folder / "10_large.IPYNB").write_text(nb.notebook("# L"), "utf-8")
    (folder / "11_folder.ipynb").mkdir()
    (folder / "12_gone.ipynb").symlink_to(folder / "nowhere")
    (folder / "13_empty.ipynb").touch()
    in_r = nb.notebook("x <- 1", language_info={"name": "R"})
    (folder / "14_in_r.ipynb").write_text(in_r, "utf-8")
    about = {"name": "xcpp17", "display_name": "C++17"}  # as it is saved without more
    in_cpp = nb.notebook("int x = 1;", kernelspec=about)
    (folder / "15_in_cpp.ipynb").write_text(in_cpp, "utf-8")
    (folder / ".#01.ipynb").symlink_to("somebody@a-laptop.4711:1")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return brought(tmp_path_factory.mktemp("brought"))


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve("--lessons", str(folder)) as it:
        yield it


def run(*words: object, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*KIT, *map(str, words)],
        capture_output=True,
        cwd=REPO,
        timeout=120,
        env=os.environ | environment,
    )


@pytest.mark.parametrize("name", SERVED)
def test_a_file_of_any_name_is_served_at_an_address_of_its_own(
    served: Served, name: str
) -> None:
    answer = served.ask("GET", f"lesson/{SERVED[name]}")

    assert answer.status == 200
    assert f"<title>{name} ·" in html.unescape(answer.text)


@pytest.mark.parametrize("name", NAMED)
def test_what_cannot_be_served_is_named_with_its_reason(
    served: Served, name: str
) -> None:
    said = [t for t in served.health()["trouble"].values() if t.startswith(name)]

    assert len(said) == 1
    assert NAMED[name] in said[0]
    assert said[0] in "".join(served.log)


def test_every_file_is_served_or_named_and_a_lock_is_passed_over(
    served: Served,
) -> None:
    health = served.health()

    assert set(health["ready"]) == set(SERVED.values())
    assert len(health["trouble"]) == len(NAMED)
    assert "Traceback" not in "".join(served.log)


def test_check_says_the_same_of_each(folder: Path) -> None:
    done = run("check", "--lessons", folder)
    said = done.stdout.decode()

    assert done.returncode == 1
    assert all(f"{name} … runs\n" in said for name in SERVED)
    assert all(reason in said for reason in NAMED.values())
    assert b"Traceback" not in done.stderr
    assert b".#01" not in done.stdout


def test_a_site_names_what_it_cannot_show(folder: Path, tmp_path: Path) -> None:
    done = run("site", tmp_path / "out", "--lessons", folder)

    assert done.returncode == 1
    assert all(name.encode() in done.stderr for name in NAMED)
    assert b"Traceback" not in done.stderr


def test_a_plan_may_name_a_lesson_by_its_file(folder: Path, tmp_path: Path) -> None:
    plan = tmp_path / "mine.toml"
    plan.write_text(
        'title = "T"\nminutes = 7\n[[row]]\nminutes = 7\nlesson = "03.with.dots"\n'
    )
    known = files.addresses(files.notebooks(folder))
    made = plans.load(plan, [lessons.load_lesson(p, name=n) for n, p in known.items()])

    assert [step.lesson for step in made.steps] == ["03-with-dots"]


@given(some.lists(some.text(some.characters(codec="utf-8"), min_size=1), unique=True))
def test_addresses_are_clean_and_each_file_has_one(stems: list[str]) -> None:
    paths = sorted(Path("/x") / f"{s.replace('/', '')}.ipynb" for s in stems)
    paths = list(dict.fromkeys(paths))
    found = files.addresses(paths)

    assert list(found.values()) == paths
    assert all(files.ADDRESS.match(name) for name in found)
    for path in paths:  # what an address can hold, it holds as it is
        if files.ADDRESS.match(path.stem):
            assert found[path.stem] == path


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
    max_leaves=6,
)


@given(
    some.dictionaries(
        some.sampled_from(["title", "minutes", "notes", "content_note", "numeral"]),
        JSON,
    ),
    JSON,
)
def test_metadata_of_any_kind_is_read_or_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, about: dict, step: object
) -> None:
    from beyond_the_no.content import lesson_linter

    folder = tmp_path_factory.getbasetemp()
    made = nbformat.reads(nb.notebook("# A", "1", **about), as_version=4)
    made.cells[0].metadata["step"] = step
    path = folder / "any.ipynb"
    path.write_text(nbformat.writes(made), "utf-8")

    lesson = lessons.load_lesson(path)
    said = [lesson.error, *lesson_linter.faults(lesson.notebook)]

    assert not any("pydantic" in one or "\n" in one for one in said)
    assert isinstance(lesson.title, str)
    assert lesson.run_sheet()


# -- no lessons ---------------------------------------------------------------------


def test_an_empty_folder_is_said_on_the_terminal_and_on_the_leaders_page(
    tmp_path: Path,
) -> None:
    with serve("--lessons", str(tmp_path)) as served:
        path = f"facilitate/preflight.json?key={served.key()}"
        said = served.ask("GET", path).text

    assert f"There are no lessons in {tmp_path}" in said
    assert f"There are no lessons in {tmp_path}" in "".join(served.log)


@pytest.mark.parametrize("command", ["check", "paper", "site"])
def test_every_command_says_it(tmp_path: Path, command: str) -> None:
    (tmp_path / "below").mkdir()
    out = ["--folder", tmp_path / "o"] if command == "paper" else []
    out = [tmp_path / "o"] if command == "site" else out
    done = run(command, *out, "--lessons", tmp_path)

    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"There are no lessons in {tmp_path}. ")
    nb.write(tmp_path / "below", one=nb.notebook("# One"))
    done = run(command, *out, "--lessons", tmp_path)
    assert f"--lessons {tmp_path / 'below'}\n" in done.stderr.decode()


def test_check_of_a_folder_says_how(tmp_path: Path) -> None:
    done = run("check", tmp_path)

    assert done.returncode == 1
    assert f"check --lessons {tmp_path}" in done.stderr.decode()


# -- terminals ------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_addresses_are_printed_in_any_encoding_and_lessons_are_tried(
    tmp_path: Path, encoding: str
) -> None:
    lessons = nb.write(tmp_path, one=nb.notebook("# One"))
    printed = tmp_path / "printed.txt"
    with (
        printed.open("wb") as out,
        serve("--lessons", str(lessons), out=out, PYTHONIOENCODING=encoding) as served,
    ):
        assert served.health()["ready"] == ["one"]
        said = printed.read_bytes().decode(encoding)

    assert re.search(r"^Participants +http://127.0.0.1", said, re.MULTILINE)
    assert ("█" in said) == (encoding == "utf-8")
    assert "\x1b" not in said


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize(
    "words", [["--help"], ["check", "notebooks/author/template.ipynb"]], ids=len
)
def test_what_is_printed_may_be_plain(encoding: str, words: list[str]) -> None:
    done = run(*words, PYTHONIOENCODING=encoding)

    assert done.returncode == 0, done.stderr
    assert done.stdout.decode(encoding)


def test_a_terminal_that_has_gone_stops_no_workshop(tmp_path: Path) -> None:
    lessons = nb.write(tmp_path, one=nb.notebook("# One"))
    read, write = os.pipe()
    os.close(read)
    with (
        os.fdopen(write, "wb") as out,
        serve("--lessons", str(lessons), out=out) as served,
    ):
        assert served.health()["ready"] == ["one"]
        assert served.stop() == 0
