"""The private workbook on a phone: every exercise, by thumb and by keyboard alone."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from beyond_the_no import own
from beyond_the_no.own.exercise import Exercise
from beyond_the_no.own.note_to_self import wording
from support import small_lessons as nb
from support.served import CONTRAST, Phone, Served, as_long_as, serve, until, violations

pytestmark = pytest.mark.browser
KINDS = [getattr(own, name) for name in own.__all__]
EXERCISES = [k for k in KINDS if issubclass(k, Exercise)]
SAMS = [k for k in EXERCISES if k is not own.Grounding]  # with people made up
WORDS = wording("mark", "keeping", "exercise")
LESSON = "01_workbook"
MOST_STEPS = 40
HARD = "שלום <b>bold</b> 🙂👩‍👩‍👧 \"'&amp; <img src=x onerror=alert(1)>"
# In the page, for what fingers and keys are not what is tested: to the first card, or
# on to the last one, answering what each step asks. It tells each step as it was met.
WALK = """(part, { by, text, most }) => {
  const tell = (one, ...kinds) => kinds.forEach((kind) =>
    one.dispatchEvent(new Event(kind, { bubbles: true })));
  const each = (kind, act) => { // an answer may draw the others anew
    for (let at = 0; at < part.querySelectorAll(kind).length; at++)
      act(part.querySelectorAll(kind)[at]);
  };
  const answer = () => {
    const write = (one, value) => {
      one.value = value;
      tell(one, "input", "change");
    };
    each("textarea", (area) => write(area, text));
    each("fieldset", (group) => {
      const first = group.querySelector("input");
      if (!first.checked) first.click();
    });
    each("select", (one) => write(one, one.options[1].value));
    each("[type=time]", (one) => write(one, "18:30"));
  };
  const weight = (button) => {
    const { width, height } = button.getBoundingClientRect();
    const { color, fontWeight } = getComputedStyle(button);
    return { width, height, color, fontWeight };
  };
  const met = [];
  while (met.length < most) {
    const buttons = [...part.querySelectorAll("button")];
    const shown = buttons.filter((button) => button.checkVisibility());
    const door = (name) => shown.find((button) => button.textContent === name);
    if (!door(by)) return met;
    met.push({
      title: part.querySelector("h4")?.textContent,
      areas: part.querySelectorAll("textarea").length,
      doors: shown.map((button) => [button.textContent, weight(button)]),
    });
    if (text) answer();
    door(by).click();
  }
  return met;
}"""
# a card's ground lies behind its words by itself: axe would judge no colour on it
CARDS = {"color-contrast": {"options": {"ignorePseudo": True}}}
NO_STORAGE = """Object.defineProperty(window, "sessionStorage", { get() {
  throw new DOMException("The operation is insecure.", "SecurityError");
} });"""

each_exercise = pytest.mark.parametrize("kind", EXERCISES, ids=lambda k: k.__name__)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server, and one lesson that holds every widget of one's own."""
    made = [f"own.{k.__name__}()" for k in KINDS if k is not own.NoteToSelf]
    cells = ["# Workbook\n\n## All of it", "from beyond_the_no import own", *made]
    lesson = nb.notebook(*cells, 'own.Mood("after")', title="Workbook")
    folder = nb.write(tmp_path_factory.mktemp("lessons"), **{LESSON: lesson})
    with serve("--lessons", str(folder)) as it:
        yield it


@pytest.fixture(scope="module")
def shared(browser: Browser, served: Served) -> Iterator[Phone]:
    """One phone for tests that each keep to their own exercise."""
    phone = Phone(browser, served)
    phone.lesson(LESSON)
    yield phone
    phone.close()
    assert phone.errors == []
    assert phone.asked_elsewhere() == []


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[Phone]:
    one = Phone(browser, served)
    yield one
    one.close()
    assert one.errors == []


