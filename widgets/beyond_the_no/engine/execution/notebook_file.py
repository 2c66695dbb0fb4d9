"""Read a notebook's file, of any version that nbformat knows."""

import warnings
from pathlib import Path
from typing import Any

import nbformat
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning

# They are for the programs that wrote the file; Voila reads it, too, and would warn.
for category in (DuplicateCellId, MissingIDFieldWarning):
    warnings.filterwarnings("ignore", category=category)


def read(path: Path) -> Any:
    """Return a notebook in today's form.

    Cells without an id, or with another's, get one of their own.
    """
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook
