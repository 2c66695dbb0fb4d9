"""Linter for lessons: what a notebook lacks, in plain sentences.

Each check reads a notebook without running it and returns sentences; an empty list is
a lesson in good form. The tests hold the kit's own lessons to the same checks.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..common.words import table
from ..evidence.claims import ClaimsError, claim
from ..evidence.plain_words import can_grade, faults_of_words, grade
from .drawings import descriptions, drawing_of
from .lessons import blocks, notes_of, step_metadata
from .waiting import READER, waits_for

CHECKED = "nbval-check-output"
LINK = re.compile(r"\[[^\]]+\]\(#(?P<id>C\d+)\)")  # the page adds its evidence
NUMBER = re.compile(r"\d[\d,]*")
SHARE = re.compile(r"\b(\d[\d,]*) (?:in|(?:out )?of)(?: every)? (\d+(?:,\d{3})*)")
OF_100 = re.compile(r"\bof 100\b", re.IGNORECASE)  # in which shares are counted
TARGET = re.compile(r"\]\([^)\s]*\)")  # where a link leads
NOTE = re.compile(r'<div data-safety="note">(.+?)</div>', re.DOTALL)
PICTURE = re.compile(r"!\[\s*\]\([^)]*\)|<img\b(?![^>]*\balt=[\"'][^\"']+)[^>]*>")
MOST_GRADE, MEAN_GRADE = 9, 7  # years of school
STEP = {"name", "at", "minutes", "cut", "late", "upset"}  # what is said of a step
FEWEST_WORDS = 5  # of which a grade says something
FEWEST_NOTES, MOST_NOTES = 3, 15


def _table() -> dict[str, str]:
    return table(__package__, "lesson_linter.toml")


def _render_text(name: str, **parts: object) -> str:
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
        (_render_text("cell", number=at + 1), cell.source)
        for at, cell in enumerate(notebook.cells)
        if cell.cell_type == "markdown"
    ]


def markdown(notebook: Any) -> list[Any]:
    """Return the cells of `prose`."""
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def code(notebook: Any) -> Iterator[tuple[str, str, ast.Module | None]]:
    """Go through the cells with code: place, text, and tree if Python can read it."""
    for at, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            try:
                tree = ast.parse(cell.source)
            except SyntaxError:
                tree = None
            yield _render_text("cell", number=at + 1), cell.source, tree


def spoken(notebook: Any) -> list[str]:
    """Return the texts that a lesson hands to its widgets."""
    return [
        node.value
        for _, _, tree in code(notebook)
        for node in ast.walk(tree or ast.Module([], []))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def links(notebook: Any) -> list[str]:
    """Return the claims that are cited."""
    return [found["id"] for _, text in prose(notebook) for found in LINK.finditer(text)]


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
        return [_render_text("no_title")]
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
    return [_render_text(name, title=title) for name, is_so in wrong.items() if is_so]


def minutes(notebook: Any) -> list[str]:
    """Look for the minutes of the lesson, and whether its steps add up to them."""
    whole = notebook.metadata.get("minutes")
    if not isinstance(whole, int):
        return [_render_text("no_minutes")]
    steps = step_metadata(notebook)
    if any(not (s.get("name") and isinstance(s.get("minutes"), int)) for s in steps):
        return [_render_text("bare_step")]
    faults = []
    every = [s for s in blocks(notebook) if not s.get("group")]
    total = sum(step["minutes"] for step in every)
    if total != whole:
        faults.append(_render_text("other_minutes", whole=whole, total=total))
    core = notebook.metadata.get("core", whole)
    total = sum(step["minutes"] for step in every if not step.get("extra"))
    if "core" in notebook.metadata and total != core:
        faults.append(_render_text("other_core", whole=core, total=total))
    return faults


def steps(notebook: Any) -> list[str]:
    """Look what each step says of those who are upset, and for words that none has."""
    faults = []
    for step in step_metadata(notebook):
        name = step.get("name", "")
        if not str(step.get("upset", "")).strip():
            faults.append(_render_text("no_upset", step=name))
        if others := ", ".join(sorted(set(step) - STEP)):
            faults.append(_render_text("other_step", step=name, others=others))
    if step_metadata(notebook) and step_metadata(notebook)[-1].get("cut"):
        faults.append(_render_text("cut_close"))
    return faults


def notes(notebook: Any) -> list[str]:
    """Look for the notes of whoever leads it."""
    found = notes_of(notebook)
    text = " ".join(found).lower()
    wanted = ("say", "wait", "upset", "ground me", "close")
    missing = ", ".join(word for word in wanted if word not in text)
    if not FEWEST_NOTES <= len(found) <= MOST_NOTES:
        return [_render_text("few_notes", fewest=FEWEST_NOTES, most=MOST_NOTES)]
    return [_render_text("notes", missing=missing)] if missing else []


def closing(notebook: Any) -> list[str]:
    """Look for the question at the end."""
    last = notebook.cells[-1] if notebook.cells else None
    asks = last and last.cell_type == "markdown" and last.source.rstrip().endswith("?")
    return [] if asks else [_render_text("no_question")]


def words(notebook: Any) -> list[str]:
    """Look for words to avoid, in prose and in what is handed to widgets."""
    texts = [
        *prose(notebook),
        *((_render_text("widgets"), text) for text in spoken(notebook)),
    ]
    texts.append((_render_text("note"), str(notebook.metadata.get("content_note", ""))))
    texts += [
        (_render_text("step"), str(s.get(n, "")))
        for s in blocks(notebook)
        for n in ("late", "upset", "slide", "say")
    ]
    return [f"{at}: {one}." for at, text in texts for one in faults_of_words(text)]


def reading(notebook: Any) -> list[str]:
    """Look for sentences that ask for too many years of school: advice, no more."""
    if not can_grade():
        return []
    texts = [(at, plain(text)) for at, text in prose(notebook)]
    sized = [(at, text, len(text.split())) for at, text in texts]
    grades = [(at, grade(t), size) for at, t, size in sized if size >= FEWEST_WORDS]
    faults = [
        _render_text("hard", cell=at, grade=round(one, 1), most=MOST_GRADE)
        for at, one, _ in grades
        if one > MOST_GRADE
    ]
    total = sum(one * size for _, one, size in grades)
    mean = total / max(1, sum(size for _, _, size in grades))
    if mean > MEAN_GRADE:
        faults.append(
            _render_text("hard_on_average", grade=round(mean, 1), most=MEAN_GRADE)
        )
    return faults


def evidence(notebook: Any) -> list[str]:
    """Look at what is cited: in the one form, and with how sure we are."""
    faults = []
    for at, text in prose(notebook):
        # a link to a claim that is written in another way would get no box
        if len(re.findall(r"\]\(#C", text)) != len(LINK.findall(text)):
            faults.append(_render_text("other_link", cell=at))
    for name in links(notebook):
        try:
            if claim(name).status != "shown":
                faults.append(_render_text("not_shown", claim=name))
        except ClaimsError as error:
            faults.append(str(error))
    return faults


def cited(notebook: Any) -> list[str]:
    """Look whether there is evidence at all."""
    return [] if links(notebook) else [_render_text("no_evidence")]


def numbers(notebook: Any) -> list[str]:
    """Look for figures without a claim, or a compared cell, that holds them."""
    sources = printed(notebook)
    for name in links(notebook):
        try:
            each = claim(name)
        except ClaimsError:  # evidence() says so
            continue
        sources += [each.plain, each.supports, each.limits]
    return [
        _render_text("number", cell=at, number=number)
        for at, text in timeless(notebook)
        for number in untraced(text, sources)
    ]


def timeless(notebook: Any) -> Iterator[tuple[str, str]]:
    """Go through the prose, without the minutes and the title that its metadata say."""
    whole, title = notebook.metadata.get("minutes"), notebook.metadata.get("title")
    for (at, text), cell in zip(prose(notebook), markdown(notebook), strict=True):
        step = cell.metadata.get("step")
        own = step.get("minutes") if isinstance(step, dict) else None
        said = "|".join(re.escape(str(minutes)) for minutes in (whole, own))
        text = re.sub(rf"\b(?:{said}) minutes?\b", "", text)
        yield at, text.replace(str(title or "\0"), "")


def untraced(text: str, sources: Iterable[str]) -> list[str]:
    """Return the figures of a text that no source holds; those of “1 in 10” in one."""
    each = [figures(source) for source in sources]
    text = OF_100.sub("", TARGET.sub("]", text))
    known = {number for found in each for number in found}
    return [
        *(number for number in figures(SHARE.sub("", text)) if number not in known),
        *(
            share[0]
            for share in SHARE.finditer(text)
            if not any({share[1], share[2]} <= set(found) for found in each)
        ),
    ]


def figures(text: str) -> list[str]:
    """Return the figures of a text."""
    return [number.rstrip(",") for number in NUMBER.findall(text)]


def drawing(notebook: Any) -> list[str]:
    """Look whether the drawing at its head is one of ours."""
    name = notebook.metadata.get("drawing")
    if not name or drawing_of(notebook):
        return []
    known = ", ".join(sorted(descriptions()))
    return [_render_text("other_drawing", drawing=name, known=known)]


def pictures(notebook: Any) -> list[str]:
    """Look for pictures that say nothing to who cannot see them."""
    return [
        _render_text("no_alt", cell=at)
        for at, text in prose(notebook)
        if PICTURE.search(text)
    ]


def cells(notebook: Any) -> list[str]:
    """Look for code that Python cannot read; a lesson may import and hold any other."""
    return [
        _render_text("no_python", cell=at) for at, _, tree in code(notebook) if not tree
    ]


def waiting(notebook: Any, shown: Iterable[str]) -> list[str]:
    """Look whether cells that open after a guess have one to wait for.

    Parameters
    ----------
    shown : names of the explorers and of the questions for the group that it shows.
    """
    known = {READER, *shown}
    faults = []
    for at, cell in enumerate(notebook.cells):
        names = waits_for(cell)
        place = _render_text("cell", number=at + 1)
        faults += [
            _render_text("no_guess", cell=place, guess=name)
            for name in names
            if name not in known
        ]
        if names and "step" in cell.metadata:
            faults.append(_render_text("folded_step", cell=place))
    return faults


def doubled(notebook: Any, others: Iterable[tuple[str, Any]]) -> list[str]:
    """Look whether another lesson has its title or its numeral already.

    Parameters
    ----------
    others : file name and notebook of the other lessons in its folder.
    """
    return [
        _render_text(f"doubled_{part}", said=said, other=name)
        for name, other in others
        for part in ("title", "numeral")
        if (said := notebook.metadata.get(part)) and said == other.metadata.get(part)
    ]


EVERYWHERE = (minutes, cited, evidence, numbers, drawing, pictures, words, cells)
LESSON = (opening, steps, notes, closing)
CHECKS: tuple[Callable[[Any], list[str]], ...] = (*LESSON, *EVERYWHERE)


def is_deck(notebook: Any) -> bool:
    """Tell whether a notebook's cells stand on slides."""
    return any("slideshow" in cell.metadata for cell in notebook.cells)


def faults(notebook: Any) -> list[str]:
    """Return all that a notebook still wants, each in a sentence, and once."""
    checks = EVERYWHERE if is_deck(notebook) else CHECKS
    found = (fault for check in checks for fault in check(notebook))
    return list(dict.fromkeys(" ".join(fault.split()) for fault in found))
