"""``beyond-the-no open``: check the settings, run a workshop, print its addresses."""

import argparse
import json
import os
import re
import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..common import resources, terminal
from ..common.log_scrubbing import log
from ..common.settings import Settings, UserError, new_key
from ..content import lesson_files
from ..evidence import centre, phrases
from ..server.host import resource_limits
from . import options, own_folder

KEY = re.compile(r"^[A-Za-z0-9_-]{1,64}$")
URL_PREFIX = re.compile(r"^/(?:[A-Za-z0-9._~@%+-]+/)*$")
SHORT_KEY = 10
SELF_SIGNED = """
Phones will warn that this connection isn't private, because nobody vouches for this
laptop's certificate. To continue, people tap “Advanced” and then “Proceed”, or on an
iPhone “Show details” and “visit this website”. Tell them before they scan."""
ELSEWHERE = """
Your page and the wall open on this laptop, whatever network it's on. To open them on
another computer, use {join} instead of {here}"""
NO_NETWORK = """
This laptop isn't on any network, so phones can't reach it yet. Join a Wi-Fi or open a
hotspot, and the address will appear here."""
ONLY_SIX = """
This laptop's network only has IPv6 addresses, so phones can't reach it yet. Start again
with --ip ::"""
OTHERS = """
If phones can't open that address, try one of this laptop's others. Your page shows a
code for each, and can put the one that works on the wall. To use only one of them,
start again with --ip and that address."""
FEW_FILES = (
    "This system lets the workshop keep only {files} files open, which is enough for "
    "about {phones} phones, not for {seats}: raise that limit (for a service "
    "LimitNOFILE=65536, in a container --ulimit nofile=65536, elsewhere “nofile” in "
    "/etc/security/limits.conf) and start again, or open it with --seats {phones}."
)
MOVED = "\nThis laptop’s network has changed. From now on:\n"


def read_settings(args: argparse.Namespace) -> Settings:
    """Check what was typed.

    Raises
    ------
    UserError
        One sentence that says which option to change, and how.
    """
    from ..room import rules

    phrases.load()
    label, _, number = args.local.rpartition(":")
    public = options.public(args.public) if args.public else urlsplit("")
    url_prefix = args.base or (public.path if public else "").rstrip("/") + "/"
    metrics_ip, metrics = options.metrics(args.metrics)
    tls_self = args.tls == ["self"]
    problems = {
        "--public is an address such as https://example.org/thursday/": public is None,
        "--base begins and ends with a slash, such as /thursday/": not URL_PREFIX.match(
            url_prefix
        ),
        "--tls needs a certificate and its key: --tls CERT KEY, or --tls self.": (
            len(args.tls) not in (0, 2) and not tls_self
        ),
        f"--k must be {rules.MIN_K} or more: in smaller groups one person shows.": (
            args.k < rules.MIN_K
        ),
        "--port is a number from 1 to 65535.": not 0 < args.port < 65536,
        "--metrics is a port of its own, from 1 to 65535.": (
            not 0 <= metrics < 65536 or metrics == args.port
        ),
        "--seats is a number from 1 to 2000.": not 0 < args.seats <= 2000,
        "--max-kernels is 1 or more.": (
            args.max_kernels is not None and args.max_kernels < 1
        ),
        "--key may have letters, digits, - and _; 64 at most.": (
            args.key is not None and not KEY.match(args.key)
        ),
        '--local needs a name and a number, such as --local "Our centre: 555 0100".': (
            bool(args.local) and not (label.strip() and number.strip())
        ),
        options.NO_FOLDER.format(args.lessons): not args.lessons.is_dir(),
        "--wifi is a name of 32 characters at most.": len(args.wifi) > 32,
        "--wifi-password has 63 characters at most.": len(args.wifi_password) > 63,
    }
    for sentence, wrong in problems.items():
        if wrong:
            raise UserError(sentence)
    card = None if args.local else centre.load()
    return Settings(
        ip=args.ip,
        port=args.port,
        url_prefix=url_prefix,
        public=args.public and args.public.rstrip("/") + "/",
        tls=(Path(args.tls[0]), Path(args.tls[1])) if len(args.tls) == 2 else None,
        tls_self=tls_self,
        key=args.key or new_key(),
        second_leader=args.second_leader,
        country=args.country,
        k=args.k,
        seats=args.seats,
        max_kernels=args.max_kernels or resource_limits.kernels(),
        kernels=args.kernels,
        front_end=args.front_end,
        notebooks=args.lessons.resolve(),
        slides=args.slides.resolve(),
        plan=args.plan,
        middle=args.middle,
        title=args.title,
        person=args.person,
        local_label=card.label if card else label.strip(),
        local_number=card.number if card else number.strip(),
        local_lines=card.lines if card else (),
        wifi=args.wifi,
        wifi_password=args.wifi_password,
        metrics=metrics,
        metrics_ip=metrics_ip,
        open_browser=not (args.no_browser or args.json),
        author=args.author,
    )


