"""The command line: ``beyond-the-no open``, ``check``, ``author``, ``paper``, …."""

import argparse
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
from urllib.parse import urlsplit

import segno

from ..evidence import centre, crisis, phrases
from . import limits, quiet
from .author import author
from .check import NO_FOLDER, check
from .settings import CHECKOUT, PORT, Settings, Trouble, new_key, own_address

KEY = re.compile(r"^[A-Za-z0-9_-]{1,64}$")
BASE = re.compile(r"^/(?:[A-Za-z0-9._~@%+-]+/)*$")
SHORT_KEY = 10
SELF_SIGNED = """
Phones will warn that this connection is not private, for nobody vouches for this
laptop's certificate. To go on, people tap “Advanced” and then “Proceed”, or on an
iPhone “Show details” and “visit this website”. Tell them before they scan."""
HUB = """Rooms are started at   {public}

First of all sign up there as {admin}, and let nobody else do it before you. Then add
the people who lead rooms. Ctrl-C ends all rooms; they forget everything."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 after one clear sentence on stderr."""
    chosen = parser().parse_args(argv)
    quiet.set_up(logging.WARNING, as_json=getattr(chosen, "log", "text") == "json")
    commands: dict[str, Callable[[argparse.Namespace], int]] = {
        "open": open_workshop,
        "check": check,
        "author": author,
        "bench": bench,
        "paper": paper,
        "rehearse": rehearse,
        "site": site,
        "hub": hub,
        "room": room,
    }
    try:
        return commands[chosen.command](chosen)
    except (Trouble, crisis.CrisisFileError, phrases.PhrasesFileError) as trouble:
        print(trouble, file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Describe the commands and their options."""
    top = argparse.ArgumentParser("beyond-the-no", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)

    add = commands.add_parser("open", help="open a workshop").add_argument
    add("--ip", default="0.0.0.0", help="address to listen at (default: all)")
    add("--port", type=int, default=PORT)
    add("--public", default="", metavar="ADDRESS", help="what phones use, at a proxy")
    add("--base", default=None, metavar="/PATH/", help="(default: that of --public)")
    add("--tls", nargs="+", default=[], metavar="FILE", help="CERT KEY, or: self")
    add("--key", default=None, help="the leader's key (default: a new one)")
    add("--country", default="US", help="whose help lines come first, such as GB")
    add("--k", type=int, default=5, help="fewest answers that are shown (3 or more)")
    add("--seats", type=int, default=200, help="how many phones may take part")
    add("--kernels", choices=("auto", "snapshot", "fresh"), default="auto")
    add("--front-end", choices=("auto", "slim", "voila"), default="auto")
    add("--max-kernels", type=int, default=None, help="how many pages run at once")
    add("--lessons", type=Path, default=CHECKOUT / "notebooks", metavar="FOLDER")
    add("--slides", type=Path, default=CHECKOUT / "slides", metavar="FOLDER")
    add("--plan", default="", metavar="NAME", help="90, 60, programme-1, or your file")
    add("--title", default="", help='such as "Thursday group, 19:00"')
    add("--person", default="", help='such as "Jonas sits near the door"')
    add("--local", default="", metavar="LABEL:NUMBER", help="your own help line")
    add("--wifi", default="", metavar="NAME", help="puts a Wi-Fi code on the wall")
    add("--wifi-password", default="")
    add("--no-browser", action="store_true", help="do not open the leader's page")
    add("--json", action="store_true", help="print one line of JSON when ready")
    add(
        "--author",
        action="store_true",
        help="show changes of widgets and data, too, in pages that are opened anew",
    )
    add("--metrics", type=int, default=0, metavar="PORT", help="for Prometheus")
    add("--log", choices=("text", "json"), default="text", help="form of the log")

    add = commands.add_parser("hub", help="many rooms at once").add_argument
    add("--ip", default="0.0.0.0", help="address to listen at (default: all)")
    add("--port", type=int, default=8000)
    add("--public", default="", metavar="ADDRESS", help="what people use, at a proxy")
    add(
        "--admin", action="append", required=True, metavar="NAME", help="lets others in"
    )
    add("--folder", type=Path, default=Path("hub"), help="keeps the hub's accounts")
    add("--config", type=Path, default=None, help="your own settings for JupyterHub")

    commands.add_parser("room", help="what a hub runs for each room")

    add = commands.add_parser("check", help="try every lesson and file").add_argument
    add(
        "notebooks",
        nargs="*",
        type=Path,
        metavar="LESSON.ipynb",
        help="read these closely instead: what do they still want?",
    )
    add("--lessons", type=Path, default=CHECKOUT / "notebooks", metavar="FOLDER")
    add("--country", default="US", help="whose help lines must be fresh, such as GB")
    add(
        "--on",
        type=date.fromisoformat,
        default=date.today(),
        metavar="YYYY-MM-DD",
        help="the day of the workshop (default: today)",
    )

    add = commands.add_parser(
        "paper", help="print what is needed on paper"
    ).add_argument
    add("--plan", default="", metavar="NAME", help="90, 60, programme-1, or your file")
    add("--folder", type=Path, default=Path("paper"), help="where the PDFs go")
    add("--lessons", type=Path, default=CHECKOUT / "notebooks", metavar="FOLDER")
    add("--country", default="US", help="whose help lines stand on it, such as GB")
    add("--large", action="store_true", help="in large type")

    add = commands.add_parser(
        "rehearse", help="rehearse with people who are made up"
    ).add_argument
    add("--people", type=int, default=12, help="how many simulated people come")
    add("--seed", type=int, default=7, help="the same seed, the same answers")
    add("--plan", default="90", metavar="NAME", help="90, 60, …, or your file")
    add("--speed", type=float, default=10, help="times faster than the clock")
    add("--by-itself", action="store_true", help="a simulated leader takes the plan")
    add("--report", type=Path, default=None, metavar="FILE", help="written in any case")
    add("--no-load", action="store_true", help="do not measure this laptop")
    add("--lessons", type=Path, default=CHECKOUT / "notebooks", metavar="FOLDER")
    add("--country", default="US", help="whose help lines come first, such as GB")
    add("--port", type=int, default=0, help="(default: a free one)")
    add("--no-browser", action="store_true", help="open no page")
    add("--json", action="store_true", help="print one line of JSON when ready")

    add = commands.add_parser("site", help="all lessons as plain files").add_argument
    add("out", type=Path, metavar="FOLDER", help="a new folder, or a site made before")
    add("--lessons", type=Path, default=CHECKOUT / "notebooks", metavar="FOLDER")
    add("--country", default="US", help="whose help lines come first, such as GB")
    add("--budget", type=float, default=1.5, metavar="MB", help="for one lesson")
    add(
        "--on",
        type=date.fromisoformat,
        default=date.today(),
        metavar="YYYY-MM-DD",
        help="the day from which help lines count as old (default: today)",
    )

    add = commands.add_parser("author", help="write lessons in JupyterLab").add_argument
    add("name", nargs="?", default="", help="a new lesson, such as: saying_no")

    add = commands.add_parser("bench", help="measure, beside peers").add_argument
    add(
        "what",
        choices=("arrivals", "pictures", "phone", "soak", "room", "site", "hub", "all"),
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

    phrases.load()
    known = [country.code for country in crisis.countries()]
    label, _, number = chosen.local.rpartition(":")
    public = urlsplit(chosen.public)
    base = chosen.base or public.path.rstrip("/") + "/"
    tls_self = chosen.tls == ["self"]
    problems = {
        "--public is an address such as https://example.org/thursday/": bool(
            chosen.public
            and not (public.scheme in ("http", "https") and public.hostname)
        )
        or bool(public.query or public.fragment),
        "--base begins and ends with a slash, such as /thursday/": not BASE.match(base),
        "--tls needs a certificate and its key: --tls CERT KEY, or --tls self.": (
            len(chosen.tls) not in (0, 2) and not tls_self
        ),
        f"--k must be {rules.MIN_K} or more: in smaller groups one person shows.": (
            chosen.k < rules.MIN_K
        ),
        "--port is a number from 1 to 65535.": not 0 < chosen.port < 65536,
        "--metrics is a port of its own, from 1 to 65535.": (
            not 0 <= chosen.metrics < 65536 or chosen.metrics == chosen.port
        ),
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
    card = None if chosen.local else centre.load()
    return Settings(
        ip=chosen.ip,
        port=chosen.port,
        base=base,
        public=chosen.public and chosen.public.rstrip("/") + "/",
        tls=(Path(chosen.tls[0]), Path(chosen.tls[1]))
        if len(chosen.tls) == 2
        else None,
        tls_self=tls_self,
        key=chosen.key or new_key(),
        country=chosen.country,
        k=chosen.k,
        seats=chosen.seats,
        max_kernels=chosen.max_kernels or limits.kernels(),
        kernels=chosen.kernels,
        front_end=chosen.front_end,
        notebooks=chosen.lessons.resolve(),
        slides=chosen.slides.resolve(),
        plan=chosen.plan,
        title=chosen.title,
        person=chosen.person,
        local_label=card.label if card else label.strip(),
        local_number=card.number if card else number.strip(),
        local_lines=card.lines if card else (),
        wifi=chosen.wifi,
        wifi_password=chosen.wifi_password,
        metrics=chosen.metrics,
        open_browser=not (chosen.no_browser or chosen.json),
        author=chosen.author,
    )


def open_workshop(chosen: argparse.Namespace) -> int:
    """Open a workshop and stay until Ctrl-C."""
    said = announce_json if chosen.json else announce
    run(settings(chosen), said)
    if not chosen.json:
        print("\nThe workshop is closed. Nothing about anyone was kept.")
    return 0


def room(_: argparse.Namespace) -> int:
    """Open a workshop for the hub that started us, until it ends us."""
    from .hub import room as on_hub

    run(on_hub.settings(settings, parser()), lambda _: None)
    return 0


def hub(chosen: argparse.Namespace) -> int:
    """Start a hub and its proxy, and stay until Ctrl-C."""
    from .hub.supervise import Supervisor

    ip = own_address() if chosen.ip in ("", "0.0.0.0") else chosen.ip
    public = (chosen.public or f"http://{ip}:{chosen.port}").rstrip("/") + "/"
    if chosen.config is not None and not chosen.config.is_file():
        raise Trouble(f"There is no file {chosen.config}. Name one with --config.")
    where = (chosen.ip, chosen.port)
    supervisor = Supervisor(chosen.folder, where, public, chosen.admin, chosen.config)
    print("The hub starts …", flush=True)
    said = HUB.format(public=public, admin=chosen.admin[0])
    return supervisor.run(lambda: print(said, flush=True))


def run(chosen: Settings, ready: Callable[[Any], None]) -> None:
    """Run a workshop until it is stopped."""
    from .server import Server
    from .workshop import Workshop

    workshop = Workshop(chosen)
    if len(workshop.settings.key) < SHORT_KEY:
        quiet.log.warning("This key is short and can be guessed. Leave out --key.")
    limits.raise_open_files()

    server = Server(workshop=workshop, ready=ready)
    server.initialize()
    server.start()


def announce_json(workshop: Any) -> None:
    """Print the addresses in one line, for programs."""
    where = workshop.settings
    line = {
        "join": where.join,
        "facilitate": where.facilitate,
        "wall": where.wall,
        "assist": where.assist,
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
    print(f"A second adult {where.assist}")
    if where.tls_self:
        print(SELF_SIGNED)
    print(f"\n{workshop.kernel_line}")
    print("Keep this window open. Ctrl-C ends the workshop and forgets everything.")
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


def paper(chosen: argparse.Namespace) -> int:
    """Print what a workshop needs on paper."""
    from .paper import paper as printed

    return printed(chosen)


def rehearse(chosen: argparse.Namespace) -> int:
    """Rehearse with a simulated group, on this laptop only."""
    from .rehearsal import rehearse as begin

    return begin(chosen, lambda typed: settings(parser().parse_args(typed)), run)


def site(chosen: argparse.Namespace) -> int:
    """Write all lessons as files that need no server."""
    from .site import site as written

    return written(chosen)


def bench(chosen: argparse.Namespace) -> int:
    """Run the benchmarks of the checkout."""
    script = [sys.executable, str(CHECKOUT / "bench" / "run.py"), chosen.what]
    return subprocess.call([*script, *(["--quick"] if chosen.quick else [])])


if __name__ == "__main__":
    sys.exit(main())
