"""A leader's page that leads: what comes next is in view, and nothing is lost."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from support import small_lessons as nb
from support.room_line import KeyLine, PhoneLine
from support.served import Phone, Served, open_room, serve, violations

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
SCALE = (
    "from beyond_the_no.together import Scale\n"
    'Scale("weather", "What is your weather right now?")'
)
TEXTS = 'from beyond_the_no.together import Texts\nTexts("helped", "What helped you?")'
ASK_US = 'from beyond_the_no.together import Questions\nQuestions("ask", "Ask us")'
BREATHE = 'from beyond_the_no.together import Breathe\nBreathe("breath")'
ROWS = ("Arrive", "Look", "Between", "Tell", "Goodbye")
IN_VIEW = """(one) => {
  const { top, bottom } = one.getBoundingClientRect();
  const care = document.querySelector("body > .care").getBoundingClientRect().top;
  return top >= 0 && bottom <= care;
}"""


OPENED_AND_AT_ITS_FOOT = """() => {
  for (const fold of document.querySelectorAll("#below details")) fold.open = true;
  scrollTo(0, document.body.scrollHeight);
}"""


def lesson(title: str, *steps: tuple[str, str]) -> str:
    """A lesson of steps, each with what it asks."""
    cells: list[str] = []
    for at, (name, source) in enumerate(steps):
        cells += [
            f"{'#' * (1 if at == 0 else 2)} {name}",
            *([source] if source else []),
        ]
    made = json.loads(nb.notebook(*cells, title=title, notes=["Say: wait."] * 9))
    headings = [c for c in made["cells"] if c["cell_type"] == "markdown"]
    for cell, (name, _) in zip(headings, steps, strict=True):
        say = f"How to say “{name}”."
        cell["metadata"]["step"] = {"name": name, "minutes": 3, "say": say}
    return json.dumps(made)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"),
        a_first=lesson("First", ("Arrive", SCALE), ("Look", nb.poll("which"))),
        b_next=lesson(
            "Next", ("Between", BREATHE), ("Tell", TEXTS), ("Goodbye", ASK_US)
        ),
    )
    with serve("--lessons", str(folder)) as it:
        yield it


@dataclass
class Room:
    leader: Phone
    pocket: Phone  # her phone, with the same page
    wall: Phone
    phone: Phone
    line: KeyLine
    group: list[PhoneLine]

    def turn(self, row: int) -> None:
        self.line.lead("turn", row=row)
        for one in (self.leader, self.pocket):
            expect(one.page.locator("#now-title")).to_have_text(ROWS[row])

    def clear(self, row: int) -> Page:
        """Stand at a row with nothing open, and give the leader's page."""
        for question in self.line.last()["questions"]:
            if question["phase"] != "idle":
                self.line.lead("put_away", activity=question["id"])
        self.turn(row)
        return self.leader.page

    def answer(self, name: str) -> None:
        question = self.line.question(name)
        for at, one in enumerate(self.group):
            text = f"A walk, number {'abcdef'[at]}." if name == "helped" else None
            value = None if text else at % 2
            one.answer(name, value, round=question["round"], text=text)


@pytest.fixture(scope="module")
def room(browser: Browser, served: Served) -> Iterator[Room]:
    group = [PhoneLine(served) for _ in range(6)]
    leader, wall = Phone(browser, served, **WIDE), Phone(browser, served, **WIDE)
    pocket, phone = Phone(browser, served), Phone(browser, served)
    leader.page.goto(served.facilitate)
    open_room(leader.page)
    wall.page.goto(served.wall)
    pocket.page.goto(served.facilitate)
    phone.join()
    phone.lesson("a_first")
    line = KeyLine(served)
    yield Room(leader, pocket, wall, phone, line, group)
    for one in (leader, pocket, wall, phone):
        one.close()
        assert one.errors == []
    for one in (line, *group):
        one.close()


def leads(page: Page, act: str) -> None:
    """There is one filled button, it is this one, and it is in view."""
    filled = page.locator(".button.main").filter(visible=True)
    expect(filled).to_have_count(1)
    expect(filled).to_have_attribute("data-act", act)
    assert filled.evaluate(IN_VIEW)


def asked(page: Page, choice: str) -> None:
    page.locator("#confirm").get_by_role("button", name=choice).click()
    expect(page.locator("#confirm")).to_be_hidden()


def test_what_comes_next_is_one_filled_button_in_view_wherever_the_page_is_scrolled(
    room: Room,
) -> None:
    page = room.clear(0)
    for one in (page, room.pocket.page):
        one.evaluate(OPENED_AND_AT_ITS_FOOT)
        expect(one.locator("#question")).to_have_text("What is your weather right now?")
        leads(one, "collect")
        assert one.locator("#now-title").evaluate(IN_VIEW)
        assert violations(one) == []
    page.locator("#acts .main").click()
    for one in (page, room.pocket.page):
        leads(one, "hold")
    room.answer("weather")
    page.locator("#acts .main").click()
    for one in (page, room.pocket.page):
        expect(one.locator("#facts")).to_have_text(
            "Round one is saved. Ask again later to see both."
        )
        leads(one, "collect")


