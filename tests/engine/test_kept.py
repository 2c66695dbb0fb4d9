"""A notebook of ours that ran in an earlier start need not run in this one."""

import re
from pathlib import Path

import nbformat
import psutil
import pytest

from beyond_the_no.engine.kernels.executed_notebook import ExecutedNotebook
from beyond_the_no.engine.kernels.execution_cache import ExecutionCache, depends_only_on
from beyond_the_no.engine.kernels.zygote_client import can_fork
from support import small_lessons as nb
from support.served import children, serve, until

pytestmark = pytest.mark.skipif(bool(can_fork()), reason="no safe fork here")
OURS = "from beyond_the_no import own\nown.NoteToSelf('a')"


@pytest.mark.parametrize(
    ("source", "alone"),
    [
        (OURS, True),
        ("from beyond_the_no.explore import Anger\nAnger()", True),
        ("import beyond_the_nothing", False),
        ("import datetime\nprint(datetime.date.today())", False),
        ("print(open('mine.csv').read())", False),
        ("__import__('random').random()", False),
        ("%matplotlib inline", False),
        ("!date", False),
    ],
)
def test_only_a_notebook_that_takes_nothing_from_elsewhere_is_kept(
    source: str, alone: bool
) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])

    assert depends_only_on("beyond_the_no", notebook) is alone


@pytest.fixture
def kept(tmp_path: Path) -> ExecutionCache:
    return ExecutionCache("print", tmp_path / "cache", forks=True)


def again(
    kept: ExecutionCache, path: Path, fingerprint: str = "print"
) -> ExecutedNotebook | None:
    """What the next start finds."""
    later = ExecutionCache(fingerprint, kept.cache._folder.parent, forks=True)
    return later.get(later.name(path), path)


def test_what_came_of_a_run_is_found_again(
    cook, notebook, kept: ExecutionCache
) -> None:
    path = notebook(OURS, "print('b')")
    executed = cook(lambda kitchen: kitchen.execute(path))

    kept.put(kept.name(path), executed)
    found = again(kept, path)

    assert found.cells == executed.cells
    assert found.state == executed.state
    assert (found.forks, found.released, found.alive) == (True, True, False)


def test_a_notebook_that_was_saved_since_is_run(
    cook, notebook, kept: ExecutionCache
) -> None:
    path = notebook(OURS)
    kept.put(kept.name(path), cook(lambda kitchen: kitchen.execute(path)))

    assert again(kept, notebook(OURS, "print('more')")) is None


def test_one_that_was_saved_while_it_ran_is_not_kept(
    cook, notebook, kept: ExecutionCache
) -> None:
    path = notebook(OURS)
    saved, before = path.read_bytes(), kept.name(path)
    executed = cook(lambda kitchen: kitchen.execute(path))
    notebook(OURS, "print('more')")

    kept.put(before, executed)

    assert again(kept, path) is None
    path.write_bytes(saved)
    assert again(kept, path) is None


def test_other_code_or_a_damaged_file_means_a_run(
    cook, notebook, kept: ExecutionCache
) -> None:
    path = notebook(OURS)
    kept.put(kept.name(path), cook(lambda kitchen: kitchen.execute(path)))
    (file,) = kept.cache._folder.glob("*.gz")

    assert again(kept, path, "other") is None
    file.write_bytes(file.read_bytes()[:-9])
    assert again(kept, path) is None


def test_a_run_that_failed_is_not_kept(cook, notebook, kept: ExecutionCache) -> None:
    path = notebook("1 / 0")

    kept.put(kept.name(path), cook(lambda kitchen: kitchen.execute(path)))

    assert again(kept, path) is None


def test_the_second_start_runs_nothing_and_shows_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    own = nb.notebook("# One", OURS)
    folder = nb.write(tmp_path / "lessons", one=own)
    pages, began = [], []

    for _ in range(2):
        with serve("--lessons", str(folder)) as served:
            page = served.ask("GET", "lesson/one")
            pages.append(re.sub(r"key=\w+|:\d{4,5}|_xsrf_\d+", "", page.text))
            family = children(psutil.Process(served.process.pid))
            began.append([p for p in family if "zygote" in " ".join(p.cmdline())])
            until(lambda: served.ask("GET", "healthz").status == 200)

    assert [bool(one) for one in began] == [True, False]
    assert pages[0] == pages[1]
