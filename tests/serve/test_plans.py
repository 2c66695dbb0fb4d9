"""Plans as people write them: the kit's own, and what can go wrong with one's own."""

from pathlib import Path

import pytest

import small_lessons
from beyond_the_no.room.plan import Plan
from beyond_the_no.serve import cli, plans
from beyond_the_no.serve.lessons import Lesson, read
from beyond_the_no.serve.settings import Trouble
from served import REPO

LESSONS = [read(path) for path in sorted((REPO / "notebooks").glob("*.ipynb"))]
SESSIONS = tuple(f"programme-{n}" for n in range(1, 7))
MINUTES = {"60": 60} | dict.fromkeys(("90", *SESSIONS), 90)


def test_the_kits_plans_are_these() -> None:
    assert plans.names() == sorted(MINUTES)


@pytest.mark.parametrize("name", MINUTES)
def test_every_lesson_and_step_of_a_plan_exists_and_minutes_add_up(name: str) -> None:
    plan = plans.load(name, LESSONS)

    assert plan.minutes == MINUTES[name]
    assert all(step.lesson or "break" in step.name for step in plan.steps)


@pytest.mark.parametrize("name", MINUTES)
def test_a_plan_can_be_shortened_but_never_by_its_close(name: str) -> None:
    plan = plans.load(name, LESSONS)

    assert any(step.cut for step in plan.steps)
    assert plan.steps[-1].name == "Close"
    assert not plan.steps[-1].cut


@pytest.fixture
def two(tmp_path: Path) -> list[Lesson]:
    folder = small_lessons.write(
        tmp_path / "lessons",
        one=small_lessons.notebook("# One", title="One", minutes=4),
        two=small_lessons.notebook("# Two", title="Two", minutes=6),
    )
    return [read(path) for path in sorted(folder.glob("*.ipynb"))]


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, "utf-8")
    return path


GOOD = """
title = "Thursday"
minutes = 20
[[row]]
lesson = "two"
minutes = 10
cut = 1
[[row]]
name = "Tea"
minutes = 5
[[row]]
lesson = "one"
step = "One"
name = "Back to the start"
minutes = 5
"""


def test_a_file_of_ones_own_is_a_plan(tmp_path: Path, two: list[Lesson]) -> None:
    plan = plans.load(written(tmp_path, GOOD), two)

    assert plan.title == "Thursday"
    assert [(s.lesson, s.name, s.minutes, s.cut) for s in plan.steps] == [
        ("two", "Two", 10, 1),
        (None, "Tea", 5, 0),
        ("one", "Back to the start", 5, 0),
    ]


@pytest.mark.parametrize(
    ("was", "is_", "said"),
    [
        ('"two"', '"tow"', "row 1: there is no lesson “tow”. Choose one of one, two."),
        ('"One"', '"Uno"', "row 3: the lesson one has no step “Uno”."),
        ("minutes = 20", "minutes = 25", "says 25 minutes, but its rows add up to 20"),
        ("minutes = 20", "", "minutes is missing"),
        ("cut = 1", "cutt = 1", "row 1 cutt is not a word that plans know"),
        ("minutes = 5\n[[", "minutes = 0\n[[", "row 2 minutes: input should be"),
        ('name = "Tea"', "", "row 2: a break needs a name"),
        ('title = "', "title = ", "cannot be read"),
    ],
)
def test_a_fault_is_one_sentence(
    tmp_path: Path, two: list[Lesson], was: str, is_: str, said: str
) -> None:
    assert was in GOOD
    with pytest.raises(Trouble) as trouble:
        plans.load(written(tmp_path, GOOD.replace(was, is_, 1)), two)

    assert "mine.toml" in str(trouble.value)
    assert said in str(trouble.value)
    assert "\n" not in str(trouble.value)


def test_an_unknown_plan_is_told_before_anything_opens(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["open", "--plan", "91", "--no-browser"]) == 1
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


@pytest.mark.parametrize("name", MINUTES)
def test_a_film_of_being_left_out_leaves_25_minutes_for_what_follows(name: str) -> None:
    plan = plans.load(name, LESSONS)
    last = plan.steps[-1]

    assert too_late(plan, {lesson.name: films(lesson) for lesson in LESSONS}) == []
    assert too_late(plan, {last.lesson: {last.step}}) == [last.name]
