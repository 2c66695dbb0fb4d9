"""``beyond-the-no site OUT``: all lessons as plain files, for a folder or any web host.

`builder` renders the pages with the server's own means, `picture_scripts` puts every
state of an explorer into one script, `output_folder` writes safely, `link_checker`
checks every address, and `pwa` lets browsers cache it all. `relative_urls` makes
addresses relative.
"""

import argparse
import json
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ...common import resources
from ...common.settings import Settings, UserError
from ...content.lesson_files import without_lessons
from ...evidence import centre
from ...server.rendering import templating
from ...server.workshop.workshop import Workshop
from ..options import NO_FOLDER
from . import link_checker, pwa
from .output_folder import LIST, NAME, beside, listed, refuse
from .picture_scripts import packed
from .words import render_text

if TYPE_CHECKING:
    from .builder import SiteBuilder

ASSET = re.compile(r"assets/[0-9a-f]+/([\w.-]+)")
LICENCES = (
    resources.find("data/LICENSES.md"),
    resources.find("data/neurosynth/NOTICE"),
    templating.BUNDLES / "LICENSES.txt",
)


class Progress:
    """Prints progress: a line for each step, and one that counts pictures."""

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


def read_settings(args: argparse.Namespace) -> Settings:
    """Check what was typed.

    Raises
    ------
    UserError
        One sentence that says which option to change, and how.
    """
    if not args.lessons.is_dir():
        raise UserError(NO_FOLDER.format(args.lessons))
    if not 0 < args.budget < 1000:
        raise UserError(render_text("error", "budget"))
    card = centre.load()
    return Settings(
        country=args.country,
        notebooks=args.lessons.resolve(),
        front_end="slim",
        local_label=card.label if card else "",
        local_number=card.number if card else "",
        local_lines=card.lines if card else (),
    )


def site(args: argparse.Namespace) -> int:
    """Write the site, or say why not and leave everything as it was."""
    from .builder import (
        SiteBuilder,
    )  # loads a server, which a refusal need not wait for

    settings, folder = read_settings(args), args.out.absolute()
    refuse(folder)
    if empty := without_lessons(args.lessons):
        raise UserError(empty)
    workshop = Workshop(settings, today=lambda: args.on)
    with beside(folder) as half:
        builder = SiteBuilder()
        builder.configure(workshop, Progress(), int(args.budget * 1e6))
        builder.initialize()
        builder.start()
        write(half, builder)
        lost = link_checker.broken(half)
        if lost:
            raise UserError(render_text("error", "broken", list="\n".join(lost)))
        sizes = [path.read_bytes() for path in half.rglob("*") if path.is_file()]
    done = {
        "folder": args.out,
        "lessons": len(list(workshop.lessons)),
        "files": len(sizes),
        "size": f"{sum(map(len, sizes)) / 1e6:.1f}",
        "packed": f"{sum(map(packed, sizes)) / 1e6:.1f}",
    }
    print(render_text("say", "done", **done))
    return 0


def write(folder: Path, builder: "SiteBuilder") -> None:
    """Write every file; last of all those that list the others."""

    def put(name: str, content: bytes) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    about = pwa.manifest()
    put("manifest.webmanifest", about.encode())
    for name, html in builder.html.items():
        put(name, html.encode())
    for source in builder.sources.values():
        put(source.address, source.script)
    named = {n for text in (about, *builder.html.values()) for n in ASSET.findall(text)}
    for name in sorted(named):
        put(templating.asset_path(name), templating.file(name).read_bytes())
    others = (path.read_text("utf-8") for path in LICENCES)
    licences = "\n\n".join((resources.licence(), *others))
    put("LICENSES.txt", licences.encode())
    cached = {n: what for n, what in listed(folder).items() if n != "LICENSES.txt"}
    put(pwa.WORKER, pwa.worker(cached).encode())
    about_all = {"made_by": NAME, "files": listed(folder)}
    put(LIST, (json.dumps(about_all, indent=1) + "\n").encode())
