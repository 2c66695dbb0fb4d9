"""Folds: what explains a picture, or a group's answer, opens after the guess.

A cell tagged ``after:NAME`` waits for an explorer or a question for the group of that
name. Cells in a row that wait for the same share one fold. One tagged ``after:text``
waits for the reader alone, and has a fold of its own: its first line, where it stands
in bold, is what the fold says.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from ...content.decks import UNSEEN
from ...content.waiting import READER, first_line, waits_for
from ...room import words
from . import templating


def lay_out(cells: Iterable[Any], asked: Iterable[str]) -> None:
    """Write into each cell's metadata what stands before and after it on the page.

    Parameters
    ----------
    asked : names of the questions for the group: they open with the leader's *Reveal*.
    """
    questions = set(asked)
    seen = [c for c in cells if UNSEEN not in c.metadata.get("tags", [])]
    for (names, _), several in groupby(seen, _together):
        if not names:
            continue
        group = list(several)
        first, last = group[0].metadata, group[-1].metadata
        kind = _kind(names, questions)
        line, text = first_line(group[0].source) if kind == "text" else ("", "")
        waited = [n for n in names if n != READER]
        say = words.table()["fold"]
        about = {"kind": kind, "names": waited, "line": line, "fold_words": say}
        opens, closes = templating.render("fold", **about).split("<!-- cells -->")
        first["fold"] = {"opens": opens, "text": text}
        last.setdefault("fold", {})["closes"] = closes


def _together(cell: Any) -> tuple[tuple[str, ...], str]:
    """Return what cells in a row have alike where they share a fold."""
    names = waits_for(cell)
    return names, str(cell.get("id", "")) if READER in names else ""


def _kind(names: tuple[str, ...], questions: set[str]) -> str:
    """Say which words stand on a fold: a guess of one's own comes before a group's."""
    if READER in names:
        return "text"
    return "group" if questions.issuperset(names) else "guess"
