"""Questions that are kept unseen, and shown together: console, wall and phones."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from support import small_lessons as nb
from support.room_line import KeyLine, PhoneLine, phones
from support.served import Phone, Served, open_room, serve, violations

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
NAMES = ["which", "where", "when"]
KEEP, SHOW = "Keep unseen, show with others", "Show the kept ones together"
# rows of a column that lie over each other, or what is cut at the side
WRONG = """() => {
  const wrong = [];
  for (const one of document.querySelectorAll(".beside .one")) {
    const rows = [...one.querySelectorAll("li")];
    const at = rows.map((row) => row.getBoundingClientRect());
    at.forEach((row, i) => i && row.top < at[i - 1].bottom - 1 && wrong.push("rows"));
    for (const part of one.querySelectorAll("h2, .option, .amount, .answer"))
      if (part.scrollWidth > part.clientWidth + 1) wrong.push(part.textContent);
  }
  if (document.documentElement.scrollHeight > innerHeight) wrong.push("below the fold");
  return wrong;
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    polls = [nb.poll(name, f"{name}?") for name in NAMES]
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"),
        one=nb.notebook("# One", *polls, title="One"),
    )
    with serve("--lessons", str(folder)) as it:
        yield it


@pytest.fixture(scope="module")
def group(served: Served) -> Iterator[list[PhoneLine]]:
    with phones(served, 6) as lines:
        yield lines


def ask(line: KeyLine, group: list[PhoneLine], name: str, answers: int = 6) -> None:
    line.lead("collect", activity=name)
    for at, one in enumerate(group[:answers]):
        one.answer(name, at % 2, round=line.question(name)["round"])


def press(page: Page, name: str) -> None:
    page.locator("#kept-now").get_by_role("button", name=name, exact=True).click()


def test_kept_unseen_and_then_shown_together(
    browser: Browser, served: Served, group: list[PhoneLine]
) -> None:
    leader, wall = Phone(browser, served, **WIDE), Phone(browser, served, **WIDE)
    phone = Phone(browser, served)
    page = leader.page
    page.goto(served.facilitate)
    open_room(page)
    wall.page.goto(served.wall)
    line = KeyLine(served)
    line.lead("move", lesson="one")
    phone.join()
    phone.lesson("one")

    ask(line, group, "which")
    # one level down: what comes next stays the one filled button
    expect(page.locator("#acts .main")).to_have_text("Reveal")
    page.get_by_text("Show several questions together").click()
    press(page, KEEP)
    expect(page.locator("#kept-list h3")).to_have_text(["which?"])
    card = phone.page.locator(".together:has(#together-which)")
    expect(card).to_contain_text("The leader will show them together with others.")
    expect(card.get_by_role("button")).to_have_count(0)
    expect(wall.page.get_by_text("which?")).to_have_count(0)

    ask(line, group, "where", answers=2)
    expect(page.locator("#keep-which")).to_contain_text("where?")
    expect(page.get_by_role("button", name=SHOW)).to_be_hidden()
    press(page, KEEP)
    ask(line, group, "when")
    press(page, KEEP)
    expect(page.locator("#kept-list h3")).to_have_text(["which?", "where?", "when?"])
    assert violations(page) == []

    page.reload()  # the page that leads knows it still
    page.get_by_text("Show several questions together").click()
    press(page, SHOW)
    columns = wall.page.locator(".beside .one")
    expect(columns.get_by_role("heading")).to_have_text(["which?", "when?"])
    for at in range(2):
        expect(columns.nth(at).get_by_role("listitem")).to_have_count(3)
        expect(columns.nth(at).locator(".answer")).not_to_be_empty()
    assert wall.page.evaluate(WRONG) == []
    assert violations(wall.page) == []
    expect(phone.page.locator(".together .picture")).to_have_count(2)
    expect(page.locator("#shown .picture")).to_have_count(2)

    # one had too few: it stays kept, and says so without a number of answers
    left = page.locator("#kept-list li")
    expect(left).to_have_count(1)
    expect(left).to_contain_text("Not shown. Not enough answers yet.")
    left.get_by_role("button", name="Open again for answers").click()
    expect(card.locator(".picture")).to_have_count(0)
    for at, one in enumerate(group):
        one.answer("where", at % 2)
    press(page, KEEP)
    press(page, SHOW)
    expect(wall.page.locator("#picture .answer")).to_have_count(1)

    for one in (leader, wall, phone):
        one.close()
        assert one.errors == []
    line.close()
