"""The room's word table."""

from typing import Any

from ..common import words


def table() -> dict[str, Any]:
    """Every word of the room, by section."""
    return words.table(__package__)


def render_text(section: str, name: str, **parts: object) -> str:
    """Return one sentence of the table, with its parts filled in."""
    return words.render_text(__package__, section, name, **parts)


def number(n: int) -> str:
    """Return a small number as a word, a larger one in digits."""
    names: list[str] = table()["numbers"]["names"]
    return names[n] if 0 <= n < len(names) else str(n)


def listing(options: list[str]) -> str:
    """Join options the way one says them: "work, love and family"."""
    *start, last = options
    link: str = table()["join"]["and"]
    return f"{', '.join(start)} {link} {last}" if start else last
