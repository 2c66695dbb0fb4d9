"""A question that nobody prepared, from the leader's hand to the phones and the wall.

With ``ACTIVITY_PICTURES=folder`` in the environment each screen is kept as a picture.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support import small_lessons as nb
from support.room_line import PhoneLine
from support.served import Phone, Served, open_room, serve, violations

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
PROSE = "# One\n\n" + "\n\n".join(["Some lines to read."] * 40)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"), one=nb.notebook(PROSE, title="One")
    )
    with serve("--lessons", str(folder)) as it:
        yield it


@pytest.fixture(scope="module")
def leader(browser: Browser, served: Served) -> Iterator[Phone]:
    made = Phone(browser, served, **WIDE)
    made.page.goto(served.facilitate)
    open_room(made.page)
    made.page.locator("#sheet button").first.click()
    made.page.get_by_text("Ask something now").click()
    yield made
    assert made.errors == []
    made.close()


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("ACTIVITY_PICTURES"):
        Path(folder).mkdir(exist_ok=True)
        page.screenshot(path=f"{folder}/{name}.png")


def add(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Add the question").click()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("x" * 5000, "up to 200 characters"),
        ("What <b>helped</b>?", "plain text only"),
        ("Should I kill myself?", "a talk in private"),
        ("Who felt like a loser?", "“loser” can hurt"),
        ("What would you tell Ana?", "could point at a person: Ana"),
    ],
)
def test_a_question_that_may_harm_is_not_added_and_nothing_typed_is_lost(
    leader: Phone, question: str, said: str
) -> None:
    page = leader.page
    page.get_by_label("Answers, one a line").fill("a friend\nnobody yet")
    add(page, question)

    expect(page.locator("#ask-said")).to_contain_text(said)
    expect(page.get_by_label("Your question")).to_have_value(question)
    expect(page.get_by_label("Answers, one a line")).to_have_value(
        "a friend\nnobody yet"
    )
    expect(page.locator("#questions")).not_to_contain_text(question[:60])


def test_a_typed_question_is_asked_and_shown_like_any_other(
    leader: Phone, browser: Browser, served: Served
) -> None:
    phone = Phone(browser, served)
    phone.join()
    phone.lesson("one")
    wall = Phone(browser, served, **WIDE)
    wall.page.goto(served.wall)
    group = [PhoneLine(served) for _ in range(7)]
    page = leader.page

    page.get_by_label("Answers, one a line").fill("a friend\nfamily\nnobody yet")
    page.get_by_label("What it may bring up").fill("Who wasn’t there.")
    add(page, "Who helped you most?")
    expect(page.locator("#ask-said")).to_contain_text("It’s there")
    expect(page.get_by_label("Your question")).to_have_value("")
    expect(page.locator("#ask-waiting")).to_contain_text("Who helped you most?")
    picture(page, "leader-typed")
    expect(phone.page.get_by_text("Who helped you most?")).to_have_count(0)

    page.get_by_role("button", name=re.compile("^Collect")).click()
    expect(page.locator("#ask-waiting li")).to_have_count(0)
    phone.page.get_by_role("link", name="Go there").click()
    box = phone.page.locator(".together")
    expect(box).to_contain_text("Who wasn’t there.")
    expect(box).to_contain_text("Nobody sees any one person’s answer.")
    picture(phone.page, "phone-card")
    assert violations(phone.page) == []
    box.get_by_role("button", name=re.compile("^Join")).click()
    box.get_by_label("family").check()
    box.get_by_role("button", name="Done").click()
    expect(wall.page.locator("#asked")).to_contain_text("nobody yet")
    collecting = "beyond.state().questions.find((q) => q.phase === 'collecting').id"
    name = page.evaluate(collecting)
    for at, line in enumerate(group):
        line.answer(name, at % 2)
    page.get_by_text("Slips from people without phones").click()
    page.get_by_label("a friend", exact=True).fill("2")
    page.get_by_role("button", name="Add this batch").click()
    expect(page.locator("#tally-said")).to_contain_text("at least five")
    page.get_by_label("family", exact=True).fill("6")
    page.get_by_role("button", name="Add this batch").click()
    expect(page.locator("#tally-said")).to_contain_text("8 slips are in")
    picture(page, "leader-slips")
    page.get_by_role("button", name="Reveal").click()

    expect(box.locator(".picture")).to_contain_text("a few or none")
    expect(box.locator(".picture")).to_contain_text("On paper")
    expect(wall.page.locator("#picture")).to_contain_text("family")
    picture(phone.page, "phone-shown")
    picture(wall.page, "wall-shown")
    page.get_by_role("button", name="Take off the screen").click()
    expect(phone.page.locator(".together")).to_have_count(0)
    assert violations(page) == []
    for one in (phone, wall):
        assert one.errors == []
        assert one.asked_elsewhere() == []
        one.close()
    for line in group:
        line.close()
