"""Notebooks from elsewhere: what they do stays theirs, and is said in time."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from beyond_the_no.commands.lesson_hints import _table
from beyond_the_no.engine.execution.package_installs import installs, without
from support import small_lessons as nb
from support.served import REPO, Served, serve

KIT = [sys.executable, "-m", "beyond_the_no.commands.main"]
WIDGET = """
import ipywidgets
from traitlets import Unicode

class Strange(ipywidgets.DOMWidget):
    _model_module = Unicode("strange-package").tag(sync=True)
    _model_name = Unicode("StrangeModel").tag(sync=True)

theme = Strange()
"""
THREAD = (
    "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()"
)
OUTPUT = "import ipywidgets as w\nout = w.Output()\n"
RAISES = f"{OUTPUT}with out:\n    raise ValueError('shown in the box')\nout"
CAPTURED = f"""{OUTPUT}@out.capture()
def show():
    raise KeyError('captured')
show()
print('it went on')
out"""
IN_INTERACT = """from ipywidgets import interact
@interact(n=3)
def show(n):
    raise OSError('in the function')"""
KERNEL = "get_ipython().kernel.shell is get_ipython()"


def check(folder: Path, **lessons: str) -> str:
    path = nb.write(folder, **lessons)
    done = subprocess.run(
        [*KIT, "check", "--lessons", str(path)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=REPO,
    )
    assert "Traceback" not in done.stderr
    return done.stdout


# -- a package that does something when it is imported --------------------------------


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    packages = tmp_path_factory.mktemp("packages")
    (packages / "brings_a_widget.py").write_text(WIDGET)
    lessons = nb.write(
        tmp_path_factory.mktemp("lessons"),
        a_ours=nb.notebook("# Ours", nb.NOTE),
        b_widget=nb.notebook("# W", "import brings_a_widget as b", "b.Strange()"),
        d_raises=nb.notebook("# E", RAISES, "print('after it')"),
    )
    path = f"{REPO / 'widgets'}:{packages}"
    with serve("--lessons", str(lessons), PYTHONPATH=path) as it:
        yield it


def test_a_package_that_makes_widgets_changes_only_the_lesson_that_imports_it(
    served: Served,
) -> None:
    said = "".join(served.log)

    assert served.health()["trouble"] == {}
    assert re.findall(r"(\w+) gets Voila's own front end", said) == ["b_widget"]
    assert 'data-front-end="slim"' in served.ask("GET", "lesson/a_ours").text


def test_a_package_that_starts_a_thread_leaves_the_others_their_forks(
    tmp_path: Path,
) -> None:
    (tmp_path / "starts_a_thread.py").write_text(THREAD)
    lessons = nb.write(
        tmp_path / "lessons",
        a_ours=nb.notebook("# Ours", nb.NOTE),
        c_thread=nb.notebook("# T", "import starts_a_thread", nb.NOTE),
    )
    path = f"{REPO / 'widgets'}:{tmp_path}"
    with serve("--lessons", str(lessons), PYTHONPATH=path) as served:
        said = "".join(served.log)

    assert re.findall(r"(\w+).ipynb gets ordinary kernels", said) == ["c_thread"]
    assert "Nothing can be forked" not in said


# -- errors that a notebook shows -----------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        (RAISES, "ValueError: shown in the box"),
        (CAPTURED, "KeyError: 'captured'"),
        (IN_INTERACT, "OSError: in the function"),
    ],
    ids=["with", "capture", "interact"],
)
def test_an_error_inside_an_output_is_shown_there_and_the_lesson_goes_on(
    tmp_path: Path, cell: str, error: str
) -> None:
    said = check(tmp_path, one=nb.notebook("# One", cell, "print('after it')"))

    assert said.startswith("one … runs\n")
    assert _table()["error_in_widget"].format(error=error) in said


def test_people_read_the_last_line_of_such_an_error_without_script(
    served: Served,
) -> None:
    page = served.ask("GET", "lesson/d_raises").text

    assert "<pre>ValueError: shown in the box</pre>" in page
    assert "after it" in page
    assert "Traceback" not in page


def test_an_error_outside_of_it_stops_the_lesson_as_ever(tmp_path: Path) -> None:
    said = check(tmp_path, one=nb.notebook("# One", f"{OUTPUT}1 / 0"))

    assert "stopped: ZeroDivisionError" in said


def test_the_kernel_is_there_as_far_as_there_is_one(tmp_path: Path) -> None:
    asks_more = "get_ipython().kernel.session"
    said = check(
        tmp_path,
        one=nb.notebook("# One", KERNEL),
        two=nb.notebook("# Two", asks_more),
    )

    assert "one … runs\n" in said
    assert "kernel has no session while the notebook runs" in said


# -- what a cell would install --------------------------------------------------------

INSTALLS = [
    "%pip install colorama",
    "%pip install -q colorama==0.4.6",
    "!pip install colorama",
    "!pip3 install --user colorama",
    "!python3 -m pip install colorama",
    "!{sys.executable} -m pip install colorama",
    "%conda install -y colorama",
    "!sudo apt-get -y install cowsay",
    "!uv pip install colorama",
    "%uv add colorama",
    "%%bash\npip install colorama",
    "import os\nos.system('pip install colorama')",
    "import subprocess\nsubprocess.run(['pip', 'install', 'colorama'])",
]
HARMLESS = [
    "print('pip install colorama')",
    "# !pip install colorama",
    "%matplotlib inline",
    "!ls",
    "%pip list",
    "install = 'pip'",
]


@pytest.mark.parametrize("cell", INSTALLS)
def test_what_installs_is_named_and_left_out(cell: str) -> None:
    assert installs(cell) == [cell.splitlines()[-1]]
    assert installs(without(cell)) == []


@pytest.mark.parametrize("cell", HARMLESS)
def test_what_does_not_is_left_as_it_is(cell: str) -> None:
    assert installs(cell) == []
    assert without(cell) == cell


def test_check_and_open_name_it_and_run_nothing(tmp_path: Path) -> None:
    pip = tmp_path / "pip_was_run"
    cell = f"%pip install {pip.name}\nif True:\n    !pip install {pip.name}"
    lessons = nb.write(tmp_path / "l", one=nb.notebook("# One", cell, "'went on'"))
    trap = tmp_path / "pip.py"
    trap.write_text(f"open({str(pip)!r}, 'w')")

    said = check(tmp_path / "l", one=nb.notebook("# One", cell, "'went on'"))
    assert "one … runs\n" in said
    assert f"Cell 2 would install software (%pip install {pip.name})." in said
    path = f"{REPO / 'widgets'}:{tmp_path}"  # a pip that would leave a trace
    with serve("--lessons", str(lessons), PYTHONPATH=path) as served:
        assert served.health()["ready"] == ["one"]
        assert f"one: “%pip install {pip.name}” is left out" in "".join(served.log)

    assert not pip.exists()


# -- what phones will not load --------------------------------------------------------

ESM = """import anywidget
class Far(anywidget.AnyWidget):
    _esm = 'import x from "https://esm.sh/x"; export default { render() {} }'