def exercise(page: Page, kind: type[Exercise]) -> Locator:
    title = kind().title
    heading = page.get_by_role("heading", level=3, name=title, exact=True)
    return page.locator(".exercise").filter(has=heading)


def door(part: Locator, word: str) -> Locator:
    return part.get_by_role("button", name=WORDS[word], exact=True)


def walk(
    part: Locator, *, by: str = "next", text: str = "", most: int = 200
) -> list[dict]:
    """Press one button again and again, until there is none; see `WALK`."""
    met: list[dict] = part.evaluate(WALK, {"by": WORDS[by], "text": text, "most": most})
    assert len(met) < 200, "it would never end"
    return met


def step_on(part: Locator) -> bool:
    """Go on by one step, if there is a next one."""
    return bool(walk(part, most=1))


def begin(part: Locator, *, mine: bool = False, who: str = "Sam") -> None:
    """Go back to the first card, then to the first step."""
    walk(part, by="back")
    label = WORDS["mine"] if mine else WORDS["theirs"].format(name=who)
    whose = part.get_by_label(label, exact=True)
    if whose.count():
        whose.check()
    door(part, "begin").tap()


def through(part: Locator) -> Iterator[None]:
    """Stand on every step in turn, until the last card."""
    for _ in as_long_as(lambda: door(part, "next").count()):
        yield
        door(part, "next").tap()


def answer_all(part: Locator, text: str) -> int:
    """Answer whatever this step asks; the fields are found by themselves."""
    for area in part.locator("textarea").all():
        area.fill(text)
    for group in part.locator("fieldset").all():
        group.locator("input").first.check()
    for select in part.locator("select").all():
        select.select_option(index=1)
    for clock in part.locator("[type=time]").all():
        clock.fill("18:30")
    return part.locator("textarea").count()


def stored(page: Page, key: str) -> dict:
    return json.loads(page.evaluate(f"sessionStorage.getItem('{key}')") or "{}")


@pytest.mark.parametrize("kind", SAMS, ids=lambda k: k.__name__)
def test_each_of_the_made_up_leads_through_an_exercise(
    shared: Phone, kind: type
) -> None:
    """Nobody has to write a word, and there is something to keep for each of them."""
    part = exercise(shared.page, kind)
    for person in kind().exercise["people"]:
        begin(part, who=person["who"])
        assert len(walk(part)) >= 2
        expect(part.get_by_role("heading", name=WORDS["last"])).to_be_visible()
        title = part.locator(".exercise-leaf-title")
        expect(title).to_contain_text(f"for {person['who']}")
        assert part.locator(".exercise-leaf").inner_text().strip()


@each_exercise
def test_a_thumb_writes_keeps_and_clears(shared: Phone, kind: type) -> None:
    page, part = shared.page, exercise(shared.page, kind)
    begin(part, mine=True)
    written = sum(answer_all(part, HARD) for _ in through(part))
    door(part, "keep").tap()
    name = kind.table

    expect(part.get_by_role("status")).to_contain_text(WORDS["kept"])
    kept = stored(page, f"beyond:own:{name}")
    assert kept["text"]
    assert bool(written) == (HARD in kept["text"])
    assert page.locator("img[src=x]").count() == 0
    gathered = page.locator(".gathered dd").all_inner_texts()
    assert any(line in kept["text"] for text in gathered for line in text.split("\n"))

    door(part, "clear").tap()
    door(part, "clear_yes").tap()

    expect(part.get_by_role("status")).to_contain_text("cleared from this tab")
    expect(part.get_by_role("status")).to_contain_text(kept["title"])
    assert (
        page.evaluate(f"Object.keys(sessionStorage).filter(k => k.endsWith(':{name}'))")
        == [f"beyond:draft:{name}"] * 0
    )


