"""Slips for people without a phone: each question of the plan, to tick and to fold."""

import ast
from collections.abc import Iterator
from typing import Any

from ... import together
from ...content.lessons import Lesson
from ...content.questions import KINDS, shown_call, steps
from ...room.choosing import Choosing
from ...room.declaration import SILENT, Declaration
from ...room.kinds import begin
from ...room.plan import Plan

TALKED = {"pairs", *SILENT}  # nothing is answered


def declared(source: str) -> Declaration | None:
    """Return what a cell asks, where its code says so in plain values."""
    name, call = shown_call(source) or ("", None)
    if call is None or name not in KINDS:
        return None
    try:
        given = [ast.literal_eval(value) for value in call.args]
        named = {k.arg: ast.literal_eval(k.value) for k in call.keywords if k.arg}
        made = getattr(together, name)(*given, **named)
        return Declaration.model_validate(made.activity)
    except (TypeError, ValueError):
        return None  # it's worked out by other code, and only a phone can show it


def _asked(lesson: Lesson) -> Iterator[tuple[int, Declaration]]:
    """Go through a lesson's questions, with the step at which each is asked."""
    cells = lesson.notebook.cells
    found = [declared(cell.source) for cell in cells if cell.cell_type == "code"]
    asked = [about for about in found if about]
    at = steps(cells, [about.id for about in asked])
    return ((at[about.id], about) for about in asked)


def slips(plan: Plan, known: dict[str, Lesson]) -> list[dict[str, Any]]:
    """List what a plan asks that paper can answer: first what can be entered."""
    found: dict[str, Declaration] = {}
    for row in plan.steps:
        lesson = known.get(row.lesson or "")
        for step, about in _asked(lesson) if lesson else ():
            if step == row.step and about.kind not in TALKED:
                found.setdefault(about.id, about)
    found_all = [
        {"about": about, "entered": _entered(about)} for about in found.values()
    ]
    return sorted(found_all, key=lambda one: not one["entered"])


def _entered(about: Declaration) -> bool:
    """Whether the leader's page takes slips of this question, as one blind batch."""
    activity = begin(about)
    activity.collect()
    return isinstance(activity, Choosing) and activity.may_tally
