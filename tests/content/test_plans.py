"""Plans as people write them: the kit's own, and what can go wrong with one's own."""

import json
from pathlib import Path

import pytest

from beyond_the_no import explore, own
from beyond_the_no.commands import main
from beyond_the_no.common.settings import UserError
from beyond_the_no.content import deck_writer, plans, questions
from beyond_the_no.content.lessons import Lesson, heading, load_lesson
from beyond_the_no.room.plan import Plan
from support import small_lessons
from support.cards import Card, cards
from support.served import REPO

LESSONS = [load_lesson(path) for path in sorted((REPO / "notebooks").glob("*.ipynb"))]
PROGRAMME = tuple(f"programme-{n}" for n in range(1, 7))
ADJUNCT = tuple(f"adjunct-{n}" for n in range(1, 9))
MINUTES = {"taster-20": 20, "60": 60, "90": 90}
MINUTES |= dict.fromkeys(PROGRAMME, 90) | dict.fromkeys(ADJUNCT, 75)
MIDDLES = ("love", "work", "feeds", "family", "culture")
EVERY = [(name, "") for name in MINUTES if name != "90"]
EVERY += [("90", middle) for middle in MIDDLES]
# opening, grounding and help, wherever they stand; and how a group closes
NEVER_CUT = {"00-hello", "00-agree", "00-ground", "00-round", "11-round"}

every_plan = pytest.mark.parametrize(
    ("name", "middle"), EVERY, ids=lambda said: said or "all"
)


def test_the_kits_plans_are_these() -> None:
    assert plans.names() == sorted(MINUTES)


def test_a_group_can_choose_among_these_middles() -> None:
    assert tuple(plans.read("90").middle) == MIDDLES
    assert [n for n in MINUTES if plans.read(n).middle] == ["90"]


@every_plan
def test_minutes_add_up_whichever_middle_is_chosen(name: str, middle: str) -> None:
    assert plans.load(name, LESSONS, middle).minutes == MINUTES[name]


@every_plan
def test_every_row_is_a_block_of_a_lesson_by_its_heading_or_a_break(
    name: str, middle: str
) -> None:
    rows = plans.read(name).rows(middle)
    steps = plans.load(name, LESSONS, middle).steps

    for row, step in zip(rows, steps, strict=True):
        if row.at is None:
            assert (step.lesson, step.name) == (None, row.name)
            continue
        (cell,) = [c for ls in LESSONS for c in ls.notebook.cells if c.id == row.at]
        assert "step" in cell.metadata
        assert step.at == row.at
        assert step.name == heading(cell) != ""
        assert row.name == "", "one name runs through: the heading"


@every_plan
def test_a_row_says_for_itself_what_to_do_for_who_is_upset(
    name: str, middle: str
) -> None:
    moving = {"A break, and moving"}
    rows = [row for row in plans.read(name).rows(middle) if row.name not in moving]

    assert [row.at or row.name for row in rows if not row.upset] == []


@every_plan
def test_a_plan_can_be_shortened_but_never_by_what_holds_a_group(
    name: str, middle: str
) -> None:
    plan = plans.load(name, LESSONS, middle)
    talks = [step for step in plan.steps if step.lesson is None and step.late]

    assert talks or any(step.cut for step in plan.steps)
    assert plan.steps[-1].at == "11-round"
    assert [s.name for s in plan.steps if s.cut and never_cut(s.at)] == []


def never_cut(at: str) -> bool:
    return at in NEVER_CUT or at.startswith("10-when") or at.endswith("-closing")


@pytest.mark.parametrize("at", sorted({*NEVER_CUT, "10-when"}))
def test_what_holds_a_group_is_in_the_plans(at: str) -> None:
    rows = [row.at for name, middle in EVERY for row in plans.read(name).rows(middle)]

    assert at in rows


def cards_of(at: str) -> list[Card]:
    """Return what a block shows that says how long it takes."""
    (lesson,) = [ls for ls in LESSONS if any(c.id == at for c in ls.notebook.cells)]
    cells = deck_writer.block(lesson.notebook, at)
    return [card for cell in cells for card in cards(cell)]


def test_what_a_block_takes_is_found_on_its_cards() -> None:
    assert [card[:2] for card in cards_of("04-silence")] == [("silence", 4)]
    assert [card[:2] for card in cards_of("09-c5")] == [("if_then_plan", 6)]
    assert cards_of("10-when") == []


