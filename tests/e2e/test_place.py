"""Nobody is moved from where she reads or writes, and nothing lies over it for good."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from beyond_the_no.room.words import table
from support import small_lessons as nb
from support.room_line import KeyLine, PhoneLine, phones
from support.served import Phone, Served, serve, until

pytestmark = pytest.mark.browser
SAY = table()["page"]
QUESTIONS = ["which", "where", "when"]  # each may be shown twice only
NOTES = [nb.NOTE.replace("a-line", f"line-{at}") for at in range(3)]
PROSE = "# " + "\n\n".join(["Some lines to read between two things to do."] * 60)
# what stands above may grow: the line stays where the eye has it
MARK = """() => {
  const at = document.activeElement, note = document.querySelector(".note-to-self");
  const top = Math.round(note.getBoundingClientRect().top);
  return [top, at.localName, at.selectionStart ?? null];
}"""
# what has the focus and cannot be seen: all of it lies under the ribbon
UNDER = """() => {
  const at = document.activeElement, { top } = at.getBoundingClientRect();
  const over = document.querySelector("#ribbon").getBoundingClientRect().top;
  const free = at.closest(".over-page, .care, .skip");
  return top >= over && top < innerHeight && !free ? `${at.localName} at ${top}` : "";
}"""
# where the first question was, in each frame
MOVES = """() => {
  const title = document.querySelector(".together h3");
  globalThis.tops = new Set();
  (function look() {
    globalThis.tops.add(Math.round(title.getBoundingClientRect().top));
    requestAnimationFrame(look);
  })();
}"""
# where the first note was, in each frame
NOTE_MOVES = """() => {
  const note = document.querySelector(".note-to-self");
  globalThis.places = new Set();
  (function look() {
    globalThis.places.add(Math.round(note.getBoundingClientRect().top));
    requestAnimationFrame(look);
  })();
}"""
HEARD = """() => {
  globalThis.live = [];
  const live = '[role="status"], [role="alert"], [aria-live]';
  new MutationObserver((changes) => {
    for (const { target } of changes)
      if (target.matches(live)) globalThis.live.push(target.id);
  }).observe(document.body, { attributeFilter: ["hidden"], subtree: true });
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    polls = [nb.poll(name, name) for name in QUESTIONS]
    one = ["# One\n\n## A question", *polls, PROSE, nb.NOTE, PROSE, *NOTES]
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"),
        one=nb.notebook(*one, title="One"),
        two=nb.notebook("# Two", PROSE, title="Two"),
    )
    with serve("--lessons", str(folder)) as it:
        yield it


@pytest.fixture
def leader(served: Served) -> Iterator[KeyLine]:
    line = KeyLine(served)
    line.waits_for(lambda state: state["questions"])
    line.lead("roam", freely=False)
    line.lead("move", lesson="one")
    yield line
    line.lead("resume")
    for name in QUESTIONS:
        line.lead("put_away", activity=name)
    line.close()


@pytest.fixture
def group(served: Served) -> Iterator[list[PhoneLine]]:
    with phones(served, 6) as lines:
        yield lines


@pytest.fixture
def phone(browser: Browser, served: Served, leader: KeyLine) -> Iterator[Phone]:
    one = Phone(browser, served)
    one.join()
    one.lesson("one")
    yield one
    one.close()
    assert one.errors == []


def write(phone: Phone) -> list[object]:
    """Write a line, go back into it, and say where that is."""
    note = phone.page.locator(".note-to-self textarea").first
    note.fill("a line")
    note.evaluate("field => field.setSelectionRange(2, 2)")
    return phone.page.evaluate(MARK)


def poll_of(phone: Phone, name: str) -> Locator:
    return phone.page.locator(".together").filter(has_text=name)


def answer(phone: Phone, name: str) -> None:
    poll = poll_of(phone, name)
    poll.get_by_role("button", name=re.compile("^Join")).click()
    poll.get_by_label("Two").check()
    poll.get_by_role("button", name="Done").click()
    expect(poll.locator(".together-sent")).to_be_visible()


def reveal(leader: KeyLine, group: list[PhoneLine], name: str) -> None:
    for at, line in enumerate(group):
        line.answer(name, at % 2)
    leader.lead("reveal", activity=name)


