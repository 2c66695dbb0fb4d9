"""Mutation testing: `make mutants` breaks the code on purpose, and names what survives.

    python tools/mutants.py                    room, models, explore, evidence
    python tools/mutants.py room/rules room/writing        these modules only
    python tools/mutants.py room/rules -- -k "not OverTime"       with fewer tests

mutmut changes one function at a time and runs the tests that call it. It finds a source
folder by its name, `src`, so it gets a copy of the checkout in `.mutants/`, where it
also keeps what it found: what has not changed is not tried again. It leaves decorated
functions alone (properties, the handlers of `Room`).

A mutant that survives is a test that is missing, or changes nothing that counts. Those
are listed in `mutants.toml`, with the reason. The command fails if there are others.
"""

import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
COPY = REPO / ".mutants"
FOLDERS = ("room", "models", "explore", "evidence")
MAY_LIVE = Path(__file__).with_name("mutants.toml")
TESTS_OF = {"room": ["tests/room"], "explore": ["tests/explore"]}
TESTS_OF |= {"models": ["tests/models", "tests/data"], "evidence": ["tests/evidence"]}
OPTIONS = ["-p", "no:cacheprovider", "--hypothesis-seed=0"]
SECTION = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = {modules}
also_copy = ["data", "deploy", "docs", "notebooks", "tools", "README.md",
    "CONTRIBUTING.md"]
pytest_add_cli_args = {options}
pytest_add_cli_args_test_selection = {tests}
use_git_change_detection = false
"""


def copy(modules: list[str], tests: list[str], options: list[str]) -> None:
    """Bring the copy up to date; files that are the same keep their time.

    All of it is made anew but what mutmut keeps, so nothing stays that was deleted.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPO, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    COPY.mkdir(exist_ok=True)
    for old in [*COPY.iterdir(), *(COPY / f"mutants/{n}" for n in ("tests", "tools"))]:
        if old.is_dir() and old.name != "mutants":
            shutil.rmtree(old)
    (COPY / ".gitignore").write_text("*\n")  # neither git nor ruff looks in there
    for name in filter(None, listed.split("\0")):
        source, target = REPO / name, COPY / re.sub(r"^widgets/", "src/", name)
        if not source.is_file():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
    settings = (REPO / "pyproject.toml").read_text("utf-8")
    section = SECTION.format(modules=modules, tests=tests, options=options)
    (COPY / "pyproject.toml").write_text(settings + section, "utf-8")


def mutmut(*command: str) -> subprocess.CompletedProcess[str]:
    """Run mutmut in the copy; the tests import from there and from nowhere else."""
    run = [sys.executable, "-m", "mutmut", *command]
    out = None if command[0] == "run" else subprocess.PIPE
    return subprocess.run(run, cwd=COPY, text=True, stdout=out, check=False)


def may_live() -> list[str]:
    """Patterns of the mutants that change nothing that counts."""
    return [one["mutant"] for one in tomllib.loads(MAY_LIVE.read_text())["may_live"]]


def main() -> int:
    """Break, test, and name the survivors that nobody has looked at."""
    at = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    chosen = sys.argv[1:at] or list(FOLDERS)
    within = [c if "/" in c else f"{c}/*" for c in chosen]
    modules = [f"src/beyond_the_no/{c.removesuffix('.py')}.py" for c in within]
    tests = [
        t for f in dict.fromkeys(c.split("/")[0] for c in chosen) for t in TESTS_OF[f]
    ]
    copy(modules, tests, [*OPTIONS, *sys.argv[at + 1 :]])
    ran = mutmut("run")
    results = mutmut("results").stdout
    survived = re.findall(r"(\S+): survived", results)
    known = may_live()
    news = [name for name in survived if not any(fnmatch(name, k) for k in known)]
    print(f"{len(survived)} survive, {len(survived) - len(news)} of them may.")
    for name in news:
        print(f"\n{name}\n{mutmut('show', name).stdout}")
    return bool(news) or ran.returncode


if __name__ == "__main__":
    sys.exit(main())