def tab_to(page: Page, word: str) -> None:
    """Reach a button with the Tab key alone, and press it."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == WORDS[word]:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never came to “{WORDS[word]}”")


@each_exercise
def test_a_keyboard_alone_goes_through_and_keeps(shared: Phone, kind: type) -> None:
    page, part = shared.page, exercise(shared.page, kind)
    walk(part, by="back")
    part.locator(":is(button, input):visible").first.focus()
    tab_to(page, "begin")
    heading = part.get_by_role("heading", level=4)
    for _ in as_long_as(lambda: heading.inner_text() != WORDS["last"]):
        focused = page.evaluate("document.activeElement.tagName")
        assert focused == "H4", "a new step is where reading goes on"
        page.keyboard.press("Tab")
        inside = "document.activeElement.matches('textarea')"
        if page.evaluate(inside):
            page.keyboard.type("k")
        elif page.evaluate("document.activeElement.matches('[type=checkbox]')"):
            page.keyboard.press("Space")
        elif page.evaluate("document.activeElement.matches('[type=radio]')"):
            page.keyboard.press("ArrowDown")
        tab_to(page, "next")
    tab_to(page, "keep")

    expect(part.get_by_role("status")).to_contain_text(WORDS["kept"])


@each_exercise
def test_every_step_can_be_skipped_with_the_same_weight(
    shared: Phone, kind: type
) -> None:
    part = exercise(shared.page, kind)
    begin(part, mine=True)
    door(part, "skip").tap()
    door(part, "back").tap()
    shared.page.mouse.move(0, 0)
    for step in walk(part, by="skip"):
        doors = dict(step["doors"])
        skip, on = doors[WORDS["skip"]], doors[WORDS["next"]]
        assert skip["width"] == pytest.approx(on["width"], abs=1)
        assert skip["height"] == on["height"] >= 44
        assert skip["color"] == on["color"]
        assert skip["fontWeight"] == on["fontWeight"]

    expect(part.get_by_text(WORDS["nothing"])).to_be_visible()
    said = part.inner_text().lower()
    assert not re.search(r"incomplete|missing|missed|\d+ of \d+|not answered", said)


@pytest.mark.parametrize(("scheme", "rules"), [("light", {}), ("dark", CONTRAST)])
@pytest.mark.parametrize("half", [0, 1])
def test_axe_finds_nothing_on_any_step(
    shared: Phone, scheme: str, rules: dict, half: int
) -> None:
    """Half of the exercises at a time: a page of all of them is long."""
    page = shared.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    parts = [exercise(page, kind) for kind in EXERCISES[half::2]]
    for part in parts:
        begin(part)
    assert violations(page, checks=CARDS, **rules) == []
    for _ in range(MOST_STEPS):
        parts = [part for part in parts if step_on(part)]
        if not parts:
            break
        assert violations(page, parts, checks=CARDS, **rules) == []
    assert not parts, "an exercise has no last step"


def test_a_thought_that_is_true_or_unfair_may_stay(shared: Phone) -> None:
    part = exercise(shared.page, own.ThoughtRecord)
    begin(part, mine=True)
    met = []
    for _ in through(part):
        met.append(part.get_by_role("heading", level=4).inner_text())
        unfair = part.get_by_label("I was treated unfairly or badly")
        if unfair.count():
            unfair.check()

    assert "Then the thought can stay" in met
    assert "A fair and kind thought" not in met


def test_steps_of_a_ladder_move_by_buttons(shared: Phone) -> None:
    part = exercise(shared.page, own.SmallStepsLadder)
    begin(part)
    door(part, "next").tap()
    first = part.get_by_label("Step 1", exact=True)
    before = first.input_value()
    part.get_by_role("button", name="Up: Step 2").tap()

    expect(first).not_to_have_value(before)
    expect(part.get_by_label("Step 2", exact=True)).to_have_value(before)
    expect(first).to_be_focused()
    part.get_by_role("button", name="Remove: Step 1").tap()
    expect(first).to_have_value(before)


def test_circles_are_drawn_of_what_stands_in_the_fields(shared: Phone) -> None:
    part = exercise(shared.page, own.SupportMap)
    begin(part)
    door(part, "next").tap()
    drawn = part.locator(".exercise-drawing .own-ring")
    expect(drawn).to_have_count(3)
    expect(drawn.last).to_contain_text("the cat")
    expect(part.locator(".own-ring-me")).to_have_text("Sam")

    begin(part, mine=True)
    expect(part.locator(".own-ring-words")).to_have_count(0)
    part.locator("textarea").first.fill(HARD)
    expect(drawn.last).to_contain_text(HARD)
    door(part, "next").tap()
    part.locator("textarea").first.fill("a neighbour")
    door(part, "skip").tap()
    for _ in through(part):
        pass

    kept = part.locator(".exercise-leaf + .own-ring")
    expect(kept).to_contain_text(HARD)
    expect(kept).not_to_contain_text("a neighbour")


def to_step(part: Locator, title: str) -> None:
    heading = part.get_by_role("heading", level=4)
    for _ in as_long_as(lambda: heading.inner_text() != title):
        step_on(part)


def test_a_pie_is_drawn_beside_its_list_and_me_may_stay_empty(phone: Phone) -> None:
    page = phone.lesson(LESSON)
    part = exercise(page, own.ResponsibilityPie)
    begin(part, who="Tomasz")
    to_step(part, "Look at the pie")
    slices = part.locator(".own-pie path")
    expect(slices).to_have_count(4)
    expect(part.locator(".exercise-leaf")).to_contain_text("4. me (small)")

    begin(part, mine=True)
    to_step(part, "What may have played a part?")
    part.get_by_label("luck", exact=True).check()
    part.get_by_label("me", exact=True).check()
    part.get_by_label("Something else 1", exact=True).fill(HARD)
    part.get_by_role("link", name="It was abuse, bullying or discrimination").tap()
    expect(page.locator("dialog#help")).to_be_visible()
    expect(page.locator("dialog#help [name=need]:checked")).to_have_value("abuse")
    page.keyboard.press("Escape")
    expect(part.get_by_text("The slice called “me” is empty here.")).to_be_visible()
    expect(part.get_by_label("me", exact=True)).to_have_count(0)
    to_step(part, "Look at the pie")
    expect(slices).to_have_count(2)
    expect(part.locator(".exercise-leaf")).to_contain_text(f"2. {HARD}")
    expect(part.locator(".exercise-leaf")).to_contain_text("3. me (empty)")
    for _ in through(part):
        pass
    door(part, "keep").tap()
    expect(part.get_by_role("status")).to_contain_text("Kept ✓")

    begin(part, mine=True)
    to_step(part, "What may have played a part?")
    part.get_by_role("button", name="Put “me” back on the list").tap()
    expect(part.get_by_label("me", exact=True)).not_to_be_checked()


def test_a_letter_can_be_let_go_and_for_a_moment_called_back(shared: Phone) -> None:
    page, part = shared.page, exercise(shared.page, own.UnsentLetter)
    page.emulate_media(reduced_motion="no-preference")
    begin(part, mine=True)
    for _ in through(part):
        answer_all(part, "a line")
    expect(part.get_by_text("Don’t send it today.")).to_be_visible()
    door(part, "keep").tap()
    door(part, "let_go").tap()
    door(part, "wait").tap()
    expect(part.locator(".exercise-leaf")).to_contain_text("a line")
    page.emulate_media(reduced_motion="reduce")
    door(part, "let_go").tap()

    expect(part.get_by_role("status")).to_have_text(WORDS["gone"])
    assert stored(page, "beyond:own:letter") == {}
    assert stored(page, "beyond:draft:letter") == {}


def test_feedback_is_sorted_and_a_request_is_there_to_be_changed(shared: Phone) -> None:
    part = exercise(shared.page, own.FeedbackPlan)
    begin(part, mine=True)
    to_step(part, "Sort it")
    part.get_by_label("useful", exact=True).check()
    door(part, "next").tap()
    expect(part.get_by_role("heading", level=4)).to_have_text(
        "One skill, one hour, one person"
    )
    door(part, "back").tap()
    part.get_by_label("they told me nothing", exact=True).check()
    door(part, "next").tap()
    expect(part.locator("textarea")).to_have_value(re.compile("^Thank you for reading"))
    for _ in through(part):
        pass

    expect(part.locator(".exercise-leaf")).to_contain_text("Thank you for reading")


VOICE = """
globalThis.said = [];
const here = { lang: "en-GB", localService: true, name: "here" };
Object.defineProperty(globalThis, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "en-US", localService: false }, here],
  speak: (one) => said.push(one), cancel() {}, addEventListener() {},
} });
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


