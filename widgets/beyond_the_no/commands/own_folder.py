"""``beyond-the-no new FOLDER``: lessons, slides and data to adapt, in a folder.

The folder keeps which version of the kit it came from, and a checksum of every file, so
that a newer kit can tell what it would change there. It never changes anything itself.
"""

import argparse
import json
import os
import shlex
import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..common import resources
from ..common.settings import UserError

NEEDED = (  # by every command; a lesson or a plan may be taken out
    *("notebooks", "slides", "data/SHA256SUMS", "data/claims.json"),
    *("data/help.json", "data/safety/en.toml"),
)
ABOUT = (
    "Made by `beyond-the-no new`. Commands that run in this folder use its lessons, "
    "slides and data; this file tells a newer kit what you have changed."
)
MADE = """{folder} now has lessons, slides and data to adapt, from kit {version}.
Commands that you run there use them:

    cd {quoted}
    beyond-the-no open"""
IS_FILE = "{folder} is a file. Name a new folder."
NOT_EMPTY = "{folder} isn't empty. Name a new folder, or an empty one."
CANNOT = "{folder} can't be written: {why}. Name a folder somewhere else."
HALF = (
    "{folder} is an incomplete copy of the kit: {names} is missing. Make a new one: "
    "beyond-the-no new ANOTHER-FOLDER"
)
UNKNOWN = (
    "{folder}/{mark} can't be read, so we can't tell what a newer kit would change."
)
NOTHING = "{folder} already has the lessons, slides and data of this kit ({version})."
WOULD = (
    "This folder was made with kit {old}; kit {new} would {changes}. Nothing has been "
    "changed here. To see those files: beyond-the-no new ANOTHER-FOLDER"
)
MOST = 3  # files that are named


def new(args: argparse.Namespace) -> int:
    """Copy the kit's lessons, slides and data, or say what is newer than a copy."""
    folder: Path = args.folder
    try:
        if (folder / resources.MARK).is_file():
            print(newer(folder) or NOTHING.format(folder=folder, version=_version()))
            return 0
        if folder.exists() and not folder.is_dir():
            raise UserError(IS_FILE.format(folder=folder))
        if folder.is_dir() and any(folder.iterdir()):
            raise UserError(NOT_EMPTY.format(folder=folder))
        _copy(folder)
    except OSError as error:
        raise UserError(CANNOT.format(folder=folder, why=error.strerror)) from None
    # cmd.exe knows no single quotes; no name on Windows contains a double one
    quoted = shlex.quote(str(folder)) if os.name == "posix" else f'"{folder}"'
    print(MADE.format(folder=folder, quoted=quoted, version=_version()))
    return 0


def _copy(folder: Path) -> None:
    """Copy everything, the checksums last; what fails leaves nothing behind."""
    names, there = list(resources.copied()), folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            # content alone: the kit's own files may be read-only
            shutil.copyfile(resources.KIT / name, folder / name)
        sums = {name: _sum(folder / name) for name in names}
        about = {"about": ABOUT, "version": _version(), "files": sums}
        text = json.dumps(about, indent=1) + "\n"
        (folder / resources.MARK).write_text(text, "utf-8")
    except BaseException:
        for top in resources.COPIED:
            shutil.rmtree(folder / top, ignore_errors=True)
        if not there:
            folder.rmdir()
        raise


def check_whole(folder: Path | None) -> None:
    """Look whether a folder of one's own has what every command needs.

    Raises
    ------
    UserError
        One sentence that names what is missing.
    """
    missing = [name for name in NEEDED if folder and not (folder / name).exists()]
    if missing:
        raise UserError(HALF.format(folder=folder, names=", ".join(missing)))


def newer(folder: Path) -> str:
    """Say in a sentence what this kit would change in a folder; else nothing."""
    try:
        made = _read(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return UNKNOWN.format(folder=folder, mark=resources.MARK)
    untouched, touched, added = list[str](), list[str](), list[str]()
    ours = {name: _sum(resources.KIT / name) for name in resources.copied()}
    for name, now in ours.items():
        then, here = made["files"].get(name), _sum(folder / name)
        if now in (then, here) or (then and not here):  # as it was, taken, taken out
            continue
        kind = untouched if here == then else touched if here else added
        kind.append(name)
    dropped = [
        name for name in made["files"] if name not in ours and _sum(folder / name)
    ]
    kinds = {
        "change {}, as it came": untouched,
        "change {}, where you have changed it too": touched,
        "add {}": added,
        "no longer have {}": dropped,
    }
    changes = [
        template.format(_named(names)) for template, names in kinds.items() if names
    ]
    if not changes:
        return ""
    text = ", and ".join(changes)
    return WOULD.format(old=made["version"], new=_version(), changes=text)


def _read(folder: Path) -> dict[str, Any]:
    """Read version and checksums."""
    made = json.loads((folder / resources.MARK).read_text("utf-8"))
    return {"version": str(made["version"]), "files": dict(made["files"])}


def _named(names: Iterable[str]) -> str:
    """Name the first few files, and count the others."""
    every = list(names)
    if len(every) <= MOST:
        return ", ".join(every)
    return f"{', '.join(every[:MOST])} and {len(every) - MOST} more"


def _sum(path: Path) -> str:
    """Return the checksum of a file; nothing where there is none."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def _version() -> str:
    return resources.version()
