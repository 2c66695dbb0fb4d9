"""The word table of the site command."""

from typing import Any

from ...common import words


def table() -> dict[str, Any]:
    """Every word, by section."""
    return words.table(__package__)


def render_text(section: str, name: str, **parts: object) -> str:
    """Return one sentence, with its parts filled in."""
    return words.render_text(__package__, section, name, **parts)
