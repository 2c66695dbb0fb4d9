"""Each row of each plan opens at its own heading, and is called by it everywhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from beyond_the_no.content import plans
from beyond_the_no.content.lessons import heading, load_lesson
from beyond_the_no.room.plan import Step
from support.room_line import KeyLine
from support.served import REPO, Phone, Served, serve

pytestmark = pytest.mark.browser
LESSONS = [load_lesson(path) for path in sorted((REPO / "notebooks").glob("*.ipynb"))]
SESSIONS = [
    (name, middle)
    for name in plans.names()
    for middle in plans.read(name).middle or [""]
]
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
# the heading that comes after a step's mark, and where it and the ribbon stand
HEADING = """at => {
  const step = document.querySelector(`#step-${at}`);
  const title = [...document.querySelectorAll("main :is(h1, h2, h3)")].find(
    (one) => step.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  const over = document.querySelector("#ribbon").getBoundingClientRect().top;
  const { top, bottom } = title.getBoundingClientRect();
  return { text: title.innerText.trim(), top, bottom, over };
}"""
LANDS = """at => {
  const step = document.querySelector(`#step-${at}`);
  return Math.abs(step.getBoundingClientRect().top) < 300;
}"""


def rows() -> dict[str, dict[int, str]]:
    """Each step that any plan turns to: by lesson and number, with its name."""
    found: dict[str, dict[int, str]] = {}
    for name, middle in SESSIONS:
        for step in plans.load(name, LESSONS, middle).steps:
            if step.lesson:
                found.setdefault(step.lesson, {})[step.step] = step.name
    return found


ROWS = rows()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve("--plan", "90", "--middle", "work") as it:
        yield it


@pytest.fixture(scope="module")
def leader(served: Served) -> Iterator[KeyLine]:
    line = KeyLine(served)
    line.waits_for(lambda state: state["questions"])
    line.lead("roam", freely=False)
    yield line
    line.close()


@pytest.fixture(scope="module")
def reader(browser: Browser, served: Served, leader: KeyLine) -> Iterator[Phone]:
    one = Phone(browser, served)
    one.join()
    yield one
    one.close()
    assert one.errors == []


@pytest.mark.parametrize("lesson", ROWS)
def test_every_row_opens_at_its_heading_and_nothing_covers_it(
    reader: Phone, leader: KeyLine, lesson: str
) -> None:
    # the group is elsewhere, so the ribbon stands over this page
    leader.lead("move", lesson="05_cultures" if lesson[:2] != "05" else "06_feeds")
    page = reader.lesson(lesson)
    expect(page.locator("#ribbon")).to_be_visible()

    for at, name in sorted(ROWS[lesson].items(), reverse=True):
        page.evaluate("at => { location.hash = `#step-${at}`; }", at)
        page.wait_for_function(LANDS, arg=at)
        told = page.evaluate(HEADING, at)
        assert told["text"] == name
        assert 0 <= told["top"] <= 100, (name, told)
        assert told["bottom"] <= told["over"], (name, told)


def plan() -> tuple[Step, ...]:
    return plans.load("90", LESSONS, "work").steps


def test_a_row_is_called_by_its_heading_on_the_console_and_on_the_slides(
    browser: Browser, served: Served, leader: KeyLine
) -> None:
    cells = {c.id: c for lesson in LESSONS for c in lesson.notebook.cells}
    names = [heading(cells[s.at]) if s.at else s.name for s in plan()]
    mine = Phone(browser, served, **WIDE)
    console: Page = mine.page
    console.goto(served.facilitate)
    console.locator("#sheet button").first.wait_for()
    said = console.locator("#sheet").inner_text()
    for name in names:
        assert name in said
    wall = mine.open_tab()
    wall.goto(f"{served.join}deck/workshop_90_work?key={served.key('wall')}")
    wall.locator("body[data-turns][data-ready][data-line]").wait_for()
    for row in (4, 13):
        leader.lead("turn", row=row)
        slide = wall.locator("section.present")
        title = slide.get_by_role("heading", name=names[row], exact=True)
        expect(title.first).to_be_visible()
    mine.close()
    assert mine.errors == []
