"""The ribbon leads to where the group is, and takes nobody from what she does."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from beyond_the_no.room.words import table
from beyond_the_no.together.together import words
from support import small_lessons as nb
from support.room_line import KeyLine
from support.served import Phone, Served, as_long_as, serve, violations

pytestmark = pytest.mark.browser
SAY, ASKED = table()["page"], words()
PROSE = "# " + "\n\n".join(["Some lines to read between two things to do."] * 40)
NOTE_FIRST = (
    '<div data-safety="note">\n\nThis part is quiet. You can skip it.\n\n</div>'
)
LINE = "I laughed along, but inside I was thinking that"
TOP = "anchor => document.querySelector(anchor).getBoundingClientRect().top"
AT = "() => Math.round(scrollY)"


def lesson(title: str, *steps: str) -> str:
    """A lesson with a note, and steps whose first cells are headings."""
    cells = [f"# {title}\n\n{NOTE_FIRST}", "from beyond_the_no.own import *"]
    for step in steps:
        cells += [f"## {step} of {title}", PROSE]
    cells += [f'NoteToSelf("{title}-line")', "BestSelf()", PROSE]
    cells += [nb.poll(f"{title[:2]}-asks"), PROSE]
    book = json.loads(nb.notebook(*cells, title=title))
    headings = [c for c in book["cells"] if c["source"].startswith("## ")]
    for cell, step in zip(headings, steps, strict=True):
        cell["metadata"]["step"] = {"name": f"{step} of {title}", "minutes": 2}
    return json.dumps(book)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"),
        a_hello=lesson("Hello", "Start", "Middle", "Last"),
        b_body=lesson("The body", "Start", "Middle", "Last"),
        c_last=lesson("Going on", "Start"),
    )
    with serve("--lessons", str(folder)) as it:
        yield it


@pytest.fixture(scope="module")
def line(served: Served) -> Iterator[KeyLine]:
    one = KeyLine(served)
    one.lead("open")
    one.waits_for(lambda state: state["complete"])
    yield one
    one.close()


@pytest.fixture
def leader(line: KeyLine) -> Iterator[KeyLine]:
    line.lead("roam", freely=False)
    line.lead("move", lesson="a_hello", step=0)
    yield line
    line.lead("resume")


@pytest.fixture(scope="module")
def joined(browser: Browser, served: Served, line: KeyLine) -> Iterator[Phone]:
    one = Phone(browser, served)
    one.join()
    yield one
    one.close()
    assert one.errors == []


@pytest.fixture
def phone(joined: Phone, leader: KeyLine) -> Phone:
    """In the first lesson, with the group, following nobody."""
    joined.page.evaluate("beyond.store.drop('follow')")
    joined.page.evaluate("sessionStorage.removeItem('beyond:draft:Hello-line')")
    joined.lesson("a_hello")
    return joined


def ribbon(phone: Phone) -> object:
    return expect(phone.page.locator("#ribbon"))


def switch(page: Page) -> object:
    return page.locator("#ribbon [data-follow]")


def follow(phone: Phone, leader: KeyLine) -> None:
    """Choose to follow, from the foot of the lesson."""
    door = phone.page.locator("#onward [data-follow]")
    expect(door).to_have_text(SAY["follow_off"])
    door.click()
    expect(switch(phone.page)).to_have_text(SAY["follow_on"])
    phone.page.get_by_role("button", name=SAY["put_away"]).click()
    phone.page.evaluate("scrollTo(0, 0)")


def along(phone: Phone) -> None:
    phone.page.get_by_role("link", name=SAY["come_along"]).click()


def arrived(phone: Phone, lesson: str) -> Page:
    phone.page.wait_for_url(re.compile(lesson))
    phone.page.locator("body[data-ready]").wait_for(timeout=120_000)
    return phone.page


def test_come_along_opens_a_lesson_at_its_title_with_its_note_and_a_way_to_skip_it(
    phone: Phone, leader: KeyLine
) -> None:
    leader.lead("move", lesson="b_body")
    ribbon(phone).to_contain_text("The group has moved on to “The body”.")
    along(phone)
    page = arrived(phone, "b_body")

    for part in (
        page.get_by_role("heading", name="The body", exact=True),
        page.get_by_text("This part is quiet."),
        page.get_by_role("link", name="Skip this part"),
    ):
        expect(part).to_be_in_viewport(ratio=1)
    ribbon(phone).to_be_hidden()


def test_come_along_lands_on_the_heading_of_the_row_and_the_ribbon_goes(
    phone: Phone, leader: KeyLine
) -> None:
    leader.lead("move", lesson="b_body", step=1)
    along(phone)
    page = arrived(phone, "b_body")

    heading = page.get_by_role("heading", name="Middle of The body")
    expect(heading).to_be_in_viewport(ratio=1)
    assert 0 <= heading.bounding_box()["y"] <= 120
    ribbon(phone).to_be_hidden()


def test_come_along_to_a_question_lands_on_its_card(
    phone: Phone, leader: KeyLine
) -> None:
    """Its widget comes after the page, and the page grows above it."""
    leader.lead("collect", activity="Th-asks")
    ribbon(phone).to_contain_text("There’s a question for the group in “The body”.")
    along(phone)
    page = arrived(phone, "b_body")

    expect(page.locator(".together-mark")).to_be_in_viewport(ratio=1)
    expect(page.locator(".together-door").last).to_be_in_viewport(ratio=1)
    leader.lead("put_away", activity="Th-asks")


def test_go_there_leads_to_the_heading_of_a_step_and_the_ribbon_goes(
    phone: Phone, leader: KeyLine
) -> None:
    leader.lead("move", lesson="a_hello", step=2)
    ribbon(phone).to_contain_text("The group is at “Last of Hello”.")
    phone.page.get_by_role("link", name=SAY["go_there"]).click()

    heading = phone.page.get_by_role("heading", name="Last of Hello")
    expect(heading).to_be_in_viewport(ratio=1)
    ribbon(phone).to_be_hidden()


def test_who_follows_is_taken_along_and_back_brings_her_back_to_stay(
    phone: Phone, leader: KeyLine
) -> None:
    follow(phone, leader)
    leader.lead("move", lesson="b_body", step=1)
    page = arrived(phone, "b_body")
    expect(page.get_by_role("heading", name="Middle of The body")).to_be_in_viewport()
    page.go_back()
    arrived(phone, "a_hello")

    ribbon(phone).to_contain_text("The group has moved on to “The body”.")
    leader.lead("head_count", shown=True)  # any news of the room
    leader.lead("head_count", shown=False)
    page.wait_for_function("() => beyond.state().lesson === 'b_body'")
    assert page.url.endswith("/a_hello")
    # from here she is taken along by the next turn, and may stop that
    switch(page).click()
    expect(switch(page)).to_have_text(SAY["follow_off"])
    leader.lead("move", lesson="c_last")
    ribbon(phone).to_contain_text("“Going on”")
    assert page.url.endswith("/a_hello")


def test_back_to_a_page_that_was_kept_in_memory_is_no_turn(
    browser_with_cache: Browser, served: Served, leader: KeyLine
) -> None:
    one = Phone(browser_with_cache, served)
    one.join()
    one.lesson("a_hello")
    follow(one, leader)
    leader.lead("move", lesson="b_body")
    page = arrived(one, "b_body")
    leader.lead("move", lesson="c_last")
    arrived(one, "c_last")
    page.evaluate("() => { setTimeout(() => history.go(-2)) }")

    ribbon(one).to_contain_text("The group has moved on to “Going on”.")
    assert page.url.endswith("/a_hello")
    one.close()
    assert one.errors == []


def test_following_works_within_a_lesson_too(phone: Phone, leader: KeyLine) -> None:
    follow(phone, leader)
    entries = phone.page.evaluate("history.length")
    leader.lead("move", lesson="a_hello", step=1)

    heading = phone.page.get_by_role("heading", name="Middle of Hello")
    expect(heading).to_be_in_viewport(ratio=1)
    assert 0 <= heading.bounding_box()["y"] <= 120
    expect(phone.page.locator("#ribbon [data-ribbon=said]")).to_be_hidden()
    expect(switch(phone.page)).to_be_visible()
    assert phone.page.evaluate("history.length") == entries, "Back still leads back"


@pytest.mark.parametrize("where", [("a_hello", 1), ("b_body", 0)])
def test_who_writes_is_not_moved_and_the_ribbon_waits(
    phone: Phone, leader: KeyLine, where: tuple[str, int]
) -> None:
    follow(phone, leader)
    page = phone.page
    field = page.locator(".note-to-self textarea")
    field.fill(LINE)
    before = page.evaluate(AT)
    leader.lead("move", lesson=where[0], step=where[1])

    ribbon(phone).to_contain_text("No hurry")
    ribbon(phone).to_have_class(re.compile("quiet"))
    expect(field).to_be_focused()
    assert page.evaluate(AT) == before
    field.press_sequentially(" it hurt")
    page.locator("#lesson h1").first.evaluate("() => document.activeElement.blur()")
    ribbon(phone).not_to_have_class(re.compile("quiet"))
    expect(field).to_have_value(f"{LINE} it hurt")
    assert page.url.endswith("/a_hello")


def test_who_is_in_an_exercise_is_not_moved(phone: Phone, leader: KeyLine) -> None:
    follow(phone, leader)
    page = phone.page
    exercise = page.locator(".exercise")
    exercise.scroll_into_view_if_needed()
    exercise.get_by_role("heading").first.click()
    page.evaluate("document.activeElement.blur()")
    before = page.evaluate(AT)
    leader.lead("move", lesson="b_body")

    ribbon(phone).to_contain_text("No hurry")
    assert page.evaluate(AT) == before
    assert page.url.endswith("/a_hello")


@pytest.mark.parametrize("follows", [False, True])
def test_who_was_choosing_when_the_group_went_on_is_told_and_loses_nothing(
    phone: Phone, leader: KeyLine, follows: bool
) -> None:
    if follows:
        follow(phone, leader)
    page = phone.page
    leader.lead("collect", activity="He-asks")
    box = page.locator(".together")
    box.get_by_role("button", name=re.compile("^Join")).click()
    box.get_by_label("Two").check()
    leader.lead("move", lesson="b_body")

    ribbon(phone).to_contain_text("“The body”")
    expect(box).to_contain_text(ASKED["closed"]["choosing"])
    expect(box.get_by_label("Two")).to_be_checked()
    leader.lead("move", lesson="c_last")
    ribbon(phone).to_contain_text("“Going on”")
    assert page.url.endswith("/a_hello")


def test_who_has_a_sheet_open_is_not_moved(phone: Phone, leader: KeyLine) -> None:
    follow(phone, leader)
    phone.page.locator("body > .care [data-open=ground]").click()
    leader.lead("move", lesson="b_body")
    phone.page.wait_for_function("() => beyond.state().lesson === 'b_body'")

    expect(phone.page.locator("dialog#ground")).to_be_visible()
    assert phone.page.url.endswith("/a_hello")
    phone.page.locator("dialog#ground [data-close]").first.click()
    ribbon(phone).to_contain_text("“The body”")


@pytest.mark.parametrize("page", ["my-page", "help", "ground", "rules"])
def test_other_pages_lead_back_and_have_the_ribbon(
    phone: Phone, leader: KeyLine, page: str
) -> None:
    phone.page.evaluate("scrollTo(0, 700)")
    there = phone.goto(page)
    back = there.get_by_role("link", name="Back to “Hello”").first
    expect(back).to_be_in_viewport()
    leader.lead("move", lesson="b_body")
    ribbon(phone).to_contain_text("“The body”")
    expect(switch(there)).to_have_text(SAY["follow_off"])
    switch(there).click()
    expect(switch(there)).to_have_text(SAY["follow_on"])
    leader.lead("move", lesson="c_last")
    ribbon(phone).to_contain_text("“Going on”")
    assert page in there.url, "nobody is taken from here"
    switch(there).click()
    back.click()

    arrived(phone, "a_hello")
    phone.page.wait_for_function("() => Math.abs(scrollY - 700) < 30")


def test_other_pages_say_that_the_room_is_paused_and_stay_as_they_are(
    phone: Phone, leader: KeyLine
) -> None:
    page = phone.goto("help")
    page.wait_for_function("() => beyond.state()")
    leader.lead("pause")
    ribbon(phone).to_contain_text(SAY["paused_here"])
    expect(page.locator("a.number").first).to_be_visible()
    leader.lead("resume")
    ribbon(phone).not_to_contain_text(SAY["paused_here"])


def test_pause_and_resume_keep_place_focus_and_line_in_the_middle_of_an_exercise(
    phone: Phone, leader: KeyLine
) -> None:
    page = phone.page
    exercise = page.locator(".exercise")
    exercise.scroll_into_view_if_needed()
    for _ in as_long_as(lambda: not exercise.locator("textarea").count()):
        exercise.get_by_role("button", name=re.compile("^(Begin|Start|Next)")).click()
    field = exercise.locator("textarea").first
    field.fill(LINE)
    field.evaluate("field => field.setSelectionRange(9, 9)")
    before = page.evaluate(AT)
    leader.lead("pause")
    expect(page.get_by_role("heading", name=SAY["paused"])).to_be_focused()
    leader.lead("resume")
    expect(page.locator("#pause")).to_be_hidden()

    expect(field).to_be_focused()
    expect(field).to_have_value(LINE)
    assert field.evaluate("field => field.selectionStart") == 9
    assert page.evaluate(AT) == before


def test_moving_freely_has_a_list_of_lessons_that_shows_the_groups_place(
    phone: Phone, leader: KeyLine
) -> None:
    page = phone.page
    leader.lead("move", lesson="b_body")
    leader.lead("roam", freely=True)
    ribbon(phone).to_contain_text(SAY["freely"])
    page.locator("#ribbon [data-open=lessons]").click()

    sheet = page.locator("dialog#lessons")
    items = sheet.get_by_role("listitem")
    expect(items).to_have_count(3)
    expect(items.nth(1)).to_contain_text(SAY["group_here"])
    expect(items.first).to_contain_text(SAY["you_here"])
    assert violations(page) == []
    sheet.get_by_role("link", name="Going on").click()
    arrived(phone, "c_last")


def test_who_comes_late_is_told_all_lessons_and_finds_agreements_and_grounding(
    browser: Browser, served: Served, leader: KeyLine
) -> None:
    for name in ("b_body", "c_last", "b_body", "a_hello", "c_last"):
        leader.lead("move", lesson=name)
    one = Phone(browser, served)
    page = one.join()

    expect(page.locator("#so-far")).to_have_text(
        "So far we’ve looked at “The body” and “Hello”."
    )
    text = page.locator("body").inner_text()
    assert text.count("Going on") == 1, "the same place once"
    assert "When the leader starts" not in text
    expect(page.get_by_role("link", name=SAY["come_along"])).to_be_in_viewport()
    page.get_by_text("What we ask of each other").last.click()
    expect(page.get_by_text("You can pass on anything.").last).to_be_visible()
    page.locator("#late").get_by_role("link", name="Ground me").click()
    expect(page.locator("dialog#ground")).to_be_visible()
    one.close()
    assert one.errors == []


def test_the_end_is_said_on_my_page_too_and_what_was_written_stays(
    browser: Browser, served: Served, line: KeyLine
) -> None:
    """The last one: the room has ended after it."""
    one = Phone(browser, served)
    one.join()
    one.lesson("a_hello")
    one.page.locator(".note-to-self textarea").fill(LINE)
    one.page.get_by_role("button", name="Keep it").first.click()
    page = one.goto("my-page")
    page.wait_for_function("() => beyond.state()")
    line.lead("end")

    ribbon(one).to_contain_text("This workshop has ended")
    expect(page.locator("#leaves textarea").first).to_have_value(LINE)
    one.close()
    assert one.errors == []
