"""``beyond-the-no rehearse``: a real server, and a group that is made up.

The server, its room and its pages are those of a workshop, on this laptop only. The
people are simulated: `people`, `answers`; so is the leader, if asked for: `leader`.
`watch` sees what everyone sees, and `report` tells of it. Nothing here is about anyone.
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

from .. import plans
from ..check import NO_FOLDER
from ..settings import Settings, Trouble
from ..sockets import free_ports
from ..workshop import Workshop
from . import laptop
from .look_at import say
from .report import clock, report
from .session import Options, Rehearsal

MOST = 200
SPEEDS = (0.1, 600.0)
REPORT = Path("rehearsal.html")
PRACTICE = Path(__file__).with_name("99_practice.ipynb")


def rehearse(
    chosen: argparse.Namespace,
    settings: Callable[[list[str]], Settings],
    run: Callable[[Settings, Callable[[Any], None]], None],
) -> int:
    """Rehearse until it has ended, then tell how it went.

    Parameters
    ----------
    settings : checks what is typed after the kit's name.
    run : runs a workshop until it is stopped.
    """
    options = _checked(chosen)
    if not chosen.lessons.is_dir():
        raise Trouble(NO_FOLDER.format(chosen.lessons))
    at = _run(chosen, options, settings, run)
    if at is not None:
        _tell(at, chosen)
    return 0


def _run(
    chosen: argparse.Namespace,
    options: Options,
    settings: Callable[[list[str]], Settings],
    run: Callable[[Settings, Callable[[Any], None]], None],
) -> Rehearsal | None:
    """Run the server, and in it the rehearsal, to its end."""
    typed = ["open", "--ip=127.0.0.1", f"--port={chosen.port or free_ports(1)[0]}"]
    typed += [f"--plan={chosen.plan}", f"--lessons={chosen.lessons}"]
    typed += [f"--title={say('command', 'title')}", f"--country={chosen.country}"]
    workshop = dataclasses.replace(
        settings(typed),
        rehearsal=options.speed,
        simulated=options.people,
        more=(PRACTICE,),
    )
    going: list[Rehearsal] = []

    def ready(workshop: Workshop) -> None:
        going.append(Rehearsal(options, workshop, IOLoop.current().stop))
        going[0].begin()
        _announce(workshop, options, chosen)

    run(workshop, ready)
    return going[0] if going else None


def _checked(chosen: argparse.Namespace) -> Options:
    """Check what was typed, in the order in which it is needed."""
    folder = (chosen.report or REPORT).resolve().parent
    problems = {
        say("command", "people"): not 0 < chosen.people <= MOST,
        say("command", "speed"): not SPEEDS[0] <= chosen.speed <= SPEEDS[1],
        say("command", "port"): not 0 <= chosen.port < 65536,
        say("command", "folder", folder=folder): not folder.is_dir(),
    }
    for sentence, wrong in problems.items():
        if wrong:
            raise Trouble(sentence)
    if chosen.plan:
        plans.find(chosen.plan)
    return Options(chosen.people, chosen.seed, chosen.speed, chosen.by_itself)


def _announce(workshop: Workshop, options: Options, chosen: argparse.Namespace) -> None:
    """Say where she rehearses, and open it."""
    where = workshop.settings
    addresses = {
        "rehearsal": f"{where.join}rehearsal?key={where.key}",
        "facilitate": where.facilitate,
        "wall": where.wall,
    }
    if chosen.json:
        more = {"join": where.join, "assist": where.assist, "pid": os.getpid()}
        print(json.dumps(addresses | more), flush=True)
        return
    print(say("command", "begins", people=options.people))
    print(say("command", "reached", **addresses))
    minutes = clock(workshop.room.place.plan.minutes * 60 / options.speed)
    who = "itself" if options.by_itself else "yours"
    print(say("command", who, minutes=minutes), flush=True)
    if not chosen.no_browser and not options.by_itself:
        # beside us: some browsers take their time
        every = [addresses[name] for name in ("wall", "facilitate", "rehearsal")]
        opening = threading.Thread(target=lambda: [*map(webbrowser.open, every)])
        opening.daemon = True
        opening.start()


def _tell(at: Rehearsal, chosen: argparse.Namespace) -> None:
    """Write the report; of what was broken off only where it was asked for."""
    if at.crashed is not None:
        raise Trouble(say("command", "crashed", why=repr(at.crashed)))
    if not at.ended and chosen.report is None:
        return print(say("command", "interrupted"))
    measured = laptop.not_measured("off")
    if at.ended and not chosen.no_load:
        print(say("command", "measures"), flush=True)
        measured = laptop.measure()
    path = (chosen.report or REPORT).resolve()
    path.write_text(report(at, measured), encoding="utf-8")
    print(say("command", "done", path=path), flush=True)
    if at.ended and not (chosen.no_browser or chosen.json):
        webbrowser.open(path.as_uri())
    return None
