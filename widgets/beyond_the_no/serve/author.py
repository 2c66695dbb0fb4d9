"""Writing lessons: JupyterLab, and beside it a workshop that shows what was saved."""

import argparse
import re
import signal
import subprocess
import sys
from pathlib import Path

import nbformat

from .settings import CHECKOUT, Trouble

LESSONS = CHECKOUT / "notebooks"
OWN = LESSONS / "author"  # the gallery and the template; never served to participants
NAME = re.compile(r"^[a-z][a-z0-9_]{0,50}$")
ENDS = ("SIGINT", "SIGTERM", "SIGHUP")
PATIENCE = 30  # seconds to end in
FORM = "A lesson's name has small letters, digits and _, such as: saying_no."
MADE = "Your lesson is {where}, made from the template."
HINT = """Save it, and open it anew in the workshop to see it. What it still wants:
beyond-the-no check {where}
"""


def author(chosen: argparse.Namespace) -> int:
    """Open JupyterLab, and beside it a workshop that follows every change."""
    first = OWN / "gallery.ipynb"
    if chosen.name:
        first, made = begin(chosen.name)
        where = first.relative_to(CHECKOUT)
        print(*([MADE.format(where=where)] if made else []), HINT.format(where=where))
    mine = ["open", "--author", "--no-browser", "--ip", "127.0.0.1"]
    address = f"/lab/tree/{first.relative_to(CHECKOUT).as_posix()}"
    lab = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={CHECKOUT}",
        f"--LabApp.default_url={address}",
    ]
    return together([sys.executable, "-m", f"{__package__}.cli", *mine], lab)


def together(*commands: list[str]) -> int:
    """Run programs until the last of them ends or we are told to end: then all end.

    Returns
    -------
    What the last one returned; 0 if we were told to end.
    """
    ends = [getattr(signal, name) for name in ENDS if hasattr(signal, name)]
    before = [(one, signal.signal(one, signal.default_int_handler)) for one in ends]
    running: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            running.append(subprocess.Popen(command))
        return running[-1].wait()
    except KeyboardInterrupt:
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
        for one, handler in before:
            signal.signal(one, handler)


def begin(name: str, folder: Path = LESSONS) -> tuple[Path, bool]:
    """Find a lesson by its name, or make it from the template, after all others.

    Returns
    -------
    path, made : where it is, and whether it was made now.

    Raises
    ------
    Trouble
        Where a lesson cannot have such a name.
    """
    if not NAME.match(name):
        raise Trouble(FORM)
    there = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    for path in there:
        if path.stem[3:] == name:
            return path, False
    order = int(there[-1].name[:2]) + 1 if there else 0
    path = folder / f"{order:02}_{name}.ipynb"
    text = (OWN / "template.ipynb").read_text("utf-8")
    lesson = nbformat.v4.reads(text)
    lesson.metadata["order"] = order
    for cell in lesson.cells:  # two lessons cannot ask questions of one name
        cell.source = cell.source.replace("my_lesson", name)
    path.write_text(nbformat.v4.writes(lesson) + "\n", encoding="utf-8")
    return path, True