class TestReadAloud:
    def test_reads_what_is_asked_and_never_what_was_written(self, phone: Phone) -> None:
        phone.context.add_init_script(VOICE)
        page = phone.lesson(LESSON)
        part = exercise(page, own.BestSelf)
        begin(part, mine=True)
        to_step(part, "The day")
        part.locator("textarea").fill("nobody hears this")
        part.get_by_role("button", name="Read aloud").tap()
        for _ in range(12):
            page.evaluate("said.at(-1).onend?.()")
        said = page.evaluate("said.map((one) => one.text)")

        assert said[0] == own.BestSelf().title
        assert "What do you see, hear and do?" in said
        assert "nobody hears this" not in str(said)
        assert page.evaluate("said.every(({ voice }) => voice.name === 'here')")
        expect(part.get_by_role("button", name="Read aloud")).to_be_visible()

    @pytest.mark.parametrize(
        ("kind", "at"),
        [
            (own.ResponsibilityPie, "How big is each slice?"),
            (own.OwnNameTalk, "Now, the way a good friend would say it"),
        ],
        ids=lambda one: getattr(one, "__name__", ""),
    )
    def test_leaves_out_what_was_written_where_a_later_step_repeats_it(
        self, phone: Phone, kind: type, at: str
    ) -> None:
        phone.context.add_init_script(VOICE)
        page = phone.lesson(LESSON)
        part = exercise(page, kind)
        begin(part, mine=True)
        heading = part.get_by_role("heading", level=4)
        for _ in as_long_as(lambda: heading.inner_text() != at):
            answer_all(part, "nobody hears this")
            door(part, "next").tap()
        expect(part).to_contain_text("nobody hears this")
        part.get_by_role("button", name="Read aloud").tap()
        for _ in range(12):
            page.evaluate("said.at(-1).onend?.()")

        said = page.evaluate("said.map((one) => one.text)")
        assert at in said
        assert "nobody hears this" not in str(said)

    def test_stops_at_the_next_step(self, phone: Phone) -> None:
        phone.context.add_init_script(VOICE)
        page = phone.lesson(LESSON)
        part = exercise(page, own.BestSelf)
        part.get_by_role("button", name="Read aloud").tap()
        part.get_by_role("button", name="Pause").tap()
        expect(part.get_by_role("button", name="Go on reading")).to_be_visible()
        door(part, "begin").tap()

        expect(part.get_by_role("button", name="Read aloud")).to_be_visible()

    def test_reads_the_open_ways_on_ground_me_and_stops_when_it_is_closed(
        self, phone: Phone
    ) -> None:
        phone.context.add_init_script(VOICE)
        page = phone.lesson(LESSON)
        page.locator("body > .care [data-open=ground]").click()
        sheet = page.locator("dialog#ground")
        sheet.get_by_role("button", name="Read aloud").tap()
        title = sheet.locator("[data-ways] summary").first.inner_text()
        assert page.evaluate("said[0].text") == title
        page.keyboard.press("Escape")
        page.locator("body > .care [data-open=ground]").click()

        expect(sheet.get_by_role("button", name="Go on reading")).to_be_visible()

    def test_has_no_button_where_no_voice_is_of_this_device(
        self, shared: Phone
    ) -> None:
        expect(shared.page.get_by_role("button", name="Read aloud")).to_have_count(0)


