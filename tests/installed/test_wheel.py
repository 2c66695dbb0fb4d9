"""The wheel alone, in an environment of its own and an empty folder: it all works.

Its environment holds what the wheel asks for and no more: no JupyterLab, no textstat,
no checkout. What is installed here is linked there, so nothing is fetched.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path
from urllib.parse import quote

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from beyond_the_no.common import resources
from beyond_the_no.engine.pictures.store import canonical
from beyond_the_no.explore import BrainOverlap
from support import served
from support.served import REPO, Served, serve

BUILT = ("anywidget", "deck", "facilitator", "ipywidgets", "join", "lesson", "wall")
LESSONS = sorted(path.stem for path in (REPO / "notebooks").glob("*.ipynb"))
PICTURES = re.compile(r'data-pictures="(\w+)"')
BRAIN = "beyond_the_no.explore.brain_overlap:BrainOverlap"
COPIED = {"matplotlib"}  # keeps its fonts open; a fork wants them in its environment
SENTENCE_ABOUT_READING = "Reading level wasn't checked"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need rights there")


def needed(lines: list[str]) -> set[str]:
    """Names of the distributions that requirements ask for, and theirs, and so on."""
    todo = [(Requirement(line), "") for line in lines]
    found: set[tuple[str, str]] = set()
    while todo:
        wanted, extra = todo.pop()
        if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(wanted.name)
        for more in {(name, extra) for extra in ("", *wanted.extras)} - found:
            found.add(more)
            asks = metadata.requires(name) or []
            todo += [(Requirement(line), more[1]) for line in asks]
    return {name for name, _ in found}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(command, cwd=REPO, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of an environment with the wheel and what it asks for."""
    home = tmp_path_factory.mktemp("environment") / "venv"
    venv.create(home, with_pip=False)
    (packages,) = home.glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as file:
        (about,) = (n for n in file.namelist() if n.endswith(".dist-info/METADATA"))
        lines = metadata.PathDistribution(zipfile.Path(file, f"{about[:-8]}")).requires
    for name in needed(list(lines or [])):
        one = metadata.distribution(name)
        for top in {file.parts[0] for file in one.files or []} - {"..", "__pycache__"}:
            if top in COPIED:
                shutil.copytree(one.locate_file(top), packages / top)
            elif not (packages / top).exists():
                (packages / top).symlink_to(one.locate_file(top))
    (home / "share").symlink_to(Path(sys.prefix) / "share")  # Jupyter's templates
    pip = [sys.executable, "-m", "pip", "--python", str(home), "--quiet"]
    options = ["--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", *options, str(wheel)], check=True)
    return home / "bin" / "python"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("an empty folder ñ")


