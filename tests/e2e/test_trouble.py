"""What can go wrong in a room: no line, no laptop, no storage, no kernel, two tabs."""

import os
import re
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from beyond_the_no.room.words import table
from beyond_the_no.together.together import words
from support.room_line import KeyLine
from support.served import Phone, Served, free_port, open_room, serve, until

pytestmark = pytest.mark.browser
LESSON = "01_why_it_hurts"
QUESTION = "longer"
SAY, POLL = table()["page"], words()
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
NO_STORAGE = """Object.defineProperty(window, "sessionStorage", { get() {
  throw new DOMException("The operation is insecure.", "SecurityError");
} });"""


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve("--front-end", "voila") as it:  # see test_slim.py for the other one
        yield it


@pytest.fixture(scope="module")
def leader(served: Served) -> Iterator[KeyLine]:
    line = KeyLine(served)
    line.waits_for(lambda state: state["questions"])
    line.lead("move", lesson=LESSON)
    line.lead("collect", activity=QUESTION)
    yield line
    line.close()


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[Phone]:
    one = Phone(browser, served)
    yield one
    one.close()
    assert one.asked_elsewhere() == []
    assert one.errors == []


def take_part(phone: Phone, option: str) -> None:
    poll = phone.page.locator(".together:has(#together-longer)")
    poll.get_by_role("button", name=re.compile("^Join")).click()
    poll.get_by_label(option).check()
    poll.get_by_role("button", name=POLL["answer"]["send"], exact=True).click()
    expect(poll.locator(".together-sent")).to_be_visible()


def banner(phone: Phone) -> object:
    return expect(phone.page.locator("#banner"))


def test_a_line_that_dies_without_a_word_is_noticed_and_comes_back(
    served: Served, leader: KeyLine, phone: Phone
) -> None:
    """A laptop whose lid is closed says no goodbye."""
    phone.join()
    banner(phone).to_be_hidden()

    os.kill(served.process.pid, signal.SIGSTOP)
    try:
        banner(phone).to_contain_text("You’re still in", timeout=30_000)
        banner(phone).to_be_visible()
    finally:
        os.kill(served.process.pid, signal.SIGCONT)

    banner(phone).to_be_hidden(timeout=30_000)
    expect(phone.page.get_by_role("heading", name="You’re in.")).to_be_visible()


def test_a_page_whose_kernel_has_ended_says_that_it_sleeps_and_wakes(
    served: Served, leader: KeyLine, phone: Phone
) -> None:
    """As after a quarter of an hour with nobody there: the kernel is gone."""
    phone.join()
    page = phone.lesson(LESSON)
    page.locator(".note-to-self textarea").fill("kept while it slept")
    kernel = until(lambda: page.title() and _kernel(phone), 30, "a kernel")
    (xsrf,) = (c for c in phone.context.cookies() if c["name"].startswith("_xsrf"))
    ended = served.ask(
        "POST",
        f"voila/api/shutdown/{kernel}",
        **{"Cookie": f"{xsrf['name']}={xsrf['value']}", "X-XSRFToken": xsrf["value"]},
    )
    assert ended.status == 204

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    sleeping = page.locator("#getting-ready")
    expect(sleeping).to_contain_text(SAY["asleep"], timeout=20_000)
    page.get_by_role("button", name=SAY["wake"]).click()
    page.wait_for_function("() => document.body.dataset.ready === 'yes'")

    expect(sleeping).to_be_hidden()
    note = page.locator(".note-to-self textarea")
    expect(note).to_have_value("kept while it slept")
    chart = page.locator(".beyond-explore").first
    chart.get_by_role("button", name="Show me").click()
    before = chart.locator("output").inner_text()
    chart.get_by_role("radio", name="Count studies").check()
    expect(chart.locator("output")).not_to_have_text(before)


def _kernel(phone: Phone) -> str:
    """The id under which this page asks for its kernel."""
    asked = [re.search(r"/api/kernels/([\w-]+)", r) for r in phone.requests]
    found = [match.group(1) for match in asked if match]
    return found[-1] if found else ""


