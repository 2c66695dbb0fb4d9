"""What nobody needs is given back: templates, the zygote, what draws."""

from collections.abc import Iterator

import psutil
import pytest
from websockets.exceptions import InvalidStatus

from beyond_the_no.engine.kernels.zygote_client import can_fork
from support import small_lessons as nb
from support.kernel_line import line_to, made_up
from support.served import Served, children, serve, until

pytestmark = pytest.mark.skipif(bool(can_fork()), reason="no safe fork here")
OURS = "from beyond_the_no import own\nown.NoteToSelf('a')"


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
    until(lambda: not bases(served), what="the zygote to end")

    assert "One" in served.ask("GET", "lesson/one").text
    assert "had ended" not in "".join(served.log)


@pytest.mark.parametrize("served", [[OURS], ["print('no widget')"]], indirect=True)
def test_a_page_that_needs_no_kernel_gets_none(served: Served) -> None:
    kernel = made_up(served)

    with pytest.raises(InvalidStatus) as refused:
        line_to(served, kernel)
    assert refused.value.response.status_code == 404
    assert served.ask("GET", f"api/kernels/{kernel}").status == 204, "and lives on"
    assert served.health()["kernels"] == 0
    until(lambda: not bases(served), what="the zygote to end")


@pytest.mark.parametrize("served", [[OURS, nb.ASKS]], indirect=True)
def test_a_lesson_with_other_widgets_keeps_its_template(served: Served) -> None:
    served.ask("GET", "lesson/one")
    until(lambda: len(children(bases(served)[0])) == 1, what="its template")
    template = children(bases(served)[0])[0]

    until(lambda: len(children(template)) > 0, what="kernels that wait ready")
    assert template.is_running()