def to_a_field(part: Locator) -> Locator:
    """Go on to the first step of an exercise at which something can be written."""
    begin(part, mine=True)
    area = part.locator("textarea")
    for _ in as_long_as(lambda: not area.count()):
        step_on(part)
    return area.first


class TestWhatCanGoWrong:
    def test_a_reload_in_the_middle_of_any_exercise_loses_nothing(
        self, phone: Phone
    ) -> None:
        page = phone.lesson(LESSON)
        texts = dict.fromkeys(SAMS, HARD) | {SAMS[0]: ((HARD + "\n") * 200)[:10_000]}
        stood = {}
        for kind in SAMS:
            part = exercise(page, kind)
            to_a_field(part).fill(texts[kind])
            stood[kind] = part.get_by_role("heading", level=4).inner_text()
        page.reload()
        page.locator("body[data-ready]").wait_for()

        for kind in SAMS:
            part = exercise(page, kind)
            expect(part.locator("textarea").first).to_have_value(texts[kind])
            expect(part.get_by_role("heading", level=4)).to_have_text(stood[kind])

    def test_a_browser_that_keeps_nothing_still_leads_through_every_exercise(
        self, phone: Phone
    ) -> None:
        phone.context.add_init_script(NO_STORAGE)
        page = phone.lesson(LESSON)
        for kind in EXERCISES:
            part = exercise(page, kind)
            begin(part, mine=True)
            written = sum(step["areas"] for step in walk(part, text="a line"))
            door(part, "keep").tap()

            expect(part.get_by_role("status")).to_have_text(WORDS["no_storage"])
            leaf = part.locator(".exercise-leaf").inner_text()
            assert ("a line" in leaf) == bool(written), kind
        mood = page.locator(".mood").first
        mood.get_by_label("4", exact=True).check()
        expect(mood.get_by_role("status")).to_have_text(WORDS["no_storage"])

    def test_a_full_browser_says_so_and_keeps_it_on_the_page(
        self, phone: Phone
    ) -> None:
        page = phone.lesson(LESSON)
        page.evaluate(
            "(() => { let size = 2 ** 22; while (size > 8) { try {"
            " sessionStorage.setItem('full' + size, 'x'.repeat(size)); size /= 2;"
            " } catch { size /= 2; } } })()"
        )
        for kind in SAMS[:3]:  # they share what keeps a draft
            part = exercise(page, kind)
            to_a_field(part).fill("y" * 10_000)

            expect(part.get_by_role("status")).to_have_text(WORDS["too_much"])
            door(part, "next").tap()
            door(part, "back").tap()
            expect(part.locator("textarea").first).to_have_value("y" * 10_000)

    def test_two_tabs_do_not_disturb_each_other(self, phone: Phone) -> None:
        page = phone.lesson(LESSON)
        other = phone.open_tab()
        other.goto(page.url)
        other.locator("body[data-ready]").wait_for()
        for tab, text in ((page, "first tab"), (other, "second tab")):
            part = exercise(tab, own.BestSelf)
            begin(part, mine=True)
            door(part, "next").tap()
            part.locator("textarea").fill(text)
        page.reload()
        page.locator("body[data-ready]").wait_for()

        area = exercise(page, own.BestSelf).locator("textarea")
        expect(area).to_have_value("first tab")
        area = exercise(other, own.BestSelf).locator("textarea")
        expect(area).to_have_value("second tab")

    def test_what_was_damaged_in_storage_begins_anew(self, phone: Phone) -> None:
        page = phone.lesson(LESSON)
        page.evaluate(
            "sessionStorage.setItem('beyond:draft:best_self', '{\"at\": 7');"
            "sessionStorage.setItem('beyond:draft:kind_no', '7');"
            "sessionStorage.setItem('beyond:mood:day', '[]')"
        )
        page.reload()
        page.locator("body[data-ready]").wait_for()

        for kind in (own.BestSelf, own.KindNo):
            expect(door(exercise(page, kind), "begin")).to_be_visible()


