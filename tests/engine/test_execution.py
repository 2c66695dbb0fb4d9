"""A notebook is executed once; whatever it does, the server goes on and says what."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import psutil
import pytest

from beyond_the_no.engine.execution import imports
from beyond_the_no.engine.kernels import executed_notebook, ipc, zygote_client
from support import loop
from support.served import REPO, until


def outputs(executed: executed_notebook.ExecutedNotebook, at: int) -> list[tuple]:
    return [
        (o["output_type"], o.get("text") or sorted(o.get("data", {})))
        for o in executed.cells[at]["outputs"]
    ]


def test_outputs_come_in_the_order_in_which_they_were_shown(cook, notebook) -> None:
    path = notebook("print('a'); print('b'); display(1); print('c')\n2")

    executed = cook(lambda kitchen: kitchen.execute(path))

    assert outputs(executed, 0) == [
        ("stream", "a\nb\n"),
        ("display_data", ["text/plain"]),
        ("stream", "c\n"),
        ("execute_result", ["text/plain"]),
    ]


def test_updates_and_clears_are_followed(cook, notebook) -> None:
    path = notebook(
        "from IPython.display import clear_output, display\n"
        "print('gone'); clear_output(wait=True); print('here')\n"
        "h = display('old', display_id=True); h.update('new')"
    )

    executed = cook(lambda kitchen: kitchen.execute(path))

    shown = executed.cells[0]["outputs"]
    assert "gone" not in str(shown)
    assert shown[-1]["data"]["text/plain"] == "'new'"
    assert not [key for output in shown for key in output if key.startswith("_")]


def test_a_figure_of_pyplot_is_shown(cook, notebook) -> None:
    path = notebook(
        "%matplotlib inline\nimport matplotlib.pyplot as p\np.plot([1, 2]);"
    )

    executed = cook(lambda kitchen: kitchen.execute(path))

    assert ("display_data", ["image/png", "text/plain"]) in outputs(executed, 0)


def test_widgets_have_the_same_ids_in_every_run_and_without_a_fork(
    cook, notebook
) -> None:
    path = notebook("import ipywidgets as w\nw.VBox([w.IntSlider(), w.Text()])")

    async def test(kitchen):
        forked = [await kitchen.execute(path) for _ in range(2)]
        return [*forked, await executed_notebook.ExecutedNotebook.alone(path)]

    ids = [list(executed.state) for executed in cook(test)]
    assert ids[0] == ids[1] == ids[2]
    assert ids[0]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1/0", "Cell 2 (1/0) stopped: ZeroDivisionError: division by zero"),
        ("import sys; sys.exit(3)", "Cell 2 (import sys; sys.exit(3)) stopped"),
        ("import os; os._exit(3)", "ended the program that runs it"),
        ("x = bytearray(1 << 40)", "stopped: MemoryError"),
        ("def broken(:", "stopped: SyntaxError"),
        ("import nothing_of_that_name", "stopped: ModuleNotFoundError"),
    ],
)
def test_a_cell_that_fails_is_named(cook, notebook, cell: str, said: str) -> None:
    path = notebook("x = 1", cell)

    executed = cook(lambda kitchen: kitchen.execute(path))

    assert said in executed.error
    assert executed.error.startswith("Cell 2 (")
    assert not executed.forks


@pytest.mark.parametrize(("before", "at"), [([], 1), (["x = 1"], 2)])
def test_a_cell_that_never_ends_is_named(
    cook, notebook, monkeypatch, before: list[str], at: int
) -> None:
    monkeypatch.setattr(executed_notebook, "SECONDS_A_CELL", 1)
    path = notebook(*before, "while True: pass")

    executed = cook(lambda kitchen: kitchen.execute(path))

    said = f"Cell {at} (while True: pass) took longer than 1 seconds."
    assert executed.error == said


def test_a_cell_that_forks_goes_on_once(cook, notebook) -> None:
    path = notebook("import os\npid = os.fork()", "print('once')")

    executed = cook(lambda kitchen: kitchen.execute(path))

    assert outputs(executed, 1) == [("stream", "once\n")]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("import threading as t\nt.Timer(9, print).start()", "threads"),
        ("kept = open('written', 'w')", "files open"),
        ("import socket\nkept = socket.socket()", "files open"),
    ],
)
def test_what_cannot_be_shared_by_forks_gets_kernels_of_its_own(
    cook, notebook, caplog, cell: str, why: str
) -> None:
    path = notebook(cell)

    executed = cook(lambda kitchen: kitchen.execute(path))

    assert not executed.error
    assert not executed.forks
    assert why in caplog.text


def test_a_file_that_was_written_and_closed_is_no_trouble(cook, notebook) -> None:
    path = notebook("with open('written', 'w') as file: print('x', file=file)")

    executed = cook(lambda kitchen: kitchen.execute(path))

    assert executed.forks
    assert (path.parent / "written").read_text() == "x\n"


@pytest.mark.parametrize("last", ["", "1 / 0", "import socket; kept = socket.socket()"])
@pytest.mark.parametrize("forked", [True, False])
def test_what_a_notebook_starts_ends_with_it(
    cook, notebook, last: str, forked: bool
) -> None:
    path = notebook(
        "import subprocess; print(subprocess.Popen(['sleep', '600']).pid)", last
    )

    async def test(kitchen):
        if forked:
            return await kitchen.execute(path)
        return await executed_notebook.ExecutedNotebook.alone(path)

    executed = cook(test)  # and all that was made is closed
    pid = int(executed.cells[0]["outputs"][0]["text"])
    until(lambda: not psutil.pid_exists(pid) or zombie(pid), what="it to end")


def zombie(pid: int) -> bool:
    return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_a_template_that_has_hung_up_has_ended_though_its_process_is_there(
    cook, notebook
) -> None:
    path = notebook("1")

    async def test(kitchen):
        executed = await kitchen.execute(path)
        process = psutil.Process(executed._pid)
        process.suspend()  # on a busy machine its line ends long before it does
        executed._connection.close()
        with pytest.raises(ipc.PeerClosed):
            await executed.fork("", "", {})
        told = executed.alive, process.is_running()
        process.resume()
        return told

    assert cook(test) == (False, True)


def test_a_kernel_of_its_own_has_the_notebook_too(cook, notebook) -> None:
    path = notebook("x = 41")

    async def test(kitchen):
        from engine.conftest import say

        executed = await executed_notebook.ExecutedNotebook.alone(path)
        _, client = await kitchen.kernel(executed)
        return await say(client, "print(x + 1)")

    assert cook(test) == ("42", [])


def test_what_notebooks_import_is_known_beforehand(notebook) -> None:
    path = notebook("import numpy as np, json", "%magic\n", "from os.path import join")
    read = nbformat.read(path, as_version=4)

    assert imports.imported_by([read]) == ["json", "numpy", "os.path"]


def test_a_base_that_cannot_start_is_said(monkeypatch, notebook, tmp_path) -> None:
    monkeypatch.setattr(zygote_client.sys, "executable", "/bin/false")
    zygote = zygote_client.ZygoteClient([])

    with pytest.raises(executed_notebook.ipc.PeerClosed):
        loop.run(executed_notebook.ExecutedNotebook.by_fork(notebook("1"), zygote))
    zygote.close()


def test_what_is_imported_stays_light_and_can_still_be_imported() -> None:
    code = (
        "import sys, beyond_the_no.engine.kernels.unforked_process\n"
        "assert 'nbformat' in sys.modules and 'lark' not in sys.modules\n"
        "import importlib.util as u; assert u.find_spec('rfc3987_syntax')"
    )

    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_many_lines_are_printed_in_no_time(cook, notebook) -> None:
    path = notebook(
        "for i in range(400_000): print('line', i)",
        "import ipywidgets as w\nout = w.Output()\n"
        "with out:\n    for i in range(100_000): print('line', i)",
    )

    executed = cook(lambda kitchen: kitchen.execute(path))

    assert executed.error == ""
    (stream,) = executed.cells[0]["outputs"]
    assert stream["text"].endswith("line 399999\n")
    (state,) = (s["state"] for s in executed.state.values() if "outputs" in s["state"])
    assert state["outputs"][0]["text"].endswith("line 99999\n")


def test_what_is_printed_elsewhere_stays_in_its_order(cook, notebook) -> None:
    path = notebook(
        "import sys, ipywidgets as w\nout = w.Output()\n"
        "print('a')\nwith out: print('b')\nprint('c'); print('d', file=sys.stderr)\n"
        "print('e')\n1/0"
    )

    executed = cook(lambda kitchen: kitchen.execute(path))

    said = [(o["name"], o["text"]) for o in executed.cells[0]["outputs"]]
    assert said == [("stdout", "a\nc\n"), ("stderr", "d\n"), ("stdout", "e\n")]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs Linux")
def test_a_library_is_known_by_whichever_way_it_is_reached(tmp_path: Path) -> None:
    link = tmp_path / "here"
    link.symlink_to(sys.prefix)
    check = (
        "from beyond_the_no.engine.execution import fork_safety; import numpy, sys\n"
        "before = fork_safety.open_files()\n"
        "library, own = open(numpy.__file__), open(sys.argv[1])\n"
        "print(sys.prefix); print(fork_safety.unforkable_reason(before))"
    )
    python = link / "bin" / Path(sys.executable).name
    own = tmp_path.with_name(f"{tmp_path.name}2")
    own.touch()

    found = subprocess.run(
        [python, "-c", check, own],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(REPO / "widgets")},
        timeout=60,
    )

    prefix, said = found.stdout.splitlines()
    assert prefix == str(link)
    assert said == f"it leaves files open ({own})"
