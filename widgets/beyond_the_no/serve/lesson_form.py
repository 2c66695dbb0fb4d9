"""What a lesson's notebook still wants before people meet it, in plain words.

Each check reads a notebook without running it and returns sentences; an empty list is
a lesson in good form. The tests hold the kit's own lessons to the same checks.
"""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ..evidence.claims import ClaimsError, claim
from ..evidence.plain_words import faults_of_words, grade
from .lessons import told

CHECKED = "nbval-check-output"
LINK = re.compile(r"\[How do we know\? How sure: (?P<sure>[^\]]+)\]\(#(?P<id>[^)]+)\)")
NUMBER = re.compile(r"\d[\d,]*")
NOTE = re.compile(r'<div data-safety="note">(.+?)</div>', re.DOTALL)
PICTURE = re.compile(r"!\[\s*\]\([^)]*\)|<img\b(?![^>]*\balt=[\"'][^\"']+)[^>]*>")
FOLDERS = {f"beyond_the_no.{name}" for name in ("explore", "own", "together")}
LOGIC = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.For, ast.AsyncFor, ast.While, ast.If, ast.IfExp, ast.Match),
    *(ast.Try, ast.With, ast.AsyncWith, ast.Assert, ast.Raise, ast.Delete),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
MOST_GRADE, MEAN_GRADE = 8, 6  # years of school
MOST_LINES = 8
STEP = {"name", "minutes", "cut", "late", "upset"}  # what is said of a step
FEWEST_NOTES, MOST_NOTES = 3, 15


@cache
def _table() -> dict[str, str]:
    return tomllib.loads(
        Path(__file__).with_name("lesson_form.toml").read_text("utf-8")
    )


def _say(name: str, **parts: object) -> str:
    return _table()[name].format(**parts)


# -- reading a notebook -------------------------------------------------------------


def is_checked(cell: Any) -> bool:
    """Tell whether nbval compares the output of a cell."""
    return cell.cell_type == "code" and CHECKED in cell.metadata.get("tags", [])


def plain(markdown: str) -> str:
    """Return the sentences of a cell, without headings, links to claims and marks."""
    text = re.sub(r"^#+ .*$", "", LINK.sub("", markdown), flags=re.MULTILINE)
    return " ".join(re.sub(r"<[^>]+>|[*_`]", "", text).split())


def prose(notebook: Any) -> list[tuple[str, str]]:
    """Return what is written between the widgets: the place of each cell, its text."""
    return [
        (_say("cell", number=at + 1), cell.source)
        for at, cell in enumerate(notebook.cells)
        if cell.cell_type == "markdown"
    ]


def code(notebook: Any) -> Iterator[tuple[str, str, ast.Module | None]]:
    """Go through the cells with code: place, text, and tree if Python can read it."""
    for at, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            try:
                tree = ast.parse(cell.source)
            except SyntaxError:
                tree = None
            yield _say("cell", number=at + 1), cell.source, tree