Far()"""
HTML = "from IPython.display import HTML\nHTML({!r})"
EXPECTED = [
    (ESM, "loads part of itself from esm.sh"),
    (HTML.format("<img src='https://example.org/a.png'>"), "from example.org"),
    (HTML.format("<div></div><script>draw()</script>"), "with a script"),
    ("# P\n\n![p](https://example.org/p.png)", "shows something from example.org"),
    ('# A\n\n<audio src="//example.org/a.mp3">', "shows something from example.org"),
    ("import os\nos.environ.get('QUERY_STRING')", "reads the query string"),
    (WIDGET.strip(), "a widget from strange-package"),
]


def test_check_says_what_phones_will_not_show(tmp_path: Path) -> None:
    cells = {
        f"l{at}": nb.notebook("# L", cell) for at, (cell, _) in enumerate(EXPECTED)
    }
    said = check(tmp_path, **cells)
    parts = re.split(r"^l\d … ", said, flags=re.MULTILINE)[1:]

    for (cell, expected), part in zip(EXPECTED, parts, strict=True):
        assert part.startswith("runs\n"), cell
        assert expected in part


def test_a_link_that_people_may_follow_is_no_trouble(tmp_path: Path) -> None:
    prose = '# L\n\n[more](https://example.org) <a href="https://example.org">more</a>'

    assert check(tmp_path, one=nb.notebook(prose)).startswith("one … runs\nHelp lines")
