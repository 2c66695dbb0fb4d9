"""The form of a notebook: small cells, no logic, and nothing that drifts."""

import ast
import inspect
import re
from pathlib import Path

import nbformat
import pytest

import tidy_notebooks as tidy
from beyond_the_no import explore, together
from beyond_the_no.evidence.plain_words import grade
from beyond_the_no.room.plan import Step
from beyond_the_no.serve import lesson_form as form
from beyond_the_no.together import Guess

ADVICE = "Run `make notebooks`, look at what changed, and save."
NOTEBOOKS = tidy.notebooks()
LESSONS = [
    path
    for path in NOTEBOOKS
    if re.match(r"\d\d_", path.name) and "notebooks" in path.parts
]
ALWAYS = {"kernelspec", "language_info"}
RUN_SHEET = {
    *("title", "numeral", "order", "minutes", "intensity", "content_note", "notes")
}
NUMERALS = [
    *("Zero", "One", "Two", "Three", "Four", "Five", "Six"),
    *("Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
]

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
every_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def faults_of_counts(notebook) -> list[str]:
    """Say where nbval would compare nothing, or where output is kept by mistake.

    nbval passes a cell without an execution count, whatever its output: a notebook
    that was stripped passes in full. So this is asked before nbval is believed.
    """
    faults, count = [], 0
    for cell in code_cells(notebook):
        if tidy.is_checked(cell):
            count += 1
            if not cell.outputs:
                faults.append(f"{cell.id}: a checked cell without output. {ADVICE}")
            if cell.execution_count != count:
                faults.append(
                    f"{cell.id}: a checked cell with execution count "
                    f"{cell.execution_count} in place of {count}. {ADVICE}"
                )
        elif cell.outputs or cell.execution_count is not None:
            faults.append(f"{cell.id}: output in a cell that is not checked. {ADVICE}")
    return faults


def test_there_are_lessons():
    assert LESSONS, "no notebooks/NN_name.ipynb was found: where are the lessons?"


@every_notebook
def test_a_notebook_is_in_its_form(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text == tidy.text_of(tidy.tidied(tidy.read(path))), ADVICE


@every_notebook
def test_tidying_twice_changes_nothing(path: Path):
    once = tidy.tidied(tidy.read(path))
    assert tidy.tidied(once) == once


@every_notebook
def test_a_notebook_is_valid(path: Path):
    nbformat.validate(tidy.read(path))


@every_notebook
def test_checked_cells_are_run_and_the_others_are_bare(path: Path):
    assert not faults_of_counts(tidy.read(path))


@every_notebook
def test_a_code_cell_holds_few_lines_no_logic_and_imports_widgets_alone(path: Path):
    notebook = tidy.read(path)
    assert form.cells(notebook) == []
    for cell in code_cells(notebook):
        assert not cell.source.lstrip().startswith(("%", "!")), f"{cell.id}: a magic"
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Import):
                pytest.fail(f"{cell.id}: write `from beyond_the_no.… import …`")


@every_lesson
def test_a_lesson_opens_with_its_title_and_its_note(path: Path):
    assert form.opening(tidy.read(path)) == []


@every_lesson
def test_a_lesson_ends_with_a_question_for_the_group(path: Path):
    assert form.closing(tidy.read(path)) == []


@every_lesson
def test_a_lesson_cites_evidence_and_its_pictures_have_words(path: Path):
    assert form.cited(tidy.read(path)) == []
    assert form.pictures(tidy.read(path)) == []


@every_lesson
def test_a_lesson_has_few_widgets_with_prose_before_each(path: Path):
    cells = [cell for cell in tidy.read(path).cells if not tidy.is_checked(cell)]
    places = [n for n, cell in enumerate(cells) if cell.cell_type == "code"]
    # three to five; one for each way where a lesson goes through many of them
    sections = sum(cell.source.startswith("## ") for cell in cells)
    assert 3 <= len(places) <= max(5, sections)
    for place in places:
        assert cells[place - 1].cell_type == "markdown"
        words = len(cells[place - 1].source.split())
        assert words <= 110, f"{words} words before {cells[place].id}: a phone is small"


@every_lesson
def test_a_lesson_tells_the_run_sheet_what_it_is(path: Path):
    notebook = tidy.read(path)
    facts = notebook.metadata
    assert set(facts) - {"voila"} == ALWAYS | RUN_SHEET
    assert facts.order == int(path.name[:2])
    assert facts.numeral == NUMERALS[facts.order]
    assert facts.intensity in (1, 2, 3)
    assert isinstance(facts.minutes, int)
    assert form.notes(notebook) == []
    for note in facts.notes:
        assert note == note.strip()
        assert note.endswith((".", "?", '"')), f"not a sentence: {note}"


@every_lesson
def test_the_steps_of_a_lesson_take_as_long_as_the_lesson(path: Path):
    notebook = tidy.read(path)
    assert form.told(notebook)
    assert form.minutes(notebook) == []


@every_lesson
def test_a_lesson_says_what_may_go_when_late_and_what_to_do_for_who_is_upset(
    path: Path,
):
    notebook = tidy.read(path)
    assert form.steps(notebook) == []
    steps = form.told(notebook)
    assert any(step.get("cut") or step.get("late") for step in steps)
    for step in steps:
        Step.model_validate(step)
        said = [step[name] for name in ("late", "upset") if name in step]
        for text in said:
            assert re.fullmatch(r"[a-z].*[.?]", text), f"after a colon: {text}"
        assert grade(" ".join(said)) <= 8, step["name"]


@every_lesson
def test_what_the_group_does_fits_into_its_step(path: Path):
    left = 0
    for cell in tidy.read(path).cells:
        if "step" in cell.metadata:
            left = cell.metadata.step["minutes"]
        for takes in minutes_of_the_group(cell):
            left -= takes
            assert left >= 0, f"{cell.id}: its step has no minutes left"


def minutes_of_the_group(cell) -> list[int]:
    """How long each thing takes that a cell lets the group do."""
    if cell.cell_type != "code":
        return []
    calls = [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Call)]
    found = []
    for call in calls:
        kind = getattr(together, getattr(call.func, "id", ""), None)
        if kind is not None:
            said = {k.arg: k.value for k in call.keywords}
            default = inspect.signature(kind).parameters["minutes"].default
            found.append(said["minutes"].value if "minutes" in said else default)
    return found


