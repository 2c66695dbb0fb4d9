"""Every process that a server starts ends with it, at whatever moment it is killed."""

import os
import random
import signal
import socket
import subprocess
import sys
import textwrap
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from beyond_the_no.common import lifeline
from beyond_the_no.engine.kernels import ipc
from beyond_the_no.engine.kernels.zygote_client import can_fork
from support import kill_at_random
from support import small_lessons as nb
from support.kill_at_random import MARK, family
from support.served import lives, serve, until

pytestmark = pytest.mark.skipif(bool(can_fork()), reason="no safe fork here")


def run(code: str, mark: str = "", **more: object) -> subprocess.Popen:
    """Start a program of some lines that knows the snapshot library."""
    code = "import os, signal, subprocess, sys, time\n" + textwrap.dedent(code)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {MARK: mark},
        **more,
    )


def gone(mark: str, what: str) -> None:
    until(lambda: not family(mark), 20, f"{what} to end")


@pytest.fixture
def mark() -> str:
    return uuid4().hex


# -- a lifeline -----------------------------------------------------------------------

SPINS = """
from beyond_the_no.common import lifeline
os.setpgid(0, 0)
lifeline.follow(lifeline.given())
subprocess.Popen(["sleep", "900"])
print("spins", flush=True)
while True: pass
"""
PARENT = f"""
from beyond_the_no.common import lifeline
env = os.environ | lifeline.environment()
code = {"import os, subprocess" + SPINS!r}
subprocess.Popen([sys.executable, "-c", code], env=env)
signal.pause()
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_what_spins_ends_with_its_parent_and_so_does_what_it_started(
    mark: str, how: int
) -> None:
    parent = run(PARENT, mark)
    assert parent.stdout.readline() == "spins\n"
    assert len(family(mark)) == 3

    parent.send_signal(how)
    parent.wait(20)

    gone(mark, "its child and grandchild")


def test_who_comes_after_the_end_ends_at_once() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait(20)
    late = run(
        f"""
        from beyond_the_no.common import lifeline
        lifeline.follow("/proc/{ended.pid}/fd/3")
        print("lives")
        """
    )

    assert late.communicate(timeout=20)[0] == ""
    assert late.returncode == -signal.SIGKILL


def test_a_program_of_others_ends_with_its_parent_too(mark: str) -> None:
    parent = run(
        """
        from beyond_the_no.common import lifeline
        env = os.environ | lifeline.environment()
        words = lifeline.command("sleep", "900", how=signal.SIGTERM)
        print(subprocess.Popen(words, env=env).pid, flush=True)
        signal.pause()
        """,
        mark,
    )
    program = psutil.Process(int(parent.stdout.readline()))
    until(lambda: program.cmdline() == ["sleep", "900"], 20, "the program")
    assert lifeline.NAME not in program.environ() or lives(program)

    parent.kill()
    parent.wait(20)

    gone(mark, "the program")


# -- forks ----------------------------------------------------------------------------


@pytest.mark.parametrize("killed", [False, True])
def test_a_fork_that_has_hardly_begun_ends_with_its_template(
    mark: str, killed: bool
) -> None:
    """The fork has made no group of its own yet when it is to be ended."""
    mine, its = socket.socketpair()
    with its:
        template = run(
            f"""
            import socket
            from beyond_the_no.engine.kernels import template_process
            line = socket.socket(fileno={its.fileno()})
            template_process.serve(line, lambda *_: time.sleep(900), outlive=False)
            """,
            mark,
            pass_fds=(its.fileno(),),
        )
    for _ in range(3):
        ipc.send(mine, {"connection_file": ""})
    pids = [ipc.receive(mine)[0]["pid"] for _ in range(3)]
    assert all(map(psutil.pid_exists, pids))

    template.kill() if killed else mine.close()
    template.wait(20)

    gone(mark, "its forks")


SERVER = """
    import asyncio
    from pathlib import Path
    from beyond_the_no.engine.kernels import executed_notebook, zygote_client
    from beyond_the_no.engine.pictures import worker_client

    async def main():
        one, others = zygote_client.ZygoteClient(["ipywidgets"]), []
        async def kernels(executed):
            for at in range(99):
                file = Path(sys.argv[1], f"kernel{at}.json")
                await executed.fork(str(file), sys.argv[1], dict(os.environ))
                await asyncio.sleep(0.05)
        for name in ("starts", "good", "spins"):
            path = Path(sys.argv[1], f"{name}.ipynb")
            run = executed_notebook.ExecutedNotebook
            others.append(asyncio.ensure_future(run.alone(path)))
            made = asyncio.ensure_future(run.by_fork(path, one))
            others.append(worker_client.RenderWorker().draw("time:sleep", {}))
            others[-1] = asyncio.ensure_future(others[-1])
            if name != "spins":
                others.append(asyncio.ensure_future(kernels(await made)))
        print("all", flush=True)
        await asyncio.gather(*others)

    asyncio.run(main())
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_server_that_is_killed_at_a_random_moment_leaves_nothing(
    seed: int, mark: str, tmp_path: Path
) -> None:
    nb.write(
        tmp_path,
        good=nb.notebook("x = 1"),
        starts=nb.notebook("import subprocess; subprocess.Popen(['sleep', '900'])"),
        spins=nb.notebook("while True: pass"),
    )
    code = "import os, signal, subprocess, sys, time\n" + textwrap.dedent(SERVER)
    server = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], env=os.environ | {MARK: mark}
    )
    least = random.Random(seed).randint(
        2, 12
    )  # processes: the moment, by what is there
    until(lambda: len(family(mark)) >= least, 60, f"{least} processes")

    server.kill()
    server.wait(20)

    gone(mark, "all that it began")


def test_a_workshop_that_is_killed_leaves_nothing(
    mark: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MARK, mark)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = nb.write(tmp_path / "lessons", **kill_at_random.LESSONS)
    with serve("--lessons", str(folder), checked=False) as served:
        until(lambda: len(served.health()["ready"]) >= 3, 90, "all but the last")
        until(
            lambda: any("sleep" in p.cmdline() for p in family(mark)), 60, "its program"
        )
        assert len(family(mark)) >= 5

        served.process.kill()

        gone(mark, "all that it began")
