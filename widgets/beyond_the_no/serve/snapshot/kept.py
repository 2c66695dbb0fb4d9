"""What came of running a notebook, kept between starts: the next one need not run it.

Only a notebook that depends on nothing but itself and the code it is fingerprinted with
may be kept: one that opens a file of its own, or asks what day it is, is run each time.
"""

import ast
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import nbformat

from .base import imported_by
from .shelf import Shelf
from .templates import Executed

# by these names a cell reaches what no fingerprint knows
REACHING = {"open", "input", "exec", "eval", "compile", "get_ipython", "__import__"}


def depends_only_on(package: str, notebook: Any) -> bool:
    """Whether a notebook takes nothing from anywhere but itself and one package."""
    names = imported_by([notebook])
    if not all(f"{name}.".startswith(f"{package}.") for name in names):
        return False
    return not any(
        _reaches(cell.source) for cell in notebook.cells if cell.cell_type == "code"
    )


def _reaches(source: str) -> bool:
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a magic may do anything
        return True
    names = (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    return not REACHING.isdisjoint(names)


class Kept:
    """Runs by what they came of: a notebook's bytes, and a print of all it depends on.

    Parameters
    ----------
    print_ : fingerprint of the code and the data that notebooks use.
    folder : cache folder, or None to keep nothing.
    forks : whether kernels of these notebooks are forked (from a template, made then).
    """

    def __init__(self, print_: str, folder: Path | None, *, forks: bool) -> None:
        self.shelf = Shelf(folder / print_, 0) if folder else None
        if self.shelf is not None:
            self.shelf.sweep()
        self._print = print_
        self._forks = forks

    def name(self, notebook: Path) -> str:
        """Name the notebook as it is saved now."""
        # widgets are named after the file
        named = hashlib.sha256(f"{self._print} {notebook.name}\0".encode())
        named.update(notebook.read_bytes())
        return named.hexdigest()[:32]

    def find(self, name: str, notebook: Path) -> Executed | None:
        """Return what came of it before, with a template that rests, or None."""
        packed = self.shelf and self.shelf.find(name)
        if not packed:
            return None
        try:
            held = json.loads(gzip.decompress(packed))
            cells, state = held["cells"], held["state"]
        except (ValueError, KeyError, TypeError):  # not what we wrote
            return None
        executed = Executed(notebook)
        executed.cells = [nbformat.from_dict(cell) for cell in cells]
        executed.state = state
        executed.forks = executed.rests = self._forks
        return executed

    def keep(self, name: str, executed: Executed) -> None:
        """Keep what came of a run that went well, if nobody saved it meanwhile.

        ``name`` is from before the run; were it another now, which one ran?
        """
        if self.shelf is None or executed.trouble:
            return
        if name != self.name(executed.notebook):
            return
        text = json.dumps({"cells": executed.cells, "state": executed.state})
        packed = gzip.compress(text.encode(), 6, mtime=0)
        self.shelf.keep(name, packed)
