"""One notebook in a process of its own, without a fork.

``… alone --report FD NOTEBOOK`` runs it, tells the server what came of it, and ends.
``… alone -f CONNECTION_FILE NOTEBOOK`` runs it and is its kernel.
"""

import socket
import sys
from pathlib import Path

from . import kernel, template
from .run import run


def main() -> None:
    """Do the one or the other."""
    mode, given, notebook = sys.argv[1:4]
    if mode == "--report":
        template.report(socket.socket(fileno=int(given)), Path(notebook))
    else:
        kernel.give_way()
        run(Path(notebook))
        kernel.serve(given)


if __name__ == "__main__":
    main()
