"""Export of the pictures that everyone saw, and of nothing else."""

import csv
import io
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field

from . import words

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


class Shown(BaseModel):
    """One picture as it stood on the wall, in words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lesson: str = Field(max_length=200)
    question: str = Field(max_length=200)
    round: int
    sentence: str = Field(max_length=2000)
    rows: tuple[tuple[str, str], ...] = Field(max_length=40)


def table(pictures: Iterable[Shown]) -> str:
    """Write comma-separated lines: one for each row of each picture."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(words.table()["export"]["columns"])
    for one in pictures:
        for label, amount in one.rows:
            cells = (one.lesson, one.question, str(one.round), one.sentence)
            lines.writerow([_harmless(cell) for cell in (*cells, label, amount)])
    return text.getvalue()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking words for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
