"""Cache of executed notebooks on disk: a later start need not run them again.

Only a notebook that depends on nothing but itself and the code it is fingerprinted with
is cached: one that opens a file of its own, or asks what day it is, is run each time.
"""

import ast
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import nbformat

from ..execution.imports import imported_by
from ..storage.disk_cache import DiskCache
from .executed_notebook import ExecutedNotebook

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


def _is_run(held: Any) -> bool:
    """Whether JSON is what came of a run: cells, and the state of widgets."""
    cells, state = held["cells"], held["state"].values()
    return all(
        isinstance(cell["source"], str) and isinstance(cell["cell_type"], str)
        for cell in cells
    ) and all(isinstance(widget["state"], dict) for widget in state)


class ExecutionCache:
    """Executed notebooks by a hash of the notebook and of all that it depends on.

    Parameters
    ----------
    fingerprint : fingerprint of the code and the data that notebooks use.
    folder : cache folder, or None to cache nothing.
    forks : whether kernels of these notebooks are forked (from a template, made then).
    """

    def __init__(self, fingerprint: str, folder: Path | None, *, forks: bool) -> None:
        self.cache = DiskCache(folder / fingerprint, 0) if folder else None
        if self.cache is not None:
            self.cache.prune()
        self._fingerprint = fingerprint
        self._forks = forks

    def name(self, notebook: Path) -> str:
        """Name the notebook as it is saved now."""
        # widgets are named after the file
        named = hashlib.sha256(f"{self._fingerprint} {notebook.name}\0".encode())
        named.update(notebook.read_bytes())
        return named.hexdigest()[:32]

    def get(self, name: str, notebook: Path) -> ExecutedNotebook | None:
        """Return the executed notebook without a template process, or None."""
        packed = self.cache and self.cache.get(name, _is_run)
        if not packed:
            return None
        held = json.loads(gzip.decompress(packed))
        executed = ExecutedNotebook(notebook)
        executed.cells = [nbformat.from_dict(cell) for cell in held["cells"]]
        executed.state = held["state"]
        executed.forks = executed.released = self._forks
        return executed

    def put(self, name: str, executed: ExecutedNotebook) -> None:
        """Cache an execution without error, unless the notebook was saved meanwhile.

        ``name`` is from before the run; were it another now, which one ran?
        """
        if self.cache is None or executed.error:
            return
        try:
            if name != self.name(executed.notebook):
                return
        except OSError:  # it was removed, or is being saved
            return
        text = json.dumps({"cells": executed.cells, "state": executed.state})
        packed = gzip.compress(text.encode(), 6, mtime=0)
        self.cache.put(name, packed)
