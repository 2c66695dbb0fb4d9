"""Workflows, forms, citation and commit hooks are valid, and fetch nothing."""

import re
import shutil
from pathlib import Path
from typing import Any

import check_jsonschema
import pytest
import yaml
from click.testing import CliRunner
from test_project import PROJECT

import tidy_notebooks
from support.served import REPO

GITHUB = REPO / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml"))
CONFIG = GITHUB / "ISSUE_TEMPLATE" / "config.yml"
CITATION = REPO / "CITATION.cff"
# schemas that come with check-jsonschema: nothing is fetched
SCHEMAS = [
    *(("vendor.github-workflows", path) for path in WORKFLOWS),
    *(("custom.github-workflows-require-timeout", path) for path in WORKFLOWS),
    *(("vendor.github-issue-forms", path) for path in FORMS if path != CONFIG),
    ("vendor.github-issue-config", CONFIG),
    ("vendor.dependabot", GITHUB / "dependabot.yml"),
    ("vendor.citation-file-format", CITATION),
]
BROKEN = [
    ("vendor.github-workflows", WORKFLOWS[-1], "runs-on:", "run-on:"),
    ("custom.github-workflows-require-timeout", WORKFLOWS[-1], "timeout-", "time-"),
    ("vendor.github-issue-forms", FORMS[0], "type: dropdown", "type: choice"),
    ("vendor.github-issue-config", CONFIG, "false", "perhaps"),
    ("vendor.dependabot", GITHUB / "dependabot.yml", "npm", "nmp"),
    ("vendor.citation-file-format", CITATION, "authors:", "makers:"),
]


def violations(schema: str, path: Path) -> str:
    """What check-jsonschema finds, asked in this process."""
    options = ["--builtin-schema", schema, "--default-filetype", "yaml"]
    done = CliRunner().invoke(check_jsonschema.main, [*options, str(path)])
    return done.output if done.exit_code else ""


@pytest.mark.parametrize(("schema", "path"), SCHEMAS)
def test_settings_of_the_host_fit_their_schema(schema: str, path: Path) -> None:
    assert violations(schema, path) == ""


@pytest.mark.parametrize(("schema", "path", "good", "bad"), BROKEN)
def test_a_mistake_in_them_would_be_found(
    schema: str, path: Path, good: str, bad: str, tmp_path: Path
) -> None:
    text = path.read_text("utf-8")
    broken = tmp_path / path.name
    broken.write_text(text.replace(good, bad), "utf-8")

    assert good in text
    assert violations(schema, broken) != ""


def workflow(name: str) -> dict[str, Any]:
    return yaml.safe_load((GITHUB / "workflows" / name).read_text("utf-8"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
class TestAWorkflow:
    def test_pins_actions_by_major_version(self, path: Path) -> None:
        used = re.findall(r"uses: (\S+)", path.read_text("utf-8"))
        pinned = re.compile(r"^(\./[\w./-]+|[\w-]+/[\w-]+@(release/)?v\d+)$")

        assert used
        assert [one for one in used if not pinned.match(one)] == []

    def test_may_write_nothing_unless_a_job_says_so(self, path: Path) -> None:
        assert workflow(path.name)["permissions"] == {"contents": "read"}

    def test_puts_no_text_of_others_into_a_command(self, path: Path) -> None:
        jobs = workflow(path.name)["jobs"].values()
        commands = [
            step.get("run", "") for job in jobs for step in job.get("steps", [])
        ]

        assert [one for one in commands if "${{" in one] == []


def test_every_system_and_python_is_tested() -> None:
    jobs = workflow("test.yml")["jobs"]
    pythons = ["3.11", "3.12", "3.13", "3.14"]

    assert PROJECT["requires-python"] == f">={pythons[0]}"
    assert jobs["all"]["strategy"]["matrix"]["python"] == pythons
    assert jobs["quick"]["strategy"]["matrix"]["python"] == pythons
    systems = ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert jobs["wheel"]["strategy"]["matrix"]["system"] == systems
    makefile = (REPO / "Makefile").read_text("utf-8")
    commands = [step.get("run", "") for step in jobs["quick"]["steps"]]
    assert commands[-1].removeprefix("python") in makefile


def test_nothing_is_published_that_was_not_tested() -> None:
    jobs = workflow("release.yml")["jobs"]

    assert jobs["test"]["uses"] == "./.github/workflows/test.yml"
    assert jobs["publish"]["needs"] == "test"
    assert jobs["publish"]["permissions"] == {"id-token": "write"}


def test_hooks_run_what_is_installed_and_fetch_nothing() -> None:
    text = (REPO / ".pre-commit-config.yaml").read_text("utf-8")
    repositories = yaml.safe_load(text)["repos"]
    hooks = [hook for each in repositories for hook in each["hooks"]]

    assert [each["repo"] for each in repositories] == ["local"]
    assert {hook["language"] for hook in hooks} == {"system"}
    installed = (".venv/bin/", "widgets/beyond_the_no/frontend/node_modules/.bin/")
    assert all(hook["entry"].startswith(installed) for hook in hooks)


def test_an_untidy_notebook_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tidy, untidy = tmp_path / "tidy.ipynb", tmp_path / "untidy.ipynb"
    shutil.copy(REPO / "notebooks" / "00_welcome.ipynb", tidy)
    untidy.write_text(tidy.read_text("utf-8") + "\n", "utf-8")
    argv = ["tidy_notebooks.py", "--check", str(tidy), str(untidy)]
    monkeypatch.setattr("sys.argv", argv)

    assert tidy_notebooks.main() == 1
    assert capsys.readouterr().out.splitlines() == [f"{untidy}: run `make notebooks`"]
