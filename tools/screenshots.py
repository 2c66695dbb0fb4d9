"""Take the pictures of README and gallery: ``make screenshots``."""

import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Locator, sync_playwright

import gallery
from support import browser as browsers
from support.room_line import KeyLine
from support.served import Phone, open_room, serve

PICTURES = gallery.PICTURES
TALLEST = 700  # pixels
ALONE = """.care, .banner, #ribbon, #getting-ready { visibility: hidden; }
#lesson .outputs { margin: 0 -1rem; padding: 0.5rem 1rem; }
html { scroll-behavior: auto !important; }"""
STYLE = """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }"""
RESTS = """async (box) => { let last = "", now = null;
while (now !== last) { last = now; box.scrollIntoView({ block: "start" });
await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
now = JSON.stringify(box.getBoundingClientRect()); } }"""
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}


def main() -> None:
    """Run one short workshop and one gallery, and keep what they look like."""
    with sync_playwright() as playwright:
        options = {"executable_path": browsers.find(), "args": browsers.OPTIONS}
        browser = playwright.chromium.launch(**options)
        workshop(browser)
        widgets(browser)
        browser.close()
    gallery.PAGE.write_text(gallery.page(), encoding="utf-8")


def workshop(browser: Browser) -> None:
    """Take what README shows: the leader's page, and a strip of phones."""
    with serve("--title", "Thursday group") as served, TemporaryDirectory() as folder:

        def keep(one: Phone, name: str, selector: str | None = None) -> Path:
            if selector:
                at_rest(one, selector)
            path = Path(folder) / f"{name}.png"
            one.page.screenshot(path=path)
            return path

        leader = Phone(browser, served, **WIDE)
        leader.page.goto(served.facilitate)
        phones = [Phone(browser, served) for _ in range(11)]
        one = phones[0]
        one.goto()
        shown = [keep(one, "join")]
        for phone in phones:
            phone.join()
        open_room(leader.page)
        leader.page.locator("#sheet button").filter(
            has_text="Two kinds of hurt"
        ).click()
        one.lesson()
        one.page.get_by_role("button", name="Show me").first.click()
        one.page.locator(".beyond-explore svg").first.wait_for()
        shown.append(keep(one, "explore", ".beyond-explore"))
        leader.page.get_by_role("button", name="Collect").first.click()
        one.page.locator(".together-door").first.wait_for()
        shown.append(keep(one, "card", ".together"))
        for value, phone in zip(
            [1, 1, 1, 1, 0, 2, 2, 3, 1, 0], phones[1:], strict=True
        ):
            # in the room, not on the page: that is fine
            answer = {"value": value, "mine": value, "own": False}
            phone.page.evaluate("a => beyond.answer('longer', a)", answer)
        one.page.get_by_role("button", name=re.compile("^Join")).click()
        one.page.locator(".together").first.get_by_label("Being left out").check()
        one.page.get_by_role("button", name="Done").click()
        leader.page.get_by_role("button", name="Reveal").first.click()
        one.page.locator(".picture").wait_for()
        shown.append(keep(one, "picture", ".together"))
        save(Image.open(keep(leader, "console")), PICTURES / "console.png")
        one.goto("my-page")
        shown.append(keep(one, "my-page"))
        save(strip(shown), PICTURES / "strip.png")


def at_rest(one: Phone, selector: str) -> None:
    """Scroll to something, and wait until the page rests there."""
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


def widgets(browser: Browser) -> None:
    """Take each widget of the gallery, as it stands on a phone."""
    with serve("--lessons", str(gallery.NOTEBOOK.parent)) as served:
        leader = KeyLine(served)
        leader.lead("move", lesson=gallery.NOTEBOOK.stem)
        phone = Phone(browser, served)
        phone.join()
        phone.lesson(gallery.NOTEBOOK.stem)
        phone.page.evaluate(STYLE, ALONE)
        for at, one in enumerate(gallery.entries()):
            box = phone.page.locator("#lesson .outputs").nth(at)
            box.scroll_into_view_if_needed()
            STAGES[one.folder](leader, box)
            one.picture.parent.mkdir(parents=True, exist_ok=True)
            save(taken(box), one.picture)
        leader.close()


def explored(_: KeyLine, box: Locator) -> None:
    """Pass the guess, if there is one, and wait for the picture."""
    show = box.get_by_role("button", name="Show me")
    box.locator("svg, button").first.wait_for(state="attached")
    if show.is_visible():
        show.click()
    box.locator("svg:visible, .beyond-explore-turned").first.wait_for()
    box.locator("[aria-busy=true]").wait_for(state="detached")
    if box.locator("canvas").count():
        box.locator(".beyond-explore-turned").wait_for()


def alone(_: KeyLine, box: Locator) -> None:
    """Take it as it is."""
    box.locator("h3, p").first.wait_for()


def asked(leader: KeyLine, box: Locator) -> None:
    """Begin it for the group, and join."""
    name = box.locator("[id^=together-]").first.get_attribute("id")
    leader.lead("collect", activity=name.removeprefix("together-"))
    join = box.get_by_role("button", name=re.compile("^(Join|Start)"))
    join.click()
    join.wait_for(state="detached")


STAGES = {"explore": explored, "own": alone, "together": asked}


def taken(box: Locator) -> Image.Image:
    """Take one widget, the upper part of a long one, without what floats above it."""
    box.page.mouse.move(0, 0)
    box.evaluate(RESTS)
    raw = box.screenshot(animations="disabled")
    picture = Image.open(io.BytesIO(raw))
    return picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))


def save(picture: Image.Image, path: Path) -> None:
    """Save a picture with as many colours as make a small file."""
    for colours in (128, 64, 32, 16):
        small = picture.convert("RGB").quantize(colours, Image.Quantize.FASTOCTREE)
        small.save(path, optimize=True)
        if path.stat().st_size <= gallery.MOST_BYTES:
            return
    raise ValueError(f"{path.name} is too large for a page that shows many.")


def strip(files: list[Path]) -> Image.Image:
    """Lay some phones' pictures side by side, at half their size."""
    pictures = [Image.open(file) for file in files]
    width = sum(p.width for p in pictures) + 16 * (len(pictures) - 1)
    whole = Image.new("RGB", (width, pictures[0].height), "#c6c3ba")
    at = 0
    for picture in pictures:
        whole.paste(picture, (at, 0))
        at += picture.width + 16
    return whole.resize((whole.width // 2, whole.height // 2))


if __name__ == "__main__":
    main()
