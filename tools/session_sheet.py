"""A session seen from three screens: ``python tools/session_sheet.py [PLAN [FOLDER]]``.

A leader's page is led through a plan by its one filled button, and at each turn,
question and reveal the console, a phone and the wall are laid side by side. Eleven more
phones answer without a screen. Without a folder it makes a temporary one.
"""

import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from beyond_the_no.room.declaration import WRITING
from support import browser as browsers
from support.room_line import KeyLine, PhoneLine, phones
from support.served import Phone, open_room, serve

WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
GROUP = 11
GAP = 12  # pixels
ACTS = 8  # at most, of one row
LINE = "It helped that somebody stayed."


def answer(phone: PhoneLine, at: int, question: dict[str, Any]) -> None:
    """Say something that fits the question."""
    kind, options = question["kind"], len(question["options"])
    said: dict[str, Any] = {"round": question["round"]}
    if kind in WRITING:
        said["text"] = LINE[: question["longest"]]
    elif question["many"] or kind == "dots":
        said["values"] = [at % options]
    value = 0 if kind == "pairs" else at * at % options if options else None
    phone.answer(question["id"], None if len(said) > 1 else value, **said)


class Session:
    """Three screens of one room, and the group that answers."""

    def __init__(self, pages: tuple[Page, Page, Page], line: KeyLine) -> None:
        self.leader, self.phone, self.wall = pages
        self.line = line

    def picture(self) -> Image.Image:
        """Lay the three screens side by side, at half their size."""
        self.line.settle()
        taken = [
            Image.open(io.BytesIO(page.screenshot(animations="disabled"))).reduce(2)
            for page in (self.leader, self.phone, self.wall)
        ]
        size = (sum(one.width + GAP for one in taken), max(one.height for one in taken))
        whole, left = Image.new("RGB", size, "#c6c3ba"), 0
        for one in taken:
            whole.paste(one, (left, 0))
            left += one.width + GAP
        return whole

    def asked(self) -> dict[str, Any] | None:
        """Find the question that is being collected."""
        self.line.settle()
        questions = self.line.last()["questions"]
        return next((q for q in questions if q["phase"] == "collecting"), None)

    def confirm(self) -> None:
        """Go on, where the page asks first; the last way on loses most."""
        if ways := self.leader.locator("#confirm[open] #confirm-ways button").all():
            ways[-1].click()

    def row(self, group: list[PhoneLine]) -> Iterator[tuple[str, Image.Image]]:
        """Do what the filled button says, until it says to turn the page."""
        main = self.leader.locator("#acts .main")
        for _ in range(ACTS):
            act = main.get_attribute("data-act") or ""
            yield act, self.picture()
            if act in ("turn", "read"):
                return
            label = main.inner_text()
            main.click()
            self.confirm()
            expect(main).not_to_have_text(label)
            if asked := self.asked():
                for at, phone in enumerate(group):
                    if asked["kind"] not in ("breathe", "includer"):
                        answer(phone, at, asked)


def lead(session: Session, group: list[PhoneLine], folder: Path) -> None:
    """Go through the plan, and keep what is seen."""
    for at in range(len(session.leader.locator("#sheet button").all())):
        session.line.waits_for(lambda state, at=at: state["row"] == at, "the row")
        for n, (act, picture) in enumerate(session.row(group)):
            path = folder / f"{at:02}-{n}-{act}.png"
            picture.save(path)
            print(path, flush=True)
        if session.leader.locator("#next").inner_text():
            session.leader.locator("#turn").click()
            session.confirm()


def main(plan: str, folder: Path) -> None:
    """Open a room with this plan, and lead it to the last row."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, serve("--plan", plan) as served:
        options = {"executable_path": browsers.find(), "args": browsers.OPTIONS}
        browser = playwright.chromium.launch(**options)
        leader, wall = (Phone(browser, served, **WIDE) for _ in range(2))
        leader.page.goto(served.facilitate)
        wall.page.goto(served.wall)
        one = Phone(browser, served)
        one.join()
        with phones(served, GROUP) as group:
            open_room(leader.page)
            leader.page.locator("#turn").click()
            one.page.get_by_role("link", name="Come along").click()
            one.page.locator("[data-follow]:visible").first.click()
            pages = (leader.page, one.page, wall.page)
            lead(Session(pages, KeyLine(served)), group, folder)
        browser.close()


if __name__ == "__main__":
    plan, *into = sys.argv[1:] or ["90"]
    main(plan, Path(into[0] if into else tempfile.mkdtemp(prefix="session-")))
