"""A workshop in a folder that ``beyond-the-no new`` made."""

import json
from pathlib import Path

from beyond_the_no.commands import main
from beyond_the_no.common import resources
from support import small_lessons as nb
from support.served import REPO, serve, with_path

# with an import from elsewhere: what came of it isn't kept for the next test
WHERE = """import os
from beyond_the_no.common import resources
print("at", os.fspath(resources.ROOT))"""


def test_it_uses_the_folders_files_in_every_process_and_says_what_is_newer(
    tmp_path: Path,
) -> None:
    """A kernel runs where its lesson is, and that may be in another such folder."""
    mine, other = tmp_path / "mi taller ñ", tmp_path / "other"
    for folder in (mine, other):
        assert main.main(["new", str(folder)]) == 0
    lessons = nb.write(other / "notebooks" / "few", one=nb.notebook(WHERE, title="One"))
    mark = mine / resources.MARK
    made = json.loads(mark.read_text("utf-8"))
    made["files"].pop("slides/README.md")
    (mine / "slides" / "README.md").unlink()
    mark.write_text(json.dumps(made), "utf-8")
    lines = mine / "data" / "help.json"
    lines.write_text(lines.read_text("utf-8").replace("Samaritans", "Mine"), "utf-8")

    options = ("--lessons", str(lessons), "--country", "GB")
    ours = with_path(REPO / "widgets")
    with serve(*options, checkout=mine, PYTHONPATH=ours) as served:
        lesson = served.ask("GET", "lesson/one").text
        help_ = served.get("help")[1]

    assert f"at {mine}" in lesson
    assert "Mine" in help_
    assert "Samaritans" not in help_
    assert "would add slides/README.md." in served.log[0]
