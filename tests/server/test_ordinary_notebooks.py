"""Ordinary notebooks: older formats, duplicate ids, and what they import and open."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from beyond_the_no.engine.execution import failures
from support import small_lessons as nb
from support.kernel_line import heard, line_to, made_up, message
from support.served import REPO, Served, serve

KIT = [sys.executable, "-m", "beyond_the_no.commands.main"]
BESIDE = """import ipywidgets as w
import a_helper
out, rows = w.Output(), a_helper.rows()
with out:
    print(f"{rows} rows beside it")
w.VBox([w.IntSlider(), out])"""
HELPER = "def rows():\n    return len(open('table.csv').readlines())"
MISSING = {
    "import a_missing_package": "a_missing_package",
    "from sklearn.linear_model import Ridge": "scikit-learn",
    "import a_helper_that_imports": "a_missing_package",
}


def format_3() -> str:
    heading = {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["Old"]}
    code = {
        "cell_type": "code",
        "collapsed": False,
        "input": ["import ipywidgets as w\n", "w.IntSlider(description='Old')"],
        "language": "python",
        "metadata": {},
        "outputs": [],
    }
    sheet = {"cells": [heading, code], "metadata": {}}
    about = {"metadata": {"name": "old"}, "nbformat": 3, "nbformat_minor": 0}
    return json.dumps(about | {"worksheets": [sheet]})


def same_ids() -> str:
    made = json.loads(nb.notebook("# Double", nb.ASKS, "'the second'"))
    for cell in made["cells"]:
        cell["id"] = "same"
    return json.dumps(made)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = nb.write(
        tmp_path_factory.mktemp("ordinary"),
        beside=nb.notebook("# Beside", BESIDE),
        double=same_ids(),
        old=format_3(),
    )
    (made / "a_helper.py").write_text(HELPER)
    (made / "table.csv").write_text("a\nb\nc\n")
    return made


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve("--lessons", str(folder)) as it:
        yield it


@pytest.mark.parametrize(
    ("name", "shows"),
    [("beside", "3 rows beside it"), ("double", "the second"), ("old", ">Old<")],
)
def test_each_is_shown_and_its_page_gets_a_kernel(
    served: Served, name: str, shows: str
) -> None:
    assert served.health()["trouble"] == {}
    assert shows in served.ask("GET", f"lesson/{name}").text
    with line_to(served, made_up(served, f"lesson/{name}")) as line:
        line.send(message("kernel_info_request"))
        assert next(heard(line, "kernel_info_reply"))["status"] == "ok"


def test_the_log_says_nothing_of_them(served: Served) -> None:
    assert "nbformat" not in "".join(served.log)


def test_nothing_but_the_result_is_said_of_them(folder: Path) -> None:
    done = check(folder)

    for name in ("beside", "double", "old"):
        assert f"{name} … runs\n" in done.stdout
    assert done.stderr == ""


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KIT, "check", "--lessons", str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=REPO,
    )


@pytest.mark.parametrize("cell", MISSING)
def test_a_missing_package_is_named_with_the_command_that_installs_it(
    tmp_path: Path, cell: str
) -> None:
    (tmp_path / "a_helper_that_imports.py").write_text("import a_missing_package")
    done = check(nb.write(tmp_path, one=nb.notebook("# One", cell)))

    assert done.returncode == 1
    (line,) = re.findall(r"^one … .*", done.stdout, re.MULTILINE)
    assert f"Cell 2 ({cell}) stopped: ModuleNotFoundError" in line
    assert f"{sys.executable} -m pip install {MISSING[cell]} " in line
    assert "Traceback" not in done.stdout + done.stderr


def test_a_part_that_an_installed_package_lacks_is_not_to_be_installed() -> None:
    with pytest.raises(ModuleNotFoundError) as raised:
        import json.nowhere  # type: ignore[import-not-found]  # noqa: F401

    assert failures.sentence(raised.value) == f"ModuleNotFoundError: {raised.value}"