def spoken(notebook: Any) -> list[str]:
    """Return the texts that a lesson hands to its widgets."""
    return [
        node.value
        for _, _, tree in code(notebook)
        for node in ast.walk(tree or ast.Module([], []))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def links(notebook: Any) -> list[tuple[str, str]]:
    """Return the claims that are cited, each with how sure the lesson says we are."""
    return [
        (found["id"], found["sure"])
        for _, text in prose(notebook)
        for found in LINK.finditer(text)
    ]


def printed(notebook: Any) -> list[str]:
    """Return the figures that the lesson keeps, and that nbval compares."""
    return [
        output.get("text", "")
        for cell in notebook.cells
        if is_checked(cell)
        for output in cell.outputs
    ]


# -- what it wants ------------------------------------------------------------------


def opening(notebook: Any) -> list[str]:
    """Look for the title, and for the note that comes before all."""
    about, first = notebook.metadata, notebook.cells[0] if notebook.cells else None
    if first is None or first.cell_type != "markdown":
        return [_say("no_title")]
    title = str(about.get("title", ""))
    found = NOTE.search(first.source)
    note = found[1].strip() if found else ""
    wrong = {
        "no_title": not title or not first.source.startswith(f"# {title}\n"),
        "no_note": not found,
        "other_note": bool(found) and note != about.get("content_note"),
        "note_minutes": bool(found) and f"{about.get('minutes')} minutes" not in note,
        "note_stop": bool(found) and not ("skip" in note and "stop" in note),
    }
    return [_say(name, title=title) for name, is_so in wrong.items() if is_so]


def minutes(notebook: Any) -> list[str]:
    """Look for the minutes of the lesson, and whether its steps add up to them."""
    whole = notebook.metadata.get("minutes")
    if not isinstance(whole, int):
        return [_say("no_minutes")]
    steps = told(notebook)
    if any(not {"name", "minutes"} <= set(step) for step in steps):
        return [_say("bare_step")]
    total = sum(step["minutes"] for step in steps)
    return [_say("other_minutes", whole=whole, total=total)] if total != whole else []


def steps(notebook: Any) -> list[str]:
    """Look what each step says of those who are upset, and for words that none has."""
    faults = []
    for step in told(notebook):
        name = step.get("name", "")
        if not str(step.get("upset", "")).strip():
            faults.append(_say("no_upset", step=name))
        if others := ", ".join(sorted(set(step) - STEP)):
            faults.append(_say("other_step", step=name, others=others))
    if told(notebook) and told(notebook)[-1].get("cut"):
        faults.append(_say("cut_close"))
    return faults


def notes(notebook: Any) -> list[str]:
    """Look for the notes of whoever leads it."""
    found = notebook.metadata.get("notes", [])
    said = " ".join(found).lower()
    wanted = ("say", "wait", "upset", "ground me", "close")
    missing = ", ".join(word for word in wanted if word not in said)
    if not FEWEST_NOTES <= len(found) <= MOST_NOTES:
        return [_say("few_notes", fewest=FEWEST_NOTES, most=MOST_NOTES)]
    return [_say("notes", missing=missing)] if missing else []


def closing(notebook: Any) -> list[str]:
    """Look for the question at the end."""
    last = notebook.cells[-1] if notebook.cells else None
    asks = last and last.cell_type == "markdown" and last.source.rstrip().endswith("?")
    return [] if asks else [_say("no_question")]


def words(notebook: Any) -> list[str]:
    """Look for words to avoid, in prose and in what is handed to widgets."""
    texts = [*prose(notebook), *((_say("widgets"), text) for text in spoken(notebook))]
    texts.append((_say("note"), str(notebook.metadata.get("content_note", ""))))
    texts += [
        (_say("step"), str(s.get(n, ""))) for s in told(notebook) for n in sorted(STEP)
    ]
    return [f"{at}: {one}." for at, text in texts for one in faults_of_words(text)]


def reading(notebook: Any) -> list[str]:
    """Look for sentences that ask for too many years of school."""
    texts = [(at, plain(text)) for at, text in prose(notebook)]
    grades = [(at, grade(text), len(text.split())) for at, text in texts if text]
    faults = [
        _say("hard", cell=at, grade=round(one, 1), most=MOST_GRADE)
        for at, one, _ in grades
        if one > MOST_GRADE
    ]
    total = sum(one * size for _, one, size in grades)
    mean = total / max(1, sum(size for _, _, size in grades))
    if mean > MEAN_GRADE:
        faults.append(_say("hard_on_average", grade=round(mean, 1), most=MEAN_GRADE))
    return faults


def evidence(notebook: Any) -> list[str]:
    """Look at what is cited: in the one form, and with how sure we are."""
    faults = []
    for at, text in prose(notebook):
        # a link to a claim that is written in another way would get no box
        if len(re.findall(r"\]\(#C", text)) != len(LINK.findall(text)):
            faults.append(_say("other_link", cell=at))
    for name, sure in links(notebook):
        try:
            found = claim(name)
        except ClaimsError as error:
            faults.append(str(error))
            continue
        if found.status != "shown":
            faults.append(_say("not_shown", claim=name))
        elif sure != found.sure:
            faults.append(_say("other_sure", claim=name, sure=found.sure, said=sure))
    return faults


def cited(notebook: Any) -> list[str]:
    """Look whether there is evidence at all."""
    return [] if links(notebook) else [_say("no_evidence")]


def numbers(notebook: Any) -> list[str]:
    """Look for figures without a claim, or a compared cell, that holds them."""
    sources = [str(notebook.metadata.get("minutes", "")), *printed(notebook)]
    for name, _ in links(notebook):
        try:
            each = claim(name)
        except ClaimsError:  # evidence() says so
            continue
        sources += [each.plain, each.supports, each.limits]
    known = {number for text in sources for number in NUMBER.findall(text)}
    return [
        _say("number", cell=at, number=number)
        for at, text in prose(notebook)
        for number in NUMBER.findall(LINK.sub("", text).replace("of 100", ""))
        if number.rstrip(",") not in known
    ]


def pictures(notebook: Any) -> list[str]:
    """Look for pictures that say nothing to who cannot see them."""
    return [
        _say("no_alt", cell=at) for at, text in prose(notebook) if PICTURE.search(text)
    ]


def cells(notebook: Any) -> list[str]:
    """Look for code that does not belong into a lesson."""
    faults = []
    for at, source, tree in code(notebook):
        lines = [line for line in source.splitlines() if line.strip()]
        if tree is None:
            faults.append(_say("no_python", cell=at))
            continue
        if not 1 <= len(lines) <= MOST_LINES:
            faults.append(_say("long", cell=at, lines=len(lines), most=MOST_LINES))
        if any(isinstance(node, LOGIC) for node in ast.walk(tree)):
            faults.append(_say("logic", cell=at))
        for name in sorted(imported(tree) - FOLDERS):
            plain_widget = name.split(".")[0] == "ipywidgets"
            say = "ipywidgets" if plain_widget else "import"
            faults.append(_say(say, cell=at, module=name))
    return faults


def imported(tree: ast.Module) -> set[str]:
    """Return the modules that a cell imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or ".")
    return found


EVERYWHERE = (minutes, cited, evidence, numbers, pictures, words, reading, cells)
LESSON = (opening, steps, notes, closing)
CHECKS: tuple[Callable[[Any], list[str]], ...] = (*LESSON, *EVERYWHERE)


def is_deck(notebook: Any) -> bool:
    """Tell whether a notebook's cells stand on slides."""
    return any("slideshow" in cell.metadata for cell in notebook.cells)


def faults(notebook: Any) -> list[str]:
    """Return all that a notebook still wants, each in a sentence, and once."""
    checks = EVERYWHERE if is_deck(notebook) else CHECKS
    return list(dict.fromkeys(said for check in checks for said in check(notebook)))
