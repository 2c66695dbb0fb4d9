"""Calm error pages from a table (notices.toml)."""

from typing import Any

from ...common.words import table
from ..rendering.templating import UrlPrefix


def _table() -> dict[str, Any]:
    return table(__package__, "notices.toml")


def notice(name: str, url_prefix: UrlPrefix, **parts: object) -> dict[str, Any]:
    """Return title, sentences and actions of one calm page."""
    entry = _table()[name]
    return {
        "title": entry["title"],
        "sentences": [s.format(**parts) for s in entry["sentences"]],
        "actions": [
            (label, "" if to == "." else url_prefix.to(to))
            for label, to in entry["actions"]
        ],
    }
