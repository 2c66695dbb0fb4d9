"""The kit needs nothing that only Linux has, and works in folders of any name.

Stand-ins for the standard library (`tests/support/elsewhere`) lack what another system
lacks.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest

from beyond_the_no.engine.pictures.store import canonical
from beyond_the_no.explore import BrainOverlap
from support import small_lessons as nb
from support.kernel_line import begun, line_to, made_up
from support.served import REPO, Served, lives, serve

PATH = os.pathsep.join(
    str(REPO / part) for part in ("tests/support/elsewhere", "widgets")
)
FOLDER = "Ana's lessons ñ"
BRAIN = "beyond_the_no.explore.brain_overlap:BrainOverlap"
MOVING = "from beyond_the_no.explore import BrainOverlap\nBrainOverlap()"
PRINTS = (
    "import os, subprocess, sys\nprint('shown')\nsize = os.write(1, b'not' + b'told')\n"
    "done = subprocess.run([sys.executable, '-c', 'print(1)'], check=True)"
)


@pytest.fixture(scope="module", params=["win32", "darwin"])
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    lessons = nb.write(
        tmp_path_factory.mktemp("folder") / FOLDER,
        broken=nb.notebook("# Broken", "1 / 0"),
        ends=nb.notebook("# Ends", "import os; os._exit(3)"),
        moving=nb.notebook("# Moving", MOVING),
        one=nb.notebook("# One", PRINTS, nb.ASKS),
    )
    environment = {
        "ELSEWHERE": request.param,
        "PYTHONPATH": PATH,
        "XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache")),  # nothing is drawn yet
    }
    options = ("--kernels", "fresh", "--lessons", str(lessons))
    with serve(*options, **environment) as it:
        yield it


def test_lessons_run_and_are_served(served: Served) -> None:
    health, page = served.health(), served.ask("GET", "lesson/one").text

    assert sorted(health["ready"]) == ["moving", "one"], "".join(served.log)
    assert "ZeroDivisionError" in health["trouble"]["broken"]
    assert "ended the program that runs it" in health["trouble"]["ends"]
    assert "shown" in page
    assert "nottold" not in page


def test_a_kernel_answers(served: Served) -> None:
    with line_to(served, made_up(served)) as line:
        begun(line)


def test_a_picture_is_drawn(served: Served) -> None:
    page = served.ask("GET", "lesson/moving").text
    fingerprint = re.search(r'data-pictures="(\w+)"', page)[1]
    state = quote(canonical(next(BrainOverlap.states())))
    picture = served.ask("GET", f"pictures/{fingerprint}/{BRAIN}?state={state}")

    assert picture.status == 200
    assert "<svg" in json.loads(picture.text)["picture"]


def test_it_stops_and_leaves_no_process(served: Served) -> None:
    """The last test of this workshop."""
    begun_by_it = psutil.Process(served.process.pid).children(recursive=True)

    assert begun_by_it
    assert served.stop() == 0
    assert not [one for one in begun_by_it if lives(one)]
    assert "Traceback" not in "".join(served.log)


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    """Also where kernels are forked; the workshop above has such a name, too."""
    lessons = nb.write(tmp_path / FOLDER, one=nb.notebook("# One", nb.ASKS))
    with serve("--lessons", str(lessons)) as served:
        assert served.health()["ready"] == ["one"], "".join(served.log)
        with line_to(served, made_up(served)) as line:
            begun(line)


@pytest.mark.parametrize(
    ("system", "line"),
    [("win32", 'cd "{}"'), ("darwin", "cd '{}'")],
)
def test_new_says_how_to_go_there_in_the_words_of_the_system(
    tmp_path: Path, system: str, line: str
) -> None:
    folder = tmp_path / "lessons ñ"
    done = subprocess.run(
        [sys.executable, "-m", "beyond_the_no", "new", str(folder)],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"ELSEWHERE": system, "PYTHONPATH": PATH, "PYTHONUTF8": "1"},
        timeout=60,
    )

    assert line.format(folder) in done.stdout


def test_dates_are_written_without_what_only_some_systems_know() -> None:
    """``%-d`` is an error on Windows."""
    files = [*(REPO / "widgets").rglob("*.py"), *(REPO / "tools").rglob("*.py")]
    ours = [one for one in files if "node_modules" not in one.parts]
    form = re.compile(r"%[-#][a-zA-Z]")

    assert ours
    assert [one.name for one in ours if form.search(one.read_text("utf-8"))] == []