def open_workshop(args: argparse.Namespace) -> int:
    """Open a workshop and stay until Ctrl-C."""
    on_ready = announce_json if args.json else announce
    if resources.OWN and (changes := own_folder.newer(resources.OWN)):
        print(changes, file=sys.stderr)
    run(read_settings(args), on_ready)
    if not args.json:
        print("\nThe workshop is closed. Nothing about anyone was kept.")
    return 0


def run(settings: Settings, on_ready: Callable[[Any], None]) -> None:
    """Run a workshop until it is stopped."""
    from ..server.app import WorkshopApp
    from ..server.workshop.workshop import Workshop

    resource_limits.raise_open_files()
    if short := resource_limits.short_of_files(settings.seats):
        files, phones = short
        said = {"files": files, "phones": phones, "seats": settings.seats}
        log.warning(FEW_FILES.format(**said))
    most = min(settings.max_kernels, resource_limits.kernels_by_files())
    workshop = Workshop(replace(settings, max_kernels=most))
    if len(workshop.settings.key) < SHORT_KEY:
        log.warning("This key is short and can be guessed. Leave out --key.")
    if empty := lesson_files.without_lessons(settings.notebooks):
        log.warning(empty)

    app = WorkshopApp(workshop=workshop, on_ready=on_ready, extra_routes=extra_routes)
    app.initialize()
    app.start()


def extra_routes(workshop: Any) -> list[tuple[Any, ...]]:
    """Return the routes that only a rehearsal, or a room on a hub, answers."""
    found: list[tuple[Any, ...]] = []
    if workshop.settings.rehearsal:
        from .rehearsal.page import RehearsalPage

        found.append(("rehearsal", RehearsalPage, {"workshop": workshop}))
    if workshop.settings.hub:
        from .hub import auth_handlers  # needs JupyterHub, which a laptop does not

        found += auth_handlers.routes(workshop)
    return found


def announce_json(workshop: Any) -> None:
    """Print the addresses in one line, for programs."""
    where = workshop.settings
    line = {
        "join": where.join,
        "facilitate": where.facilitate,
        "wall": where.wall,
        "assist": where.assist,
        **({"second_leader": second} if (second := second_leader(workshop)) else {}),
        "pid": os.getpid(),
    }
    print(json.dumps(line), flush=True)


def announce(workshop: Any) -> None:
    """Print the addresses and the code, for people; again when they change."""
    where = workshop.settings
    mine = f"{where.here}facilitate?key={where.key}"
    say_where(workshop)
    if where.tls_self:
        print(SELF_SIGNED)
    print(f"\n{workshop.service.kernel_line}")
    print("Keep this window open. Ctrl-C ends the workshop and forgets everything.")
    sys.stdout.flush()
    workshop.moved = lambda: moved(workshop)
    if where.open_browser:
        # beside us: some browsers take their time, and phones are waiting
        opening = threading.Thread(target=webbrowser.open, args=(mine,))
        opening.daemon = True
        opening.start()


def say_where(workshop: Any) -> None:
    """Print the code, the addresses, and what could be wrong with them."""
    where = workshop.settings
    terminal.code(workshop.join)
    print(f"Participants   {workshop.join}")
    print(f"Your page      {where.here}facilitate?key={where.key}")
    print(f"The wall       {where.here}wall?key={where.wall_key}")
    print(f"A second adult {workshop.join}assist?key={where.assist_key}")
    if second := second_leader(workshop):
        print(f"A second leader {second}")
    if where.here != workshop.join:
        print(ELSEWHERE.format(here=where.here, join=workshop.join))
    if not (where.addresses.found or where.public):
        print(ONLY_SIX if where.addresses.only_six else NO_NETWORK)
    others = [one for one in workshop.room.addresses if one[0] != workshop.join]
    if others:
        print(OTHERS)
        for address, network in others:
            print(f"  {address}   {network}")


def second_leader(workshop: Any) -> str:
    """Where a second leader goes; empty where there is none."""
    key = workshop.room.second_key
    return f"{workshop.join}facilitate?key={key}" if key else ""


def moved(workshop: Any) -> None:
    """Say that phones join at another address from now on."""
    print(MOVED)
    say_where(workshop)
    sys.stdout.flush()
