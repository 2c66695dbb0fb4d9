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

from . import failures, fork_safety, notebook_file, package_installs
from .output_recorder import Output, recording


class NoKernel:
    """Stands for the kernel, which is made when a page asks for one."""

    def __init__(self, shell: ZMQInteractiveShell) -> None:
        self.shell = shell

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(
            f"get_ipython().kernel has no {name} while the notebook runs, because it "
            "runs once for everybody. Ask for it when somebody moves a widget.",
            name=name,
            obj=self,
        )


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


def execute_notebook(
    path: Path, begun: Callable[[int], None] = lambda cell: None
) -> dict[str, Any]:
    """Execute all cells of a notebook, up to the first that fails.

    Parameters
    ----------
    path : the notebook.
    begun : called with the number of each code cell before it runs.

    Returns
    -------
    dict
        ``cells`` with outputs, ``state`` of all widgets by id, ``error`` (cell and
        message, or None), and ``unforkable_reason``, empty if it can be forked.
    """
    notebook = notebook_file.read(path)
    me, files = os.getpid(), fork_safety.open_files()
    os.chdir(path.parent)
    sys.path.insert(0, "")
    config = Config({"HistoryManager": {"enabled": False}})
    shell = ZMQInteractiveShell.instance(config=config)
    error = None
    with recording(shell) as recorder, _same_ids(path.name):
        shell.kernel = NoKernel(shell)
        for at, cell in enumerate(notebook.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            begun(at)
            recorder.outputs = []
            source = package_installs.without(cell.source)
            result = shell.run_cell(source, store_history=True, silent=False)
            if os.getpid() != me:
                os._exit(0)  # the cell forked: only one of us goes on
            recorder.settle()
            failed = result.error_before_exec or result.error_in_exec
            cell.outputs = [_clean(o) for o in recorder.outputs]
            cell.execution_count = shell.execution_count - 1
            if failed:
                error = {"cell": at, "message": failures.sentence(failed)}
                break
    return {
        "cells": notebook.cells,
        "state": ipywidgets.Widget.get_manager_state(drop_defaults=False)["state"],
        "error": error,
        "unforkable_reason": fork_safety.unforkable_reason(files),
    }


def _clean(output: Output) -> Any:
    fields = {k: v for k, v in output.items() if not k.startswith("_")}
    return nbformat.from_dict(fields)
