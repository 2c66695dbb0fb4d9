"""The command line: ``beyond-the-no open``, ``check``, ``author``, ``bench``."""

import argparse
import asyncio
import json
import logging
import os
import re
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import segno

from ..evidence import crisis
from . import lessons, limits, quiet
from .settings import CHECKOUT, PORT, Settings, Trouble, new_key
from .snapshot.templates import Executed

KEY = re.compile(r"^[A-Za-z0-9_-]{1,64}$")
SHORT_KEY = 10
NO_FOLDER = "There is no folder {}. Name one with --lessons."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 after one clear sentence on stderr."""
    chosen = parser().parse_args(argv)
    quiet.set_up(logging.WARNING)
    commands: dict[str, Callable[[argparse.Namespace], int]] = {
        "open": open_workshop,
        "check": check,
        "author": author,
        "bench": bench,
    }
    try:
        return commands[chosen.command](chosen)
    except (Trouble, crisis.CrisisFileError) as trouble:
        print(trouble, file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Describe the commands and their options."""
    top = argparse.ArgumentParser("beyond-the-no", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)

    add = commands.add_parser("open", help="open a workshop").add_argument
    add("--ip", default="0.0.0.0", help="address to listen at (default: all)")
    add("--port", type=int, default=PORT)
    add("--key", default=None, help="the leader's key (default: a new one)")
    add("--country", default="US", help="whose help lines come first, such as GB")
    add("--k", type=int, default=5, help="fewest answers that are shown (3 or more)")
    add("--seats", type=int, default=200, help="how many phones may take part")
    add("--kernels", choices=("auto", "snapshot", "fresh"), default="auto")
    add("--front-end", choices=("auto", "slim", "voila"), default="auto")
    add("--max-kernels", type=int, default=None, help="how many pages run at once")
    add("--lessons", type=Path, default=CHECKOUT / "notebooks", metavar="FOLDER")
    add("--title", default="", help='such as "Thursday group, 19:00"')
    add("--person", default="", help='such as "Jonas sits near the door"')
    add("--local", default="", metavar="LABEL:NUMBER", help="your own help line")
    add("--wifi", default="", metavar="NAME", help="puts a Wi-Fi code on the wall")
    add("--wifi-password", default="")
    add("--no-browser", action="store_true", help="do not open the leader's page")
    add("--json", action="store_true", help="print one line of JSON when ready")

    add = commands.add_parser("check", help="try every lesson and file").add_argument
    add("--lessons", type=Path, default=CHECKOUT / "notebooks", metavar="FOLDER")

    commands.add_parser("author", help="open the lessons in JupyterLab")

    add = commands.add_parser("bench", help="measure, beside peers").add_argument
    add(
        "what",
        choices=("arrivals", "pictures", "phone", "soak", "all"),
        nargs="?",
        default="all",
    )
    add("--quick", action="store_true", help="small numbers: does it work at all?")
    return top


def settings(chosen: argparse.Namespace) -> Settings:
    """Check what was typed.

    Raises
    ------
    Trouble
        One sentence that says which option to change, and how.
    """
    from ..room import rules

    known = [country.code for country in crisis.countries()]
    label, _, number = chosen.local.rpartition(":")
    problems = {
        f"--k must be {rules.MIN_K} or more: in smaller groups one person shows.": (
            chosen.k < rules.MIN_K
        ),
        "--port is a number from 1 to 65535.": not 0 < chosen.port < 65536,
        "--seats is a number from 1 to 1000.": not 0 < chosen.seats <= 1000,
        "--max-kernels is 1 or more.": (
            chosen.max_kernels is not None and chosen.max_kernels < 1
        ),
        "--key may have letters, digits, - and _; 64 at most.": (
            chosen.key is not None and not KEY.match(chosen.key)
        ),
        f"--country is one of {', '.join(known)}.": chosen.country not in known,
        '--local needs a name and a number, such as --local "Our centre: 555 0100".': (
            bool(chosen.local) and not (label.strip() and number.strip())
        ),
        NO_FOLDER.format(chosen.lessons): not chosen.lessons.is_dir(),
        "--wifi is a name of 32 characters at most.": len(chosen.wifi) > 32,
        "--wifi-password has 63 characters at most.": len(chosen.wifi_password) > 63,
    }
    for sentence, wrong in problems.items():
        if wrong:
            raise Trouble(sentence)
    return Settings(
        ip=chosen.ip,
        port=chosen.port,
        key=chosen.key or new_key(),
        country=chosen.country,
        k=chosen.k,
        seats=chosen.seats,
        max_kernels=chosen.max_kernels or limits.kernels(),
        kernels=chosen.kernels,
        front_end=chosen.front_end,
        notebooks=chosen.lessons.resolve(),
        title=chosen.title,
        person=chosen.person,
        local_label=label.strip(),
        local_number=number.strip(),
        wifi=chosen.wifi,
        wifi_password=chosen.wifi_password,
        open_browser=not (chosen.no_browser or chosen.json),
    )


