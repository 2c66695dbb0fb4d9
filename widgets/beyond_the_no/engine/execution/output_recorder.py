"""Records outputs of cells while their shell has no kernel."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ipywidgets
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher

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
        self._printed: list[str] = []  # the newest words of one stream, not added yet
        self._stream = ""

    def write(self, stream: str, text: str) -> None:
        """Take what is printed: thousands of words are joined once."""
        if stream != self._stream:
            self.settle()
        self._stream = stream
        self._printed.append(text)

    def settle(self) -> None:
        """Add what was printed, before anything else comes, or is looked at."""
        text = "".join(self._printed)
        self._printed.clear()
        if text:
            output = {"output_type": "stream", "name": self._stream, "text": text}
            self._append(output)

    def add(self, output: Output) -> None:
        """Append an output, after what was printed before it."""
        self.settle()
        self._append(output)

    def _append(self, output: Output) -> None:
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
        self.settle()
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
        self.settle()
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
        self._recorder.write(self._name, text)
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


def last_line(kind: type[BaseException], error: object) -> Output:
    """Return an error as an output, without what only its author understands."""
    return {
        "output_type": "error",
        "ename": kind.__name__,
        "evalue": str(error),
        "traceback": [f"{kind.__name__}: {error}"],
    }


@contextmanager
def recording(shell: ZMQInteractiveShell) -> Iterator[Recorder]:
    """Record while the shell has no kernel to send to."""
    recorder = Recorder(shell)
    result = _Result(shell=shell)  # type: ignore[no-untyped-call]
    result.recorder = recorder
    previous = (shell.display_pub, shell.display_trap.hook, sys.stdout, sys.stderr)
    enter, leave = ipywidgets.Output.__enter__, ipywidgets.Output.__exit__

    def capture(widget: ipywidgets.Output) -> None:
        recorder.settle()
        recorder.captures.append(widget)

    def release(widget: ipywidgets.Output, *error: Any) -> bool:
        try:
            if error and error[0] is not None:
                shell.showtraceback(error)
        finally:
            recorder.settle()
            recorder.captures.remove(widget)
        return True  # as in a notebook: what went wrong is shown, and it goes on

    def show_error(kind: Any, error: Any, _: Any) -> None:
        if recorder.captures:  # of others the notebook's run tells
            recorder.add(last_line(kind, error))

    shell.display_pub = recorder
    shell.display_trap.hook = result
    # both ask for a kernel that is not there yet
    vars(shell).update(_showtraceback=show_error, enable_gui=lambda *_: None)
    sys.stdout, sys.stderr = (_Stream(name, recorder) for name in ("stdout", "stderr"))
    ipywidgets.Output.__enter__, ipywidgets.Output.__exit__ = capture, release
    try:
        yield recorder
    finally:
        shell.display_pub, shell.display_trap.hook, sys.stdout, sys.stderr = previous
        del vars(shell)["_showtraceback"], vars(shell)["enable_gui"]
        ipywidgets.Output.__enter__, ipywidgets.Output.__exit__ = enter, leave
