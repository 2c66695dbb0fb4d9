"""Turn this process, which may have run a notebook, into an ordinary Jupyter kernel."""

import gc
import os
import signal
import sys
from typing import Any


def detach(cwd: str | None, env: dict[str, str] | None) -> None:
    """Become a process of one's own after a fork."""
    os.setsid()
    for name in ("SIGINT", "SIGTERM", "SIGCHLD", "SIGHUP"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    if env is not None:
        os.environ.clear()
        os.environ.update(env)
    if cwd:
        os.chdir(cwd)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    if "numpy" in sys.modules:  # Python's own generator reseeds itself, this one not
        sys.modules["numpy"].random.seed(int.from_bytes(os.urandom(4), "little"))
    gc.enable()


def serve(connection_file: str) -> None:
    """Be a kernel until it is shut down."""
    sys.argv = ["ipykernel_launcher", "-f", connection_file]
    from ipykernel.kernelapp import IPKernelApp

    # the default was read when the module was imported: in another process
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(["-f", connection_file, "--HistoryManager.enabled=False"])
    _adopt(app)
    app.start()


def _adopt(app: Any) -> None:
    """Give the shell, and the comms that the notebook made, their kernel."""
    app.shell.kernel = app.shell.parent = app.kernel
    if "ipywidgets" in sys.modules:  # done on import only where there is a shell
        sys.modules["ipywidgets"].register_comm_target()
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].install_repl_displayhook()
    import comm

    for made in comm.get_comm_manager().comms.values():
        setattr(made, "kernel", app.kernel)  # noqa: B010  else ipywidgets sends nothing