class TestMood:
    def test_it_is_compared_in_words_and_is_on_no_page(self, phone: Phone) -> None:
        page = phone.lesson(LESSON)
        before, after = page.locator(".mood").nth(0), page.locator(".mood").nth(1)
        before.get_by_label("6", exact=True).check()
        said = after.get_by_role("status")
        for value, word in ((6, "same"), (9, "more"), (2, "less")):
            after.get_by_label(str(value), exact=True).check()
            expect(said).to_contain_text(wording("mood")[word])
            assert not re.search(r"\d", said.inner_text()), "no number beside another"
        said.get_by_role("link", name="Ground me").tap()
        expect(page.locator("dialog#ground")).to_be_visible()

        phone.goto("my-page")
        expect(page.locator("#empty")).to_be_visible()

    def test_it_can_be_cleared(self, phone: Phone) -> None:
        page = phone.lesson(LESSON)
        mood = page.locator(".mood").first
        mood.get_by_label("3", exact=True).check()
        mood.get_by_role("button", name="Clear it").tap()

        expect(mood.locator(":checked")).to_have_count(0)
        assert page.evaluate("sessionStorage.getItem('beyond:mood:day')") is None


def test_the_lines_rise_and_stop_at_a_tap(shared: Phone) -> None:
    part = shared.page.locator(".breathing")
    part.get_by_role("button", name="Start the lines").tap()
    expect(part.locator(".breathing-say")).to_have_text("In")
    part.get_by_role("button", name="Stop the lines").tap()
    expect(part.locator(".breathing-say")).to_contain_text("In for about 4")
    part.get_by_label("As I always do").check()
    expect(part.get_by_role("button", name="Start the lines")).to_be_hidden()


