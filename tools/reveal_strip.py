"""Six frames of a reveal: ``python tools/reveal_strip.py [FOLDER] [KIND…]``.

Without a folder it makes one among the system's temporary files. Kinds are poll, guess,
scale and rounds; groups are of 6, 12 and 60.
"""

import io
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from support import browser as browsers
from support import reveals
from support.room_line import KeyLine, phones
from support.served import Phone, serve

SIZES = (6, 12, 60)
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
GAP = 12  # pixels


def strip(taken: Iterable[bytes]) -> Image.Image:
    """Lay frames out two by two, at half their size."""
    pictures = [Image.open(io.BytesIO(one)).convert("RGB").reduce(2) for one in taken]
    wide, high = pictures[0].size
    lines = -(-len(pictures) // 2)
    size = (2 * wide + GAP, lines * (high + GAP) - GAP)
    whole = Image.new("RGB", size, "#c6c3ba")
    for at, one in enumerate(pictures):
        whole.paste(one, (at % 2 * (wide + GAP), at // 2 * (high + GAP)))
    return whole


def main(folder: Path, kinds: Iterable[str]) -> None:
    """Ask each group each question, and keep a strip of how the answers come."""
    with sync_playwright() as playwright:
        options = {"executable_path": browsers.find(), "args": browsers.OPTIONS}
        browser = playwright.chromium.launch(**options)
        lessons = reveals.lessons(folder / "lessons", SIZES)
        with serve("--lessons", str(lessons)) as served:
            leader = KeyLine(served)
            leader.lead("move", lesson="all")
            wall = Phone(browser, served, **WIDE)
            wall.page.goto(served.wall)
            for n in SIZES:
                with phones(served, n) as group:
                    for kind in kinds:
                        name = reveals.collect(leader, group, kind)
                        leader.lead("reveal", activity=name)
                        strip(reveals.frames(wall.page)).save(folder / f"{name}.png")
                        leader.lead("put_away", activity=name)
                        print(folder / f"{name}.png", flush=True)
        browser.close()


if __name__ == "__main__":
    given = sys.argv[1:] or [tempfile.mkdtemp(prefix="reveal-")]
    into = Path(given[0])
    into.mkdir(parents=True, exist_ok=True)
    main(into, given[1:] or ["poll"])
