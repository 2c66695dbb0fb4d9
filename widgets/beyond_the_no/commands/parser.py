"""What can be typed after ``beyond-the-no``: the commands and their options."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from ..common import resources
from ..common.network_addresses import LOOPBACK
from ..common.settings import PORT
from . import options

WHAT = "A workshop about rejection: lessons for phones, and a room for the group."
EXAMPLES = """examples:
  beyond-the-no open --country GB
  beyond-the-no check --on 2027-01-31
  beyond-the-no open --help"""


def parser() -> argparse.ArgumentParser:
    """Describe the commands and their options."""
    top = options.Parser("beyond-the-no", description=WHAT, epilog=EXAMPLES)
    top.formatter_class = argparse.RawDescriptionHelpFormatter
    top.add_argument("--version", action=options.Version, nargs=0, help="and Python's")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, does: str, about: str, **more: Any) -> Any:
        """Add a command: what it does in a few words, and at the top of its help."""
        made = commands.add_parser(name, help=does, description=about, **more)
        return made.add_argument

    def lessons() -> None:
        add(
            "--lessons",
            type=Path,
            default=resources.NOTEBOOKS,
            metavar="FOLDER",
            help="where the lessons are (default: in this folder, or the kit's own)",
        )

    def plan(which: str = "") -> None:
        known = "90, 60, programme-1, …, or a file"
        known += f" (default: {which})" if which else ""
        add("--plan", default=which, metavar="NAME", help=known)
        middles = "for plan 90: love, work, feeds, …"
        add("--middle", default="", metavar="NAME", help=middles)

    def on(what: str) -> None:
        add(
            "--on",
            type=options.day,
            default=date.today(),
            metavar="YYYY-MM-DD",
            help=f"{what} (default: today)",
        )

    add = command(
        "open",
        "open a workshop",
        "Open a workshop on this laptop: lessons for phones, your page, the "
        "wall, and a page for a second adult. When it ends, it forgets everything.",
    )
    add(
        "--ip",
        default="0.0.0.0",
        help="the only address of this laptop that phones can use, like 192.168.1.23 "
        "(default: all of them; the wall shows the most likely one)",
    )
    add(
        "--port",
        type=int,
        default=PORT,
        help=f"port to listen on (default: {PORT})",
    )
    add("--public", default="", metavar="ADDRESS", help="address behind a proxy")
    add(
        "--base",
        default=None,
        metavar="/PATH/",
        help="prefix of every path (default: as in --public)",
    )
    add("--tls", nargs="+", default=[], metavar="FILE", help="CERT KEY, or: self")
    add("--key", default=None, help="the leader's key (default: a new one)")
    add(
        "--second-leader",
        action="store_true",
        help="print a link for a second leader too; you can take the key back",
    )
    add("--country", default="US", help="country of the first help lines, such as GB")
    add("--k", type=int, default=5, help="smallest number of answers to show (3+)")
    add("--seats", type=int, default=200, help="how many phones can take part")
    add(
        "--kernels",
        choices=("auto", "snapshot", "fresh"),
        default="auto",
        help="start kernels as copies of a lesson that has run, or as new processes "
        "(default: copies, where this system can make them)",
    )
    add(
        "--front-end",
        choices=("auto", "slim", "voila"),
        default="auto",
        help="what draws widgets: the kit's own small front end, or Voila's "
        "(default: the small one wherever possible)",
    )
    add("--max-kernels", type=int, default=None, help="how many pages can run at once")
    lessons()
    add(
        "--slides",
        type=Path,
        default=resources.SLIDES,
        metavar="FOLDER",
        help="where the slides are (default: in this folder, or the kit's own)",
    )
    plan()
    add("--title", default="", help='such as "Thursday group, 19:00"')
    add("--person", default="", help='such as "Jonas sits near the door"')
    add("--local", default="", metavar="LABEL:NUMBER", help="your own help line")
    add(
        "--wifi",
        default="",
        metavar="NAME",
        help="put a code for this Wi-Fi on the wall",
    )
    add("--wifi-password", default="", metavar="WORD", help="password for that code")
    add("--no-browser", action="store_true", help="don't open the leader's page")
    add("--json", action="store_true", help="print one line of JSON when ready")
    add(
        "--author",
        action="store_true",
        help="newly opened pages also show changes to widgets and data",
    )
    add(
        "--metrics",
        default="0",
        metavar="[ADDRESS:]PORT",
        help=f"metrics for Prometheus, about nobody (default address: {LOOPBACK})",
    )
    add("--log", choices=("text", "json"), default="text", help="format of the log")

    add = command(
        "hub",
        "run many rooms at once",
        "Run many rooms at once on one JupyterHub. Needs what `make hub` installs.",
    )
    add("--ip", default="0.0.0.0", help="address to listen on (default: all)")
    add("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    add("--public", default="", metavar="ADDRESS", help="address behind a proxy")
    add(
        "--admin",
        action="append",
        required=True,
        metavar="NAME",
        help="can let others in",
    )
    add("--folder", type=Path, default=Path("hub"), help="where accounts are kept")
    add("--config", type=Path, default=None, help="your own settings for JupyterHub")

    commands.add_parser("room")  # a hub runs it for each room; nobody types it

    add = command(
        "check",
        "try every lesson and file",
        "Run every lesson, check every deck, plan and data file, and say which help "
        "lines to call. If you name notebooks, say what each of them still needs.",
    )
    add(
        "notebooks",
        nargs="*",
        type=Path,
        metavar="LESSON.ipynb",
        help="only look at these, closely: what do they still need?",
    )
    lessons()
    add(
        "--slides",
        type=Path,
        default=None,
        metavar="FOLDER",
        help="decks and plans to try with them (default: this folder's, or the kit's "
        "own; with --lessons, none)",
    )
    add("--country", default="US", help="country whose help lines are named")
    on("the day of the workshop")
    add(
        "--release",
        action="store_true",
        help="for a new version of the kit: fail for lines read over a year ago",
    )

    add = command(
        "deck",
        "write slides for a plan",
        "Write a deck for a plan: its rows become slides, with the lessons' pictures "
        "and questions. Then change it in JupyterLab as you like.",
    )
    add("plans", nargs="+", metavar="PLAN", help="90, 60, programme-1, or a file")
    lessons()
    add(
        "--slides",
        type=Path,
        default=resources.SLIDES,
        metavar="FOLDER",
        help="where to put the deck (default: the slides in this folder)",
    )
    add("--replace", action="store_true", help="overwrite an existing deck")

    add = command(
        "paper",
        "make PDFs of everything on paper",
        "Make PDFs of the run-sheet, invitation, agreements, forms, exercises and the "
        "handbook. Needs Chromium, Chrome or Edge.",
    )
    only = "print only these, such as handbook; all, if none is named"
    add("sheets", nargs="*", metavar="SHEET", help=only)
    plan()
    add("--folder", type=Path, default=Path("paper"), help="where the PDFs go")
    lessons()
    add("--country", default="US", help="country whose help lines are on it")
    add("--large", action="store_true", help="use large type")

    add = command(
        "rehearse",
        "rehearse with a simulated group",
        "Lead a simulated group, on this laptop only and faster than real time, and "
        "get a report.",
    )
    add("--people", type=int, default=12, help="how many simulated people come")
    add("--seed", type=int, default=7, help="same seed, same answers")
    plan("90")
    add("--speed", type=float, default=10, help="times faster than real time")
    add("--by-itself", action="store_true", help="let a simulated leader lead")
    add(
        "--leader",
        default=None,
        metavar="NAME",
        help="calm (default), or hurried, who leaves things undone: with --by-itself",
    )
    add(
        "--report",
        type=Path,
        default=None,
        metavar="FILE",
        help="write the report here, even if stopped early",
    )
    add("--no-load", action="store_true", help="don't measure this laptop")
    lessons()
    add("--country", default="US", help="country of the first help lines, such as GB")
    add(
        "--port",
        type=int,
        default=0,
        help="port to listen on (default: a free one)",
    )
    add("--no-browser", action="store_true", help="don't open any page")
    add("--json", action="store_true", help="print one line of JSON when ready")

    add = command(
        "site",
        "write all lessons as plain files",
        "Write all lessons as plain files, for a folder or any website. Nothing is "
        "sent, and nobody leads.",
    )
    add("out", type=Path, metavar="FOLDER", help="a new folder, or an earlier site")
    lessons()
    add("--country", default="US", help="country of the first help lines, such as GB")
    add("--budget", type=float, default=1.5, metavar="MB", help="per lesson")
    on("the day to count the age of the help lines from")

    add = command(
        "author",
        "write lessons in JupyterLab",
        "Open JupyterLab, and a workshop on this machine only that follows what you "
        "save.",
        usage="%(prog)s [NAME] [--port PORT] [--no-browser] [-- OPTION …]",
        epilog="After two dashes, options for JupyterLab: -- --port 9000 --allow-root",
    )
    add("name", nargs="?", default="", help="a new lesson, such as: saying_no")
    add("--port", type=int, default=PORT, help="port of the workshop")
    add("--no-browser", action="store_true", help="don't open JupyterLab's page")

    add = command(
        "new",
        "copy lessons, slides and data, to adapt them",
        "Copy lessons, slides and data into a folder. Commands that you run there use "
        "them. If the folder already has a copy, say what this kit would change.",
    )
    add("folder", type=Path, metavar="FOLDER", help="a new folder, or an empty one")

    add = command(
        "bench",
        "measure speed and load",
        "Measure speed and load of this kit and of similar tools. Needs a checkout.",
    )
    add(
        "what",
        choices=("arrivals", "pictures", "phone", "soak", "room", "site", "hub", "all"),
        nargs="?",
        default="all",
        help="what to measure (default: everything)",
    )
    add("--quick", action="store_true", help="small numbers: does it work at all?")
    add("--seats", type=int, choices=(1000, 2000), help="room only: a large one")
    return top
