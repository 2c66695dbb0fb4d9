"""Put every notebook under notebooks/ and slides/ into its form: ``make notebooks``.

The checked cells (tagged ``nbval-check-output``) are run, and keep their output and
their execution count. Every other code cell loses both. Metadata keep the keys listed
below, sorted. Cells keep their ids; a cell without one gets one made from its place and
its text, so that running this twice changes nothing.
"""

import copy
import hashlib
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from beyond_the_no.serve.lesson_form import CHECKED, is_checked

__all__ = ["CHECKED", "is_checked"]
ROOT = Path(__file__).parents[1]

NOTEBOOK_KEYS = {
    *("kernelspec", "language_info"),
    *("title", "numeral", "order", "minutes", "intensity", "content_note", "notes"),
    "voila",  # a deck names its template here
}
CELL_KEYS = {"step", "tags", "slideshow"}
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


def tidied(notebook: Any) -> Any:
    """Return the notebook in its form, with the outputs that it has."""
    notebook = copy.deepcopy(notebook)
    kept = {key: notebook.metadata[key] for key in NOTEBOOK_KEYS & {*notebook.metadata}}
    # Jupyter writes the version of the Python that it ran on: not ours to commit.
    kept |= {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook.metadata = nbformat.from_dict(kept)
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
        if cell.cell_type != "code":
            continue
        if is_checked(cell):
            count += 1
            cell.execution_count = count
        else:
            cell.execution_count, cell.outputs = None, []
    return notebook


def run(notebook: Any, folder: Path) -> Any:
    """Return the notebook with every cell run, as nbval will run it."""
    notebook = copy.deepcopy(notebook)
    client = NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
        # One print may arrive in pieces; the file holds it whole.
        coalesce_streams=True,
    )
    return client.execute()


def text_of(notebook: Any) -> str:
    """Return a notebook as it stands in its file."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def main() -> int:
    """Tidy every notebook and say which ones changed."""
    failed = 0
    for path in notebooks():
        name = path.relative_to(ROOT)
        before = path.read_text(encoding="utf-8")
        notebook = read(path)
        try:
            if any(is_checked(cell) for cell in notebook.cells):
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
