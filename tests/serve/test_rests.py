"""What nobody needs is given back: templates, the base process, what draws."""

import re
from collections.abc import Iterator
from uuid import uuid4

import psutil
import pytest
from websockets.sync.client import connect

import small_lessons as nb
from beyond_the_no.serve.snapshot.base import can_fork
from served import Served, children, serve, until

pytestmark = pytest.mark.skipif(bool(can_fork()), reason="no safe fork here")
OURS = "from beyond_the_no import own\nown.NoteToSelf('a')"
ASKS = "import ipywidgets as w\nw.IntSlider()"


@pytest.fixture
def served(request: pytest.FixtureRequest, tmp_path) -> Iterator[Served]:
    folder = nb.write(tmp_path / "lessons", one=nb.notebook("# One", *request.param))
    with serve("--lessons", str(folder)) as it:
        yield it


def bases(served: Served) -> list[psutil.Process]:
    found = children(psutil.Process(served.process.pid))
    return [one for one in found if any(w.endswith(".zygote") for w in one.cmdline())]


@pytest.mark.parametrize("served", [[OURS]], indirect=True)
def test_a_lesson_that_asks_no_python_leaves_no_process(served: Served) -> None:
    until(lambda: not bases(served), what="the base process to end")

    assert "One" in served.ask("GET", "lesson/one").text
    assert "had ended" not in "".join(served.log)


@pytest.mark.parametrize("served", [[OURS]], indirect=True)
def test_who_asks_all_the_same_gets_a_kernel(served: Served) -> None:
    until(lambda: not bases(served), what="the base process to end")
    text = served.ask("GET", "lesson/one").text
    kernel = re.search(r'"kernelId": "(\w+)-', text).group(1) + str(uuid4())[8:]
    address = f"ws://127.0.0.1:{served.port}/api/kernels/{kernel}/channels"

    with connect(address, open_timeout=60):
        until(lambda: served.ask("GET", f"api/kernels/{kernel}").status == 200)

    assert "had ended" not in "".join(served.log)


@pytest.mark.parametrize("served", [[OURS, ASKS]], indirect=True)
def test_a_lesson_with_other_widgets_keeps_its_template(served: Served) -> None:
    served.ask("GET", "lesson/one")
    until(lambda: len(children(bases(served)[0])) == 1, what="its template")
    template = children(bases(served)[0])[0]

    until(lambda: len(children(template)) > 0, what="kernels that wait ready")
    assert template.is_running()
