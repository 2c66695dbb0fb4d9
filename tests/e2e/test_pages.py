"""Every page as it is served: for all eyes, thumbs, keyboards and sizes of text."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from beyond_the_no.together.together import words
from support.room_line import KeyLine, PhoneLine
from support.served import CONTRAST, Phone, Served, serve, until, violations

pytestmark = pytest.mark.browser
LESSON = "01_why_it_hurts"
QUESTION = "longer"
SIZES = [(390, 844), (1280, 720)]
SCHEMES = ["light", "dark"]
BAR = ["Ground me", "Cover", "Signal", "Help"]
SAY = words()
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
SIDEWAYS = """() => {
  const { scrollWidth, clientWidth: edge } = document.documentElement;
  const wide = scrollWidth - edge;
  if (wide <= 0) return "";
  const out = [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > edge + 1 && e.checkVisibility());
  return `${wide}px: ` + out.slice(-3).map((e) => e.outerHTML.slice(0, 90)).join(" | ");
}"""


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    options = ("--title", "Thursday group", "--person", "Jonas sits near the door")
    with serve(*options, "--wifi", "Guest network") as it:
        yield it


class Stage:
    """A room, its leader and its phones without pages, to bring it anywhere."""

    def __init__(self, browser: Browser, served: Served) -> None:
        self.browser, self.served = browser, served
        self.leader = KeyLine(served)
        self.leader.waits_for(lambda state: state["questions"])
        self.group = [PhoneLine(served) for _ in range(9)]
        self.at = "lobby"

    def to(self, scene: str) -> None:
        """Bring the room to a scene; the scenes follow each other."""
        do = self.leader.lead
        if scene == self.at:
            return
        self.at = scene
        if scene == "open":
            do("move", lesson=LESSON)
        elif scene == "collecting":
            do("collect", activity=QUESTION)
            self.group[0].send({"type": "signal", "kind": "slow"})
            for at, phone in enumerate(self.group):
                phone.answer(QUESTION, at % 3)
        elif scene == "revealed":
            do("reveal", activity=QUESTION)
        elif scene == "paused":
            do("pause")
        elif scene == "again":
            do("resume")
        elif scene == "ended":
            do("end")

    def close(self) -> None:
        for line in (self.leader, *self.group):
            line.close()


@pytest.fixture(scope="module")
def stage(browser: Browser, served: Served) -> Iterator[Stage]:
    made = Stage(browser, served)
    yield made
    made.close()


@contextmanager
def visiting(stage: Stage, path: str = "", **options: object) -> Iterator[Phone]:
    phone = Phone(stage.browser, stage.served, **options)
    try:
        address = getattr(stage.served, path) if path in KEYED else None
        phone.page.goto(address or stage.served.join + path)
        yield phone
        assert phone.asked_elsewhere() == []
        assert phone.errors == []
    finally:
        phone.close()


KEYED = ("facilitate", "wall", "assist")


def complaints(page: Page, *, bar: bool = True, tall: bool = False) -> list[str]:
    """All that is wrong with a page, at every size and in both themes.

    A sheet is made tall enough to stand above its own care bar: what lies beneath the
    bar before one scrolls would count as too small a target.
    """
    found = []
    for width, height in [(w, 3000) for w, _ in SIZES] if tall else SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            # of all rules, contrast alone looks at colours
            rules = {} if scheme == SCHEMES[0] else CONTRAST
            found += [f"{width}px, {scheme}: {v}" for v in violations(page, **rules)]
    page.set_viewport_size({"width": 320, "height": 640})
    found += [f"sideways at 320px: {s}" for s in [page.evaluate(SIDEWAYS)] if s]
    if bar:
        found += [f"at 320px: {b}" for b in bar_trouble(page)]
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found += [f"sideways at 200 %: {s}" for s in [page.evaluate(SIDEWAYS)] if s]
    if bar:
        found += [f"at 200 %: {b}" for b in bar_trouble(page)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def bar_trouble(page: Page) -> list[str]:
    """Four items, each a thumb wide and on the screen."""
    items = page.locator("body > .care :is(a, button)").all()
    items = [item for item in items if item.is_visible()]
    names = [item.inner_text().strip() for item in items]
    if names != bar_of(page):
        return [f"care bar: {names}"]
    size = page.viewport_size
    found = []
    for item in items:
        box = item.bounding_box()
        small = box is None or min(box["width"], box["height"]) < 44
        if small or box["x"] < 0 or box["x"] + box["width"] > size["width"] + 0.5:
            found.append(f"{item.inner_text()}: {box}")
        elif not 0 <= box["y"] <= size["height"] - box["height"] + 0.5:
            found.append(f"{item.inner_text()} is off the screen: {box}")
    return found


def bar_of(page: Page) -> list[str]:
    """Whoever leads needs no Signal: it would reach herself. She may need words."""
    leads = page.locator("body[data-role$=facilitator]").count()
    return ["What do I say?" if leads and name == "Signal" else name for name in BAR]


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


class TestWhileTheRoomFills:
    @pytest.mark.parametrize("path", ["", "help", "ground", "rules", "my-page", "none"])
    def test_a_page_is_for_everyone(self, stage: Stage, path: str) -> None:
        with visiting(stage, path) as phone:
            open_all(phone.page)
            assert complaints(phone.page) == []

    @pytest.mark.parametrize("sheet", ["ground", "signal", "help", "cover"])
    def test_a_sheet_of_the_care_bar_is_for_everyone(
        self, stage: Stage, sheet: str
    ) -> None:
        with visiting(stage) as phone:
            phone.page.locator(f"body > .care [data-open={sheet}]").click()
            open_all(phone.page)
            assert complaints(phone.page, bar=False, tall=True) == []

    def test_the_waiting_room_is_for_everyone(self, stage: Stage) -> None:
        with visiting(stage) as phone:
            phone.join()
            assert complaints(phone.page) == []

    def test_my_page_with_a_line_is_for_everyone(self, stage: Stage) -> None:
        with visiting(stage, "my-page") as phone:
            phone.page.evaluate(
                "sessionStorage.setItem('beyond:own:x', JSON.stringify("
                "{title: 'A line', text: 'Unbroken'.repeat(40)}))"
            )
            phone.page.reload()
            phone.page.get_by_label("A line", exact=True).wait_for()
            assert complaints(phone.page) == []

    @pytest.mark.parametrize("path", [f"{path}?key=wrong" for path in KEYED])
    def test_a_wrong_key_is_for_everyone(self, stage: Stage, path: str) -> None:
        with visiting(stage, path) as phone:
            assert complaints(phone.page) == []

    @pytest.mark.parametrize("path", KEYED)
    def test_the_leader_and_the_wall_wait(self, stage: Stage, path: str) -> None:
        with visiting(stage, path, **WIDE) as phone:
            ready = {"facilitate": "#preflight li", "wall": "#wifi-code[src]"}
            phone.page.locator(ready.get(path, "#now-title")).first.wait_for()
            assert complaints(phone.page, bar=path != "wall") == []

    @pytest.mark.parametrize("path", ["facilitate", "assist"])
    def test_what_to_say_is_two_taps_away(self, stage: Stage, path: str) -> None:
        with visiting(stage, path) as phone:
            bar = phone.page.locator("body > .care")
            with phone.page.context.expect_page() as opened:
                bar.get_by_role("link", name="What do I say?").click()
            page = opened.value
            words = page.get_by_text("Are you thinking about ending your life?")
            page.get_by_role("heading", name="What do I say?").wait_for()
            expect(words).to_be_hidden()
            page.get_by_text("Someone talks about suicide", exact=True).click()
            expect(words).to_be_in_viewport()
            assert complaints(page) == []

            page.get_by_text("Someone wants a person back", exact=True).click()
            page.get_by_role("link", name="Someone may hurt another person").click()
            expect(page.get_by_text("Are you thinking of hurting")).to_be_in_viewport()
            page.get_by_role("link", name="Back to my page").click()
            expect(page).to_have_url(re.compile(f"/{path}$"))

    def test_a_full_laptop_is_for_everyone(self, stage: Stage) -> None:
        with (
            serve("--max-kernels", "1", "--front-end", "voila") as full,
            visiting(stage) as first,
            visiting(stage) as phone,
        ):
            first.page.goto(f"{full.join}lesson/{LESSON}")
            first.page.locator("body[data-ready]").wait_for()
            phone.page.goto(f"{full.join}lesson/{LESSON}")
            expect(
                phone.page.get_by_role("heading", name="The room is full")
            ).to_be_visible()
            assert complaints(phone.page) == []


class TestOnceTheGroupHasTurnedToALesson:
    def test_the_lesson_with_everything_open(self, stage: Stage) -> None:
        stage.to("open")
        with visiting(stage) as phone:
            phone.join()
            page = phone.lesson(LESSON)
            page.get_by_role("button", name="Show me").first.click()
            open_all(page)
            assert page.locator("details[open]").count() > 5
            assert complaints(page) == []

    @pytest.mark.parametrize("path", KEYED)
    def test_the_leader_and_the_wall(self, stage: Stage, path: str) -> None:
        stage.to("open")
        with visiting(stage, path, **WIDE) as phone:
            at = phone.page.get_by_role("heading", name="Two kinds of hurt")
            at.first.wait_for()
            assert complaints(phone.page, bar=path != "wall") == []

    def test_the_end_is_asked_for_twice(self, stage: Stage) -> None:
        stage.to("open")
        with visiting(stage, "facilitate", **WIDE) as phone:
            phone.page.get_by_role("button", name="End…").click()
            assert complaints(phone.page, bar=False) == []

    def test_the_leaders_page_with_everything_open(self, stage: Stage) -> None:
        stage.to("open")
        with visiting(stage, "facilitate", **WIDE) as phone:
            phone.page.locator("#notes li").first.wait_for(state="attached")
            open_all(phone.page)
            assert complaints(phone.page) == []

    @pytest.mark.parametrize("path", ["", "wall", "facilitate"])
    def test_breathing_together(self, stage: Stage, path: str) -> None:
        stage.to("open")
        with visiting(stage, path, **WIDE) as phone:
            if path == "":
                phone.join()
            stage.leader.lead("breathe", on=True)
            shown = {"": "dialog#breathe", "wall": "[data-scene=breathe]"}
            phone.page.locator(shown.get(path, "[data-say=breathe]")).wait_for()
            assert complaints(phone.page, bar=False, tall=path == "") == []
            stage.leader.lead("breathe", on=False)
            if path == "":
                expect(phone.page.locator("dialog#breathe")).to_be_hidden()

    @pytest.mark.parametrize("path", ["", "wall"])
    def test_moving_freely(self, stage: Stage, path: str) -> None:
        stage.to("open")
        stage.leader.lead("roam", freely=True)
        with visiting(stage, path, **WIDE) as phone:
            if path == "":
                phone.join()
            phone.page.get_by_text("You can move freely now").last.wait_for()
            assert complaints(phone.page, bar=path != "wall") == []
        stage.leader.lead("roam", freely=False)

    def test_what_may_be_saved(self, stage: Stage) -> None:
        stage.to("open")
        with visiting(stage, "facilitate", **WIDE) as phone:
            phone.page.goto(f"{stage.served.join}facilitate/export")
            phone.page.get_by_text("This workshop keeps nothing").wait_for()
            assert complaints(phone.page) == []

    def test_the_ribbon_on_the_first_page(self, stage: Stage) -> None:
        stage.to("open")
        with visiting(stage) as phone:
            phone.join()
            phone.page.get_by_role("link", name="Come along").wait_for()
            assert complaints(phone.page) == []


class TestWhileAQuestionIsOpen:
    def test_a_phone_from_the_card_to_sent(self, stage: Stage) -> None:
        stage.to("collecting")
        with visiting(stage) as phone:
            phone.join()
            page = phone.lesson(LESSON)
            poll = page.locator(".together:has(#together-longer)")
            join = poll.get_by_role("button", name=re.compile("^Join"))
            join.wait_for()
            assert complaints(page) == []
            join.click()
            poll.get_by_role("radio").first.check()
            assert complaints(page) == []
            poll.get_by_role("button", name=SAY["answer"]["send"], exact=True).click()
            expect(poll.locator(".together-sent")).to_have_text(SAY["sent"]["title"])
            assert complaints(page) == []

    def test_the_leader_with_a_signal(self, stage: Stage) -> None:
        stage.to("collecting")
        with visiting(stage, "facilitate", **WIDE) as phone:
            signals = phone.page.locator("#signals")
            expect(signals).to_contain_text("Someone would like to slow down.")
            assert complaints(phone.page) == []

    def test_the_wall(self, stage: Stage) -> None:
        stage.to("collecting")
        with visiting(stage, "wall", **WIDE) as phone:
            phone.page.locator("[data-scene=collecting]").wait_for()
            assert complaints(phone.page, bar=False) == []


class TestOnceThePictureIsShown:
    @pytest.mark.parametrize("path", [f"lesson/{LESSON}", *KEYED[:2]])
    def test_on_every_screen(self, stage: Stage, path: str) -> None:
        stage.to("revealed")
        with visiting(stage, path, **WIDE) as phone:
            if path not in KEYED:  # who is not in the room sees no picture of it
                phone.join()
                phone.lesson(LESSON)
            phone.page.locator(".picture .answer").wait_for()
            assert complaints(phone.page, bar=path != "wall") == []


class TestInAPause:
    @pytest.mark.parametrize("path", ["", *KEYED])
    def test_on_every_screen(self, stage: Stage, path: str) -> None:
        stage.to("paused")
        with visiting(stage, path, **WIDE) as phone:
            if path == "":
                phone.page.get_by_role("button", name="I’m in").click()
            if path == "facilitate":
                phone.page.get_by_role("button", name="Resume", exact=True).wait_for()
            elif path == "assist":
                phone.page.get_by_text("Paused.").wait_for()
            else:
                phone.page.get_by_role("heading", name="A pause.").wait_for()
            assert complaints(phone.page, bar=path != "wall") == []
        if path == "wall":
            stage.to("again")


class TestWithAKeyboard:
    @pytest.mark.parametrize(
        "path", ["", "help", "ground", "rules", "my-page", "none", KEYED[0]]
    )
    def test_tab_reaches_the_care_bar_first(self, stage: Stage, path: str) -> None:
        with visiting(stage, path) as phone:
            met = []
            for _ in range(5):
                phone.page.keyboard.press("Tab")
                met.append(
                    phone.page.evaluate("document.activeElement.textContent.trim()")
                )
            bar = bar_of(phone.page)
            assert met[: len(bar) + 1] == ["Skip to the page", *bar]

    def test_one_joins_and_answers(self, stage: Stage) -> None:
        stage.leader.lead("put_away", activity=QUESTION)
        stage.leader.lead("collect", activity=QUESTION)
        with visiting(stage) as phone:
            page, keys = phone.page, phone.page.keyboard
            tab_to(page, "I’m in")
            keys.press("Enter")
            page.get_by_role("heading", name="You’re in.").wait_for()
            tab_to(page, "Come along")
            with page.expect_navigation():
                keys.press("Enter")
            page.locator("body[data-ready]").wait_for(timeout=120_000)
            page.locator(".together").get_by_role("button").first.wait_for()
            tab_to(page, "Join")
            keys.press("Enter")
            expect(page.locator(".together input").first).to_be_focused()
            keys.press("Space")
            keys.press("ArrowDown")
            left_out = page.locator(".together").first.get_by_label("Being left out")
            expect(left_out).to_be_checked()
            tab_to(page, SAY["answer"]["send"])
            keys.press("Space")
            expect(page.locator(".together-sent")).to_have_text(SAY["sent"]["title"])
            expect(page.locator(".together h3").first).to_be_focused()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something of this name has the focus, and can be seen to."""
    for _ in range(60):
        page.keyboard.press("Tab")
        on = page.evaluate("document.activeElement.textContent.trim()")
        if on.startswith(name):
            ring = page.evaluate(
                "getComputedStyle(document.activeElement).outlineStyle"
            )
            assert ring != "none", f"no ring around {name}"
            return
    raise AssertionError(f"Tab never reaches {name!r}")


