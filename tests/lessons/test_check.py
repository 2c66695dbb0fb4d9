"""``check LESSON`` tells an author what is missing; ``author`` gives her a start."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import tidy_notebooks as tidy
from beyond_the_no.serve import author
from beyond_the_no.serve import lesson_form as form
from beyond_the_no.serve.settings import Trouble

TEMPLATE = author.OWN / "template.ipynb"


def check(*paths: Path) -> subprocess.CompletedProcess:
    kit = [sys.executable, "-m", "beyond_the_no.serve.cli", "check"]
    return subprocess.run(
        [*kit, *map(str, paths)], capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def lesson() -> nbformat.NotebookNode:
    """A lesson in good form, to be spoilt."""
    return tidy.read(TEMPLATE)


def test_the_template_wants_nothing() -> None:
    done = check(TEMPLATE)

    assert done.returncode == 0, done.stdout
    assert done.stdout == "template.ipynb … runs\nNothing is missing.\n"


@pytest.mark.parametrize("path", sorted(author.LESSONS.glob("*.ipynb")), ids=str)
def test_no_lesson_of_the_kit_wants_anything(path: Path) -> None:
    assert form.faults(tidy.read(path)) == []


def note(lesson):
    lesson.cells[0].source = f"# {lesson.metadata.title}\n\nWelcome."


def other_note(lesson):
    lesson.metadata.content_note = "Something else."


def no_minutes(lesson):
    del lesson.metadata["minutes"]


def other_minutes(lesson):
    lesson.metadata.minutes = 30


def no_upset(lesson):
    del form.told(lesson)[0]["upset"]


def other_step(lesson):
    form.told(lesson)[0]["if_upset"] = "go out"


def cut_close(lesson):
    form.told(lesson)[-1]["cut"] = 1


def late(lesson):
    form.told(lesson)[0]["late"] = "just go on."


def no_notes(lesson):
    lesson.metadata.notes = []


def no_question(lesson):
    lesson.cells[-1].source = "The end."


def no_evidence(lesson):
    for cell in lesson.cells:
        cell.source = form.LINK.sub("", cell.source)


def other_sure(lesson):
    lesson.cells[3].source = lesson.cells[3].source.replace("a view", "certain")


def number(lesson):
    lesson.cells[1].source += "\n\nOf all people, 4711 know it."


def picture(lesson):
    lesson.cells[1].source += "\n\n![](loop.png)"


def words(lesson):
    lesson.cells[1].source += "\n\nYou must move on."


def spoken(lesson):
    lesson.cells[2].source = lesson.cells[2].source.replace("A fight", "A failure")


def hard(lesson):
    lesson.cells[1].source += (
        "\n\nInterpersonal rejection constitutes a multidimensional phenomenological"
        " experience necessitating comprehensive psychoeducational consideration."
    )


def plain_widget(lesson):
    lesson.cells[-2].source = "import ipywidgets\n\nipywidgets.Textarea()"


def plot(lesson):
    lesson.cells[-2].source = "import matplotlib.pyplot as plt"


def logic(lesson):
    lesson.cells[-2].source = "for one in range(3):\n    print(one)"


def torn(lesson):
    lesson.cells[-2].source = "NoteToSelf("


SPOILT = {
    note: "The note before the lesson",
    other_note: "the metadata (content_note) differ",
    no_minutes: "The minutes:",
    other_minutes: "takes 30, its steps take 12",
    no_upset: "The step “What it is about” does not say what to do",
    other_step: "says if_upset. A step knows name, minutes, cut, late and upset",
    cut_close: "The last step is the closing",
    late: "What is said of a step: “just”",
    no_notes: "The notes for whoever leads",
    no_question: "The end: the last cell is a question",
    no_evidence: "The evidence: nothing is cited",
    other_sure: "C07 is “a view”, and the lesson says “certain”",
    number: "Cell 2: where does 4711 come from?",
    picture: "Cell 2: a picture has no words",
    words: "Cell 2: “must”",
    spoken: "A text of a widget: “failure”",
    hard: "Cell 2: long words or sentences",
    plain_widget: "would travel to this laptop. Use NoteToSelf",
    plot: "imports matplotlib.pyplot",
    logic: "holds logic",
    torn: "Python cannot read this code",
}


@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)
def test_what_is_missing_is_said_in_a_sentence(lesson, spoil) -> None:
    spoil(lesson)

    faults = form.faults(lesson)

    assert any(SPOILT[spoil] in fault for fault in faults), faults
    assert all(fault.endswith((".", "?")) for fault in faults)


def test_a_cell_that_stops_is_said_beside_what_is_missing(
    lesson, tmp_path: Path
) -> None:
    lesson.cells[-2].source = "1 / 0"
    no_question(lesson)
    path = tmp_path / "my_lesson.ipynb"
    path.write_text(tidy.text_of(lesson), "utf-8")

    done = check(path)

    assert done.returncode == 1
    assert "Cell 7 (1 / 0) stopped: ZeroDivisionError" in done.stdout
    assert "· The end: the last cell" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("text", ["{", "", "[]"])
def test_what_is_no_notebook_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "torn.ipynb"
    path.write_text(text, "utf-8")

    done = check(path)

    assert done.returncode == 1
    assert "torn.ipynb cannot be read as a notebook" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_an_empty_notebook_wants_a_lesson(tmp_path: Path) -> None:
    path = tmp_path / "empty.ipynb"
    path.write_text(json.dumps({"cells": []}), "utf-8")

    done = check(path)

    assert done.returncode == 1
    assert "· The title: begin the first cell" in done.stdout


def test_a_notebook_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    done = check(tmp_path / "none.ipynb")

    assert done.returncode == 1
    assert done.stderr.startswith("There is no notebook")


def test_a_lesson_begins_as_a_copy_with_a_place_of_its_own(tmp_path: Path) -> None:
    shutil.copy(author.LESSONS / "04_the_loop.ipynb", tmp_path)

    path, made = author.begin("saying_no", tmp_path)

    assert (path.name, made) == ("05_saying_no.ipynb", True)
    assert tidy.read(path).metadata.order == 5
    assert "my_lesson" not in path.read_text("utf-8")
    assert form.faults(tidy.read(path)) == []
    assert author.begin("saying_no", tmp_path) == (path, False)


@pytest.mark.parametrize("name", ["Saying No", "../x", "1st", "a-b"])
def test_a_lesson_has_a_name_that_an_address_can_have(tmp_path: Path, name) -> None:
    with pytest.raises(Trouble, match="small letters"):
        author.begin(name, tmp_path)
