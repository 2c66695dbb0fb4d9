"""Take the pictures of README and gallery: ``make screenshots``."""

import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import browser as browsers
from served import REPO, Phone, open_room, serve

WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}


def main(folder: Path) -> None:
    """Run one short workshop with eleven phones and keep what it looks like."""
    folder.mkdir(exist_ok=True)

    def keep(one: Phone, name: str, selector: str | None = None) -> None:
        if selector:
            one.page.locator(selector).first.scroll_into_view_if_needed()
            box = one.page.locator(selector).first.bounding_box()
            one.page.mouse.wheel(0, box["y"] - 24)
            one.page.wait_for_function(
                "s => { const y = document.querySelector(s).getBoundingClientRect().y;"
                " const rests = y === globalThis.lastY; globalThis.lastY = y;"
                " return rests; }",
                arg=selector,
                polling=100,
            )
        one.page.screenshot(path=folder / f"{name}.png")

    with sync_playwright() as playwright, serve("--title", "Thursday group") as served:
        options = {"executable_path": browsers.find(), "args": browsers.OPTIONS}
        browser = playwright.chromium.launch(**options)
        leader = Phone(browser, served, **WIDE)
        leader.page.goto(served.facilitate)
        wall = Phone(browser, served, **WIDE)
        wall.page.goto(served.wall)
        wall.page.wait_for_function(
            "document.images.length && document.images[1].complete"
        )
        keep(wall, "wall-join")
        phones = [Phone(browser, served) for _ in range(11)]
        phones[0].goto()
        keep(phones[0], "join")
        for phone in phones:
            phone.join()
        keep(phones[0], "lobby")
        open_room(leader.page)
        leader.page.locator("#sheet button").first.click()
        one = phones[0]
        one.lesson()
        keep(one, "lesson")
        one.page.get_by_role("button", name="Show me").click()
        one.page.locator(".beyond-explore svg").wait_for()
        keep(one, "brain-overlap", ".beyond-explore")
        one.page.get_by_role("radio", name="Count studies").check()
        one.page.locator(".beyond-explore [aria-busy=true]").wait_for(state="detached")
        keep(one, "brain-overlap-count", ".beyond-explore")
        keep(one, "note-to-self", ".note-to-self")
        leader.page.get_by_role("button", name="Collect").click()
        one.page.locator(".together-door").first.wait_for()
        keep(one, "poll-card", ".together")
        for i, phone in enumerate(
            phones[1:]
        ):  # in the room, not on the page: that is fine
            phone.page.evaluate(
                "value => beyond.answer('longer', { value, mine: value, own: false })",
                [1, 1, 1, 1, 0, 2, 2, 3, 1, 0][i],
            )
        one.page.get_by_role("button", name=re.compile("^Join")).click()
        one.page.locator(".together").get_by_label("Being left out").check()
        keep(one, "poll-answer", ".together")
        one.page.get_by_role("button", name="Done").click()
        keep(one, "poll-sent", ".together")
        leader.page.get_by_role("button", name="Reveal").click()
        one.page.locator(".picture").wait_for()
        keep(one, "poll", ".together")
        wall.page.locator(".picture").wait_for()
        keep(wall, "wall")
        keep(leader, "console")
        one.goto("help")
        keep(one, "help")
        one.goto("ground")
        keep(one, "ground")
        one.goto("my-page")
        keep(one, "my-page")
        browser.close()
    strip(folder, ("join", "brain-overlap", "poll-card", "poll", "my-page"))


def strip(folder: Path, names: tuple[str, ...]) -> None:
    """Lay some of the phones' pictures side by side, as README shows them."""
    pictures = [Image.open(folder / f"{name}.png") for name in names]
    width = sum(p.width for p in pictures) + 16 * (len(pictures) - 1)
    whole = Image.new("RGB", (width, pictures[0].height), "#c6c3ba")
    at = 0
    for picture in pictures:
        whole.paste(picture, (at, 0))
        at += picture.width + 16
    whole.save(folder / "strip.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPO / "widgets" / "pictures")
