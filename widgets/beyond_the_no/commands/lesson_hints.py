"""Hints of how a lesson that runs will behave differently on phones.

An error keeps a lesson from being shown. A hint does not: it says what people will
see instead, and what to do about it.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from ..common.words import table
from ..engine.execution.package_installs import installs
from ..engine.kernels.executed_notebook import ExecutedNotebook
from ..server.rendering import widget_embedding

QUERY = re.compile(r"\bQUERY_STRING\b|\bget_query_string\b")
IMAGE = re.compile(r"!\[[^\]]*\]\(<?((?:https?:)?//[^)>\s]+)")
# an address that a browser loads by itself; one that people may follow is fine
SOURCE = re.compile(
    r"<(?:img|audio|video|source|iframe|embed|object|script|link)\b[^>]*?"
    r"\b(?:src|data|href)\s*=\s*[\"']?((?:https?:)?//[^\s\"'>]+)",
    re.IGNORECASE,
)
SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
IMPORT = re.compile(
    r"(?:\bfrom|\bimport|\bimport\(|\bfetch\(|@import|url\()\s*[\"'`]?"
    r"(https?://[^\s\"'`)]+)"
)
DRAWS_ITSELF = ("application/vnd.vega", "application/vnd.plotly", "application/vnd.bok")


def _table() -> dict[str, str]:
    return table(__package__, "lesson_hints.toml")


def _render_text(name: str, **parts: object) -> str:
    return _table()[name].format(**parts)


def hints(notebook: Any, executed: ExecutedNotebook | None) -> list[str]:
    """List what will be different on a phone, each in a sentence, and once."""
    found = [*_written(notebook)]
    if executed is not None and not executed.error:
        found += [*_shown(executed), *_widgets(executed)]
    return list(dict.fromkeys(found))


def _written(notebook: Any) -> Iterator[str]:
    """Look at what stands in the cells."""
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "code":
            for what in installs(cell.source):
                yield _render_text("installs", number=number, what=what)
            if QUERY.search(cell.source):
                yield _render_text("query", number=number)
        elif cell.cell_type == "markdown":
            for at in (*IMAGE.findall(cell.source), *SOURCE.findall(cell.source)):
                yield _render_text("elsewhere", number=number, host=urlsplit(at).netloc)


def _shown(executed: ExecutedNotebook) -> Iterator[str]:
    """Look at what the cells gave."""
    for number, cell in enumerate(executed.cells, 1):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            html = "".join(data.get("text/html", ""))
            for at in SOURCE.findall(html):
                yield _render_text("elsewhere", number=number, host=urlsplit(at).netloc)
            if SCRIPT.search(html) or any(k.startswith(DRAWS_ITSELF) for k in data):
                yield _render_text("script", number=number)


def _widgets(executed: ExecutedNotebook) -> Iterator[str]:
    """Look at the widgets."""
    if widget_embedding.takes_input(executed):
        yield _render_text("controls")
    for package in widget_embedding.others(executed):
        yield _render_text("other_package", package=package)
    for widget in executed.state.values():
        state = widget["state"]
        for text in (state.get("_esm"), state.get("_css")):
            for at in IMPORT.findall(text if isinstance(text, str) else ""):
                yield _render_text("widget_elsewhere", host=urlsplit(at).netloc)
        for output in widget_embedding.outputs_of(widget):
            if output["output_type"] == "error":
                error = f"{output['ename']}: {output['evalue']}"
                yield _render_text("error_in_widget", error=f"{error:.200}")
