"""A release says what its tag, its metadata and the changelog say."""

from pathlib import Path

import release_notes


class TestReleaseNotes:
    TEXT = (
        "# Changelog\n\n## [1.1.0] - unreleased\n\n- New\n\n## [1.0.0] - {}\n\n- Old\n"
    )

    def made(self, folder: Path, date: str) -> Path:
        (folder / "CHANGELOG.md").write_text(self.TEXT.format(date), "utf-8")
        (folder / "pyproject.toml").write_text(
            '[project]\nversion = "1.0.0"\n', "utf-8"
        )
        (folder / "CITATION.cff").write_text("\nversion: 1.0.0\n", "utf-8")
        return folder

    def test_are_the_section_of_the_version(self) -> None:
        text = self.TEXT.format("2027-01-31")

        assert release_notes.section(text, "1.0.0") == ("2027-01-31", "- Old\n")

    def test_are_there_when_all_files_agree(self, tmp_path: Path) -> None:
        root = self.made(tmp_path, "2027-01-31")

        assert release_notes.problems(root, "1.0.0") == []

    def test_need_a_date(self, tmp_path: Path) -> None:
        root = self.made(tmp_path, "unreleased")

        (found,) = release_notes.problems(root, "1.0.0")
        assert "no date" in found

    def test_need_one_version_everywhere(self, tmp_path: Path) -> None:
        root = self.made(tmp_path, "2027-01-31")

        assert len(release_notes.problems(root, "1.1.0")) == 3
        assert len(release_notes.problems(root, "2.0.0")) == 3
