"""Runs one notebook in a process of its own, without a fork.

``--report NOTEBOOK`` runs it, says on its standard output what came of it, and ends.
``-f CONNECTION_FILE NOTEBOOK`` runs it and is its kernel.
"""

import os
import sys
from functools import partial
from pathlib import Path

from ...common import lifeline
from ..execution.execute import execute_notebook
from . import ipc, kernel_process, template_process


def main() -> None:
    """Do the one or the other."""
    lifeline.follow(lifeline.given())
    mode, *given, notebook = sys.argv[1:]
    if mode == "--report":
        report = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)  # what a notebook's programs print is no report
        template_process.report(partial(ipc.write, report), Path(notebook))
    else:
        kernel_process.lower_priority()
        execute_notebook(Path(notebook))
        kernel_process.serve(*given)


if __name__ == "__main__":
    main()
