"""Zygote: a process that has imported everything, and forks a template for a notebook.

``python -m beyond_the_no.engine.kernels.zygote FD MODULES`` where FD is an open socket
to the server, and MODULES a JSON list of what to import besides a kernel's own.
"""

import gc
import importlib
import itertools
import json
import os
import signal
import socket
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any

import nbformat

from ...common import lifeline
from . import ipc, template_process

# what a kernel imports late: here it is paid for once
KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.comm",
    "ipykernel.debugger",
    "ipykernel.heartbeat",
    "ipykernel.iostream",
    "ipykernel.parentpoller",
    "ipykernel.subshell_manager",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.historyapp",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "IPython.utils.wildcard",
    "matplotlib.backends.backend_svg",
    "tornado.platform.asyncio",
    "zmq.asyncio",
    "zmq.eventloop.zmqstream",
    "zmq.utils.garbage",
    "faulthandler",
    "psutil",
    "sqlite3",
)


def harmless(name: str) -> bool:
    """Whether a module may be imported for all notebooks, wanted there or not.

    What others wrote may make widgets, start threads or change settings when it is
    imported. Only the notebook that asks for it should have that.
    """
    first = name.partition(".")[0]
    return first == __package__.partition(".")[0] or first in sys.modules


def load(modules: list[str]) -> None:
    """Import; what cannot be imported is the notebook's to complain about."""
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    for name in itertools.chain(KERNEL, filter(harmless, modules)):
        try:
            importlib.import_module(name)
        except Exception as error:
            print(f"Not imported ahead: {name}: {error}", file=sys.stderr)
    # the first notebook that is read builds what checks all others
    nbformat.reads(nbformat.writes(nbformat.v4.new_notebook()), as_version=4)


def _template(request: dict[str, Any], fds: list[int], server: str) -> None:
    # not the zygote: it may be gone, and who is in a lesson stays in
    lifeline.follow(server)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    template_process.main(socket.socket(fileno=fds[0]), Path(request["notebook"]))


def main() -> None:
    """Import, say so, then fork until the server hangs up."""
    server = lifeline.given()
    lifeline.follow(server)
    connection = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's
    load(json.loads(sys.argv[2]))
    if threading.active_count() > 1:
        names = [thread.name for thread in threading.enumerate()]
        ipc.send(
            connection, {"ready": False, "why": f"threads run: {', '.join(names)}"}
        )
        return
    # a collection in a fork would write to all that was imported, and unshare it
    gc.collect()
    gc.freeze()
    ipc.send(connection, {"ready": True})
    begin = partial(_template, server=server)
    template_process.serve(connection, begin, outlive=True)


if __name__ == "__main__":
    main()
