"""The room's weather: asked in the first lesson, and once more in the last."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from support import small_lessons as nb
from support.room_line import PhoneLine
from support.served import Phone, Served, open_room, serve, violations

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
SCALE = (
    "from beyond_the_no.together import Scale\n"
    'Scale("weather", "What is your weather right now?")'
)
FIRST, LAST = ("rainy", 1), ("sunny", 4)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"),
        a_first=nb.notebook("# First", "## How", SCALE, title="First"),
        b_between=nb.notebook("# Between", "## So", nb.poll("other"), title="Between"),
        c_last=nb.notebook("# Last", "## How", SCALE, title="Last"),
    )
    with serve("--lessons", str(folder)) as it:
        yield it


class Group:
    def __init__(self, browser: Browser, served: Served) -> None:
        self.others = [PhoneLine(served) for _ in range(9)]
        self.leader = Phone(browser, served, **WIDE)
        self.leader.page.goto(served.facilitate)
        self.wall = Phone(browser, served, **WIDE)
        self.wall.page.goto(served.wall)
        self.phone = Phone(browser, served)
        self.phone.join()
        open_room(self.leader.page)

    def turn(self, title: str) -> None:
        self.leader.page.locator("#sheet button", has_text=title).click()
        self.phone.page.get_by_role("link", name="Come along").click()
        self.phone.page.locator("body[data-ready]").wait_for(timeout=120_000)

    def press(self, label: str) -> None:
        """Press a button at the top of the leader's page, or in what it asks first."""
        page = self.leader.page
        page.locator("#acts").get_by_role("button", name=label).click()

    def answer(self, said: tuple[str, int], *, round: int) -> None:
        box = self.phone.page.locator(".together")
        box.get_by_role("button", name=re.compile("^Join")).click()
        box.get_by_label(said[0]).check()
        box.get_by_role("button", name="Done").click()
        expect(box.get_by_text("Done.")).to_be_visible()
        for line in self.others:
            line.answer("weather", said[1], round=round)


@pytest.fixture(scope="module")
def group(browser: Browser, served: Served) -> Iterator[Group]:
    made = Group(browser, served)
    yield made
    for one in (made.leader, made.wall, made.phone):
        assert one.asked_elsewhere() == []
        assert one.errors == []
        one.close()
    for line in made.others:
        line.close()


def test_one_question_stands_in_two_lessons(served: Served) -> None:
    assert served.health()["trouble"] == {}


def test_the_first_answers_wait_unseen_and_no_key_asks_again_in_between(
    group: Group,
) -> None:
    group.turn("First")
    group.press("Collect")
    group.answer(FIRST, round=1)
    group.press("Save round one")
    group.turn("Between")

    page = group.leader.page
    expect(page.locator("#question")).to_have_text("Which?")
    saved = page.locator("#others")
    saved.locator("summary").click()
    expect(saved.locator("h3")).to_have_text(["What is your weather right now?"])
    page.keyboard.press("c")
    expect(page.locator("#facts")).to_contain_text("Collecting")
    asking = group.phone.page.locator(".together")
    expect(asking.get_by_text("Who sees what").first).to_be_visible()
    expect(asking).to_contain_text("Which?")
    page.keyboard.press("c")  # this one is open, the other is saved
    page.keyboard.press("h")  # it says first what would be lost
    page.locator("#confirm").get_by_role("button", name="Close it").click()
    expect(page.locator("#facts")).to_contain_text("off the screens")
    page.keyboard.press("h")  # nothing is on the screens, and nothing saved is touched
    page.keyboard.press("k")
    expect(saved).to_contain_text("Round one is saved.")


def test_the_last_lesson_asks_once_more_and_all_see_before_beside_after(
    group: Group,
) -> None:
    group.turn("Last")
    expect(group.phone.page.locator(".together")).to_contain_text(
        "The first answers are in, and nobody has seen them."
    )
    group.press("Ask round two")
    asked = group.leader.page.locator("#confirm")
    asked.get_by_role("button", name="Ask round two").click()
    expect(group.phone.page.locator("#ribbon")).not_to_contain_text("Come along")
    group.answer(LAST, round=2)
    group.press("Reveal")

    for one in (group.phone, group.wall, group.leader):
        said = one.page.locator(".picture").first
        expect(said).to_contain_text("The room has moved towards “sunny”.")
        expect(said).to_contain_text("The first time")
        assert violations(one.page) == []
