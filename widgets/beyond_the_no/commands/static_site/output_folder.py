"""Output folder of a site: new, or an atomic replacement of an older site.

A site is written beside its place and put there when it is whole. Nothing that this
command did not write is ever removed: ``site.json`` names every file and its content.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...common.settings import UserError
from .words import render_text

LIST = "site.json"
NAME = "beyond-the-no site"


def digest(content: bytes) -> str:
    """Name a content."""
    return hashlib.sha256(content).hexdigest()[:12]


def listed(folder: Path) -> dict[str, str]:
    """List every file of a folder, and what it holds."""
    files = (path for path in sorted(folder.rglob("*")) if not path.is_dir())
    return {
        path.relative_to(folder).as_posix(): digest(path.read_bytes())
        for path in files
        if path.name != LIST or path.parent != folder
    }


def foreign(folder: Path) -> str:
    """Name a file that is not as this command wrote it, or nothing."""
    if not folder.is_dir():
        return ""
    links = (p for p in sorted(folder.rglob("*")) if p.is_symlink())
    if link := next(links, None):
        return link.relative_to(folder).as_posix()
    try:
        about = json.loads((folder / LIST).read_text("utf-8"))
        known = dict(about["files"]) if about["made_by"] == NAME else None
    except FileNotFoundError:
        known = {}
    except (ValueError, KeyError, TypeError):
        known = None
    if known is None:
        return LIST  # somebody else's file of that name
    every = listed(folder)
    return next((name for name, what in every.items() if known.get(name) != what), "")


def refuse(folder: Path) -> None:
    """Say what is in the way.

    Raises
    ------
    UserError
        When a file is there, or a folder that holds what is not ours.
    """
    if folder.exists() and not folder.is_dir():
        raise UserError(render_text("error", "not_a_folder", folder=folder))
    try:
        found = foreign(folder)
    except OSError as error:
        raise UserError(
            render_text("error", "not_written", why=error.strerror)
        ) from None
    if found:
        raise UserError(render_text("error", "not_ours", folder=folder, file=found))


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """Give a folder to write into, and put it into its place at the end.

    Raises
    ------
    UserError
        Where it could not be written; then nothing has changed.
    """
    half = folder.with_name(f".{folder.name}.{os.getpid()}")
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        half.mkdir()
        yield half
        refuse(folder)  # somebody may have put something there meanwhile
        if folder.exists():
            folder.rename(old)
        half.rename(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise UserError(
            render_text("error", "not_written", why=error.strerror)
        ) from None
    finally:
        shutil.rmtree(half, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
