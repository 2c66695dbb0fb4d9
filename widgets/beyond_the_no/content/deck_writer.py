"""Write the deck of a plan from the lessons: one slide a row, picture and question.

What stands on a slide is what the lesson says of the block for the wall (``slide`` in
the metadata of its first cell), and what its leader reads is ``say``. Explorers come
along as they are in the lesson, and the beginning of what explains them follows; a
question for the group is a place where its picture comes up; what is private stays on
phones.
"""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import nbformat

from ..common.words import table
from ..room.plan import Plan, Step
from .decks import kind_of
from .drawings import drawing_of
from .lesson_linter import is_checked
from .lessons import HEADING, Lesson
from .questions import question_of, shown_call
from .waiting import READER, first_line, waits_for

FOLDER = re.compile(r"from beyond_the_no\.(\w+) import")
SENTENCE = re.compile(r"(?<=[.!?…”])\s+(?=[A-Z“])")
CLAIM = re.compile(r"^\[[^\]]+\]\(#C\d+\)$", re.MULTILINE)
Namer = Callable[[str], str]
MOST_WORDS = 40  # of an explanation, at ten metres


def deck(plan: Plan, lessons: Iterable[Lesson], title: str) -> Any:
    """Return a plan's deck as a notebook whose cells have not been run."""
    known = {lesson.name: lesson for lesson in lessons}
    words = table(__package__, "deck_writer.toml")
    fresh = namer()
    cells = [
        *slide(fresh("title"), f"## Beyond the No\n\n{title}", words["title_say"]),
        *slide(fresh("join"), words["join"], words["join_say"]),
    ]
    opened = set[str]()  # lessons whose drawing is on a slide already
    for step in plan.steps:
        lesson = known.get(step.lesson or "")
        found = list(
            block_slides(step, lesson, fresh) if lesson else break_slide(step, fresh)
        )
        if lesson and lesson.name not in opened:
            opened.add(lesson.name)
            draw(found[0], lesson)
        cells += found
    draw(cells[0], main_lesson(plan, known))
    about = {"title": title, "minutes": plan.minutes}
    return nbformat.v4.new_notebook(cells=cells, metadata=about)


def draw(cell: Any, lesson: Lesson | None) -> None:
    """Put a lesson's drawing on the slide that a cell begins."""
    if lesson and (name := drawing_of(lesson.notebook)):
        cell.metadata["drawing"] = name


def main_lesson(plan: Plan, known: dict[str, Lesson]) -> Lesson | None:
    """Return the lesson that a plan gives most of its time."""
    minutes = Counter[str]()
    for step in plan.steps:
        minutes[step.lesson or ""] += step.minutes
    found = (known.get(name) for name, _ in minutes.most_common())
    return next((lesson for lesson in found if lesson), None)


def slides(notebook: Any) -> int:
    """Count the slides of a deck."""
    return sum(kind_of(cell) == "slide" for cell in notebook.cells)


def alike(one: Any, other: Any) -> bool:
    """Whether two decks have the same cells, whatever these showed when run."""

    def cells(notebook: Any) -> list[tuple[Any, ...]]:
        return [(c.id, c.cell_type, c.source, c.metadata) for c in notebook.cells]

    return cells(one) == cells(other)


def namer() -> Namer:
    """Return what makes cell ids: a block that a plan has twice gets a second id."""
    taken = Counter[str]()

    def fresh(name: str) -> str:
        taken[name] += 1
        return name if taken[name] == 1 else f"{name}-again-{taken[name]}"

    return fresh


def slide(
    name: str, text: str, say: str = "", step: Step | None = None
) -> Iterator[Any]:
    """Yield the cells of one slide: what the wall shows, and what its leader reads."""
    cell = nbformat.v4.new_markdown_cell(text, id=name)
    cell.metadata["slideshow"] = {"slide_type": "slide"}
    if step is not None:
        cell.metadata["step"] = {"name": step.name, "minutes": step.minutes}
    yield cell
    if say:
        notes = nbformat.v4.new_markdown_cell(say, id=f"{name}-notes")
        notes.metadata["slideshow"] = {"slide_type": "notes"}
        yield notes


def break_slide(step: Step, fresh: Namer) -> Iterator[Any]:
    """Yield the slide of a row that has no lesson."""
    words = table(__package__, "deck_writer.toml")
    text = words["break"].format(name=step.name, minutes=step.minutes)
    yield from slide(fresh("break"), text, words["break_say"], step)


