"""``beyond-the-no author``: JupyterLab, and a workshop that follows what is saved."""

import argparse
import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat

from ..common import lifeline, resources
from ..common.settings import UserError

LESSONS = resources.NOTEBOOKS
OWN = LESSONS / "author"  # the gallery and the template; never served to participants
NAME = re.compile(r"^[a-z][a-z0-9_]{0,50}$")
NUMERALS = (
    *("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"),
    *("Ten", "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen"),
    *("Seventeen", "Eighteen", "Nineteen", "Twenty"),
)
ENDS = ("SIGINT", "SIGTERM", "SIGHUP")
PATIENCE = 30  # seconds to end in
OFTEN = 0.3  # seconds between two looks whether both still run
FORM = "A lesson's name can have lower-case letters, digits and _, such as: saying_no."
NO_TEMPLATE = (
    "There's no {}. Take it from a fresh copy: beyond-the-no new ANOTHER-FOLDER"
)
NO_FOLDER = (
    "To write your own lessons, make your own folder: beyond-the-no new FOLDER. Then "
    "go there and run beyond-the-no author"
)
NEEDS_LAB = (
    "You write lessons in JupyterLab, which isn't installed here: pip install "
    '"beyond-the-no[author]"'
)
NOT_WRITTEN = "{} can't be written: {}."
MADE = "Your lesson is {where}, made from the template."
HINT = """Save it, then open it again in the workshop to see it. What it still needs:
beyond-the-no check {where}
"""
OPEN = """The workshop, on this machine only: {join}
Your page in it: {facilitate}
"""
NO_LAB = """
JupyterLab stopped, so the workshop was closed, too. The lines above say why. Options
for JupyterLab go after two dashes, such as:
beyond-the-no author -- --allow-root"""
NO_WORKSHOP = """
The workshop stopped, so JupyterLab was closed, too. The lines above say why. What you
saved is still there: start again with beyond-the-no author"""


def author(args: argparse.Namespace, for_jupyter: Sequence[str] = ()) -> int:
    """Open a workshop that follows every change, and beside it JupyterLab."""
    if not (resources.OWN or resources.CHECKOUT):  # nobody edits an installed package
        raise UserError(NO_FOLDER)
    if not (OWN / "template.ipynb").is_file():
        raise UserError(NO_TEMPLATE.format(OWN / "template.ipynb"))
    if importlib.util.find_spec("jupyterlab") is None:
        raise UserError(NEEDS_LAB)
    first = OWN / "gallery.ipynb"
    if args.name:
        first, made = begin(args.name)
        where = first.relative_to(resources.ROOT)
        print(*([MADE.format(where=where)] if made else []), HINT.format(where=where))
    workshop = [
        *(sys.executable, "-m", f"{__package__}.main", "open", "--author", "--json"),
        *("--ip", "127.0.0.1", "--port", str(args.port)),
    ]
    lab = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={resources.ROOT}",
        f"--LabApp.default_url=/lab/tree/{first.relative_to(resources.ROOT).as_posix()}",
        *(["--no-browser"] if args.no_browser else []),
        *for_jupyter,
    ]
    return run_until_one_ends(
        workshop, lab, lambda line: print(OPEN.format(**json.loads(line)))
    )


def run_until_one_ends(
    workshop: list[str], lab: list[str], on_ready: Callable[[bytes], None]
) -> int:
    """Run one program and, when it has said a line, the other; then both end together.

    So whatever keeps the workshop from opening is the last thing on the screen, and
    not the first of many lines.

    Parameters
    ----------
    on_ready : called with what the workshop says when it is open.

    Returns
    -------
    What the program returned that ended first; 0 if we were told to end.
    """
    ends = [getattr(signal, name) for name in ENDS if hasattr(signal, name)]
    before = [(one, signal.signal(one, signal.default_int_handler)) for one in ends]
    running: list[subprocess.Popen[bytes]] = []
    message = ""
    try:
        first = _begun(workshop, running, subprocess.PIPE)
        assert first.stdout is not None
        line = first.stdout.readline()
        if not line:  # it has said why
            return 1
        on_ready(line)
        sys.stdout.flush()
        second = _begun(lab, running)
        while first.poll() is None:
            try:
                code = second.wait(OFTEN)
            except subprocess.TimeoutExpired:
                continue
            message = NO_LAB if code else ""
            return code
        message = NO_WORKSHOP
        return first.returncode or 1
    except KeyboardInterrupt:
        message = ""
        return 0
    finally:
        for one in ends:  # a second one would leave something behind
            signal.signal(one, signal.SIG_IGN)
        for program in running:
            program.terminate()  # JupyterLab ends its kernels then, and asks nobody
        for program in running:
            try:
                program.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
            if program.stdout is not None:
                program.stdout.close()
        if message:
            print(message, file=sys.stderr)
        for one, handler in before:
            signal.signal(one, handler)


def _begun(
    words: list[str],
    running: list[subprocess.Popen[bytes]],
    stdout: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program that ends with us, and put it among those that run."""
    command = lifeline.command(*words, how=signal.SIGTERM)
    env = os.environ | lifeline.environment()
    env.pop(resources.FOLDER, None)  # a terminal of JupyterLab may go to another folder
    running.append(subprocess.Popen(command, env=env, stdout=stdout))
    return running[-1]


def begin(name: str, folder: Path = LESSONS) -> tuple[Path, bool]:
    """Find a lesson by its name, or make it from the template, after all others.

    A new one has its place, numeral and title to itself: the title is the name, to be
    changed in the first cell and in the metadata.

    Returns
    -------
    path, made : where it is, and whether it was made now.

    Raises
    ------
    UserError
        Where a lesson cannot have such a name.
    """
    if not NAME.match(name):
        raise UserError(FORM)
    there = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    for path in there:
        if path.stem[3:] == name:
            return path, False
    order = int(there[-1].name[:2]) + 1 if there else 0
    path = folder / f"{order:02}_{name}.ipynb"
    text = (OWN / "template.ipynb").read_text("utf-8")
    lesson = nbformat.v4.reads(text)
    old, title = f"# {lesson.metadata['title']}\n", name.replace("_", " ").capitalize()
    lesson.metadata |= {"order": order, "numeral": numeral(order), "title": title}
    lesson.cells[0].source = lesson.cells[0].source.replace(old, f"# {title}\n", 1)
    for cell in lesson.cells:  # two lessons have neither questions nor cells of a name
        cell.id = re.sub(r"^\d\d-", f"{order:02}-", cell.id)
        cell.source = re.sub(r"\(#\d\d-", f"(#{order:02}-", cell.source)
        cell.source = cell.source.replace("my_lesson", name)
        if tags := cell.metadata.get("tags"):
            cell.metadata["tags"] = [tag.replace("my_lesson", name) for tag in tags]
    try:
        path.write_text(nbformat.v4.writes(lesson) + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(NOT_WRITTEN.format(path, error.strerror)) from None
    return path, True


def numeral(order: int) -> str:
    """Return what stands above the title: a word, or figures from twenty-one on.

    >>> numeral(12), numeral(31)
    ('Twelve', '31')
    """
    return NUMERALS[order] if order < len(NUMERALS) else str(order)
