"""``check LESSON`` tells an author what is missing; ``author`` gives her a start."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest

import tidy_notebooks as tidy
from beyond_the_no.commands import author, check_slides
from beyond_the_no.common import resources
from beyond_the_no.common.settings import UserError
from beyond_the_no.content import lesson_linter as form
from beyond_the_no.content.lessons import load_lesson
from support import small_lessons
from support.served import run_kit

TEMPLATE = author.OWN / "template.ipynb"


def check(*paths: Path | str) -> subprocess.CompletedProcess:
    return run_kit("check", *map(str, paths))


@pytest.fixture
def lesson() -> nbformat.NotebookNode:
    """A lesson in good form, to be spoilt."""
    return tidy.read(TEMPLATE)


def test_the_template_wants_nothing() -> None:
    done = check(TEMPLATE)

    assert done.returncode == 0, done.stdout
    assert done.stdout == "template.ipynb … runs\nNothing is missing.\n"


def test_an_ordinary_notebook_wants_nothing_and_is_told_where_its_values_go() -> None:
    done = check(author.OWN / "plain_ipywidgets.ipynb")

    assert done.returncode == 0, done.stdout
    said = done.stdout.splitlines()
    assert said[0] == "plain_ipywidgets.ipynb … runs"
    assert "is sent to this laptop" in said[1]
    assert "beyond_the_no.own" in said[1]
    assert said[2:] == ["Nothing is missing."]


@pytest.mark.parametrize(
    "source",
    [
        "import ipywidgets as w\nw.Textarea()",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
        "import numpy as np\nfor one in range(3):\n    print(np.sqrt(one))",
        "\n".join(f"a{n} = {n}" for n in range(20)),
    ],
)
def test_any_code_that_python_can_read_is_a_lesson(lesson, source: str) -> None:
    lesson.cells[8].source = source

    assert form.faults(lesson) == []


@pytest.mark.parametrize("path", sorted(author.LESSONS.glob("*.ipynb")), ids=str)
def test_no_lesson_of_the_kit_wants_anything(path: Path) -> None:
    assert form.faults(tidy.read(path)) == []


def step_of(lesson, at: int) -> dict:
    """What the metadata say of a block, to be changed."""
    return [c.metadata.step for c in lesson.cells if "step" in c.metadata][at]


def note(lesson):
    lesson.cells[0].source = f"# {lesson.metadata.title}\n\nWelcome."


def other_note(lesson):
    lesson.metadata.content_note = "Something else."


def no_minutes(lesson):
    del lesson.metadata["minutes"]


def other_minutes(lesson):
    lesson.metadata.minutes = 30


def no_upset(lesson):
    del step_of(lesson, 0)["upset"]


def other_step(lesson):
    step_of(lesson, 0)["if_upset"] = "go out"


def cut_close(lesson):
    step_of(lesson, -1)["cut"] = 1


def late(lesson):
    step_of(lesson, 0)["late"] = "just get over it."


def no_notes(lesson):
    lesson.metadata.notes = []


def no_question(lesson):
    lesson.cells[-1].source = "## The end\n\nThat is all."


def no_evidence(lesson):
    for cell in lesson.cells:
        cell.source = form.LINK.sub("", cell.source)


def other_core(lesson):
    step_of(lesson, 2)["extra"] = False


def nameless(lesson):
    lesson.cells[1].source = "Without a heading."


def slide(lesson):
    step_of(lesson, 1)["slide"] = "You should move on."


def other_link(lesson):
    lesson.cells[4].source += "\n\nHow is it known? [Evidence](#C7x)"


def number(lesson):
    lesson.cells[1].source += "\n\nOf all people, 4711 know it."


def share(lesson):
    lesson.cells[1].source += "\n\nFor 1 in 10 people it is so."


def picture(lesson):
    lesson.cells[1].source += "\n\n![](loop.png)"


def words(lesson):
    lesson.cells[1].source += "\n\nYou should move on."


def spoken(lesson):
    lesson.cells[2].source = lesson.cells[2].source.replace("A fight", "A loser")


def torn(lesson):
    lesson.cells[-2].source = "NoteToSelf("


SPOILT = {
    note: "The note before the lesson",
    other_note: "the metadata (content_note) differ",
    no_minutes: "The minutes:",
    other_minutes: "takes 30, and its steps take 12",
    no_upset: "The step “What it is about” doesn’t say what to do",
    other_step: "has if_upset. A step can have minutes, cut, late, upset, slide, say",
    cut_close: "The last step is the closing",
    late: "What the metadata say about a step: “get over it”",
    no_notes: "The notes for the leader",
    no_question: "The end: the last cell should be a question",
    no_evidence: "The evidence: nothing is cited",
    other_core: "the metadata say 9 (core), and the steps that aren’t “extra” take 12",
    nameless: "Each step needs minutes in its cell’s metadata, and a name",
    slide: "What the metadata say about a step: “move on”",
    other_link: "Cell 5: a link to a claim has to look like",
    share: "Cell 2: where does 1 in 10 come from?",
    number: "Cell 2: where does 4711 come from?",
    picture: "Cell 2: a picture has no description",
    words: "Cell 2: “You should”",
    spoken: "A text of a widget: “loser”",
    torn: "Python can’t read this code",
}


@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)
def test_what_is_missing_is_said_in_a_sentence(lesson, spoil) -> None:
    spoil(lesson)

    faults = form.faults(lesson)

    assert any(SPOILT[spoil] in fault for fault in faults), faults
    assert all(fault.endswith((".", "?")) for fault in faults)


def test_long_words_are_advice_and_no_fault(lesson) -> None:
    lesson.cells[1].source += (
        "\n\nInterpersonal rejection constitutes a multidimensional phenomenological"
        " experience necessitating comprehensive psychoeducational consideration."
    )

    assert form.faults(lesson) == []
    assert "Cell 2: long words or sentences" in form.reading(lesson)[0]


def test_figures_of_addresses_are_no_figures(lesson) -> None:
    places = "[a](#12-first), [b](04_the_loop.ipynb#04-arrows), [c](05_cultures.ipynb)"
    lesson.cells[1].source += f"\n\nSee {places}. It takes 4 minutes."

    assert form.numbers(lesson) == []


def test_the_two_figures_of_a_share_stand_in_one_source(lesson) -> None:
    apart, together = ["1 city", "of 10 people"], ["1 in 10 people"]

    assert form.untraced("It is 1 in 10, or 1 of 10.", together) == []
    assert form.untraced("It is 1 in 10.", apart) == ["1 in 10"]
    assert form.untraced("Of 100 people, 21 of 100, not 22.", ["21"]) == ["22"]


def test_extra_is_no_core_and_what_is_for_groups_alone_is_neither(lesson) -> None:
    assert (lesson.metadata.minutes, lesson.metadata.core) == (12, 9)
    assert form.minutes(lesson) == []

    step_of(lesson, 0)["group"] = True  # four minutes less of both
    assert any("12, and its steps take 8" in fault for fault in form.minutes(lesson))
    lesson.metadata |= {"minutes": 8, "core": 5}
    assert form.minutes(lesson) == []
    del lesson.metadata["core"]  # not every lesson has one
    assert form.minutes(lesson) == []


def test_what_opens_after_a_guess_has_one_to_wait_for(lesson) -> None:
    shown = ("my_lesson", "safe_tries")
    assert form.waiting(lesson, shown) == []

    (fault,) = form.waiting(lesson, ("my_lesson",))
    assert "Cell 7 waits for “safe_tries” (its tag)" in fault
    lesson.cells[1].metadata["tags"] = ["after:text"]
    assert "Cell 2 begins a step, so it can’t wait" in form.waiting(lesson, shown)[0]


@pytest.mark.parametrize("path", sorted(author.LESSONS.glob("*.ipynb")), ids=str)
def test_a_block_of_the_kit_has_a_short_name_and_words_for_the_wall(path: Path) -> None:
    notebook = tidy.read(path)
    for block in form.blocks(notebook):
        assert re.fullmatch(rf"{path.name[:2]}-[a-z0-9-]+", block["at"])
        assert 0 < len(block["name"]) <= 40, block["name"]
        assert len(form.plain(block["slide"]).split()) <= 25, block["at"]
        assert 1 <= len(re.findall(r"[.!?…]”?(?: |$)", block["say"])) <= 4, block["at"]
    assert form.blocks(notebook)[-1]["at"] == f"{path.name[:2]}-closing"


def test_a_cell_that_stops_is_said_beside_what_is_missing(
    lesson, tmp_path: Path
) -> None:
    lesson.cells[-2].source = "1 / 0"
    no_question(lesson)
    path = tmp_path / "my_lesson.ipynb"
    path.write_text(tidy.text_of(lesson), "utf-8")

    done = check(path)

    assert done.returncode == 1
    assert "Cell 9 (1 / 0) stopped: ZeroDivisionError" in done.stdout
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
    assert "· The title: start the first cell" in done.stdout


def test_a_notebook_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    done = check(tmp_path / "none.ipynb")

    assert done.returncode == 1
    assert done.stderr.startswith("There's no notebook")


def test_a_lesson_begins_as_a_copy_with_a_place_of_its_own(tmp_path: Path) -> None:
    shutil.copy(author.LESSONS / "04_the_loop.ipynb", tmp_path)

    path, made = author.begin("saying_no", tmp_path)

    assert (path.name, made) == ("05_saying_no.ipynb", True)
    about = tidy.read(path).metadata
    assert (about.order, about.numeral, about.title) == (5, "Five", "Saying no")
    assert [c.id[:3] for c in tidy.read(path).cells] == ["05-"] * 10
    assert {"(#05-second)", "after:saying_no"} <= set(
        re.findall(r"\(#\d\d-\w+\)|after:saying_no", path.read_text("utf-8"))
    )
    assert tidy.read(path).cells[0].source.startswith("# Saying no\n")
    assert "my_lesson" not in path.read_text("utf-8")
    assert form.faults(tidy.read(path)) == []
    assert author.begin("saying_no", tmp_path) == (path, False)


def test_two_lessons_that_are_begun_are_two(tmp_path: Path) -> None:
    one, two = (author.begin(name, tmp_path)[0] for name in ("one_no", "two_noes"))
    about = [tidy.read(path).metadata for path in (one, two)]

    assert [found.numeral for found in about] == ["Zero", "One"]
    assert [found.title for found in about] == ["One no", "Two noes"]


def test_numerals_go_on_in_figures() -> None:
    assert [author.numeral(n) for n in (0, 12, 20, 21)] == [
        *("Zero", "Twelve", "Twenty", "21")
    ]


def test_a_title_or_numeral_that_two_lessons_have_is_named(tmp_path: Path) -> None:
    for name in ("12_one.ipynb", "13_two.ipynb"):
        shutil.copy(TEMPLATE, tmp_path / name)

    closely = check(tmp_path / "13_two.ipynb")
    every = check("--lessons", tmp_path)

    for done in (closely, every):
        assert done.returncode == 1
        assert "The title: 12_one.ipynb is called “A lesson of your own”" in done.stdout
        assert "title: 12_one.ipynb has “Twelve”, too." in done.stdout
        assert done.stdout.count("Twelve") == 1


def test_a_trouble_is_said_once(lesson, tmp_path: Path) -> None:
    lesson.cells[-2].source = "1 / 0"
    path = tmp_path / "my_lesson.ipynb"
    path.write_text(tidy.text_of(lesson), "utf-8")

    for done in (check(path), check("--lessons", tmp_path)):
        assert done.returncode == 1
        assert (done.stdout + done.stderr).count("ZeroDivisionError") == 1


@pytest.mark.parametrize("name", ["Saying No", "../x", "1st", "a-b"])
def test_a_lesson_has_a_name_that_an_address_can_have(tmp_path: Path, name) -> None:
    with pytest.raises(UserError, match="lower-case letters"):
        author.begin(name, tmp_path)


ROWS = {
    "gone": 'at = "nowhere"\nminutes = 5',
    "sums": 'at = "12-first"\nminutes = 4',
    "middle": "middle = true\nminutes = 5\n[[middle.talk]]\nname = 'Talk'\nminutes = 4",
    "good": 'at = "12-first"\nminutes = 5',
    "deckless": 'at = "12-first"\nminutes = 5\n[[row]]\nname = "Tea"\nminutes = 1',
}
WRONG = [
    "The plan gone.toml, row 1: no part of a lesson begins at the cell “nowhere”.",
    "The plan sums.toml says 5 minutes, but its rows add up to 4:",
    "The plan middle.toml: the middle “talk” takes 4 minutes, but its place has 5.",
    "The plan deckless.toml: there is no deck “none”. Choose one of broken, or",
]


def test_plans_and_decks_are_tried_with_their_lessons(tmp_path: Path) -> None:
    lessons, slides = tmp_path / "lessons", tmp_path / "slides"
    (slides / "plans").mkdir(parents=True)
    lessons.mkdir()
    shutil.copy(TEMPLATE, lessons / "12_one.ipynb")
    small_lessons.write(slides, broken="{")
    for name, row in ROWS.items():
        head = 'title = "Mine"\nminutes = 5'
        if name == "deckless":
            head = 'title = "Mine"\nminutes = 6\ndeck = "none"'
        plan = f"{head}\n[[row]]\n{row}\n"
        (slides / "plans" / f"{name}.toml").write_text(plan, "utf-8")

    done = check("--lessons", lessons, "--slides", slides)

    assert done.returncode == 1
    assert "broken.ipynb cannot be read as a notebook" in done.stdout
    said = [line for line in done.stdout.splitlines() if "The plan" in line]
    assert len(said) == len(WRONG)
    for wrong in WRONG:
        assert [line for line in said if line.startswith(f"  · {wrong}")], said


def test_slides_that_are_not_there_are_one_sentence(tmp_path: Path) -> None:
    done = check("--slides", tmp_path / "none")

    assert done.returncode == 1
    assert done.stderr.startswith("There's no folder")
    assert "--slides" in done.stderr


def test_the_kits_plans_fit_its_lessons() -> None:
    lessons = [load_lesson(path) for path in sorted(author.LESSONS.glob("*.ipynb"))]

    assert list(check_slides.slide_faults(resources.SLIDES, lessons)) == []
    assert list(check_slides.guess_faults()) == []


def test_an_answer_to_a_guess_without_a_line_is_named() -> None:
    asked = {"question": "Which?", "options": ["One", "Two"], "because": ["Yes."]}
    (fault,) = check_slides.guess_faults({"mine": {"guess": asked}, "x": {}})

    assert fault == (
        "explore/words.toml, mine: 2 answers to the guess, and 1 lines that answer "
        "them (because): write one for each."
    )
