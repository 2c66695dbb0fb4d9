"""A process is killed: the next visitors are served, and nobody loses the room."""

from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from beyond_the_no.engine.kernels.zygote_client import can_fork
from support import small_lessons as nb
from support.kernel_line import line_to, made_up
from support.room_line import PhoneLine
from support.served import Served, children, lives, serve, until

pytestmark = pytest.mark.skipif(bool(can_fork()), reason="no safe fork here")
MOVING = "from beyond_the_no.explore import BrainOverlap\nBrainOverlap()"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"), one=nb.notebook("# One", MOVING, nb.ASKS)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        with serve("--lessons", str(folder)) as it:
            yield it


@pytest.fixture(scope="module", autouse=True)
def phone(served: Served) -> Iterator[PhoneLine]:
    """One who is in from the first test to the last."""
    line = PhoneLine(served)
    yield line
    line.close()


@pytest.fixture(autouse=True)
def nobody_loses_the_room(phone: PhoneLine) -> Iterator[None]:
    yield
    phone.settle()


def child(served: Served, module: str) -> psutil.Process:
    """The server's own process that runs this module."""
    return next(
        one
        for one in children(psutil.Process(served.process.pid))
        if any(word.endswith(module) for word in one.cmdline())
    )


@contextmanager
def page(served: Served) -> Iterator[str]:
    """A page that has its kernel."""
    kernel = made_up(served)
    with line_to(served, kernel):
        until(lambda: served.ask("GET", f"api/kernels/{kernel}").status == 200)
        yield kernel


def end(process: psutil.Process) -> None:
    """Kill it, and wait until it is gone: on a busy machine that takes a while."""
    process.kill()
    until(lambda: not lives(process), what="its end")


def test_the_drawing_process(served: Served) -> None:
    until(lambda: drawing(served), what="pictures that are drawn")
    killed = drawing(served)
    killed.kill()

    until(lambda: drawing(served) not in (None, killed), what="another one")
    assert "The drawing process ended or hung" in "".join(served.log)


def drawing(served: Served) -> psutil.Process | None:
    try:
        return child(served, ".worker")
    except (StopIteration, psutil.NoSuchProcess):
        return None


def test_a_kernel(served: Served) -> None:
    template = children(child(served, ".zygote"))[0]
    ready = {spare.pid for spare in children(template)}
    with page(served):
        for kernel in children(template):
            kernel.kill()
    with page(served):
        until(lambda: {p.pid for p in children(template)} - ready)


def test_a_template(served: Served) -> None:
    with page(served):
        pass
    template = children(child(served, ".zygote"))[0]
    served.log.clear()
    end(template)
    with page(served) as kernel:
        assert served.ask("GET", f"api/kernels/{kernel}").status == 200

    said = "The template of one.ipynb had ended."
    until(lambda: said in "".join(served.log), what="it to be missed")


def test_the_base_process(served: Served) -> None:
    base = child(served, ".zygote")
    template = children(base)[0]
    with page(served):
        end(base)
        assert template.is_running(), "who is in stays in"
    with page(served):
        pass

    end(template)
    with page(served):
        for said in ("The template of one.ipynb had ended.", "The zygote had"):
            until(lambda said=said: said in "".join(served.log), what=said)
