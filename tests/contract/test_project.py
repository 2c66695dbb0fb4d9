"""The project's own papers agree with each other, and name no machine."""

import hashlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from support.served import REPO

PYPROJECT = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))
PROJECT = PYPROJECT["project"]
KIT = "requirements.lock"
IN_THE_CHECKOUT = ("install", "author", "check")  # extras of every lock file
LOCKS = {
    KIT: [],
    "requirements-test.lock": ["test"],
    "requirements-hub.lock": ["hub"],
    "requirements-mutants.lock": ["mutants"],
}
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)\s*(.*)$")
# put together here, so that this file does not name them
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("anaconda", "org"),
        ("anaconda", "com"),
        ("jsdelivr", "net"),
        ("unpkg", "com"),
    )
]
MACHINE = re.compile(
    r"(?<![\w.:/-])/(?:" + "|".join(("work", "root", r"home/\w+", r"Users/\w+")) + r")/"
)


def declared(*extras: str) -> dict[str, str]:
    """Direct dependencies, and which versions they may have."""
    lines = list(PROJECT["dependencies"])
    for extra in extras:
        lines += PROJECT["optional-dependencies"][extra]
    return dict(REQUIREMENT.match(line).groups() for line in lines)


def locked(name: str) -> dict[str, list[str]]:
    """Each entry of a lock file, with the lines that follow it."""
    entries: dict[str, list[str]] = {}
    for line in (REPO / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith((" ", "#")):
            entries[line.rstrip("\\ ")] = []
        elif line.strip().startswith("--hash"):
            entries[list(entries)[-1]].append(line.strip(" \\"))
    return entries


def tracked() -> list[Path]:
    """Every file of the repository, those not yet committed included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=REPO, capture_output=True, text=True)
    if names.returncode:
        pytest.skip("this is a copy without its history")
    return [REPO / n for n in names.stdout.splitlines() if (REPO / n).is_file()]


def test_both_doors_lead_into_the_same_environment() -> None:
    found = yaml.safe_load((REPO / "environment.yml").read_text("utf-8"))
    lines = [line for line in found["dependencies"] if isinstance(line, str)]
    (pip,) = [line["pip"] for line in found["dependencies"] if isinstance(line, dict)]
    named = [REQUIREMENT.match(line).groups() for line in [*lines, *pip[:-1]]]
    conda = {name.replace("_", "-"): versions for name, versions in named}

    assert pip[-1] == "-e ."
    assert conda.pop("python") == PROJECT["requires-python"]
    conda.pop("pip")
    assert conda == declared(*IN_THE_CHECKOUT, "test")


@pytest.mark.parametrize("name", LOCKS)
class TestALockFile:
    def test_gives_every_entry_one_version_and_its_sums(self, name: str) -> None:
        entries = locked(name)

        assert len(entries) > 50
        for entry, sums in entries.items():
            assert re.match(r"^[a-z0-9-]+==[\w.!+]+( ;.*)?$", entry), entry
            assert sums, entry
            assert all(re.match(r"^--hash=sha256:[0-9a-f]{64}$", s) for s in sums)

    def test_says_nothing_of_where_to_get_it(self, name: str) -> None:
        text = (REPO / name).read_text("utf-8")
        options = set(re.findall(r"(?m)^\s*--?([a-z-]+)", text))

        assert options == {"hash"}
        assert "://" not in text

    def test_holds_everything_that_is_asked_for(self, name: str) -> None:
        extras = [*IN_THE_CHECKOUT, *LOCKS[name]]
        have = {entry.partition("==")[0] for entry in [*locked(name), *locked(KIT)]}

        assert set(declared(*extras)) <= have


@pytest.mark.parametrize("name", list(LOCKS)[1:])
def test_the_lock_files_agree(name: str) -> None:
    kit, more = (dict(e.split("==", 1) for e in locked(one)) for one in (KIT, name))

    assert {n: v for n, v in more.items() if n in kit} == {
        n: v for n, v in kit.items() if n in more
    }


def test_voila_has_exactly_one_version() -> None:
    wanted = declared()["voila"]

    assert re.match(r"^==\d+\.\d+\.\d+$", wanted)
    assert any(e.startswith(f"voila{wanted}") for e in locked(KIT))


def test_no_file_names_a_registry_or_the_machine_it_was_made_on() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(REPO)}: {r}" for r in REGISTRIES if r in text]
        found += [
            f"{path.relative_to(REPO)}: {m.group()}" for m in MACHINE.finditer(text)
        ]

    assert found == []


def test_every_direct_dependency_has_its_row_in_the_documentation() -> None:
    lines = (REPO / "docs" / "dependencies.md").read_text("utf-8").lower().splitlines()
    rows = [line.split("|")[1] for line in lines if line.startswith("|")]
    wanted = declared(*PROJECT["optional-dependencies"])
    named = {n for n in wanted for row in rows if re.search(rf"\b{n}\b", row)}

    assert sorted(set(wanted) - named) == []


def test_the_data_files_are_the_ones_that_were_published() -> None:
    folder = REPO / "data"
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = dict(reversed(line.split(None, 1)) for line in lines)
    computed = {
        str(f.relative_to(folder))
        for f in folder.rglob("*")
        if f.parent != folder and f.suffix in {".csv", ".npz", ".json"}
    }

    assert set(sums) == computed
    for name, known in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == known