def run(python: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    ours = {"PYTHONPATH", resources.FOLDER}
    return subprocess.run(
        [python, *words],
        cwd=folder,
        env={name: said for name, said in os.environ.items() if name not in ours},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def kit(python: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(python, folder, "-m", "beyond_the_no", *words)


def test_it_holds_what_the_checkout_holds_and_nothing_for_makers(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    travel = {f"beyond_the_no/_kit/{name}" for name in resources.copied()}
    inside = {name for name in names if "/_kit/" in name}
    licences = {name.rpartition("/")[2] for name in names if "/licenses/" in name}

    shipped = [REPO / "docs/threats.md", *(REPO / "docs/handbook").iterdir()]
    docs = {f"beyond_the_no/_kit/{p.relative_to(REPO).as_posix()}" for p in shipped}
    assert inside == travel | docs
    assert "beyond_the_no/py.typed" in names
    assert {f"beyond_the_no/frontend/dist/{name}.js" for name in BUILT} <= names
    assert {"LICENSE", "LICENSE-ODbL.txt", "LICENSE-GPL-3.0.txt"} <= licences
    assert "LICENSE-FreeSurfer.txt" in licences
    makers = ("/tests/", "node_modules", "package-lock.json", "build.js", ".npmrc")
    assert not [name for name in names if any(part in name for part in makers)]


def test_it_runs_from_the_wheel_and_without_jupyterlab(python: Path, empty: Path):
    code = """from importlib.util import find_spec
from beyond_the_no.common import resources as r
print(r.__file__, r.ROOT, r.CHECKOUT, find_spec("jupyterlab"), find_spec("textstat"))
"""
    where, root, *nothing = run(python, empty, "-c", code).stdout.split()

    assert Path(where).is_relative_to(python.parents[1])
    assert Path(root) == Path(where).parents[1] / "_kit"
    assert nothing == ["None"] * 3


@pytest.fixture(scope="module")
def workshop(python: Path, empty: Path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(served, "COMMAND", [str(python.parent / "beyond-the-no"), "open"])
        patch.delenv(resources.FOLDER, raising=False)
        with serve(checkout=empty, PYTHONPATH="") as running:
            yield running


def test_a_workshop_opens(workshop: Served) -> None:
    deck = workshop.ask("GET", f"deck/workshop_90_love?key={workshop.key('wall')}")
    lesson = workshop.ask("GET", "lesson/01_why_it_hurts").text
    pictures = f"pictures/{PICTURES.search(lesson)[1]}/{BRAIN}"
    state = canonical(next(BrainOverlap.states()))
    picture = workshop.ask("GET", f"{pictures}?state={quote(state)}")

    assert workshop.health()["trouble"] == {}
    assert workshop.log == []
    assert sorted(workshop.health()["ready"]) == LESSONS
    assert "<h1" in workshop.ask("GET", "").text
    assert (picture.status, deck.status) == (200, 200)
    assert "<svg" in json.loads(picture.text)["picture"]
    assert "<section" in deck.text


def test_check_and_site(python: Path, empty: Path, workshop: Served) -> None:
    few = (
        empty / "lessons"
    )  # all of them, and in the checkout: tests/commands/static_site
    few.mkdir()
    shutil.copy(resources.NOTEBOOKS / "01_why_it_hurts.ipynb", few)
    words = ("--lessons", str(few), "--on", "2026-11-25")
    checked = kit(python, empty, "check", *words)
    written = kit(python, empty, "site", "out", *words)

    assert "01_why_it_hurts … runs" in checked.stdout
    assert checked.returncode == 0, checked.stderr
    assert re.sub(r"\d+ s … ", "", checked.stderr) == ""  # what a slow machine is told
    assert written.returncode == 0, written.stderr
    assert list((empty / "out").rglob("01_why_it_hurts.html"))
    assert "BSD 3-Clause" in (empty / "out" / "LICENSES.txt").read_text("utf-8")
    assert "Neurosynth" in (empty / "out" / "LICENSES.txt").read_text("utf-8")


def test_a_lesson_is_checked_without_textstat(python: Path, empty: Path) -> None:
    template = resources.NOTEBOOKS / "author" / "template.ipynb"
    lesson = shutil.copy(template, empty / "13_mine.ipynb")
    done = kit(python, empty, "check", str(lesson))
    *_, well, about = done.stdout.splitlines()

    assert (done.returncode, done.stderr) == (0, "")
    assert well == "Nothing is missing."
    assert about.startswith(SENTENCE_ABOUT_READING)
    assert 'pip install "beyond-the-no[check]"' in about


def test_what_it_cannot_do_it_says_in_a_sentence(python: Path, empty: Path) -> None:
    said = [kit(python, empty, "author").stderr, kit(python, empty, "bench").stderr]
    assert kit(python, empty, "new", "mine").returncode == 0
    said.append(kit(python, empty / "mine", "author", "saying_no").stderr)

    assert "beyond-the-no new FOLDER" in said[0]
    assert "need a checkout" in said[1]
    assert 'pip install "beyond-the-no[author]"' in said[2]
    assert [one.count("\n") for one in said] == [1, 1, 1]


def test_it_tells_its_version(python: Path, empty: Path) -> None:
    about = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))
    version = about["project"]["version"]
    done = kit(python, empty, "--version")

    assert done.stdout.startswith(f"beyond-the-no {version}, Python 3")


def test_paper_has_its_texts(python: Path, empty: Path) -> None:
    code = """from beyond_the_no.commands.handouts import content
print(len(content.threats()), *content.welcome())"""

    assert re.match(r"\d+ what lines agreements", run(python, empty, "-c", code).stdout)