@every_plan
def test_a_row_has_no_fewer_minutes_than_its_cards_say(name: str, middle: str) -> None:
    short = []
    for row in plans.read(name).rows(middle):
        needed = sum(kept(row, card) for card in cards_of(row.at)) if row.at else 0
        if row.minutes < needed:
            short.append(f"{row.at}: {row.minutes} minutes, its cards say {needed}")

    assert short == []


def kept(row: plans.Row, card: Card) -> int:
    """Tell how long a card takes without the steps that a row leaves out."""
    if not (row.parts and card.steps):
        return card.minutes
    assert set(row.parts) <= set(card.steps), f"{row.at}: {card}"
    return round(card.minutes * len(row.parts) / len(card.steps))


@pytest.fixture
def two(tmp_path: Path) -> list[Lesson]:
    """Two lessons: of two blocks, and of one; both have a cell called “same”."""
    blocks = {"one": [("here", "One"), ("same", "Both")], "two": [("same", "Two")]}
    made = {}
    for name, cells in blocks.items():
        prose = [f"# {name}", *(f"## {heading}" for _, heading in cells)]
        notebook = json.loads(small_lessons.notebook(*prose, title=name.title()))
        notebook["metadata"]["minutes"] = 4 * len(cells)
        for cell, (at, _) in zip(notebook["cells"][1:], cells, strict=True):
            told = {"late": f"leave out {at}.", "upset": f"go back to {at}."}
            cell |= {"id": at, "metadata": {"step": {"minutes": 4} | told}}
        made[name] = json.dumps(notebook)
    folder = small_lessons.write(tmp_path / "lessons", **made)
    return [load_lesson(path) for path in sorted(folder.glob("*.ipynb"))]


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, "utf-8")
    return path


GOOD = """
title = "Thursday"
minutes = 20
[[row]]
at = "same"
lesson = "two"
minutes = 10
cut = 1
late = "stop at the bell."
[[row]]
name = "Tea"
minutes = 5
upset = "open a window."
[[row]]
at = "here"
minutes = 5
"""
CHOICE = """
title = "Thursday"
minutes = 9
[[row]]
at = "here"
minutes = 4
[[row]]
middle = true
minutes = 5
[[middle.tea]]
name = "Tea"
minutes = 5
[[middle.talk]]
at = "same"
lesson = "one"
minutes = 3
[[middle.talk]]
name = "Talk"
minutes = 2
"""


def test_a_file_of_ones_own_is_a_plan(tmp_path: Path, two: list[Lesson]) -> None:
    plan = plans.load(written(tmp_path, GOOD), two)

    assert plan.title == "Thursday"
    assert [(s.late, s.upset) for s in plan.steps] == [
        ("stop at the bell.", ""),
        ("", "open a window."),
        ("", ""),
    ], "a row says it for itself"
    assert [(s.lesson, s.step, s.name, s.minutes, s.cut) for s in plan.steps] == [
        ("two", 0, "Two", 10, 1),
        (None, 0, "Tea", 5, 0),
        ("one", 0, "One", 5, 0),
    ]


def test_the_chosen_middle_stands_in_its_place(
    tmp_path: Path, two: list[Lesson]
) -> None:
    path = written(tmp_path, CHOICE)
    names = {
        middle: [step.name for step in plans.load(path, two, middle).steps]
        for middle in ("", "tea", "talk")
    }

    assert names["talk"] == ["One", "Both", "Talk"]
    assert names[""] == names["tea"] == ["One", "Tea"]
    with pytest.raises(UserError, match=r"no middle “x”\. Choose one of tea, talk, or"):
        plans.load(path, two, "x")


