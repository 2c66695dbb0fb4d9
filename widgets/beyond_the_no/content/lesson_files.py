"""Find the notebooks of a folder, and give each an address.

A file may have any name: what an address cannot hold is replaced in the address, never
in the file. Hidden files are passed over, such as the lock that an editor leaves beside
a file that is open (``.#01_lesson.ipynb``).
"""

import os
import re
import unicodedata
from pathlib import Path

ADDRESS = re.compile(r"^[A-Za-z0-9_-]{1,64}$")
LONGEST = 64
NO_LESSONS = (
    "There are no lessons in {folder}. Name a folder of notebooks (.ipynb) with "
    "--lessons."
)
ONE_DOWN = "There are no lessons in {folder}, but in {below}: --lessons {below}"


def notebooks(folder: Path) -> list[Path]:
    """List the notebooks of a folder in teaching order, that of their names."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() == ".ipynb" and not path.name.startswith(".")
    )


def addresses(files: list[Path]) -> dict[str, Path]:
    """Give each file an address of its own; one whose name fits keeps it."""
    own = {path.stem: path for path in files if ADDRESS.match(path.stem)}
    found: dict[str, Path] = {}
    for path in files:
        if own.get(path.stem) is path:
            found[path.stem] = path
            continue
        wanted, number = address(path.stem), 1
        name = wanted
        while name in own or name in found:
            number += 1
            name = f"{wanted[: LONGEST - 4]}-{number}"
        found[name] = path
    return found


def address(stem: str) -> str:
    """Spell a file name in the letters that an address can have."""
    plain = unicodedata.normalize("NFKD", stem)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", plain).strip("-_")
    return plain[:LONGEST] or "lesson"


def shown(path: Path) -> str:
    """Return a file's name as text that can be sent and printed, without its ending."""
    return " ".join(os.fsencode(path.stem).decode("utf-8", "replace").split())


def unfit(path: Path) -> str:
    """Say why a file cannot be a lesson for its name or its place, or nothing."""
    name = f"{shown(path)}{path.suffix}"
    if path.suffix != ".ipynb":
        return f"{name} must end in .ipynb, in small letters. Rename the file."
    if os.fsencode(path).decode("utf-8", "replace") != str(path):
        return f"The name of {name} has signs that cannot be read. Rename the file."
    if path.is_dir():
        return f"{name} is a folder. Lessons are notebooks; rename it or move it away."
    if not path.exists():
        return f"{name} is not there: it was removed, or it is a link to nowhere."
    return ""


def without_lessons(folder: Path) -> str:
    """Say that a folder has no notebooks, and where the nearest are; else nothing."""
    if notebooks(folder):
        return ""
    for below in sorted(one for one in folder.iterdir() if one.is_dir()):
        if not below.name.startswith((".", "_")) and notebooks(below):
            return ONE_DOWN.format(folder=folder, below=below)
    return NO_LESSONS.format(folder=folder)