def test_notes_and_time_are_those_of_this_line_and_the_list_stands_there(
    room: Room,
) -> None:
    page = room.clear(1)
    page.evaluate("scrollTo(0, 99)")
    room.turn(3)
    expect(page.locator("#say-now")).to_have_text("How to say “Tell”.")
    expect(page.locator("#now .timer")).to_have_text("Minute 1 of about 3.")
    assert page.evaluate("scrollY") == 0
    assert page.locator("#sheet [aria-current]").evaluate(IN_VIEW)


def test_turning_with_a_question_open_asks_once_and_then_all_move_together(
    room: Room,
) -> None:
    page = room.clear(1)
    page.keyboard.press("c")
    card = room.phone.page.locator(".together:has(#together-which)")
    card.get_by_role("button", name="Join").click()  # she is choosing
    expect(card.get_by_role("radio").first).to_be_visible()
    room.answer("which")

    page.keyboard.press("n")
    dialog = page.locator("#confirm")
    expect(dialog.get_by_role("heading")).to_have_text("This question is still open")
    dialog.get_by_role("button", name="Stay here").click()
    expect(room.wall.page.locator("[data-scene=collecting]")).to_be_visible()

    page.locator("#sheet button").nth(2).click()
    asked(page, "Close it, delete the answers, and turn")

    expect(page.locator("#now-title")).to_have_text("Between")
    wall = room.wall.page.locator(".wall:visible")
    expect(wall.get_by_role("heading")).to_have_text("Between")
    expect(room.phone.page.locator("#ribbon")).to_contain_text("Next")
    expect(card.get_by_role("radio")).to_have_count(0)
    assert room.line.question("which")["phase"] == "idle"


def test_what_is_revealed_first_is_looked_at_before_the_page_turns(room: Room) -> None:
    page = room.clear(1)
    room.line.lead("collect", activity="which")
    leads(page, "reveal")  # the page has heard of it
    room.answer("which")
    page.keyboard.press("n")
    asked(page, "Reveal it now, and stay")
    expect(page.locator("#shown .picture")).to_be_visible()
    leads(page, "put_away")
    expect(page.locator("#now-title")).to_have_text("Look")

    # what everyone has seen goes without a word, and comes back the same
    said = room.wall.page.locator("#picture .answer").inner_text()
    page.locator("#acts .main").click()
    expect(room.wall.page.locator("#picture")).to_be_hidden()
    leads(page, "turn")
    page.get_by_role("button", name="Undo: show it again").click()
    expect(room.wall.page.locator("#picture .answer")).to_have_text(said)
    room_phone = room.phone.page.locator(".together:has(#together-which) .picture")
    expect(room_phone).to_be_visible()

    page.keyboard.press("h")
    expect(page.locator("[data-act=bring_back]")).to_be_visible()
    expect(page.locator("[data-act=bring_back]")).to_be_hidden(timeout=15_000)
    page.keyboard.press("h")  # the ten seconds are over: it does nothing
    leads(page, "turn")


def test_keys_touch_nothing_but_what_stands_at_the_top(room: Room) -> None:
    page = room.clear(0)
    question = room.line.question("weather")
    assert question["phase"] == "idle"
    expect(page.locator("#question")).to_have_text(question["question"])
    expect(page.locator("#acts [data-act=collect]")).to_be_visible()
    page.keyboard.press("c")
    asked(page, "Ask it again")
    leads(page, "hold")
    room.answer("weather")
    page.keyboard.press("k")
    expect(page.locator("#facts")).to_contain_text("Round one is saved.")
    page.keyboard.press("n")

    expect(page.locator("#now-title")).to_have_text("Look")
    page.keyboard.press("h")
    page.keyboard.press("k")
    page.keyboard.press("r")
    room.line.settle()
    assert room.line.question("weather")["phase"] == "held"
    assert page.locator("dialog[open]").count() == 0


@pytest.mark.parametrize(
    ("key", "choice"),
    [("c", "Ask round two"), ("f", "Let everyone move freely")],
)
def test_what_cannot_be_undone_needs_a_word(room: Room, key: str, choice: str) -> None:
    page = room.clear(0)
    room.line.lead("collect", activity="weather")
    room.line.lead("hold", activity="weather")
    expect(page.locator("#facts")).to_contain_text("Round one is saved.")
    before = room.line.last()
    page.keyboard.press(key)
    expect(page.locator("#confirm")).to_be_visible()
    room.line.settle()
    assert room.line.last() == before
    asked(page, choice)
    room.line.waits_for(lambda state: state != before)
    room.line.lead("roam", freely=False)


def test_what_another_device_did_meanwhile_closes_the_question(room: Room) -> None:
    page = room.clear(1)
    room.line.lead("collect", activity="which")
    leads(page, "reveal")
    page.keyboard.press("n")
    expect(page.locator("#confirm")).to_be_visible()
    room.line.lead("turn", row=3)
    expect(page.locator("#confirm")).to_be_hidden()
    expect(page.locator("#now-title")).to_have_text("Tell")


