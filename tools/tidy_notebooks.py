"""Put every notebook under notebooks/ and slides/ into its form: ``make notebooks``.

Every cell is run and keeps what it shows as text, which ``pytest --nbval notebooks/``
compares. Every code cell has its execution count: nbval passes what was not run. Views
of widgets and pictures are left out: they differ in every run, and nbval passes them
over. Metadata keep the keys listed below, sorted. Cells keep their ids; a cell without
one gets one made from its place and its text, so that running this twice changes
nothing.

With names of notebooks, these alone. With ``--check``, nothing is run or written:
untidy ones are named, and the exit code is 1.
"""

import argparse
import copy
import hashlib
import re
import sys
from collections.abc import Iterable
from configparser import RawConfigParser
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from beyond_the_no.content.lesson_linter import CHECKED, is_checked

__all__ = ["CHECKED", "is_checked"]
ROOT = Path(__file__).parents[1]

NOTEBOOK_KEYS = {
    *("kernelspec", "language_info"),
    *("title", "numeral", "drawing", "order", "minutes", "core", "intensity"),
    *("content_note", "notes"),
    "voila",  # a deck names its template here
}
CELL_KEYS = {"step", "tags", "slideshow", "drawing"}
# shown by Jupyter in their place, and not compared by nbval
PASSED_OVER = {
    *("application/vnd.jupyter.widget-view+json", "image/png", "image/jpeg"),
}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebooks(root: Path = ROOT) -> list[Path]:
    """Return the notebooks of the kit, without Jupyter's own backup copies."""
    found = [
        path
        for folder in ("notebooks", "slides")
        for path in (root / folder).rglob("*.ipynb")
        if ".ipynb_checkpoints" not in path.parts
    ]
    return sorted(found)


def read(path: Path) -> Any:
    """Read a notebook as it is: nbformat's own reader would invent missing ids."""
    return nbformat.v4.reads(path.read_text(encoding="utf-8"))


@cache
def passing() -> list[tuple[re.Pattern[str], str]]:
    """Return what is another in every run, and what stands in its place."""
    table = RawConfigParser()
    table.read(ROOT / "tests" / "nbval.cfg", "utf-8")
    return [
        (re.compile(table[n]["regex"]), table[n]["replace"]) for n in table.sections()
    ]


def lasting(value: Any) -> Any:
    """Return a text, or several, without what is another in every run."""
    if isinstance(value, list):
        return [lasting(one) for one in value]
    if isinstance(value, str):
        for pattern, replaced in passing():
            value = pattern.sub(replaced, value)
    return value


def kept(outputs: list[Any], count: int) -> list[Any]:
    """Return what a notebook keeps of the outputs of its `count`-th cell with code."""
    outputs = copy.deepcopy(outputs)
    for output in outputs:
        for name in ("text", "traceback"):
            if name in output:
                output[name] = lasting(output[name])
        if "data" in output:
            compared = set(output.data) - PASSED_OVER
            output.data = {name: lasting(output.data[name]) for name in compared}
            output.metadata = {}
        if "execution_count" in output:
            output.execution_count = count
    return [one for one in outputs if one.get("data") != {}]


def tidied(notebook: Any) -> Any:
    """Return the notebook in its form, with the outputs that it has, as text."""
    notebook = copy.deepcopy(notebook)
    about = {n: notebook.metadata[n] for n in NOTEBOOK_KEYS & {*notebook.metadata}}
    # Jupyter writes the version of the Python that it ran on: not ours to commit.
    about |= {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook.metadata = nbformat.from_dict(about)
    # From this version on a cell has an id.
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    count = 0
    for place, cell in enumerate(notebook.cells):
        if not cell.get("id"):
            text = f"{place} {cell.source}".encode()
            cell.id = hashlib.sha256(text).hexdigest()[:8]
        cell.metadata = nbformat.from_dict(
            {key: cell.metadata[key] for key in CELL_KEYS & {*cell.metadata}}
        )
        if "tags" in cell.metadata:
            cell.metadata["tags"] = sorted(set(cell.metadata["tags"]))
        cell.source = cell.source.strip()
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            cell.outputs = kept(cell.outputs, count)
    return notebook


class Client(NotebookClient):
    """Keeps what an Output widget shows with its cell, and all of it, as nbval does."""

    def clear_output(self, *of: Any) -> None:
        """Clear nothing."""


def run(notebook: Any, folder: Path) -> Any:
    """Return the notebook with every cell run, as nbval will run it."""
    notebook = copy.deepcopy(notebook)
    client = Client(
        notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
        # One print may arrive in pieces; the file holds it whole.
        coalesce_streams=True,
    )
    client.widget_registry = {}
    return client.execute()


def text_of(notebook: Any) -> str:
    """Return a notebook as it stands in its file."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def untidy(paths: Iterable[Path]) -> list[Path]:
    """Return the notebooks that aren't in their form, without running them."""
    return [p for p in paths if text_of(tidied(read(p))) != p.read_text("utf-8")]


def main() -> int:
    """Tidy every notebook and say which ones changed."""
    parser = argparse.ArgumentParser(description="Put notebooks into their form.")
    parser.add_argument("notebook", nargs="*", type=Path, help="these alone")
    parser.add_argument("--check", action="store_true", help="run and write nothing")
    chosen = parser.parse_args()
    paths = [path.resolve() for path in chosen.notebook] or notebooks()
    if chosen.check:
        found = untidy(paths)
        for path in found:
            print(f"{path}: run `make notebooks`")
        return 1 if found else 0
    failed = 0
    for path in paths:
        name = path.relative_to(ROOT)
        before = path.read_text(encoding="utf-8")
        notebook = read(path)
        try:
            if any(cell.cell_type == "code" for cell in notebook.cells):
                notebook = run(notebook, path.parent)
        except CellExecutionError as error:
            said = f"{error.ename}: {error.evalue}"
            print(f"{name}: a cell fails, so it was left as it is. {said}")
            failed += 1
            continue
        after = text_of(tidied(notebook))
        if after != before:
            path.write_text(after, encoding="utf-8")
        print(f"{name}: {'tidied' if after != before else 'in its form already'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
