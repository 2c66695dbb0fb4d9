"""After Leave or Clear, Back shows nothing that was written, and takes no seat.

In a browser as people have it: its back/forward cache keeps whole pages in memory.
"""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from support import small_lessons as nb
from support.served import Phone, Served, serve

pytestmark = pytest.mark.browser
SECRET = "kanarie of one who left"
# what a page that comes back from memory shows, before and after its own scripts act
WATCH = """addEventListener("pageshow", ({ persisted }) => {
  const seen = (when) => console.log(`${when} ${persisted} ${
    document.body.innerText.includes(SECRET)
    || [...document.querySelectorAll("textarea")].some((area) =>
      area.value.includes(SECRET) && area.checkVisibility({ visibilityProperty: true }))
  }`);
  seen("first");
  if (persisted) setTimeout(() => seen("then"));
});"""


class Looks:
    """Pages that came back from memory, and whether they showed what was written."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[tuple[str, str]] = []
        page.on("console", self._hear)

    def _hear(self, message: object) -> None:
        when, *found = message.text.split(" ")
        if when in ("first", "then") and found[0] == "true":
            self.said.append((when, found[1]))

    def back(self) -> list[tuple[str, str]]:
        """Go back, as a thumb does, to a page that must come from memory."""
        self.said.clear()
        with self.page.expect_event(
            "console", lambda m: m.text.startswith("first true"), timeout=30_000
        ):
            self.page.evaluate("() => { setTimeout(() => history.back()) }")
        return self.said


def watched(browser: Browser, served: Served) -> Phone:
    phone = Phone(browser, served)
    phone.context.add_init_script(f"const SECRET = {json.dumps(SECRET)};{WATCH}")
    phone.looks = Looks(phone.page)
    return phone


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    own = "from beyond_the_no.own import *"
    cells = ("# One", own, 'NoteToSelf("a-line")', "BestSelf()")
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"),
        one=nb.notebook(*cells, title="One"),
        two=nb.notebook("# Two", title="Two"),
    )
    with serve("--lessons", str(folder)) as it:
        yield it


@pytest.fixture
def phone(browser_with_cache: Browser, served: Served) -> Iterator[Phone]:
    one = watched(browser_with_cache, served)
    yield one
    one.close()
    assert one.asked_elsewhere() == []
    assert one.errors == []


def write(phone: Phone) -> None:
    page = phone.lesson("one")
    page.locator(".note-to-self textarea").press_sequentially(SECRET)


def kept(page: Page) -> str:
    return str(page.evaluate("JSON.stringify(sessionStorage)"))


def nothing_is_left(phone: Phone) -> None:
    """The page was loaded anew, knows nothing, and is in no room."""
    page = phone.page
    expect(page.locator("body > .care")).to_be_visible()
    expect(page.locator("#lesson, #leaves, #welcome").first).to_be_attached()
    page.wait_for_load_state("load")
    assert SECRET not in kept(page)
    assert "token" not in kept(page)
    areas = "[...document.querySelectorAll('textarea')].map((area) => area.value)"
    assert SECRET not in str(page.evaluate(areas)) + page.inner_text("body")
    assert not page.evaluate("Boolean(globalThis.beyond?.joined())")


def test_back_alone_brings_the_page_as_it_was(phone: Phone) -> None:
    """What is tested below could happen here: pages do come back from memory."""
    write(phone)
    phone.goto("help")

    looks = phone.looks.back()
    expect(phone.page.locator(".note-to-self textarea")).to_have_value(SECRET)
    expect(phone.page.locator(".note-to-self textarea")).to_be_visible()
    assert ("first", "false") in looks, "seen again when the page knows that it may be"


@pytest.mark.parametrize(
    ("last", "joined"),
    [
        ("lesson/two", False),
        ("lesson/two", True),
        ("help", False),
        ("my-page", True),
        ("rules", True),
    ],
)
def test_back_after_leave_shows_nothing_and_takes_no_seat(
    phone: Phone, last: str, joined: bool
) -> None:
    if joined:
        phone.join()
    write(phone)
    page = phone.goto(last)
    if last.startswith("lesson"):
        page.locator("body[data-ready]").wait_for()
    page.locator("[data-cover]").first.click()
    page.get_by_role("link", name="Leave", exact=True).click()
    page.wait_for_url("about:blank")

    looks = phone.looks.back()
    nothing_is_left(phone)
    assert {seen for _, seen in looks} == {"false"}


@pytest.mark.parametrize("clear", ["my page", "exercise"])
def test_back_after_clear_shows_nothing_and_writes_nothing(
    phone: Phone, clear: str
) -> None:
    write(phone)
    phone.page.get_by_role("button", name="Keep it", exact=True).first.click()
    if clear == "exercise":
        phone.page.evaluate(
            "text => sessionStorage.setItem('beyond:own:best_self',"
            " JSON.stringify({ title: 'Best self', text }))",
            SECRET,
        )
    page = phone.goto("my-page")
    expect(page.locator("#leaves textarea").first).to_have_value(SECRET)
    if clear == "my page":
        page.get_by_role("button", name="Clear everything").click()
        page.get_by_role("button", name="Clear them").click()
        expect(page.locator("#cleared")).to_be_visible()
    else:
        page.evaluate("sessionStorage.removeItem('beyond:own:a-line')")
        page = phone.lesson("one")
        part = page.locator(".exercise")
        part.get_by_role("button", name="Clear everything").click()
        part.get_by_role("button", name="Clear it").click()
        page.evaluate("sessionStorage.removeItem('beyond:draft:a-line')")

    looks = phone.looks.back()
    nothing_is_left(phone)
    assert {seen for _, seen in looks} == {"false"}


def test_a_browser_that_keeps_nothing_shows_nothing_again(phone: Phone) -> None:
    """There is no mark then, so nobody can tell whether the tab was left."""
    phone.context.add_init_script(
        'Object.defineProperty(window, "sessionStorage", { get() {'
        ' throw new DOMException("The operation is insecure.", "SecurityError"); } });'
    )
    write(phone)
    phone.goto("help")

    phone.looks.back()
    page = phone.page
    page.locator("body[data-ready]").wait_for()
    expect(page.locator(".note-to-self textarea")).to_have_value("")
