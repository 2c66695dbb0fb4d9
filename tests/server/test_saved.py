"""A lesson is saved while people are in it: page, leader and plan follow as one."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import small_lessons as nb
from support.room_line import KeyLine
from support.served import Served, serve, until

ASKS = {
    "poll": 'from beyond_the_no.together import Poll\nPoll("{}", "Which?", ["A", "B"])',
    "scale": 'from beyond_the_no.together import Scale\nScale("{}", "How is it?")',
}


def lesson(
    title: str, *asked: str, kind: str = "poll", words: str = "Words.", step: str = ""
) -> str:
    cells = [ASKS[kind].format(name) for name in asked]
    made = nb.notebook(f"# {title}\n\n{words}", *cells, title=title, minutes=4)
    if not step:
        return made
    told = f'"metadata": {{"step": {{"name": "{step}", "minutes": 4}}}}'
    return made.replace('"metadata": {}', told, 1)  # of the prose at its head


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return nb.write(
        tmp_path_factory.mktemp("lessons"),
        a_title=lesson("Old title", step="Old step"),
        b_news=lesson("News"),
        c_long=lesson("Long"),
        d_out=lesson("Out", "stays", "goes"),
        e_once=lesson("Once", "how", kind="scale"),
        f_again=lesson("Again", "how", kind="scale"),
        g_torn=lesson("Whole", "torn", step="Whole step"),
    )


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve("--lessons", str(folder)) as it:
        yield it


@pytest.fixture
def leader(served: Served) -> Iterator[KeyLine]:
    line = KeyLine(served)
    yield line
    line.close()


saves = iter(range(5, 10**6, 5))


def save(folder: Path, name: str, text: str) -> None:
    """Save as JupyterLab does: a new file in place of the old one."""
    path, new = folder / f"{name}.ipynb", folder / f".{name}.new"
    new.write_text(text, "utf-8")
    later = time.time() + next(saves)
    os.utime(new, (later, later))
    new.replace(path)


def page(served: Served, name: str) -> str:
    return served.ask("GET", f"lesson/{name}").text


def sheet(served: Served) -> dict:
    """The leader's run sheet: lessons and plan."""
    cookie = {"Cookie": served.cookie()}
    return json.loads(served.ask("GET", "facilitate/run-sheet.json", **cookie).text)


def steps(served: Served, name: str) -> list[str]:
    return [row["name"] for row in sheet(served)["rows"] if row["lesson"] == name]


def asked(leader: KeyLine, *names: str) -> dict[str, tuple[str, str]]:
    """Where the leader can ask these questions, and what the lesson is called."""
    leader.settle()
    questions = {q["id"]: (q["lesson"], q["title"]) for q in leader.last()["questions"]}
    return {name: at for name, at in questions.items() if name in names}


def test_the_first_page_that_is_opened_shows_what_was_saved(
    served: Served, folder: Path
) -> None:
    new = lesson("New title", words="New words.", step="New step")
    save(folder, "a_title", new)

    text = page(served, "a_title")

    assert "New words." in text
    assert "<title>New title" in text
    assert "Old title" not in text
    (about,) = (ls for ls in sheet(served)["lessons"] if ls["name"] == "a_title")
    assert about["title"] == "New title"
    assert steps(served, "a_title") == ["New step"]
    assert page(served, "a_title") == text, "there is nothing newer"


def test_a_page_that_asks_for_news_does_not_wait_for_them(
    served: Served, folder: Path
) -> None:
    def etag() -> str:
        return served.ask("HEAD", "lesson/b_news").headers["Etag"]

    before = etag()
    save(folder, "b_news", lesson("News", words="New words."))

    assert etag() == before
    until(lambda: etag() != before, 30)


def test_a_version_that_takes_long_is_not_waited_for(
    served: Served, folder: Path
) -> None:
    endless = nb.notebook("# New", "import time; time.sleep(55)", title="New")
    save(folder, "c_long", endless)
    began = time.monotonic()

    assert "<title>Long" in page(served, "c_long")
    assert time.monotonic() - began < 45


def test_a_question_that_was_taken_out_leaves_the_leader_too(
    served: Served, folder: Path, leader: KeyLine
) -> None:
    names = ("stays", "goes", "comes")
    assert set(asked(leader, *names)) == {"stays", "goes"}

    save(folder, "d_out", lesson("Out", "stays", "comes"))
    page(served, "d_out")

    assert set(asked(leader, *names)) == {"stays", "comes"}


def test_a_question_stays_with_the_lesson_that_asks_it_once_more(
    served: Served, folder: Path, leader: KeyLine
) -> None:
    assert asked(leader, "how") == {"how": ("e_once", "Once")}

    save(folder, "e_once", lesson("Once"))
    page(served, "e_once")

    assert asked(leader, "how") == {"how": ("f_again", "Again")}


@pytest.mark.parametrize("torn", ['{"cells": [ half', "", lesson("Torn")[:150]])
def test_a_torn_save_changes_nothing_for_anyone(
    served: Served, folder: Path, leader: KeyLine, torn: str
) -> None:
    text = page(served, "g_torn")

    save(folder, "g_torn", torn)

    assert page(served, "g_torn") == text
    assert asked(leader, "torn") == {"torn": ("g_torn", "Whole")}
    assert steps(served, "g_torn") == ["Whole step"]