def open_workshop(chosen: argparse.Namespace) -> int:
    """Open a workshop and stay until Ctrl-C."""
    from .server import Server
    from .workshop import Workshop

    workshop = Workshop(settings(chosen))
    if len(workshop.settings.key) < SHORT_KEY:
        quiet.log.warning("This key is short and can be guessed. Leave out --key.")
    limits.raise_open_files()

    class Announcing(Server):
        ready = staticmethod(announce_json if chosen.json else announce)

    server = Announcing(workshop=workshop)
    server.initialize()
    server.start()
    if not chosen.json:
        print("\nThe workshop is closed. Nothing about anyone was kept.")
    return 0


def announce_json(workshop: Any) -> None:
    """Print the addresses in one line, for programs."""
    where = workshop.settings
    line = {
        "join": where.join,
        "facilitate": where.facilitate,
        "wall": where.wall,
        "pid": os.getpid(),
    }
    print(json.dumps(line), flush=True)


def announce(workshop: Any) -> None:
    """Print the addresses and the code, for people."""
    where = workshop.settings
    segno.make(where.join).terminal(compact=True)
    print(f"Participants   {where.join}")
    print(f"Your page      {where.facilitate}")
    print(f"The wall       {where.wall}")
    print("\nKeep this window open. Ctrl-C ends the workshop and forgets everything.")
    if where.host == "127.0.0.1" and where.ip != "127.0.0.1":
        print(
            "\nThis laptop is on no network, so phones cannot reach it yet. "
            "Join a Wi-Fi or open a hotspot, then start again."
        )
    sys.stdout.flush()
    if where.open_browser:
        # beside us: some browsers take their time, and phones are waiting
        opening = threading.Thread(target=webbrowser.open, args=(where.facilitate,))
        opening.daemon = True
        opening.start()


def check(chosen: argparse.Namespace) -> int:
    """Run every lesson, check the help lines' dates; return 1 if something is wrong."""
    if not chosen.lessons.is_dir():
        raise Trouble(NO_FOLDER.format(chosen.lessons))
    wrong, taken = 0, dict[str, str]()
    for path in sorted(chosen.lessons.resolve().glob("*.ipynb")):
        lesson = lessons.read(path)
        print(f"{lesson.name} … ", end="", flush=True)
        if not lesson.trouble:
            lesson.take(asyncio.run(Executed.alone(path)), taken)
        print(lesson.trouble or "runs")
        wrong += bool(lesson.trouble)
    old = crisis.stale(date.today())
    if old:
        print("Not checked for 90 days, please call: " + "; ".join(old))
    return int(wrong > 0)


def author(chosen: argparse.Namespace) -> int:
    """Open JupyterLab on the lessons."""
    lab = [sys.executable, "-m", "jupyterlab", str(CHECKOUT / "notebooks")]
    os.execv(sys.executable, lab)


def bench(chosen: argparse.Namespace) -> int:
    """Run the benchmarks of the checkout."""
    script = [sys.executable, str(CHECKOUT / "bench" / "run.py"), chosen.what]
    return subprocess.call([*script, *(["--quick"] if chosen.quick else [])])


if __name__ == "__main__":
    sys.exit(main())
