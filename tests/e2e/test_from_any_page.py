"""Leaving, clearing and signals: from every page with a care bar, not lessons alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from beyond_the_no.room.words import table
from support import small_lessons as nb
from support.room_line import KeyLine, PhoneLine
from support.served import Phone, Served, serve, until

pytestmark = pytest.mark.browser
SAY = table()["page"]
SOON = 20_000  # milliseconds; a busy machine is slow
PAGES = ["lesson/all", "help", "my-page", "ground", "rules", "none"]
POLLS = [f"poll{at}" for at in range(len(PAGES) + 1)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    imported = "from beyond_the_no.together import *"
    made = [f'Poll("{name}", "Which?", ["One", "Two"])' for name in POLLS]
    made += ['Texts("texts", "What helped?")', 'WordBoard("words", "One word?")']
    return nb.write(
        tmp_path_factory.mktemp("lessons"),
        all=nb.notebook("# All", imported, *made, title="All"),
    )


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve("--lessons", str(folder)) as it:
        yield it


@pytest.fixture(scope="module")
def leader(served: Served) -> Iterator[KeyLine]:
    line = KeyLine(served)
    line.waits_for(lambda state: len(state["questions"]) == len(POLLS) + 2)
    line.lead("move", lesson="all")
    yield line
    line.close()


@pytest.fixture(scope="module")
def four(served: Served) -> Iterator[list[PhoneLine]]:
    lines = [PhoneLine(served) for _ in range(4)]
    yield lines
    for line in lines:
        line.close()


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[Phone]:
    one = Phone(browser, served)
    yield one
    one.close()
    assert one.asked_elsewhere() == []
    assert one.errors == []


def answered(phone: Phone, leader: KeyLine, name: str) -> None:
    leader.lead("collect", activity=name)
    phone.join()
    page = phone.lesson("all")
    box = page.locator(f".together:has(#together-{name})")
    box.get_by_role("button", name="Join").click()
    box.get_by_label("Two").check()
    box.get_by_role("button", name="Done").click()
    expect(box.get_by_text("Done.", exact=True)).to_be_visible()


def go(phone: Phone, path: str) -> Page:
    if path.startswith("lesson"):
        return phone.lesson(path.partition("/")[2])
    return phone.goto(path)


@pytest.mark.parametrize(("name", "path"), [*zip(POLLS, PAGES, strict=False)])
def test_leave_takes_seat_and_answer_along(
    phone: Phone, leader: KeyLine, four: list[PhoneLine], name: str, path: str
) -> None:
    answered(phone, leader, name)
    page = go(phone, path)
    page.locator("body > .care [data-cover]").click()
    page.get_by_role("link", name="Leave", exact=True).click()
    page.wait_for_url("about:blank")
    for line in four:
        line.answer(name, 0)

    def all_are_in() -> bool:  # the four, and nobody else
        leader.settle()
        return leader.last()["crowd"] == "fewer than five phones"

    until(all_are_in, 20, "the room to hear that she left")
    reveal = {"type": "reveal", "activity": name}
    assert leader.refusal(reveal) == "too_few"
    leader.lead("put_away", activity=name)


def test_clear_everything_takes_an_answer_back_and_keeps_the_seat(
    phone: Phone, leader: KeyLine, four: list[PhoneLine]
) -> None:
    name = POLLS[-1]
    answered(phone, leader, name)
    page = phone.goto("my-page")
    page.get_by_role("button", name="Clear everything").click()
    expect(page.locator("#clear")).to_contain_text("hasn’t been shown yet")
    before = len(phone.frames)
    page.get_by_role("button", name="Clear them").click()
    until(
        lambda: page.evaluate("1") and any("sent" in f for f in phone.frames[before:]),
        20,
        "the room to hear of it",
    )
    for line in four:
        line.answer(name, 0)

    assert leader.refusal({"type": "reveal", "activity": name}) == "too_few"
    assert page.evaluate("beyond.joined()")
    leader.lead("put_away", activity=name)


def test_clear_everything_forgets_what_was_kept_to_oneself(
    phone: Phone, leader: KeyLine
) -> None:
    leader.lead("collect", activity="words")
    phone.join()
    box = phone.lesson("all").locator(".together:has(#together-words)")
    box.get_by_role("button", name="Keep it to myself").click()
    box.get_by_label("Your word").fill("kanarie")
    box.get_by_role("button", name="Done").click()
    page = phone.goto("my-page")
    kept = "JSON.stringify(sessionStorage)"
    assert "kanarie" in page.evaluate(kept)
    page.get_by_role("button", name="Clear everything").click()
    page.get_by_role("button", name="Clear them").click()
    expect(page.locator("#cleared")).to_be_visible()

    assert "kanarie" not in page.evaluate(kept)
    leader.lead("put_away", activity="words")


def signal(page: Page, kind: str = "slow") -> None:
    if not page.locator("dialog#signal").is_visible():
        page.locator("body > .care [data-open=signal]").click()
    page.locator(f"#signal [data-signal={kind}]").click()


def said(page: Page) -> object:
    return expect(page.locator("#signal [data-signal-said]"))


@pytest.mark.parametrize("path", ["", *PAGES])
def test_a_signal_is_sent_from_every_page(
    phone: Phone, leader: KeyLine, path: str
) -> None:
    phone.join()
    page = go(phone, path)
    signal(page, "checkin")

    leader.waits_for(lambda now: now["signals"], "the signal")
    leader.shows_calls()
    said(page).to_have_text(SAY["signal_seen"], timeout=SOON)
    words = page.locator("#signal [data-words]").inner_text()
    assert words
    ((name, sentence),) = leader.last()["signals"]
    assert words in sentence
    leader.lead("acknowledge", signal=name)
    coming = SAY["signal_on_it"]["facilitator"]["checkin"]
    said(page).to_have_text(coming, timeout=SOON)
    leader.lead("done", signal=name)
    said(page).to_have_text(SAY["signal_closed"], timeout=SOON)


@pytest.mark.parametrize("path", ["", *PAGES])
def test_who_is_not_in_the_room_is_told_that_nothing_was_sent(
    phone: Phone, path: str
) -> None:
    page = go(phone, path)
    signal(page)

    said(page).to_have_text(SAY["signal_outside"])


@pytest.fixture
def another(browser: Browser, folder: Path) -> Iterator[tuple[Served, Phone]]:
    """A room of its own, that may end."""
    with serve("--lessons", str(folder)) as served:
        phone = Phone(browser, served)
        yield served, phone
        phone.close()
        assert phone.errors == []


def test_a_signal_is_not_lost_in_silence_when_the_laptop_is_gone(
    another: tuple[Served, Phone],
) -> None:
    served, phone = another
    phone.join()
    page = phone.goto("help")
    page.wait_for_function("() => beyond.state()")
    served.stop()
    signal(page)

    said(page).to_have_text(SAY["signal_none"], timeout=SOON)


def test_after_the_end_the_sheet_says_so(another: tuple[Served, Phone]) -> None:
    served, phone = another
    leader = KeyLine(served)
    leader.lead("open")
    phone.join()
    for path, kind in (("lesson/all", "slow"), ("help", "break")):
        page = go(phone, path)
        signal(page, kind)
        leader.waits_for(lambda now, kind=kind: kind in dict(now["signals"]))
        leader.shows_calls()
        said(page).to_have_text(SAY["signal_seen"], timeout=SOON)
    leader.lead("end")

    said(page).to_have_text(SAY["signal_ended_open"], timeout=SOON)
    signal(page)
    said(page).to_have_text(SAY["signal_ended_open"])
    leader.close()
