"""Questions for the group, as a lesson's code declares them: read, not run."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

KINDS = frozenset(
    (
        "Poll",
        "Scale",
        "TwoRounds",
        "Guess",
        "Dots",
        "Place",
        "WordBoard",
        "Texts",
        "Ideas",
        "Questions",
        "Pairs",
        "Breathe",
    )
)


@dataclass(frozen=True)
class Question:
    """What a cell asks the group: its name, and what phones show above the answers."""

    id: str
    question: str


def shown_call(source: str) -> tuple[str, ast.Call] | None:
    """Return the call with which a cell's code ends, and what is called, if it does."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return None
    last = body[-1] if body else None
    call = last.value if isinstance(last, ast.Expr) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
        return call.func.id, call
    return None


def question_of(source: str, otherwise: str = "") -> Question | None:
    """Return the question that a cell's last line declares, if it declares one.

    Parameters
    ----------
    otherwise : what it is called where it asks nothing, as breathing together.
    """
    name, call = shown_call(source) or ("", None)
    if call is None or name not in KINDS:
        return None
    texts = [a.value for a in call.args if isinstance(a, ast.Constant)]
    words = [text for text in texts if isinstance(text, str)]
    return Question(words[0], [*words[1:], otherwise][0]) if words else None


def steps(cells: Sequence[Any], names: Sequence[str]) -> dict[str, int]:
    """Find the step of each question: the cell that declares it names it in quotes."""
    found: dict[str, int] = {}
    step = -1
    for cell in cells:
        step += isinstance(cell.metadata.get("step"), dict)
        for name in names:
            quoted = any(f"{q}{name}{q}" in cell.source for q in "\"'")
            if cell.cell_type == "code" and quoted:
                found.setdefault(name, max(0, step))
    return found
