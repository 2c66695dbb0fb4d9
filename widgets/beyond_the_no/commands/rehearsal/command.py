"""``beyond-the-no rehearse``: a real server with simulated people.

The server, its room and its pages are those of a workshop, on this laptop only. The
people are simulated (`simulated_people`, `answers`); so is the leader, if asked for
(`simulated_leader`). `wall_observer` sees what everyone sees, and `report` tells of it.
Nothing here is about anyone.
"""

import argparse
import dataclasses
import json
import os
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tornado.ioloop import IOLoop

from ...common.settings import Settings, UserError
from ...content import plans
from ...server.host.ports import free_ports
from ...server.workshop.workshop import Workshop
from ..options import NO_FOLDER
from . import capacity
from .answers import words
from .findings import render_text
from .report import clock, report
from .session import Options, Rehearsal

MOST = 200
SPEEDS = (0.1, 600.0)
REPORT = Path("rehearsal.html")
PRACTICE = Path(__file__).with_name("99_practice.ipynb")


def rehearse(
    args: argparse.Namespace,
    read_settings: Callable[[list[str]], Settings],
    run: Callable[[Settings, Callable[[Any], None]], None],
) -> int:
    """Rehearse until it has ended, then tell how it went.

    Parameters
    ----------
    read_settings : checks what is typed after the kit's name.
    run : runs a workshop until it is stopped.
    """
    options = _checked(args)
    if not args.lessons.is_dir():
        raise UserError(NO_FOLDER.format(args.lessons))
    at = _run(args, options, read_settings, run)
    if at is not None:
        _tell(at, args)
    return 0


def _run(
    args: argparse.Namespace,
    options: Options,
    read_settings: Callable[[list[str]], Settings],
    run: Callable[[Settings, Callable[[Any], None]], None],
) -> Rehearsal | None:
    """Run the server, and in it the rehearsal, to its end."""
    typed = ["open", "--ip=127.0.0.1", f"--port={args.port or free_ports(1)[0]}"]
    typed += [f"--plan={args.plan}", f"--middle={args.middle}"]
    typed += [f"--lessons={args.lessons}"]
    typed += [f"--title={render_text('command', 'title')}", f"--country={args.country}"]
    workshop = dataclasses.replace(
        read_settings(typed),
        rehearsal=options.speed,
        simulated=options.people,
        more=(PRACTICE,),
    )
    going: list[Rehearsal] = []

    def ready(workshop: Workshop) -> None:
        going.append(Rehearsal(options, workshop, IOLoop.current().stop))
        going[0].begin()
        _announce(workshop, options, args)

    run(workshop, ready)
    return going[0] if going else None


def _checked(args: argparse.Namespace) -> Options:
    """Check what was typed, in the order in which it is needed."""
    folder = (args.report or REPORT).resolve().parent
    leaders = [one["name"] for one in words()["leaders"]]
    problems = {
        render_text("command", "people"): not 0 < args.people <= MOST,
        render_text("command", "speed"): not SPEEDS[0] <= args.speed <= SPEEDS[1],
        render_text("command", "port"): not 0 <= args.port < 65536,
        render_text("command", "folder", folder=folder): not folder.is_dir(),
        render_text("command", "leader", known=", ".join(leaders)): (
            args.leader is not None
            and (args.leader not in leaders or not args.by_itself)
        ),
    }
    for sentence, wrong in problems.items():
        if wrong:
            raise UserError(sentence)
    if args.plan:
        plans.find(args.plan)
    leader = args.leader or leaders[0]
    return Options(args.people, args.seed, args.speed, args.by_itself, leader)


def _announce(workshop: Workshop, options: Options, args: argparse.Namespace) -> None:
    """Say where she rehearses, and open it."""
    where = workshop.settings
    addresses = {
        "rehearsal": f"{where.join}rehearsal?key={where.key}",
        "facilitate": where.facilitate,
        "wall": where.wall,
    }
    if args.json:
        more = {"join": where.join, "assist": where.assist, "pid": os.getpid()}
        print(json.dumps(addresses | more), flush=True)
        return
    print(render_text("command", "begins", people=options.people))
    print(render_text("command", "reached", **addresses))
    minutes = clock(workshop.room.place.plan.minutes * 60 / options.speed)
    who = "itself" if options.by_itself else "yours"
    print(render_text("command", who, minutes=minutes), flush=True)
    if not args.no_browser and not options.by_itself:
        # beside us: some browsers take their time
        every = [addresses[name] for name in ("wall", "facilitate", "rehearsal")]
        opening = threading.Thread(target=lambda: [*map(webbrowser.open, every)])
        opening.daemon = True
        opening.start()


def _tell(at: Rehearsal, args: argparse.Namespace) -> None:
    """Write the report; of what was broken off only where it was asked for."""
    if at.crashed is not None:
        raise UserError(render_text("command", "crashed", why=repr(at.crashed)))
    if not at.ended and args.report is None:
        return print(render_text("command", "interrupted"))
    measured = capacity.not_measured("off")
    if at.ended and not args.no_load:
        print(render_text("command", "measures"), flush=True)
        measured = capacity.measure()
    path = (args.report or REPORT).resolve()
    path.write_text(report(at, measured), encoding="utf-8")
    print(render_text("command", "done", path=path), flush=True)
    if at.ended and not (args.no_browser or args.json):
        webbrowser.open(path.as_uri())
    return None
