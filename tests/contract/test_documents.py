"""The repository's documents name files that exist, and agree with each other."""

import re
from pathlib import Path

import pytest
import yaml
from test_project import PROJECT, tracked

from beyond_the_no.commands.parser import parser
from support.served import REPO

KIT = REPO / "widgets" / "beyond_the_no"
DECISIONS = REPO / "docs" / "decisions"
DOCUMENTS = [
    REPO / "CONTRIBUTING.md",
    REPO / "README.md",
    REPO / "SECURITY.md",
    REPO / "docs" / "dependencies.md",
    *sorted(DECISIONS.glob("*.md")),
]
LINK = re.compile(r"\]\((?!\w+:|#)([^)#]+)[^)]*\)")
PATH = re.compile(
    r"`((?:[\w.-]+/)*[\w.-]+\.(?:py|js|css|md|toml|j2|json|lock|svg|txt|yml)|(?:[\w.-]+/)+)`"
)

COMMAND = re.compile(r"beyond-the-no ([a-z]+)\b([^`\n]*)")
MAKE = re.compile(r"(?m)(?:^    |`)make ([a-z-]+)")

each_document = pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda p: str(p.relative_to(REPO))
)


def subcommands() -> dict[str, set[str]]:
    """Each command, and the options that it takes."""
    (commands,) = (a for a in parser()._actions if a.dest == "command")
    return {
        name: set(each._option_string_actions)
        for name, each in commands.choices.items()
    }


def exists(name: str, beside: Path) -> bool:
    """Whether a file is there: in the repository, in the package, or by its name."""
    places = (REPO / name, KIT / name, beside.parent / name)
    if any(place.exists() for place in places):
        return True
    return any(path.as_posix().endswith(f"/{name}") for path in tracked())


@each_document
def test_links_lead_somewhere(path: Path) -> None:
    links = LINK.findall(path.read_text("utf-8"))

    assert [one for one in links if not (path.parent / one).exists()] == []


@each_document
def test_files_are_called_by_the_names_that_they_have(path: Path) -> None:
    names = set(PATH.findall(path.read_text("utf-8"))) - {".venv/bin/"}

    assert sorted(name for name in names if not exists(name, path)) == []


@each_document
def test_commands_and_their_options_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    makefile = (REPO / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"(?m)^([a-z-]+):", makefile))
    known = subcommands()
    wrong = [f"make {name}" for name in MAKE.findall(text) if name not in targets]
    for name, words in COMMAND.findall(text):
        options = set(re.findall(r"--[a-z-]+", words.partition(" -- ")[0]))
        if name not in known:
            wrong.append(name)
        elif unknown := options - known[name]:
            wrong.append(f"{name} {' '.join(sorted(unknown))}")

    assert wrong == []


def test_the_commands_of_the_readme_are_found() -> None:
    text = (REPO / "README.md").read_text("utf-8")
    named = {name for name, _ in COMMAND.findall(text)}

    assert {"open", "rehearse", "check", "paper", "author", "hub", "site"} <= named
    assert {"workshop", "author", "notebooks"} <= set(MAKE.findall(text))


def test_every_decision_is_listed_once_with_its_title_and_date() -> None:
    rows = []
    for path in sorted(DECISIONS.glob("[0-9]*.md")):
        text = path.read_text("utf-8")
        number, title = re.match(r"# (\d{4})\. (.+)\n", text).groups()
        (date,) = re.findall(r"(?m)^Date: (\d{4}-\d\d-\d\d)$", text)
        headings = re.findall(r"(?m)^## (.+)$", text)

        assert path.name.startswith(f"{number}-")
        assert headings == ["Context", "Decision", "Consequences"]
        assert len(text.split()) <= 250
        rows.append(f"| [{number}]({path.name}) | {title} | {date} |")
    listed = (DECISIONS / "README.md").read_text("utf-8").splitlines()

    assert len(rows) >= 20
    assert [line for line in listed if line.startswith("| [")] == rows


def test_contributing_can_be_read_in_ten_minutes() -> None:
    assert len((REPO / "CONTRIBUTING.md").read_text("utf-8").split()) < 900


def test_the_version_is_the_same_wherever_it_stands() -> None:
    version = PROJECT["version"]
    minor = version.rpartition(".")[0]
    changelog = (REPO / "CHANGELOG.md").read_text("utf-8")

    assert (
        yaml.safe_load((REPO / "CITATION.cff").read_text("utf-8"))["version"] == version
    )
    assert re.search(r"(?m)^## \[(.+?)\]", changelog)[1] == version
    assert f"({minor})" in (REPO / "SECURITY.md").read_text("utf-8")


def test_the_changelog_has_known_sections_and_one_line_a_change() -> None:
    lines = (REPO / "CHANGELOG.md").read_text("utf-8").splitlines()
    kinds = {line for line in lines if line.startswith("### ")}

    assert kinds <= {
        f"### {kind}"
        for kind in ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
    }
    assert [line for line in lines if line.startswith((" ", "* "))] == []