class TestTheKindCard:
    def write(self, phone: Phone, text: str) -> Locator:
        part = exercise(phone.page, own.BestSelf)
        begin(part, mine=True)
        door(part, "next").tap()
        part.locator("textarea").press_sequentially(text)
        return part.locator("textarea")

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("I want to die", "If you might act on it"),
            ("my partner hits me", "It is not your fault"),
            ("I want to hurt him", "step away"),
        ],
    )
    def test_comes_up_on_this_screen_alone(
        self, phone: Phone, text: str, says: str
    ) -> None:
        page = phone.lesson(LESSON)
        before = len(phone.requests), len(phone.frames)
        area = self.write(phone, text)
        card = page.locator(".kindly-card")

        expect(card).to_contain_text("Thank you for putting this into words.")
        expect(card).to_contain_text(says)
        expect(card.get_by_role("link", name="Call 911")).to_be_visible()
        expect(area).to_have_value(text)
        expect(area).to_be_focused()
        assert violations(page, [card]) == []
        sent = phone.requests[before[0] :] + phone.frames[before[1] :]
        assert [one for one in sent if text in one or "kind" in one] == []
        kept = page.evaluate("JSON.stringify(sessionStorage)").replace(text, "")
        assert not re.search(r"\b(self|anger|hurt|seen|card)\b", kept)

        card.get_by_role("link", name="Help").tap()
        expect(page.locator("dialog#help")).to_be_visible()
        page.keyboard.press("Escape")
        card.get_by_role("button", name="I’ve seen this").tap()
        expect(card).to_have_count(0)
        area.press_sequentially(" I want to die")
        area.blur()
        expect(area).to_have_value(f"{text} I want to die")
        expect(card).to_have_count(0)

    def test_holds_back_what_was_meant_for_the_group(self, shared: Phone) -> None:
        page = shared.page
        held = page.evaluate(
            "[beyondPhrases.hold('a bad day'), beyondPhrases.hold('I want to die')]"
        )

        assert held == [False, True]
        card = page.locator(".kindly-card")
        expect(card).to_contain_text("A wall is not the best place for it.")
        page.keyboard.press("Escape")
        expect(card).to_have_count(0)


