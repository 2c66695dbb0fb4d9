"""A folder of lessons, some of them broken: the good ones are served all the same."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import small_lessons as nb
from support.room_line import KeyLine
from support.served import Answer, Served, serve, until

SCALE = 'from beyond_the_no.together import Scale\nScale("how", "How is it?")'
TORN = '{"cells": [ this is not JSON'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return nb.write(
        tmp_path_factory.mktemp("lessons"),
        a_good=nb.notebook("# A\n\nThe first words.", nb.poll("mine"), title="A"),
        b_raises=nb.notebook("x = 1", "# Prose", "y = 2\nraise ValueError('no')"),
        c_torn=TORN,
        d_ends=nb.notebook("import os", "os._exit(3)"),
        e_twice=nb.notebook(nb.poll("mine", "The same name?"), title="E"),
        f_good=nb.notebook("# F\n\nThe last words.", nb.poll("other"), title="F"),
        g_half=nb.notebook(nb.poll("a name with spaces")),
        h_claim=nb.notebook("# H", "# Is it so?\n\n[Evidence: early](#C999)"),
        i_same=nb.notebook(nb.poll("same"), nb.poll("same", "The same name?")),
        j_last=nb.notebook("# J\n\nAfter all the others, words."),
        k_before=nb.notebook(SCALE, title="K"),
        l_after=nb.notebook(SCALE, title="L"),
        m_other=nb.notebook(SCALE.replace("How", "What"), title="M"),
        n_both=nb.notebook(SCALE.replace("how", "too"), SCALE.replace("how", "too")),
    )


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve("--lessons", str(folder)) as it:
        yield it


def open_lesson(served: Served, name: str) -> Answer:
    return served.ask("GET", f"lesson/{name}")


def save(folder: Path, name: str, text: str, after: float = 5) -> None:
    """Save as JupyterLab does: a new file in place of the old one."""
    path, new = folder / f"{name}.ipynb", folder / f".{name}.new"
    new.write_text(text, "utf-8")
    later = time.time() + after
    os.utime(new, (later, later))
    new.replace(path)


@pytest.mark.parametrize("name", ["a_good", "f_good", "j_last"])
def test_a_good_lesson_is_served_beside_broken_ones(served: Served, name: str) -> None:
    answer = open_lesson(served, name)

    assert answer.status == 200
    assert "words." in answer.text


@pytest.mark.parametrize("name", ["b_raises", "c_torn", "d_ends", "g_half", "h_claim"])
def test_a_broken_lesson_rests_calmly(served: Served, name: str) -> None:
    answer = open_lesson(served, name)

    assert answer.status == 503
    assert "This lesson is taking a rest" in answer.text
    assert 'class="care"' in answer.text
    for word in ("Traceback", "ValueError", "site-packages", TORN):
        assert word not in answer.text


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("b_raises", "Cell 3 (y = 2) stopped: ValueError: no"),
        ("c_torn", "c_torn.ipynb cannot be read as a notebook"),
        ("d_ends", "Cell 2 (os._exit(3)) ended the program that runs it."),
        ("g_half", "A question for the group is not complete"),
        ("h_claim", "Cell 2 cannot be shown: There is no claim 'C999'"),
        ("i_same", "The question “same” is in the lesson i_same already"),
        ("e_twice", "The question “mine” is in the lesson a_good already"),
        ("m_other", "The question “how” is in the lesson k_before already"),
        ("n_both", "The question “too” is in the lesson n_both already"),
    ],
)
def test_the_leader_is_told_which_cell_it_was(
    served: Served, name: str, says: str
) -> None:
    assert served.health()["trouble"][name].startswith(says)


def test_what_was_declared_first_stays_with_its_lesson(served: Served) -> None:
    leader = KeyLine(served)
    places = {q["id"]: q["lesson"] for q in leader.waits_for(bool)["questions"]}
    leader.close()

    assert places == {"mine": "a_good", "other": "f_good", "how": "k_before"}
    assert "l_after" not in served.health()["trouble"], "it asks that once more"


def test_saving_a_lesson_changes_its_page(served: Served, folder: Path) -> None:
    save(folder, "f_good", nb.notebook("# F\n\nOther words, after a change."))

    until(lambda: "after a change" in open_lesson(served, "f_good").text, 30)
    assert "The last words" not in open_lesson(served, "f_good").text


def test_a_lesson_that_is_mended_is_served_and_stays_up_when_it_breaks_again(
    served: Served, folder: Path
) -> None:
    save(folder, "b_raises", nb.notebook("# B\n\nMended.", nb.poll("mended")))
    until(lambda: "Mended" in open_lesson(served, "b_raises").text, 30)
    assert "b_raises" not in served.health()["trouble"]

    save(folder, "b_raises", nb.notebook("# B", "1 / 0"))
    until(lambda: open_lesson(served, "b_raises") and newer(served, "b_raises"), 30)

    assert "Cell 2 (1 / 0) stopped" in newer(served, "b_raises")
    assert "Mended" in open_lesson(served, "b_raises").text


def test_a_question_of_a_lesson_that_stays_up_is_not_free(
    served: Served, folder: Path
) -> None:
    save(folder, "f_good", nb.notebook("# F\n\nToo early.", nb.poll("mended")))
    until(lambda: open_lesson(served, "f_good") and newer(served, "f_good"), 30)

    assert "“mended” is in the lesson b_raises already" in newer(served, "f_good")


def newer(served: Served, name: str) -> str:
    """What the leader's page says of a version that was saved and does not run."""
    cookie = {"Cookie": served.cookie()}
    sheet = json.loads(served.ask("GET", "facilitate/run-sheet.json", **cookie).text)
    return next(one["newer"] for one in sheet["lessons"] if one["name"] == name)


def test_a_question_can_move_from_one_lesson_to_another(
    served: Served, folder: Path
) -> None:
    save(folder, "b_raises", nb.notebook("# B\n\nWithout a question."), 10)
    until(lambda: "Without" in open_lesson(served, "b_raises").text, 30)
    save(folder, "f_good", nb.notebook("# F\n\nWith it.", nb.poll("mended")), 10)

    until(lambda: "With it." in open_lesson(served, "f_good").text, 30)


def test_a_lesson_that_was_removed_is_missed_calmly(
    served: Served, folder: Path
) -> None:
    (folder / "d_ends.ipynb").unlink()

    assert open_lesson(served, "d_ends").status == 404