MOVING = """() => document.getAnimations().filter((a) => a.playState === "running"
  && a.effect.getComputedTiming().endTime > 1000).length"""


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_nothing_moves_for_those_who_asked_for_stillness(
    stage: Stage, motion: str
) -> None:
    with visiting(stage, "ground", reduced_motion=motion) as phone:
        page = phone.page
        page.get_by_role("button", name="Start the lines").click()
        expect(page.get_by_role("button", name="Stop the lines")).to_be_visible()
        assert bool(page.evaluate(MOVING)) is (motion == "no-preference")
        expect(page.locator("[data-say]").first).to_have_text("In")


@pytest.mark.parametrize("path", ["", "my-page", f"lesson/{LESSON}", "none"])
def test_help_opens_without_any_network(stage: Stage, path: str) -> None:
    with visiting(stage, path) as phone:
        if path.startswith("lesson"):
            phone.lesson(LESSON)
            phone.page.wait_for_load_state("networkidle")
        phone.context.set_offline(True)
        phone.page.locator("body > .care [data-open=help]").click()
        help_ = phone.page.locator("dialog#help")
        expect(help_.get_by_text("Jonas sits near the door")).to_be_visible()
        call = help_.get_by_role("link", name=re.compile("988")).first
        expect(call).to_be_visible()
        assert call.get_attribute("href") == "tel:988"


class TestAtTheEnd:
    @pytest.mark.parametrize("path", ["", f"lesson/{LESSON}", *KEYED])
    def test_on_every_screen(self, stage: Stage, path: str) -> None:
        stage.to("ended")
        with visiting(stage, path, **WIDE) as phone:
            forgot = "Everything is deleted"
            said = {"facilitate": forgot, "assist": forgot, "wall": "Thank you."}
            name = said.get(path, "This workshop has ended")
            phone.page.get_by_role("heading", name=name).first.wait_for()
            assert complaints(phone.page, bar=path != "wall") == []
        until(lambda: stage.served.health()["room"] == "ended")