@pytest.mark.parametrize(
    ("kind", "drawing"),
    [
        (own.ResponsibilityPie, ".own-pie path"),
        (own.SmallStepsLadder, ".own-ladder path"),
        (own.SupportMap, ".own-ring"),
        (own.ActivityMenu, ".own-menu rect"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_was_drawn_is_on_my_page_on_paper_and_in_the_file(
    phone: Phone, kind: type, drawing: str, tmp_path: Path
) -> None:
    page = phone.lesson(LESSON)
    part = exercise(page, kind)
    begin(part, who=kind().exercise["people"][0]["who"])
    for _ in through(part):
        pass
    door(part, "keep").tap()
    shapes = page.locator(f".gathered {drawing}").count()
    assert shapes >= 3
    part.get_by_role("link", name="My page").tap()
    page.wait_for_url(re.compile("/my-page"))
    expect(page.locator(f"#leaves {drawing}")).to_have_count(shapes)
    assert violations(page) == []

    page.locator("#leaves textarea").first.press_sequentially("!")
    page.emulate_media(media="print", forced_colors="active")
    page.reload()
    expect(page.locator(f"#leaves {drawing}").first).to_be_visible()
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    page.emulate_media(media="screen", forced_colors="none")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as a file").click()
    file = tmp_path / "my-page.html"
    saving.value.save_as(file)
    said = file.read_text("utf-8")
    assert drawing.split()[0][1:] in said


def test_my_page_is_saved_and_opens_from_a_file(
    phone: Phone, browser: Browser, tmp_path: Path
) -> None:
    page = phone.lesson(LESSON)
    part = exercise(page, own.KindNo)
    begin(part, mine=True)
    for _ in through(part):
        answer_all(part, HARD)
    door(part, "keep").tap()
    part.get_by_role("link", name="My page").tap()
    page.wait_for_url(re.compile("/my-page"))
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as a file").click()
    file = tmp_path / "my-page.html"
    saving.value.save_as(file)

    alone = browser.new_context(offline=True)
    try:
        again = alone.new_page()
        asked: list[str] = []
        again.on("request", lambda request: asked.append(request.url))
        again.goto(file.as_uri())
        expect(again.get_by_text(HARD).first).to_be_visible()
        expect(again.get_by_text("988").first).to_be_visible()
        assert asked == [file.as_uri()]
        assert again.locator("script, img, link").count() == 0
    finally:
        alone.close()

    page.get_by_role("button", name="Clear everything").click()
    page.get_by_role("button", name="Clear them").click()
    expect(page.locator("#cleared")).to_contain_text("A kind no")
    assert page.evaluate("Object.keys(sessionStorage)") == ["beyond:tab"]


def test_the_workbook_goes_on_when_the_server_is_gone(
    phone: Phone, served: Served
) -> None:
    """The last test here: it ends the server."""
    page = phone.lesson(LESSON)
    for kind in EXERCISES:
        begin(exercise(page, kind), mine=True)
    served.stop()
    until(lambda: served.process.poll() is not None, 30, "the server to end")
    for kind in EXERCISES:
        part = exercise(page, kind)
        walk(part, text="written with nobody there")
        door(part, "keep").tap()

        expect(part.get_by_role("status")).to_contain_text(WORDS["kept"])
        assert stored(page, f"beyond:own:{kind.table}")["text"]
    for sheet in ("help", "ground"):
        page.locator(f"body > .care [data-open={sheet}]").click()
        expect(page.locator(f"dialog#{sheet}")).to_be_visible()
        page.keyboard.press("Escape")
