"""Help and My page open when the laptop is gone, and tell no old number before that."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from beyond_the_no.own.note_to_self import wording
from support import small_lessons as nb
from support.served import Phone, as_long_as, free_port, serve

pytestmark = pytest.mark.browser
KEPT = ["help", "ground", "rules", "my-page"]
WORDS = wording("mark", "keeping", "exercise")
MINE = "kept when the laptop was gone"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = "from beyond_the_no.own import *"
    cells = ("# One", own, 'NoteToSelf("a-line")', "MyPage()", "BestSelf()")
    return nb.write(
        tmp_path_factory.mktemp("lessons"), one=nb.notebook(*cells, title="One")
    )


@pytest.fixture
def phones(browser: Browser) -> Iterator[list[Phone]]:
    made: list[Phone] = []
    yield made
    for one in made:
        one.close()
        assert one.errors == []


def local(name: str, folder: Path) -> list[str]:
    return ["--lessons", str(folder), "--local", f"{name}:555 0100"]


def link_to(page: Page, path: str) -> str:
    """Where a page of the room leads."""
    found = page.evaluate(
        "path => `${document.body.dataset.base}${path}"
        "${document.body.dataset.ending ?? ''}`",
        path,
    )
    return str(found).lstrip("/")


def test_a_page_that_was_opened_opens_again_without_the_laptop(
    browser: Browser, folder: Path, phones: list[Phone]
) -> None:
    with serve(*local("Old house", folder)) as served:
        phones.append(phone := Phone(browser, served))
        phone.join()
        page = phone.lesson("one")
        page.locator(".note-to-self textarea").fill(MINE)
        page.get_by_role("button", name="Keep it", exact=True).first.click()
        links = {path: link_to(page, path) for path in KEPT}
        assert page.locator("#onward a").first.get_attribute("href") == (
            f"/{links['my-page']}"
        )
        for link in links.values():
            phone.goto(link)
        typed = served.ask("GET", "help")
        assert typed.status == 302, "typed by hand it leads to the newest"
        assert served.ask("GET", links["help"]).status == 200
        served.stop()
        for path, link in links.items():
            phone.goto(link)
            expect(page.locator("#main h1")).to_be_visible()
            assert page.url.endswith(link), path
        expect(page.locator("#leaves textarea")).to_have_value(MINE)
        page.locator("body > .care [data-open=help]").click()
        expect(page.locator("dialog#help")).to_contain_text("Old house")


def test_a_new_help_line_reaches_every_phone_at_once(
    browser: Browser, folder: Path, phones: list[Phone]
) -> None:
    port = free_port()
    with serve(*local("Old house", folder), port=port) as served:
        phones.append(phone := Phone(browser, served))
        page = phone.lesson("one")
        old = link_to(page, "help")
        phone.goto(old)
        expect(page.locator("#main")).to_contain_text("Old house")
    with serve(*local("New house", folder), port=port) as served:
        # kept by this browser, and old: it asks, and is the new one at once
        phone.goto(old)
        expect(page.locator("#main")).to_contain_text("New house")
        assert page.url != f"{served.join}{old}"
        phone.lesson("one")
        assert link_to(page, "help") != old
        phone.goto("help")
        expect(page.locator("#main")).to_contain_text("New house")
        assert served.ask("GET", old).status == 302


def test_a_line_that_is_kept_stands_on_the_page_of_the_same_lesson(
    browser: Browser, folder: Path, phones: list[Phone]
) -> None:
    with serve("--lessons", str(folder)) as served:
        phones.append(phone := Phone(browser, served))
        page = phone.lesson("one")
        field = page.locator(".note-to-self textarea")
        gathered = page.locator(".gathered")
        field.fill(MINE)
        expect(gathered).not_to_contain_text(MINE)
        keep = page.locator(".note-to-self").get_by_role("button", name="Keep it")
        keep.click()
        expect(gathered).to_contain_text(MINE)
        field.press_sequentially(", still")
        expect(gathered).to_contain_text(f"{MINE}, still")
        page.locator(".note-to-self").get_by_role("button", name="Skip").click()
        expect(gathered).not_to_contain_text(MINE)

        page.locator(".note-to-self").get_by_role("button", name="Keep it").click()
        link = page.locator(".note-to-self").get_by_role("link", name="My page")
        link.click()
        page.wait_for_url(re.compile(r"/my-page\?"))
        expect(page.locator("#leaves textarea")).to_have_value(f"{MINE}, still")


def test_what_can_be_kept_is_not_called_nothing_and_keeping_it_is_seen(
    browser: Browser, folder: Path, phones: list[Phone]
) -> None:
    with serve("--lessons", str(folder)) as served:
        phones.append(phone := Phone(browser, served))
        part = phone.lesson("one").locator(".exercise")
        part.get_by_role("button", name=WORDS["begin"]).click()
        onward = part.locator("[data-onward]")
        for _ in as_long_as(onward.count):
            for field in part.locator("textarea").all():
                field.fill(MINE)
            part.locator(".exercise-two button").last.click()
        expect(part.locator(".exercise-leaf")).to_contain_text(MINE)
        expect(part.get_by_text(WORDS["nothing"])).to_have_count(0)
        part.get_by_role("button", name=WORDS["keep"], exact=True).click()

        said = part.get_by_role("status")
        expect(said).to_contain_text(WORDS["kept"])
        bar = phone.page.locator("body > .care").bounding_box()
        line = said.bounding_box()
        assert bar
        assert line
        assert line["y"] >= 0
        assert line["y"] + line["height"] <= bar["y"], "above the care bar"