def test_texts_that_wait_are_read_before_the_page_turns(room: Room) -> None:
    page = room.clear(3)
    page.keyboard.press("c")
    leads(page, "reveal")
    room.answer("helped")
    page.get_by_role("button", name="Stop writing and read").click()
    leads(page, "read")
    page.keyboard.press("n")
    asked(page, "Read the texts first")
    expect(page.get_by_role("heading", name="Texts waiting")).to_be_focused()
    page.locator("#release-all").click()
    leads(page, "put_away")
    page.keyboard.press("n")
    expect(page.locator("#now-title")).to_have_text("Goodbye")
    expect(page.locator("#turn")).to_have_text("End the workshop…")


def test_a_question_is_marked_as_answered_and_the_mark_can_be_taken_away(
    room: Room,
) -> None:
    page = room.clear(4)
    page.locator("#acts .main").click()
    for at, one in enumerate(room.group):
        one.answer("ask", None, text=f"{['What', 'How', 'Where'][at % 3]} can I do?")
    page.get_by_role("button", name="Stop writing and read").click()
    expect(page.get_by_role("heading", name="Answered so far")).to_be_hidden()
    page.locator("#release-all").click()
    leads(page, "weigh")
    expect(page.locator("#acts .main")).to_have_text("Let others say “me too”")
    marks = page.get_by_role("region", name="Answered so far").get_by_role("button")
    expect(marks).to_have_count(6)
    ticked = room.wall.page.locator(".answered")
    marks.nth(1).press("Enter")
    expect(marks.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(marks.nth(1)).to_be_focused()
    expect(ticked).to_have_count(1)
    assert violations(page) == []
    marks.nth(1).click()
    expect(marks.nth(1)).to_have_attribute("aria-pressed", "false")
    expect(ticked).to_have_count(0)
    page.locator("#acts .main").click()
    leads(page, "reveal")
    expect(page.locator("#question")).to_contain_text("ask, too?")
    expect(page.get_by_role("heading", name="Answered so far")).to_be_hidden()


def test_above_the_breath_stands_no_other_questions_heading(room: Room) -> None:
    page = room.clear(1)
    room.line.lead("collect", activity="which")
    leads(page, "reveal")
    page.keyboard.press("b")
    scene = room.wall.page.locator("[data-scene=breathe]")
    expect(scene.get_by_role("heading")).to_have_text("Breathe together")
    expect(page.locator("[data-say=breathe].main")).to_be_visible()
    page.keyboard.press("b")
    expect(scene).to_be_hidden()


def test_breathing_as_a_question_begins_and_stops_and_has_nothing_to_reveal(
    room: Room,
) -> None:
    page = room.clear(2)
    leads(page, "collect")
    expect(page.locator("#acts .main")).to_have_text("Begin")
    page.locator("#acts .main").dblclick()  # the second tap was meant for the first
    leads(page, "put_away")
    room.line.settle()
    assert room.line.question("breath")["phase"] == "collecting"
    expect(page.locator("#acts .main")).to_have_text("Stop")
    expect(page.locator("[data-act=reveal]")).to_be_hidden()
    page.locator("#acts .main").click()
    leads(page, "turn")


def test_before_opening_what_is_not_ticked_is_said_where_the_hand_is(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = nb.write(tmp_path_factory.mktemp("one"), one=nb.notebook("# One"))
    with serve("--lessons", str(folder)) as other:
        fresh = Phone(browser, other, **WIDE)
        page = fresh.page
        page.goto(other.facilitate)
        boxes = page.locator("#checklist [required]")
        boxes.first.check()
        page.get_by_role("button", name="Open the room").click()
        expect(boxes.nth(1)).to_be_focused()
        assert page.locator("#tick-here").evaluate(IN_VIEW)
        expect(page.locator("#checklist-said")).to_contain_text("aren’t ticked yet")
        # fatal and mild are told apart: no phone reaches a laptop that is on no network
        expect(page.locator("#preflight .stops")).to_have_count(1)
        assert page.locator("#preflight .look").count() > 1
        assert violations(page) == []
        fresh.close()
        assert fresh.errors == []


def test_the_remote_says_that_it_is_over_and_counts_one_minute_as_one(
    browser: Browser,
) -> None:
    with serve("--plan", "60", checked=False) as other:
        line = KeyLine(other)
        line.lead("open")
        remote = Phone(browser, other)
        page = remote.page
        page.clock.install()
        page.goto(f"{other.join}deck/workshop_60/remote?key={other.key()}")
        page.locator("body[data-line]").wait_for()
        page.get_by_role("button", name="Next").click()
        page.clock.fast_forward(61_000)
        expect(page.locator("#since")).to_have_text("1 minute in")
        line.lead("end")
        expect(page.get_by_text("This workshop has ended")).to_be_visible()
        expect(page.locator("#since")).to_have_text("")
        remote.close()
        line.close()
        assert remote.errors == []