@pytest.mark.parametrize(
    ("was", "is_", "said"),
    [
        ('"two"', '"tow"', "row 1: there is no lesson “tow”. Choose one of one, two,"),
        ('lesson = "two"', "", "row 1: the cell “same” is in one and two. Say which"),
        (
            '"here"',
            '"hare"',
            "row 3: no part of a lesson begins at the cell “hare”. Choose one of here,",
        ),
        ("minutes = 20", "minutes = 25", "says 25 minutes, but its rows add up to 20"),
        ("minutes = 20", "", "minutes is missing"),
        ("cut = 1", "cutt = 1", "row 1 cutt is not a word that plans know"),
        ('at = "here"', 'step = "One"', "row 3 step: a row says at = “the id of a"),
        ("minutes = 5\nupset", "minutes = 0\nupset", "row 2 minutes: input should be"),
        ('name = "Tea"', "", "row 2: a break needs a name"),
        ('title = "', "title = ", "cannot be read"),
        ('at = "here"', "middle = true", "middles need one row with middle = true"),
    ],
)
def test_a_fault_is_one_sentence(
    tmp_path: Path, two: list[Lesson], was: str, is_: str, said: str
) -> None:
    assert said in trouble_with(tmp_path, two, GOOD, was, is_)


@pytest.mark.parametrize(
    ("was", "is_", "said"),
    [
        ("minutes = 3", "minutes = 4", "the middle “talk” takes 6 minutes, but its"),
        ("middle = true", 'name = "Break"', "needs [[middle.NAME]] rows to choose"),
        ('"same"', '"some"', "row 2: no part of a lesson begins at the cell “some”"),
        ("minutes = 9", "minutes = 8", "says 8 minutes, but its rows add up to 9"),
    ],
)
def test_a_fault_of_a_middle_is_one_sentence(
    tmp_path: Path, two: list[Lesson], was: str, is_: str, said: str
) -> None:
    assert said in trouble_with(tmp_path, two, CHOICE, was, is_)


def trouble_with(folder: Path, two: list[Lesson], good: str, was: str, is_: str) -> str:
    assert was in good
    with pytest.raises(UserError) as trouble:
        plans.load(written(folder, good.replace(was, is_, 1)), two, middle_of(good))
    said = str(trouble.value)
    assert "mine.toml" in said
    assert "\n" not in said
    return said


def middle_of(good: str) -> str:
    return "talk" if "[[middle.talk]]" in good else ""


def test_an_unknown_plan_is_told_before_anything_opens(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main.main(["open", "--plan", "91", "--no-browser"]) == 1
    assert "There is no plan “91”. Choose one of 60, 90," in capsys.readouterr().err


def films(lesson: Lesson) -> set[int]:
    """The steps of a lesson that show somebody being left out."""
    found, step = set(), -1
    for cell in lesson.notebook.cells:
        step += "step" in cell.metadata
        if cell.cell_type == "code" and "Includer(" in cell.source:
            found.add(max(step, 0))
    return found


def too_late(plan: Plan, shown: dict[str, set[int]]) -> list[str]:
    """Name the lines that show it with less than 25 minutes to go (S-30)."""
    return [
        line.name
        for at, line in enumerate(plan.steps)
        if line.lesson
        and line.step in shown.get(line.lesson, ())
        and sum(later.minutes for later in plan.steps[at + 1 :]) < 25
    ]


@every_plan
def test_a_film_of_being_left_out_leaves_25_minutes_for_what_follows(
    name: str, middle: str
) -> None:
    plan = plans.load(name, LESSONS, middle)
    last = plan.steps[-1]

    assert too_late(plan, {lesson.name: films(lesson) for lesson in LESSONS}) == []
    assert too_late(plan, {last.lesson: {last.step}}) == [last.name]


def called_in(lesson: Lesson, step: int) -> set[str]:
    """What the cells of a step show, by its class."""
    found, at = set(), -1
    for cell in lesson.notebook.cells:
        at += isinstance(cell.metadata.get("step"), dict)
        call = questions.shown_call(cell.source) if cell.cell_type == "code" else None
        if call and max(at, 0) == step:
            found.add(call[0])
    return found


# what a hint for who is late speaks of has to be in its row, and nowhere else
SPOKEN_OF = {
    "answers": set(questions.KINDS) - {"Breathe"},
    "one view": set(explore.__all__),
    "made-up person": set(own.__all__),
    "film": {"Includer", "StepIn"},
}


@every_plan
def test_a_hint_for_who_is_late_speaks_of_what_its_row_has(
    name: str, middle: str
) -> None:
    lessons = {lesson.name: lesson for lesson in LESSONS}
    for step in plans.load(name, LESSONS, middle).steps:
        there = called_in(lessons[step.lesson], step.step) if step.lesson else set()
        for words, wanted in SPOKEN_OF.items():
            if words in step.late:
                assert there & wanted, f"{step.name}: {step.late}"
