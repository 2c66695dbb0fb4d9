"""Content of handouts that is defined elsewhere: lessons, plan, agreements, threats."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import nbformat

from ...common import resources
from ...content import lessons
from ...room.plan import Plan

WELCOME = resources.find("notebooks/00_welcome.ipynb")
THREATS = resources.KIT / "docs" / "threats.md"
CELLS = {"what": "00-hello", "lines": "00-hello-boxes", "agreements": "00-agree"}


def plan(found: Iterable[lessons.Lesson]) -> Plan:
    """Take every step of every lesson, in order."""
    return Plan(steps=tuple(step for lesson in found for step in lesson.steps))


def rows(plan: Plan, known: dict[str, lessons.Lesson]) -> list[dict[str, Any]]:
    """List each line of the run-sheet, with the minutes at which it begins and ends."""
    return [
        {
            "begin": begin,
            "end": end,
            "step": step,
            "lesson": known.get(step.lesson or ""),
        }
        for step, (begin, end) in zip(plan.steps, pairwise(plan.starts), strict=True)
    ]


def in_plan(plan: Plan, known: dict[str, lessons.Lesson]) -> list[dict[str, Any]]:
    """List the lessons of a plan, once each: what the run-sheet tells of them."""
    names = dict.fromkeys(step.lesson for step in plan.steps if step.lesson in known)
    return [known[name].run_sheet() for name in names if name]


def welcome() -> dict[str, str]:
    """Read what the first lesson says of the workshop: Markdown, by cell.

    Links to claims open a box on a phone; on paper they would open nothing.
    """
    cells = nbformat.v4.reads(WELCOME.read_text("utf-8")).cells
    found = {cell.id: cell.source for cell in cells}
    return {
        name: re.sub(r"\[How do we know\?[^\]]*\]\(#C\d+\)\n*", "", found[id])
        for name, id in CELLS.items()
    }


def threats() -> list[list[str]]:
    """Read who could want what, what stops it and what does not: rows of four."""
    text = THREATS.read_text("utf-8").replace("`", "")
    lines = [line.split("|")[1:5] for line in text.splitlines() if line[:2] == "| "]
    return [[cell.strip() for cell in line] for line in lines[1:]]
