"""Turns this process, which may have run a notebook, into a Jupyter kernel.

What needs neither sockets nor threads is done by `prepare`, once, before any fork: it
is a quarter of a kernel's start, and memory that is not written to stays shared.
"""

import contextlib
import gc
import os
import signal
import sys
from typing import Any, ClassVar

from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.application import BaseIPythonApplication

from . import memory

NICE = 5  # pages come first: a burst of kernels must not keep the server from its turn
OPTIONS = ["--HistoryManager.enabled=False"]


class _Settled(BaseIPythonApplication):
    """Reads options, folders and configuration files once."""

    settled = False

    def initialize(self, argv: list[str] | None = None) -> None:
        """Do it, unless it was done before the fork."""
        if not self.settled:
            super().initialize(argv)  # type: ignore[no-untyped-call]
            self.settled = True


class App(IPKernelApp, _Settled):
    """A kernel's application that may be half started before a fork."""

    def prepare(self) -> None:
        """Do the part of `initialize` that forks can share."""
        _Settled.initialize(self, OPTIONS)
        self.init_pdb()  # type: ignore[no-untyped-call]


class _Unlisted:
    """``sys`` without modules: their list is for a debugger, which no page has.

    Making it writes to the reference count of each, and so copies 5 MB in every fork.
    """

    modules: ClassVar[dict[str, Any]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


def prepare() -> App:
    """Make, or find, the application of this process."""
    made = App.initialized()
    app = App.instance()
    if not made:
        vars(ipkernel)["sys"] = _Unlisted()
        app.prepare()
    return app


def lower_priority() -> None:
    """Let the server have the processor before this process."""
    with contextlib.suppress(AttributeError, OSError):  # Windows has no such thing
        os.nice(NICE)


def detach(cwd: str | None, env: dict[str, str] | None) -> None:
    """Become a process of one's own after a fork."""
    lower_priority()
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
    # Python's own generator reseeds itself, numpy's does not; numpy imports it late
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed(int.from_bytes(os.urandom(4), "little"))
    gc.enable()


def serve(connection_file: str) -> None:
    """Be a kernel until it is shut down."""
    sys.argv = ["ipykernel_launcher", "-f", connection_file]
    app: Any = prepare()
    app.connection_file = connection_file
    if os.name == "posix":  # on Windows it is a handle, which Jupyter has given us
        app.parent_handle = os.getppid()  # its default was read in another process
    app.initialize()
    _adopt(app)
    memory.limit(memory.OF_A_KERNEL)
    memory.end_first()
    app.start()


def _last_line(kind: type[BaseException], error: object, _: object) -> None:
    """Show an error where it happens, without what only its author understands."""
    print(f"{kind.__name__}: {error}", flush=True)


def _adopt(app: Any) -> None:
    """Give the shell, and the comms that the notebook made, their kernel."""
    app.shell.kernel = app.shell.parent = app.kernel
    app.shell._showtraceback = _last_line
    if "ipywidgets" in sys.modules:  # done on import only where there is a shell
        sys.modules["ipywidgets"].register_comm_target()
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].install_repl_displayhook()
    import comm

    for made in comm.get_comm_manager().comms.values():
        setattr(made, "kernel", app.kernel)  # noqa: B010  else ipywidgets sends nothing