def block_slides(step: Step, lesson: Lesson, fresh: Namer) -> Iterator[Any]:
    """Yield the slides of a block: its text, then a slide for each thing to look at."""
    words = table(__package__, "deck_writer.toml")
    head, *rest = block(lesson.notebook, step.at)
    about = head.metadata["step"]
    text = str(about.get("slide") or beginning(head.source))
    first = fresh(head.id)
    yield from slide(
        first, f"## {step.name}\n\n{text}", str(about.get("say", "")), step
    )
    imported = imports(lesson.notebook)
    told = set[tuple[str, ...]]()  # the rest of what explains a picture is on phones
    for cell in rest:
        tags = cell.metadata.get("tags", [])
        if is_checked(cell):
            yield copied(cell, fresh(cell.id), imported)
        elif cell.cell_type == "code" and explores(cell, imported):
            if waits_for(cell):  # a second look, for phones
                continue
            name = fresh(cell.id)
            yield from slide(f"{name}-slide", f"## {step.name}", words["look_say"])
            yield copied(cell, name, imported)
        elif cell.cell_type == "code" and (
            asked := question_of(cell.source, step.name)
        ):
            place = f"[{words['question']}](#group-{asked.id})"
            name = fresh(cell.id)
            text = f"## {asked.question}\n\n{place}"
            yield from slide(name, text, words["question_say"])
        elif (names := waits_for(cell)) and names not in told:
            name = fresh(cell.id)
            if READER not in names:  # a picture and its words are more than a screen
                told.add(names)
                say = words["told_say"]
                yield from slide(f"{name}-slide", f"## {step.name}", say)
            shown = nbformat.v4.new_markdown_cell(beginning(cell.source), id=name)
            shown.metadata["tags"] = list(tags)
            yield shown


def block(notebook: Any, at: str) -> list[Any]:
    """Return the cells from the one that begins a block to the next one."""
    cells = notebook.cells
    first = next(i for i, cell in enumerate(cells) if cell.id == at)
    last = next(
        (i for i in range(first + 1, len(cells)) if "step" in cells[i].metadata),
        len(cells),
    )
    return list(cells[first:last])


def imports(notebook: Any) -> dict[str, str]:
    """Return, for each name that a lesson imports, the line that does it."""
    found: dict[str, str] = {}
    for cell in notebook.cells:
        for line in cell.source.splitlines() if cell.cell_type == "code" else ():
            if line.startswith("from ") and " import " in line:
                start, names = line.split(" import ")
                for name in names.split(", "):
                    found[name] = f"{start} import {name}"
    return found


def used(cell: Any) -> set[str]:
    """Return the names that a cell uses."""
    tree = ast.parse(cell.source)
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def explores(cell: Any, imported: dict[str, str]) -> bool:
    """Whether the last line of a cell shows an explorer."""
    name, _ = shown_call(cell.source) or ("", None)
    found = FOLDER.match(imported.get(name, ""))
    return found is not None and found[1] == "explore"


def copied(cell: Any, name: str, imported: dict[str, str]) -> Any:
    """Return a cell with code, with the imports that it needs, and not run yet."""
    own = [line for line in cell.source.splitlines() if line.startswith("from ")]
    body = [line for line in cell.source.splitlines() if not line.startswith("from ")]
    wanted = merged({*own, *(imported[name] for name in used(cell) & set(imported))})
    rest = "\n".join(body).strip()
    lines = [*wanted, "", rest] if wanted else [rest]
    new = nbformat.v4.new_code_cell("\n".join(lines), id=name)
    if tags := cell.metadata.get("tags"):
        new.metadata["tags"] = list(tags)
    return new


def merged(lines: Iterable[str]) -> list[str]:
    """Return imports with one line for each module, sorted as a linter wants them."""
    names: dict[str, set[str]] = {}
    for line in lines:
        module, imported = line.split(" import ")
        names.setdefault(module, set()).update(imported.split(", "))
    return [f"{one} import {', '.join(sorted(names[one]))}" for one in sorted(names)]


def beginning(source: str) -> str:
    """Return the first sentences of a cell's prose, and the claim behind them."""
    claims = CLAIM.findall(source)
    prose = HEADING.sub("", CLAIM.sub("", source)).strip()
    asks, rest = first_line(prose)
    paragraph = next((p for p in rest.split("\n\n") if p.strip()), "")
    kept: list[str] = []
    for sentence in SENTENCE.split(paragraph.strip()):
        if kept and len(" ".join([*kept, sentence]).split()) > MOST_WORDS:
            break
        kept.append(sentence)
    parts = [f"**{asks}**" if asks else "", " ".join(kept), *claims[:1]]
    return "\n\n".join(filter(None, parts))
