"""Execute a notebook in this process, without a kernel.

The shell, its variables, the widgets and their comms live on: whoever forks this
process, or turns it into a kernel, has them all. Widgets get the same ids in every
run, so a page that was rendered from one run fits the kernel of another.
"""

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import comm
import ipywidgets
import nbformat
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from traitlets.config import Config

Output = dict[str, Any]


class Recorder(DisplayPublisher):
    """Takes what a cell shows, in the order in which it shows it.

    Inside ``with output_widget:`` it goes to that widget, as a front end would do it.
    """

    def __init__(self, shell: ZMQInteractiveShell) -> None:
        super().__init__(shell=shell)  # type: ignore[no-untyped-call]
        self.outputs: list[Output] = []
        self.captures: list[ipywidgets.Output] = []
        self._clear_next = False

    def add(self, output: Output) -> None:
        """Append an output; a stream is joined to the same stream before it."""
        if self._clear_next:
            self._empty()
        into = list(self.captures[-1].outputs) if self.captures else self.outputs
        same = into and output["output_type"] == "stream" == into[-1]["output_type"]
        if same and into[-1]["name"] == output["name"]:
            into[-1] = into[-1] | {"text": into[-1]["text"] + output["text"]}
        else:
            into.append(output)
        if self.captures:
            self.captures[-1].outputs = tuple(into)

    def publish(self, data: Any, metadata: Any = None, *_: Any, **more: Any) -> None:
        """Take a display; an update replaces the display of the same id."""
        shown_as = (more.get("transient") or {}).get("display_id")
        output = {
            "output_type": "display_data",
            "data": data,
            "metadata": metadata or {},
        }
        if more.get("update"):
            for old in self.outputs:
                if old.get("_display_id") == shown_as:
                    old.update(output)
            return
        self.add(output | ({"_display_id": shown_as} if shown_as else {}))

    def clear_output(self, wait: bool = False) -> None:
        """Empty what was shown, now or when something new comes."""
        self._clear_next = True
        if not wait:
            self._empty()

    def _empty(self) -> None:
        self._clear_next = False
        if self.captures:
            self.captures[-1].outputs = ()
        else:
            self.outputs.clear()


class _Result(DisplayHook):
    """Takes the value of a cell's last line."""

    recorder: Recorder

    def write_output_prompt(self) -> None:
        """Write no prompt."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Take the value in all its formats."""
        self.recorder.add(
            {
                "output_type": "execute_result",
                "data": format_dict,
                "metadata": md_dict or {},
                "execution_count": self.prompt_count,
            }
        )


class _Stream:
    """Takes what is printed."""

    encoding = "utf-8"

    def __init__(self, name: str, recorder: Recorder) -> None:
        self._name = name
        self._recorder = recorder

    def write(self, text: str) -> int:
        if text:
            output = {"output_type": "stream", "name": self._name, "text": text}
            self._recorder.add(output)
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


@contextmanager
def _recording(shell: ZMQInteractiveShell) -> Iterator[Recorder]:
    """Record while the shell has no kernel to send to."""
    recorder = Recorder(shell)
    result = _Result(shell=shell)  # type: ignore[no-untyped-call]
    result.recorder = recorder
    kept = (shell.display_pub, shell.display_trap.hook, sys.stdout, sys.stderr)
    enter, leave = ipywidgets.Output.__enter__, ipywidgets.Output.__exit__

    def capture(widget: ipywidgets.Output) -> None:
        recorder.captures.append(widget)

    def release(widget: ipywidgets.Output, *error: Any) -> None:
        recorder.captures.remove(widget)

    shell.display_pub = recorder
    shell.display_trap.hook = result
    # both ask for a kernel that is not there yet
    vars(shell).update(_showtraceback=lambda *_: None, enable_gui=lambda *_: None)
    sys.stdout, sys.stderr = (_Stream(name, recorder) for name in ("stdout", "stderr"))
    ipywidgets.Output.__enter__, ipywidgets.Output.__exit__ = capture, release
    try:
        yield recorder
    finally:
        shell.display_pub, shell.display_trap.hook, sys.stdout, sys.stderr = kept
        del vars(shell)["_showtraceback"], vars(shell)["enable_gui"]
        ipywidgets.Output.__enter__, ipywidgets.Output.__exit__ = enter, leave


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
    me, files = os.getpid(), _open_files()
    os.chdir(path.parent)
    sys.path.insert(0, "")
    config = Config({"HistoryManager": {"enabled": False}})
    shell = ZMQInteractiveShell.instance(config=config)
    error = None
    with _recording(shell) as recorder, _same_ids(path.name):
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
        "keeps": _keeps(files),
    }


def _clean(output: Output) -> Any:
    kept = {k: v for k, v in output.items() if not k.startswith("_")}
    return nbformat.from_dict(kept)


def _open_files() -> set[tuple[str, str]]:
    """List what this process holds open, where that can be known."""
    here = Path("/proc/self/fd")
    found = set()
    for entry in here.iterdir() if here.is_dir() else ():
        with contextlib.suppress(OSError):  # the listing itself is open, too
            name = os.readlink(entry)
            if not _shareable(entry.name, name):
                found.add((entry.name, name))
    return found


def _shareable(number: str, name: str) -> bool:
    """Whether copies of a process may share this file: a library's own, to read."""
    if name.startswith(("/dev/", "/proc/")):
        return True
    info = Path("/proc/self/fdinfo", number).read_text().split("flags:")[1].split()[0]
    reads = int(info, 8) & os.O_ACCMODE == os.O_RDONLY
    return reads and name.startswith(sys.prefix)


def _keeps(before: set[tuple[str, str]]) -> str:
    """Say what a forked copy of this process could not share, or nothing."""
    threads = [
        t.name for t in threading.enumerate() if t is not threading.main_thread()
    ]
    if threads:
        return f"it leaves threads running ({', '.join(threads)})"
    opened = sorted(name for _, name in _open_files() - before)
    return f"it leaves files open ({', '.join(opened)})" if opened else ""