def test_without_storage_one_is_in_and_is_told_what_is_not_kept(
    leader: KeyLine, phone: Phone
) -> None:
    phone.context.add_init_script(NO_STORAGE)
    page = phone.join()
    page.get_by_role("link", name=SAY["come_along"]).click()
    page.locator("body[data-ready]").wait_for(timeout=120_000)

    outside = page.locator(".together").first.get_by_text(
        "This phone isn’t in the room"
    )
    inside = page.locator(".together").first.get_by_role(
        "button", name=re.compile("^Join")
    )
    expect(outside.or_(inside)).to_be_visible()
    note = page.locator(".note-to-self")
    note.locator("textarea").fill("a line")
    note.get_by_role("button", name="Keep it").click()
    says = "doesn’t keep anything from one page to the next"
    expect(note.get_by_role("status")).to_contain_text(says)
    assert note.locator("textarea").input_value() == "a line"

    page.get_by_role("link", name="My page").first.click()
    expect(page.get_by_text("won’t let a page remember anything")).to_be_visible()
    page.locator("body > .care [data-open=help]").click()
    expect(page.locator("dialog#help")).to_be_visible()


def test_a_seat_in_two_tabs_rests_in_the_older_one(
    leader: KeyLine, phone: Phone
) -> None:
    older = phone.join()
    with phone.context.expect_page() as opening:
        older.evaluate("window.open(location.href)")  # takes the tab's storage along
    newer = opening.value
    expect(newer.get_by_role("heading", name="You’re in.")).to_be_visible()

    resting = older.locator("#banner")
    expect(resting).to_contain_text("Your seat is open in another tab")
    expect(newer.locator("#banner")).to_be_hidden()

    resting.get_by_role("button", name=SAY["use_this_tab"]).click()
    expect(older.get_by_role("heading", name="You’re in.")).to_be_visible()
    expect(newer.locator("#banner")).to_contain_text("Your seat is open in another tab")
    expect(older.locator("#banner")).to_be_hidden()


def answers(phone: Phone, after: int) -> list[str]:
    """Answers that this page has sent since."""
    phone.page.title()  # lets Playwright hand over what has come
    return [f for f in phone.frames[after:] if '"type":"answer"' in f]


def test_a_laptop_that_crashed_comes_back_with_its_phones_and_its_leader(
    browser: Browser,
) -> None:
    port, options = free_port(), ("--key", "the-same-key", "--k", "3")
    with serve(*options, port=port) as served:
        leader = Phone(browser, served, **WIDE)
        leader.page.goto(served.facilitate)
        open_room(leader.page)
        leader.page.locator("#sheet button", has_text="Two kinds of hurt").click()
        leader.page.get_by_role("button", name="Collect").first.click()
        group = [Phone(browser, served) for _ in range(4)]
        for one in group:
            one.join()
            one.lesson(LESSON)
            take_part(one, "Being left out")
        sent = [len(one.frames) for one in group]

        served.stop(signal.SIGKILL)
        for one in group:
            banner(one).to_contain_text("You’re still in")
            expect(one.page.locator(".together .together-sent")).to_be_visible()
            one.page.locator("body > .care [data-open=help]").click()
            expect(one.page.locator("dialog#help")).to_be_visible()
            one.page.keyboard.press("Escape")

    with serve(*options, port=port):
        for one in group:
            banner(one).to_be_hidden(timeout=30_000)
        about = leader.page.locator("#about")
        expect(about).to_contain_text("Open.", timeout=30_000)
        expect(leader.page.locator("#now-title")).to_have_text("Two kinds of hurt")
        expect(leader.page.locator("[aria-current=step]")).to_contain_text(
            "Two kinds of hurt"
        )
        for one, before in zip(group, sent, strict=True):
            until(lambda o=one, b=before: answers(o, b), 30, "an answer, sent again")

        leader.page.get_by_role("button", name="Reveal").first.click()
        for one in (leader, *group):
            said = one.page.locator(".picture .answer")
            expect(said).to_have_text("Most of us said: Being left out.")
        for one in (leader, *group):
            one.close()
            assert one.asked_elsewhere() == []


def test_a_tab_of_last_week_brings_nothing_of_last_week(
    leader: KeyLine, phone: Phone
) -> None:
    page = phone.join()
    page.evaluate(
        """name => { for (const [key, value] of Object.entries({
          token: "last-week", last: Date.now() - 7 * 86400000,
          held: { [name]: { round: 1, value: 1, mine: 1 } } }))
        sessionStorage.setItem("beyond:" + key, JSON.stringify(value)); }""",
        QUESTION,
    )
    before = len(phone.frames)
    page.reload()
    page.wait_for_function(
        "() => beyond.state() && beyond.store.get('token') !== 'last-week'"
    )
    page.evaluate("beyond.sync()")

    def heard() -> bool:
        page.title()  # lets Playwright hand over what has come
        return '"pong"' in str(phone.frames[before:])

    until(heard, 20, "a word")

    assert answers(phone, before) == []
    assert page.evaluate("beyond.held('longer') ?? null") is None
