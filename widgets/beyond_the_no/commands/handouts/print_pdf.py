"""``beyond-the-no paper``: print handouts, one PDF for each kind.

A kind is a template in `templates`. What is said elsewhere in the kit is taken from
there: the exercises' steps, the agreements of the first lesson, the lessons' notes, the
help lines, the table of threats. Chromium prints: its PDFs are tagged, so that a screen
reader finds headings, lists and tables, and nothing has to be installed with the kit.
"""

import argparse
import base64
import contextlib
import os
import subprocess
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import mistune

from ...common import lifeline, words
from ...common.settings import UserError
from ...content import drawings, plans
from ...content.lesson_files import without_lessons
from ...content.lessons import Lesson, load_folder
from ...evidence import centre, grounding, help_file, help_page
from ...evidence.help_lines import Country
from ...own.exercise import exercises
from ...room.plan import Plan
from ...server.host import chromium
from ...server.rendering import templating
from . import content, handbook_on_paper, slips
from .page_numbers import page_numbers

HERE = Path(__file__).parent
EXERCISES = (
    *("thought_record", "support_map", "small_steps_ladder", "if_then_plan"),
    *("pie", "feedback", "values_love", "letter", "trust", "limits", "marker", "call"),
)
KINDS = (
    *("run_sheet", "invitation", "agreements", "privacy", "dpia", "how_was_it"),
    *("help", "my_page", "slips", *EXERCISES, "handbook"),
)
NO_BROWSER = (
    "Making PDFs needs Chromium, Chrome or Edge, and none of them was found. Install "
    "one, then run this again."
)
NO_SHEET = "There’s no sheet {}. Name one of these, or none for all of them: {}."
NOT_PRINTED = "{} couldn't print {}. Close its other windows, then run this again."
PATIENCE = 60  # seconds for one PDF
TIMES = 3  # page numbers could push a line onto the next page


def table() -> dict[str, Any]:
    """Return what stands on paper only, and which sentences belong to a screen."""
    return words.table(__package__)


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["markdown"] = mistune.html
    made.filters["on_paper"] = on_paper
    made.filters["quoted"] = "“{}”".format
    return made


def on_paper(paragraphs: list[str]) -> list[str]:
    """Leave out, or say another way, what is said of a screen and not of a sheet."""
    text = "\n".join(paragraphs)
    for sentence in table()["screen"]:
        text = text.replace(sentence, "")
    for on_screen, instead in table()["instead"].items():
        text = text.replace(on_screen, instead)
    return [line.strip() for line in text.split("\n") if line.strip()]


def html(kind: str, about: dict[str, Any], *, large: bool = False) -> str:
    """Return one kind as a page: its title, words, and the style for its size."""
    exercise = exercises().get(kind)
    template = _environment().get_template(
        f"{'exercise' if exercise else kind}.html.j2"
    )
    title = exercise["title"] if exercise else table()["titles"][kind]
    name = table()["drawings"].get("exercise" if exercise else kind, "")
    return template.render(
        about,
        exercise=exercise,
        title=title,
        drawing=drawings.inline(name, decorative=True),
        font_faces=templating.font_faces(_embedded),
        large=large,
        words=table(),
    )


def _embedded(name: str) -> str:
    """Return a file as an address that holds it: a sheet is one file."""
    content = base64.b64encode(templating.file(name).read_bytes()).decode()
    return f"data:font/woff2;base64,{content}"


def about(found: list[Lesson], plan: Plan, country: str) -> dict[str, Any]:
    """Collect what the kinds say that stands elsewhere in the kit."""
    known = {lesson.name: lesson for lesson in found if not lesson.error}
    places = help_file.countries()
    if country not in [place.code for place in places]:
        codes = ", ".join(place.code for place in places)
        raise UserError(f"--country is one of {codes}.")
    return {
        "plan": plan,
        "rows": content.rows(plan, known),
        "lessons": content.in_plan(plan, known),
        "slips": slips.slips(plan, known),
        "welcome": content.welcome(),
        "threats": content.threats(),
        "exercises": exercises(),
        "ways": grounding.table()["ways"],
        "help": _help(next(place for place in places if place.code == country)),
        "handbook": handbook_on_paper.printed({}),
    }


def _help(place: Country) -> dict[str, Any]:
    """Collect what paper says of help: the lines of one place, as they are today."""
    return {
        "words": help_page.words(),
        "local": centre.load(),
        "emergency": place.emergency,
        "lines": place.shown(date.today()),
    }


def paper(args: argparse.Namespace) -> int:
    """Print the kinds that were named, or all, and say where each went."""
    kinds = [_kind(name) for name in args.sheets] or KINDS
    program = chromium.find()
    if program is None:
        raise UserError(NO_BROWSER)
    if not args.lessons.is_dir():
        raise UserError(f"There's no folder {args.lessons}. Name one with --lessons.")
    if empty := without_lessons(args.lessons):
        raise UserError(empty)
    found = load_folder(args.lessons)
    plan = content.plan(found)
    if args.plan:
        plan = plans.load(args.plan, found, args.middle)
    known = about(found, plan, args.country)
    args.folder.mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        name = _name(kind) + ("-large" if args.large else "")
        where = args.folder / f"{name}.pdf"
        to_pdf(program, html(kind, known, large=args.large), where)
        if kind == "handbook":
            _number(program, known, where, large=args.large)
        print(where, flush=True)
    return 0


def _number(program: str, known: dict[str, Any], where: Path, *, large: bool) -> None:
    """Print the handbook again, until its contents name the pages they are on."""
    numbers: dict[str, int] = {}
    for _ in range(TIMES):
        found = page_numbers(where.read_bytes())
        if found == numbers:
            return
        numbers = found
        numbered = known | {"handbook": handbook_on_paper.printed(numbers)}
        to_pdf(program, html("handbook", numbered, large=large), where)


def _name(kind: str) -> str:
    """Return the name of a kind's file, without its ending."""
    return kind.replace("_", "-")


def _kind(name: str) -> str:
    """Find a kind by the name of its file."""
    kinds = {_name(kind): kind for kind in KINDS}
    if name not in kinds:
        raise UserError(NO_SHEET.format(name, ", ".join(kinds)))
    return kinds[name]


def to_pdf(program: str, page: str, where: Path) -> None:
    """Let a browser print a page; it uses a profile that is gone afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        command = [
            *(program, "--headless", *chromium.OPTIONS),
            *("--no-pdf-header-footer", "--export-tagged-pdf"),
            "--generate-pdf-document-outline",
            f"--user-data-dir={Path(folder) / 'profile'}",
            f"--print-to-pdf={made}",
            source.as_uri(),
        ]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(
                lifeline.command(*command),
                env=os.environ | lifeline.environment(),
                start_new_session=True,
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            )
        if not made.is_file():
            raise UserError(NOT_PRINTED.format(Path(program).name, where.name))
        where.write_bytes(made.read_bytes())
