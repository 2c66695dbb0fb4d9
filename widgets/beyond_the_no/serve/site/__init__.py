"""``beyond-the-no site OUT``: all lessons as plain files, for a folder or any web host.

`press` makes the pages with the server's own means, `pictures` puts every state of an
explorer into one script, `folder` writes safely, `links` checks every address, and
`offline` lets browsers keep it all. What pages know of their place is in `base`.
"""

import argparse
import json
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ...evidence import centre, crisis
from .. import pages
from ..check import NO_FOLDER
from ..settings import CHECKOUT, Settings, Trouble
from ..workshop import Workshop
from . import links, offline
from .folder import LIST, NAME, beside, listed, refuse
from .pictures import packed
from .words import say

if TYPE_CHECKING:
    from .press import Press

ASSET = re.compile(r"assets/[0-9a-f]+/([\w.-]+)")
LICENCES = (
    CHECKOUT / "LICENSE",
    CHECKOUT / "data" / "LICENSES.md",
    CHECKOUT / "data" / "neurosynth" / "NOTICE",
    pages.BUNDLES / "LICENSES.txt",
)


class Told:
    """Says how far it is: a line for each step, and one that counts pictures."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, line: str, step: bool) -> None:
        """Print a step; of what only counts, now and then a line."""
        wait = 0.2 if sys.stdout.isatty() else 5
        if not step and time.monotonic() - self._last < wait:
            return
        self._last = time.monotonic()
        on_screen = sys.stdout.isatty()  # one line that counts, in the place of many
        end = "\r" if on_screen and not step else "\n"
        print(f"{line:<60}" if on_screen else line, end=end, flush=True)


def settings(chosen: argparse.Namespace) -> Settings:
    """Check what was typed.

    Raises
    ------
    Trouble
        One sentence that says which option to change, and how.
    """
    known = [country.code for country in crisis.countries()]
    if chosen.country not in known:
        raise Trouble(f"--country is one of {', '.join(known)}.")
    if not chosen.lessons.is_dir():
        raise Trouble(NO_FOLDER.format(chosen.lessons))
    if not 0 < chosen.budget < 1000:
        raise Trouble(say("trouble", "budget"))
    card = centre.load()
    return Settings(
        country=chosen.country,
        notebooks=chosen.lessons.resolve(),
        front_end="slim",
        local_label=card.label if card else "",
        local_number=card.number if card else "",
        local_lines=card.lines if card else (),
    )


def site(chosen: argparse.Namespace) -> int:
    """Write the site, or say why not and leave everything as it was."""
    from .press import Press  # loads a server, which a refusal need not wait for

    set_up, folder = settings(chosen), chosen.out.absolute()
    refuse(folder)
    workshop = Workshop(set_up, today=lambda: chosen.on)
    if not list(workshop.lessons):
        raise Trouble(say("trouble", "no_lessons", folder=chosen.lessons))
    with beside(folder) as half:
        press = Press()
        press.set_up(workshop, Told(), int(chosen.budget * 1e6))
        press.initialize()
        press.start()
        write(half, press)
        lost = links.broken(half)
        if lost:
            raise Trouble(say("trouble", "broken", list="\n".join(lost)))
        sizes = [path.read_bytes() for path in half.rglob("*") if path.is_file()]
    done = {
        "folder": chosen.out,
        "lessons": len(list(workshop.lessons)),
        "files": len(sizes),
        "size": f"{sum(map(len, sizes)) / 1e6:.1f}",
        "packed": f"{sum(map(packed, sizes)) / 1e6:.1f}",
    }
    print(say("say", "done", **done))
    return 0


def write(folder: Path, press: "Press") -> None:
    """Write every file; last of all those that list the others."""

    def put(name: str, content: bytes) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    about = offline.manifest()
    put("manifest.webmanifest", about.encode())
    for name, html in press.html.items():
        put(name, html.encode())
    for source in press.sources.values():
        put(source.address, source.script)
    named = {n for text in (about, *press.html.values()) for n in ASSET.findall(text)}
    for name in sorted(named):
        put(pages.asset_path(name), pages.read(pages.parts(name)))
    licences = "\n\n".join(path.read_text("utf-8") for path in LICENCES)
    put("LICENSES.txt", licences.encode())
    kept = {n: what for n, what in listed(folder).items() if n != "LICENSES.txt"}
    put(offline.WORKER, offline.worker(kept).encode())
    about_all = {"made_by": NAME, "files": listed(folder)}
    put(LIST, (json.dumps(about_all, indent=1) + "\n").encode())