def test_a_reveal_leaves_who_writes_in_the_line_and_the_page_where_it_is(
    phone: Phone, leader: KeyLine, group: list[PhoneLine]
) -> None:
    leader.lead("collect", activity="which")
    answer(phone, "which")
    before = write(phone)
    reveal(leader, group, "which")

    expect(phone.page.locator(".together .picture")).to_have_count(1)
    assert phone.page.evaluate(MARK) == before


def test_a_reveal_leaves_who_reads_elsewhere_with_no_focus_where_she_is(
    phone: Phone, leader: KeyLine, group: list[PhoneLine]
) -> None:
    leader.lead("collect", activity="where")
    answer(phone, "where")
    write(phone)
    phone.page.evaluate("document.activeElement.blur()")
    before = phone.page.evaluate(MARK)
    reveal(leader, group, "where")

    expect(phone.page.locator(".together .picture")).to_have_count(1)
    assert phone.page.evaluate(MARK) == before


def test_a_reveal_takes_a_focus_along_that_would_be_lost(
    phone: Phone, leader: KeyLine, group: list[PhoneLine]
) -> None:
    leader.lead("collect", activity="when")
    answer(phone, "when")
    phone.page.locator(".together-sent ~ button").focus()
    reveal(leader, group, "when")

    expect(phone.page.locator(".together .picture")).to_have_count(1)
    expect(poll_of(phone, "when").locator("h3")).to_be_focused()


def test_after_a_pause_everybody_is_where_she_was(
    phone: Phone, leader: KeyLine
) -> None:
    before = write(phone)
    leader.lead("pause")
    expect(phone.page.get_by_role("heading", name=SAY["paused"])).to_be_focused()
    expect(phone.page.locator(".note-to-self textarea").first).to_be_hidden()
    expect(phone.page.locator("body > .care")).to_be_visible()
    leader.lead("resume")

    expect(phone.page.locator("#pause")).to_be_hidden()
    assert phone.page.evaluate(MARK) == before


def test_who_follows_and_writes_is_asked_rather_than_taken_along(
    phone: Phone, leader: KeyLine
) -> None:
    phone.page.evaluate("beyond.store.set('follow', true)")
    before = write(phone)
    leader.lead("move", lesson="two")

    come = phone.page.get_by_role("link", name=SAY["come_along"])
    expect(come).to_be_visible()
    assert phone.page.url.endswith("/one")
    assert phone.page.evaluate(MARK)[1:] == before[1:]


@pytest.mark.parametrize("size", [(390, 844), (195, 422), (320, 256), (320, 568)])
def test_the_ribbon_leaves_room_to_read_and_can_be_put_away(
    phone: Phone, leader: KeyLine, size: tuple[int, int]
) -> None:
    """195 by 422 is a phone with letters of twice the size; 320 by 256 is 400 %."""
    width, height = size
    phone.page.set_viewport_size({"width": width, "height": height})
    write(phone)
    leader.lead("collect", activity="which")
    ribbon = phone.page.locator("#ribbon")
    expect(ribbon).to_contain_text(SAY["asked_here"])

    box = ribbon.bounding_box()
    assert box is not None
    assert box["y"] >= 0.4 * height
    ribbon.get_by_role("button", name=SAY["put_away"]).click()
    expect(ribbon).to_be_hidden()
    expect(phone.page.locator("#main")).to_be_focused()


def test_nothing_that_has_the_focus_lies_under_the_ribbon(
    phone: Phone, leader: KeyLine
) -> None:
    leader.lead("roam", freely=True)
    expect(phone.page.locator("#ribbon")).to_contain_text(SAY["freely"])
    keep, skip = phone.page.locator(".note-to-self").nth(2).get_by_role("button").all()
    keep.evaluate(
        """door => {
          const over = document.querySelector("#ribbon").getBoundingClientRect().top;
          scrollBy(0, door.getBoundingClientRect().top - over - 10);
        }"""
    )
    keep.evaluate("door => door.focus({ preventScroll: true })")
    assert phone.page.evaluate(UNDER), "the ribbon is higher than a door"

    phone.page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    assert phone.page.evaluate(UNDER) == ""


def test_a_question_that_is_asked_stays_under_the_finger(
    phone: Phone, leader: KeyLine
) -> None:
    """The ribbon tells of it in letters where it cannot be seen, and moves nothing."""
    page = phone.page
    page.locator(".together").first.scroll_into_view_if_needed()
    page.evaluate(MOVES)
    leader.lead("collect", activity="which")
    expect(page.locator("#ribbon")).to_have_text(re.compile(SAY["asked_here"]))
    expect(page.locator("#ribbon")).to_have_class("ribbon only-heard")
    expect(page.get_by_role("button", name="Join").first).to_be_visible()

    assert len(page.evaluate("[...globalThis.tops]")) == 1


