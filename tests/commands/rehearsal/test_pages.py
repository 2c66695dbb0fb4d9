"""Real pages in a rehearsal: three phones, large text and keys alone, the report."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from beyond_the_no.commands.rehearsal import answers
from support.room_line import KeyLine
from support.served import Phone, open_room, violations

from .conftest import SIDEWAYS, Rehearsed, checked, rehearse

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
WIDE = {"viewport": {"width": 1280, "height": 900}, "has_touch": False}
JOIN = re.compile("^Join")


def keep(page: Page, name: str) -> None:
    if folder := os.environ.get("REHEARSAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"rehearse-{name}.png", full_page=True)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsed]:
    with rehearse(tmp_path_factory.mktemp("pages"), "--people", "9") as it:
        checked(it)
        yield it


@pytest.fixture(scope="module")
def desk(browser: Browser, served: Rehearsed) -> Iterator[Phone]:
    """The leader's own screen: the rehearsal page."""
    one = Phone(browser, served, **WIDE)
    one.page.goto(served.rehearsal)
    yield one
    one.close()


@pytest.fixture(scope="module")
def windows(desk: Phone) -> list[Page]:
    """The three phones on it."""
    opened = []
    for number in (1, 2, 3):
        with desk.context.expect_page() as opening:
            desk.page.get_by_role("link", name=f"Phone {number}").click()
        opened.append(opening.value)
        opening.value.wait_for_load_state()
    return opened


def test_the_page_says_who_is_simulated_and_has_no_barrier(desk: Phone) -> None:
    page = desk.page
    for one in answers.words()["personas"][:9]:
        expect(page.get_by_text(one["title"], exact=True)).to_be_visible()
    keep(page, "page")

    assert violations(page) == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not page.evaluate(SIDEWAYS)
    page.evaluate("document.documentElement.style.fontSize = ''")


def test_three_phones_on_one_screen_are_three_people(windows: list[Page]) -> None:
    tokens = set()
    for page in windows:
        page.get_by_role("button", name="I’m in").click()
        page.get_by_role("heading", name="You’re in.").wait_for()
        tokens.add(page.evaluate("sessionStorage.getItem('beyond:token')"))
        assert page.evaluate("globalThis.opener") is None

    assert len(tokens) == 3
    assert None not in tokens
    keep(windows[0], "phone")
    for page in windows:
        assert page.get_by_text("Your seat is open in another tab").count() == 0


def test_her_page_opens_the_room_and_its_clock_runs_as_fast(
    desk: Phone, served: Rehearsed
) -> None:
    page = desk.open_tab()
    page.goto(served.facilitate)
    open_room(page)
    page.keyboard.press("n")
    expect(page.locator("#now-title")).to_have_text("The door")

    # a minute lasts a third of a second
    expect(page.locator("#clock")).to_contain_text(re.compile(r"\d+ minutes in"))
    keep(page, "console")
    page.close()


def keys(page: Page, wanted: str, key: str = "Enter", most: int = 40) -> None:
    """Go there with Tab alone, and press."""
    for _ in range(most):
        at = page.evaluate(
            "document.activeElement.innerText || document.activeElement.value || ''"
        )
        if at.startswith(wanted):
            return page.keyboard.press(key)
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to “{wanted}” with Tab")


def test_with_large_text_and_keys_alone_one_joins_and_answers(
    phone: Callable[..., Phone], served: Rehearsed
) -> None:
    leader = KeyLine(served)
    leader.waits_for(lambda state: state["phase"] == "open", "the open room")
    one = phone(served, has_touch=False)
    one.context.add_init_script(
        "addEventListener('DOMContentLoaded', () => "
        "(document.documentElement.style.fontSize = '200%'))"
    )
    page = one.goto()
    keys(page, "I’m in")
    page.get_by_role("heading", name="You’re in.").wait_for()
    assert not page.evaluate(SIDEWAYS)
    leader.lead("turn", row=2)
    keys(page, "Come along")
    page.locator("body[data-ready]").wait_for(timeout=120_000)
    leader.lead("collect", activity="first")
    card = page.locator(".together:has(#together-first)")
    expect(card.get_by_role("button", name=JOIN)).to_be_visible()
    keys(page, "Join", most=120)
    page.keyboard.press("Space")  # the first answer has the focus
    keys(page, "Done")
    expect(card.get_by_text("Thank you", exact=False).first).to_be_visible()
    assert not page.evaluate(SIDEWAYS)
    keep(page, "large")
    assert page.evaluate("beyond.held('first').value") == 0


def test_a_real_phone_holds_back_what_the_simulated_one_sends(
    windows: list[Page], served: Rehearsed
) -> None:
    leader, page = KeyLine(served), windows[0]
    leader.waits_for(lambda state: state["phase"] == "open", "the open room")
    last = len(leader.waits_for(lambda state: state["questions"])["questions"])
    assert last > 10
    leader.lead("move", lesson="99_practice", step=0)
    page.goto(served.join + "lesson/99_practice")
    page.locator("body[data-ready]").wait_for(timeout=120_000)
    leader.lead("collect", activity="practice-lines")
    card = page.locator(".together:has(#together-practice-lines)")
    for worrying in answers.worrying():
        card.get_by_role("button", name=JOIN).click()
        card.locator("textarea").fill(worrying)
        card.get_by_role("button", name="Done").click()
        expect(card.get_by_role("button", name="Send it to the room")).to_be_visible()
        assert page.evaluate("beyond.held('practice-lines') ?? null") is None
        keep(page, "held-back")
        page.reload()
        page.locator("body[data-ready]").wait_for(timeout=120_000)
