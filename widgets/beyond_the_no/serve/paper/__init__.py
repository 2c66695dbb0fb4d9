"""``beyond-the-no paper``: what a workshop needs on paper, one PDF for each kind.

A kind is a template in this folder. What is said elsewhere in the kit is taken from
there: the exercises' steps, the agreements of the first lesson, the lessons' notes, the
help lines, the table of threats. Chromium prints: its PDFs are tagged, so that a screen
reader finds headings, lists and tables, and nothing has to be installed with the kit.
"""

import argparse
import contextlib
import subprocess
import tempfile
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import mistune

from ...evidence import centre, crisis, grounding
from ...own.exercise import exercises
from ...room.plan import Plan
from .. import browser, plans
from ..lessons import Lesson
from ..settings import Trouble
from . import sources

HERE = Path(__file__).parent
EXERCISES = ("thought_record", "support_map", "small_steps_ladder", "if_then_plan")
KINDS = (
    *("run_sheet", "invitation", "agreements", "privacy", "dpia", "feedback"),
    *("my_page", *EXERCISES),
)
NO_BROWSER = (
    "Paper is printed by Chromium, Chrome or Edge, and none was found. Install one of "
    "them, then run this again."
)
NOT_PRINTED = "{} could not print {}. Close other windows of it, then run this again."
PATIENCE = 60  # seconds for one PDF


@cache
def table() -> dict[str, Any]:
    """Return what stands on paper only, and which sentences belong to a screen."""
    return tomllib.loads((HERE / "paper.toml").read_text("utf-8"))


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["markdown"] = mistune.html
    made.filters["on_paper"] = on_paper
    made.filters["quoted"] = "“{}”".format
    return made


def on_paper(say: list[str]) -> list[str]:
    """Leave out, or say another way, what is said of a screen and not of a sheet."""
    text = "\n".join(say)
    for sentence in table()["screen"]:
        text = text.replace(sentence, "")
    for said, instead in table()["instead"].items():
        text = text.replace(said, instead)
    return [line.strip() for line in text.split("\n") if line.strip()]


def html(kind: str, about: dict[str, Any], *, large: bool = False) -> str:
    """Return one kind as a page: its title, words, and the style for its size."""
    exercise = exercises().get(kind)
    template = _environment().get_template(
        f"{'exercise' if exercise else kind}.html.j2"
    )
    title = exercise["title"] if exercise else table()["titles"][kind]
    return template.render(
        about, exercise=exercise, title=title, large=large, words=table()
    )


def about(found: list[Lesson], plan: Plan, country: str) -> dict[str, Any]:
    """Collect what the kinds say that stands elsewhere in the kit."""
    known = {lesson.name: lesson for lesson in found if not lesson.trouble}
    card = centre.load()
    local = card and crisis.Local(
        label=card.label, number=card.number, lines=card.lines
    )
    places = crisis.countries()
    if country not in [place.code for place in places]:
        codes = ", ".join(place.code for place in places)
        raise Trouble(f"--country is one of {codes}.")
    return {
        "plan": plan,
        "rows": sources.rows(plan, known),
        "lessons": sources.in_plan(plan, known),
        "welcome": sources.welcome(),
        "threats": sources.threats(),
        "exercises": exercises(),
        "ways": grounding.table()["ways"],
        "local": local,
        "country": next(place for place in places if place.code == country),
    }


def paper(chosen: argparse.Namespace) -> int:
    """Print every kind into a folder, and say where each went."""
    program = browser.find()
    if program is None:
        raise Trouble(NO_BROWSER)
    if not chosen.lessons.is_dir():
        raise Trouble(f"There is no folder {chosen.lessons}. Name one with --lessons.")
    found = sources.read(chosen.lessons)
    plan = plans.load(chosen.plan, found) if chosen.plan else sources.plan(found)
    known = about(found, plan, chosen.country)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        name = kind.replace("_", "-") + ("-large" if chosen.large else "")
        where = chosen.folder / f"{name}.pdf"
        to_pdf(program, html(kind, known, large=chosen.large), where)
        print(where, flush=True)
    return 0


def to_pdf(program: str, page: str, where: Path) -> None:
    """Let a browser print a page; it uses a profile that is gone afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        command = [
            *(program, "--headless", *browser.OPTIONS),
            *("--no-pdf-header-footer", "--export-tagged-pdf"),
            "--generate-pdf-document-outline",
            f"--user-data-dir={Path(folder) / 'profile'}",
            f"--print-to-pdf={made}",
            source.as_uri(),
        ]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        if not made.is_file():
            raise Trouble(NOT_PRINTED.format(Path(program).name, where.name))
        where.write_bytes(made.read_bytes())
