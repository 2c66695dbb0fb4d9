"""Execute a notebook in this process, without a kernel.

The shell, its variables, the widgets and their comms live on: whoever forks this
process, or turns it into a kernel, has them all. Widgets get the same ids in every
run, so a page that was rendered from one run fits the kernel of another.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import comm
import ipywidgets
import nbformat
from ipykernel.zmqshell import ZMQInteractiveShell
from traitlets.config import Config

from . import shareable
from .recorder import Output, recording


@contextmanager
def _same_ids(name: str) -> Iterator[None]:
    """Name comms by their order, so that every run of a notebook has the same ids."""
    create, made = comm.create_comm, iter(range(1 << 30))

    def create_comm(*args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("comm_id", uuid5(NAMESPACE_URL, f"{name}#{next(made)}").hex)
        return create(*args, **kwargs)

    comm.create_comm = create_comm
    try:
        yield
    finally:
        comm.create_comm = create


def run(path: Path, begun: Callable[[int], None] = lambda cell: None) -> dict[str, Any]:
    """Execute all cells of a notebook, up to the first that fails.

    Parameters
    ----------
    path : the notebook.
    begun : called with the number of each code cell before it runs.

    Returns
    -------
    dict
        ``cells`` with outputs, ``state`` of all widgets by id, ``error`` (cell and
        sentence, or None), and ``keeps``: why this process cannot be forked, if so.
    """
    notebook = nbformat.read(path, as_version=4)
    me, files = os.getpid(), shareable.open_files()
    os.chdir(path.parent)
    sys.path.insert(0, "")
    config = Config({"HistoryManager": {"enabled": False}})
    shell = ZMQInteractiveShell.instance(config=config)
    error = None
    with recording(shell) as recorder, _same_ids(path.name):
        for at, cell in enumerate(notebook.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            begun(at)
            recorder.outputs = []
            result = shell.run_cell(cell.source, store_history=True, silent=False)
            if os.getpid() != me:
                os._exit(0)  # the cell forked: only one of us goes on
            failed = result.error_before_exec or result.error_in_exec
            cell.outputs = [_clean(o) for o in recorder.outputs]
            cell.execution_count = shell.execution_count - 1
            if failed:
                error = {"cell": at, "say": f"{type(failed).__name__}: {failed}"}
                break
    return {
        "cells": notebook.cells,
        "state": ipywidgets.Widget.get_manager_state(drop_defaults=False)["state"],
        "error": error,
        "keeps": shareable.keeps(files),
    }


def _clean(output: Output) -> Any:
    kept = {k: v for k, v in output.items() if not k.startswith("_")}
    return nbformat.from_dict(kept)
