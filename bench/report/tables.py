"""Rows of measurements as a table in Markdown."""

from collections.abc import Callable, Sequence
from typing import Any

Columns = dict[str, Callable[[Any], str]]


def line(columns: Columns, row: Any) -> str:
    """Write one row."""
    return f"| {' | '.join(column(row) for column in columns.values())} |"


def table(columns: Columns, rows: Sequence[Any]) -> list[str]:
    """Write all rows below the names of their columns."""
    head = f"| {' | '.join(columns)} |"
    return [head, "|---" * len(columns) + "|", *(line(columns, row) for row in rows)]