@pytest.mark.parametrize("scrolled", [0, 30, 900])
def test_the_ribbon_comes_and_goes_and_moves_nothing(
    phone: Phone, leader: KeyLine, scrolled: int
) -> None:
    page = phone.page
    page.evaluate("at => scrollTo(0, at)", scrolled)
    page.evaluate(NOTE_MOVES)
    ribbon = page.locator("#ribbon")
    for lesson in ("two", "one"):
        leader.lead("move", lesson=lesson)
        if lesson == "two":
            expect(ribbon).to_be_visible()
            box = ribbon.bounding_box()
            assert box is not None
            care = page.locator("body > .care").bounding_box()
            assert care is not None
            assert box["y"] + box["height"] == pytest.approx(care["y"], abs=1)
            assert box["height"] > 40
        else:
            expect(ribbon).to_be_hidden()
    page.evaluate("() => new Promise(requestAnimationFrame)")

    assert len(page.evaluate("[...globalThis.places]")) == 1
    assert page.evaluate("scrollY") == scrolled, "its place is given back"


def test_what_the_ribbon_lies_over_can_be_scrolled_to(
    phone: Phone, leader: KeyLine
) -> None:
    page = phone.page
    leader.lead("move", lesson="two")
    expect(page.locator("#ribbon")).to_be_visible()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    above = "document.querySelector('#ribbon').getBoundingClientRect().top"
    last = "document.querySelector('.colophon').getBoundingClientRect().bottom"

    assert page.evaluate(f"{last} <= {above}")
    leader.lead("move", lesson="one")
    expect(page.locator("#ribbon")).to_be_hidden()


def test_a_tap_is_heard_although_the_ribbon_comes_meanwhile(
    phone: Phone, leader: KeyLine
) -> None:
    """Nothing comes between a finger and what it is on, until it is lifted."""
    page = phone.page
    door = page.locator(".note-to-self").first.get_by_role("button").last
    door.evaluate(
        """door => {
          // where the ribbon is going to lie
          const care = document.querySelector("body > .care").getBoundingClientRect();
          scrollBy(0, door.getBoundingClientRect().bottom - care.top + 10);
          door.addEventListener("click", () => (globalThis.heard = true));
        }"""
    )
    box = door.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    leader.lead("move", lesson="two")
    page.wait_for_function("() => beyond.state().lesson === 'two'")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(page.locator("#ribbon")).to_be_hidden()
    page.mouse.up()

    assert page.evaluate("globalThis.heard")
    expect(page.get_by_role("link", name=SAY["come_along"])).to_be_visible()


def test_a_question_whose_widget_comes_late_is_not_told_of_in_letters(
    phone: Phone, leader: KeyLine
) -> None:
    """The room is often quicker than the script of the widgets."""
    page = phone.page
    leader.lead("collect", activity="which")
    held: list[Route] = []
    page.route("**/anywidget.js*", lambda route: held.append(route))
    page.reload(wait_until="commit")
    ribbon = page.locator("#ribbon")
    expect(ribbon).to_contain_text(SAY["asked_here"])
    expect(page.locator(".together")).to_have_count(0)
    page.locator(".together-frame").first.scroll_into_view_if_needed()
    until(lambda: page.evaluate("1") and held, what="the widgets to be asked for")
    for route in held:
        route.continue_()

    poll_of(phone, "which").get_by_role("button", name="Join").wait_for()
    expect(ribbon).to_have_class("ribbon only-heard")


def test_what_is_read_aloud_is_never_taken_from_the_page_by_itself(
    phone: Phone, leader: KeyLine
) -> None:
    """A region that was hidden says nothing when it comes back with its words."""
    page = phone.page
    page.evaluate(HEARD)
    page.locator(".together").first.scroll_into_view_if_needed()
    leader.lead("collect", activity="which")
    ribbon = page.locator("#ribbon")
    expect(ribbon).to_have_class("ribbon only-heard")
    assert page.locator(".over-page[role=status]").inner_text() == SAY["asked_here"]
    page.locator("#onward a").last.scroll_into_view_if_needed()
    expect(ribbon).to_have_class("ribbon")
    page.context.set_offline(True)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#banner")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#banner")).to_be_hidden()

    assert page.evaluate("globalThis.live") == []
