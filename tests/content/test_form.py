"""The form of a notebook: small cells, no logic, and nothing that drifts."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

import tidy_notebooks as tidy
from beyond_the_no import explore, together
from beyond_the_no.content import lesson_linter as form
from beyond_the_no.evidence.plain_words import grade
from beyond_the_no.room.plan import Step
from beyond_the_no.together import Guess
from support.cards import cards

ADVICE = "Run `make notebooks`, look at what changed, and save."
NOTEBOOKS = tidy.notebooks()
LESSONS = [
    path
    for path in NOTEBOOKS
    if re.match(r"\d\d_", path.name) and "notebooks" in path.parts
]
PLAIN = "plain_ipywidgets.ipynb"  # an ordinary notebook; ours hold widgets alone
OURS = [path for path in NOTEBOOKS if path.name != PLAIN]
FOLDERS = re.compile(r"beyond_the_no\.(explore|own|together)\b")
LOGIC = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.For, ast.AsyncFor, ast.While, ast.If, ast.IfExp, ast.Match),
    *(ast.Try, ast.With, ast.AsyncWith, ast.Assert, ast.Raise, ast.Delete),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
MOST_PARTS = 8
MOST_WORDS = 165  # before a widget: one idea, on a phone's screen and a half
ALWAYS = {"kernelspec", "language_info"}
RUN_SHEET = {
    *("title", "numeral", "drawing", "order", "minutes", "core"),
    *("intensity", "content_note", "notes"),
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
    """Say where nbval would compare nothing.

    nbval passes a cell without an execution count, whatever its output: a notebook
    that was stripped passes in full. So this is asked before nbval is believed.
    """
    faults = []
    for count, cell in enumerate(code_cells(notebook), 1):
        if not cell.outputs:
            faults.append(f"{cell.id}: a cell that shows nothing. {ADVICE}")
        if cell.execution_count != count:
            faults.append(
                f"{cell.id}: execution count {cell.execution_count} in place of "
                f"{count}. {ADVICE}"
            )
    return faults


def others_in_every_run(notebook) -> list[str]:
    """Say where a cell keeps what will be another one when it is run again."""
    return [
        f"{cell.id}: {name}"
        for cell in code_cells(notebook)
        for output in cell.outputs
        for name, text in {**output.get("data", {"text": output.get("text")})}.items()
        if name not in ("text", "text/plain") or "at 0x" in str(text)
    ]


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
def test_every_cell_was_run_and_shows_something_that_lasts(path: Path):
    notebook = tidy.read(path)
    assert not faults_of_counts(notebook)
    assert not others_in_every_run(notebook)


def parts_of(tree: ast.Module) -> int:
    """Count statements, and what the last one is called with: a list is one of it."""
    last = tree.body[-1].value if isinstance(tree.body[-1], ast.Expr) else None
    more = [*last.args, *last.keywords] if isinstance(last, ast.Call) else []
    return len(tree.body) + len(more)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_code_cell_holds_few_lines_no_logic_and_imports_widgets_alone(path: Path):
    for cell in code_cells(tidy.read(path)):
        assert not cell.source.lstrip().startswith(("%", "!")), f"{cell.id}: a magic"
        tree = ast.parse(cell.source)
        assert 1 <= parts_of(tree) <= MOST_PARTS, f"{cell.id}: {parts_of(tree)} parts"
        for node in ast.walk(tree):
            assert not isinstance(node, LOGIC), f"{cell.id}: this belongs into modules"
            if isinstance(node, ast.Import):
                pytest.fail(f"{cell.id}: write `from beyond_the_no.… import …`")
            if isinstance(node, ast.ImportFrom):
                assert FOLDERS.match(node.module or ""), f"{cell.id}: {node.module}"


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
    # three to five; one for each way where a lesson goes through many of them, and
    # for each study that has a heading of its own: every guess needs its picture
    sections = sum(cell.source.startswith(("## ", "### ")) for cell in cells)
    assert 3 <= len(places) <= max(5, sections)
    for place in places:
        assert cells[place - 1].cell_type == "markdown"
        words = len(form.plain(cells[place - 1].source).split())
        assert words <= MOST_WORDS, f"{words} words before {cells[place].id}"


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
        assert note.endswith((".", "?", '"', "”")), f"not a sentence: {note}"


@every_lesson
def test_the_steps_of_a_lesson_take_as_long_as_the_lesson(path: Path):
    notebook = tidy.read(path)
    assert form.step_metadata(notebook)
    assert form.minutes(notebook) == []


@every_lesson
def test_a_lesson_says_what_may_go_when_late_and_what_to_do_for_who_is_upset(
    path: Path,
):
    notebook = tidy.read(path)
    assert form.steps(notebook) == []
    steps = form.step_metadata(notebook)
    assert any(step.get("cut") or step.get("late") for step in steps)
    for step in steps:
        Step.model_validate(step)
        said = [step[name] for name in ("late", "upset") if name in step]
        for text in said:
            assert re.fullmatch(r"[a-z].*[.?]”?", text), f"after a colon: {text}"
        assert grade(" ".join(said)) <= 8, step["name"]


@every_lesson
def test_what_a_card_says_fits_into_its_step(path: Path):
    left = 0
    for cell in tidy.read(path).cells:
        if "step" in cell.metadata:
            left = cell.metadata.step["minutes"]
        for card in cards(cell):
            left -= card.minutes
            assert left >= 0, f"{cell.id}: its step has no minutes left"


def test_a_tile_of_the_menu_says_how_long_its_way_takes():
    [path] = [path for path in LESSONS if path.name.startswith("09_")]
    cells = {cell.id: cell for cell in tidy.read(path).cells}
    tile = re.compile(r"- \[(.+)\]\(#(.+)\)\s+\*(\w+) minutes\*\s+Good when .+\.")
    tiles = tile.findall(cells["09-menu"].source)

    assert len(tiles) == 10
    for title, at, minutes in tiles:
        assert cells[at].source.startswith(f"## {title}\n")
        assert NUMERALS.index(minutes.capitalize()) == cells[at].metadata.step.minutes


def test_the_lessons_use_every_kind_of_the_group():
    used = {
        name
        for path in LESSONS
        for cell in code_cells(tidy.read(path))
        for name in together.__all__
        if f"{name}(" in cell.source
    }
    assert used == set(together.__all__)


@pytest.mark.parametrize(
    ("kind", "figure"),
    [
        (explore.StressCurve, 18),
        (explore.CultureOverlap, 80),
        (explore.MostPostsGetNothing, 11),
    ],
)
def test_an_explorer_tells_a_group_to_guess_what_its_data_say(kind, figure: int):
    told = Guess("a", "How many?", **kind.to_guess()).activity
    assert told["truth"] == kind.truth() == figure
    assert told["source"]


def test_a_guess_takes_what_the_data_says_from_the_data():
    cells = [c for path in LESSONS for c in code_cells(tidy.read(path))]
    asked = [cell for cell in cells if "Guess(" in cell.source]
    assert asked
    for cell in asked:
        call = ast.parse(cell.source).body[-1].value
        (data,) = (word.value for word in call.keywords if word.arg is None)
        kind, _ = ast.unparse(data).split(".to_guess()")
        assert issubclass(getattr(explore, kind), explore.Explore), cell.id


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
    assert any("shows nothing" in fault for fault in faults)
    assert any("execution count None" in fault for fault in faults)
    assert all("make notebooks" in fault for fault in faults)


def test_tidying_strips_sorts_and_names_what_it_must():
    cell = nbformat.v4.new_code_cell("1 + 1", execution_count=7)
    shown = nbformat.v4.new_output("execute_result", {"text/plain": "2"})
    shown.execution_count = 7
    cell.outputs = [shown]
    cell.metadata["scrolled"] = True
    notebook = nbformat.v4.new_notebook(cells=[cell])
    cell.pop("id")
    notebook.metadata["widgets"] = {"state": {}}
    notebook.metadata["language_info"] = {"name": "python", "version": "3.13.1"}
    form = tidy.tidied(notebook)
    assert form.cells[0].outputs[0].data == {"text/plain": "2"}
    assert form.cells[0].outputs[0].execution_count == 1
    assert form.cells[0].execution_count == 1
    assert form.cells[0].metadata == {}
    assert re.fullmatch(r"[0-9a-f]{8}", form.cells[0].id)
    assert form.cells[0].id == tidy.tidied(notebook).cells[0].id
    assert form.metadata == {
        "kernelspec": tidy.KERNEL,
        "language_info": {"name": "python"},
    }
    nbformat.validate(form)


def test_what_is_another_in_every_run_is_not_kept():
    widget = {
        "text/plain": "<beyond_the_no.own.Mood object at 0x7f3a5c0d1e20>",
        "application/vnd.jupyter.widget-view+json": {"model_id": "5f2c"},
    }
    cell = nbformat.v4.new_code_cell(
        "Mood()",
        outputs=[
            nbformat.v4.new_output("display_data", widget, metadata={"a": 1}),
            nbformat.v4.new_output("display_data", {"image/png": "iVBORw0KGgo="}),
            nbformat.v4.new_output(
                "stream",
                name="stderr",
                text="/tmp/ipykernel_4711/305.py:2: UserWarning: careful\n  warn()\n",
            ),
        ],
    )
    form = tidy.tidied(nbformat.v4.new_notebook(cells=[cell]))
    view, warning = form.cells[0].outputs
    assert view.data == {"text/plain": "<beyond_the_no.own.Mood object at 0x0>"}
    assert view.metadata == {}
    assert warning.text == "cell.py:2: UserWarning: careful\n  warn()\n"
    assert tidy.tidied(form) == form