def test_the_lessons_use_every_kind_of_the_group():
    used = {
        name
        for path in LESSONS
        for cell in code_cells(tidy.read(path))
        for name in together.__all__
        if f"{name}(" in cell.source
    }
    assert used == set(together.__all__)


@pytest.mark.parametrize(("name", "figure"), [("02", 10), ("05", 80), ("06", 11)])
def test_a_guess_takes_what_the_data_says_from_the_data(name: str, figure: int):
    path = next(path for path in LESSONS if path.name.startswith(name))
    (cell,) = (c for c in code_cells(tidy.read(path)) if "Guess(" in c.source)
    call = ast.parse(cell.source).body[-1].value
    (data,) = (word.value for word in call.keywords if word.arg is None)
    asked = re.fullmatch(r"(\w+)\.to_guess\(\)", ast.unparse(data))
    kind = getattr(explore, asked[1])
    told = Guess("a", "How many?", **kind.to_guess()).activity
    assert told["truth"] == kind.truth() == figure
    assert told["source"]


@every_lesson
def test_figures_for_the_checks_are_hidden_on_a_phone(path: Path):
    for cell in tidy.read(path).cells:
        if tidy.is_checked(cell):
            assert "hide-on-phone" in cell.metadata.tags, cell.id


@every_lesson
def test_a_made_up_person_is_said_to_be_made_up(path: Path):
    prose = [c.source for c in tidy.read(path).cells if c.cell_type == "markdown"]
    first = next((text for text in prose if re.search(r"\bSam\b", text)), None)
    assert first is None or re.search(r"made[- ]up|fictional", first)


def test_stripping_the_outputs_does_not_pass_unseen():
    every = map(tidy.read, LESSONS)
    notebook = next(n for n in every if any(map(tidy.is_checked, n.cells)))
    for cell in code_cells(notebook):
        cell.execution_count, cell.outputs = None, []
    faults = faults_of_counts(notebook)
    assert any("without output" in fault for fault in faults)
    assert any("execution count None" in fault for fault in faults)
    assert all("make notebooks" in fault for fault in faults)


def test_tidying_strips_sorts_and_names_what_it_must():
    cell = nbformat.v4.new_code_cell("1 + 1", execution_count=7)
    cell.outputs = [nbformat.v4.new_output("stream", text="2")]
    cell.metadata["scrolled"] = True
    notebook = nbformat.v4.new_notebook(cells=[cell])
    cell.pop("id")
    notebook.metadata["widgets"] = {"state": {}}
    notebook.metadata["language_info"] = {"name": "python", "version": "3.13.1"}
    form = tidy.tidied(notebook)
    assert form.cells[0].outputs == []
    assert form.cells[0].execution_count is None
    assert form.cells[0].metadata == {}
    assert re.fullmatch(r"[0-9a-f]{8}", form.cells[0].id)
    assert form.cells[0].id == tidy.tidied(notebook).cells[0].id
    assert form.metadata == {
        "kernelspec": tidy.KERNEL,
        "language_info": {"name": "python"},
    }
