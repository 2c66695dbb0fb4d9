"""Write the deck of a plan: ``beyond-the-no deck thursday.toml``."""

import argparse
from pathlib import Path
from typing import Any

import nbformat

from ..common.settings import UserError
from ..content import deck_writer, lessons, plans
from ..room.plan import Plan, Step

NO_FOLDER = "There's no folder {}. Name one with --lessons or --slides."
THERE = (
    "{} already exists, and someone may have changed it. Give the plan's deck another "
    "name, or overwrite this one with --replace."
)
WRITTEN = "{}: {} slides. To use it, write deck = “{}” into the plan."
NOTHING = "{}: unchanged."


def deck(args: argparse.Namespace) -> int:
    """Write a deck for each named plan and each of its middles; shared ones once."""
    for folder in (args.lessons, args.slides):
        if not folder.is_dir():
            raise UserError(NO_FOLDER.format(folder))
    known = lessons.load_folder(args.lessons.resolve())
    for file, (title, plan) in decks_of(args.plans, known).items():
        notebook = deck_writer.deck(plan, known, title)
        path = args.slides / f"{file}.ipynb"
        print(put(path, notebook, args.replace), flush=True)
    return 0


def put(path: Path, notebook: Any, replace: bool) -> str:
    """Write a deck where there is none, or where it may be replaced; say what was done.

    Raises
    ------
    UserError
        Where another one is there.
    """
    if path.exists():
        if deck_writer.alike(nbformat.read(path, 4), notebook):
            return NOTHING.format(path)
        if not replace:
            raise UserError(THERE.format(path))
    path.write_text(nbformat.writes(notebook) + "\n", "utf-8")
    return WRITTEN.format(path, deck_writer.slides(notebook), path.stem)


def decks_of(
    names: list[str], known: list[lessons.Lesson]
) -> dict[str, tuple[str, Plan]]:
    """Return, for each deck's file, its title and the steps that it has slides for.

    Plans that name the same deck share it: a step that several have stands there once.
    """
    found: dict[str, tuple[str, Plan]] = {}
    for name in names:
        written = plans.read(name)
        stem = written.deck or plans.find(name).stem.replace("-", "_")
        for middle in written.middle or [""]:
            file = f"{stem}_{middle}" if middle else stem
            title = f"{written.title}: {middle}" if middle else written.title
            steps = plans.load(name, known, middle).steps
            if file in found:
                title = found[file][0].split(":")[0]
                steps = once((*found[file][1].steps, *steps))
            found[file] = (title, Plan(steps=steps))
    return found


def once(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return each step once, by its name: that is how a deck finds its slide."""
    return tuple({step.name: step for step in reversed(steps)}.values())[::-1]
