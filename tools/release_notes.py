"""Print what CHANGELOG.md says of a version: ``python tools/release_notes.py 0.2.0``.

Ends with an error unless the version is the one in pyproject.toml and CITATION.cff and
its section has a date, so that a tag can't publish something else than it says.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECTION = r"(?ms)^## \[{}\] - (\S+)\n(.*?)(?=^## |\Z)"


def section(changelog: str, version: str) -> tuple[str, str]:
    """Return the date and the text of a version's section.

    Raises
    ------
    ValueError : there is no such section.
    """
    found = re.search(SECTION.format(re.escape(version)), changelog)
    if not found:
        raise ValueError(f"CHANGELOG.md has no section for {version}.")
    return found[1], found[2].strip() + "\n"


def problems(root: Path, version: str) -> list[str]:
    """Return why a version can't be released, in sentences."""
    found = []
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    if project["version"] != version:
        found.append(f"pyproject.toml says {project['version']}, not {version}.")
    if f"\nversion: {version}\n" not in (root / "CITATION.cff").read_text("utf-8"):
        found.append(f"CITATION.cff doesn't say {version}.")
    try:
        date, _ = section((root / "CHANGELOG.md").read_text("utf-8"), version)
    except ValueError as error:
        return [*found, str(error)]
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        found.append(f"In CHANGELOG.md, {version} has no date yet.")
    return found


def main() -> int:
    """Print the notes, or say what is missing."""
    version = sys.argv[1]
    if found := problems(ROOT, version):
        print("\n".join(found), file=sys.stderr)
        return 1
    print(section((ROOT / "CHANGELOG.md").read_text("utf-8"), version)[1], end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
