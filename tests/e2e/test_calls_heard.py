"""A signal is heard: shown to those who lead until it is done, or said not to be."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, WebSocketRoute, expect

from beyond_the_no.room.words import table
from support import small_lessons as nb
from support.room_line import KeyLine
from support.served import Phone, Served, serve, violations

pytestmark = pytest.mark.browser
SAY = table()["page"]
SOON = {"timeout": 20_000}  # milliseconds; a busy machine is slow
WITHIN = 5000  # milliseconds on the phone's own clock, from the tap
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
NARROW = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
PAGES = ["", "lesson/all", "help", "my-page", "ground", "rules", "none"]
LEADING = ["facilitate", "assist", "deck/slides/speaker", "deck/slides/remote"]
HIDE = """
let hidden = false;
const state = () => hidden ? "hidden" : "visible";
Object.defineProperty(document, "visibilityState", { get: state });
globalThis.hide = (now) => {
  hidden = now;
  document.dispatchEvent(new Event("visibilitychange"));
};
globalThis.tones = 0;
const made = AudioContext.prototype.createOscillator;
AudioContext.prototype.createOscillator = function () {
  globalThis.tones += 1;
  return made.call(this);
};
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    there = tmp_path_factory.mktemp("lessons")
    long = "\n\n".join(["## A slide", *["A line to say."] * 60])
    nb.write(there / "slides", slides=nb.notebook(long, title="Slides"))
    return nb.write(there, all=nb.notebook("# All", nb.poll("one"), title="All"))


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve("--lessons", str(folder), "--slides", str(folder / "slides")) as it:
        yield it


@pytest.fixture(scope="module")
def line(served: Served) -> Iterator[KeyLine]:
    """The leader, without a page that could be seen."""
    with closing(KeyLine(served)) as one:
        one.lead("move", lesson="all")
        yield one


def leads(browser: Browser, served: Served, path: str, **options: object) -> Phone:
    one = Phone(browser, served, **options)
    one.context.add_init_script(HIDE)
    key = served.key("assist" if path == "assist" else "facilitate")
    one.goto(f"{path}?key={key}")
    one.page.wait_for_function("() => beyond.state()")
    return one


class Gate:
    """Before the room: shut, no word gets through; cut, no line opens."""

    def __init__(self, phone: Phone) -> None:
        self.shut = self.cut = False
        self._lines: list[tuple[WebSocketRoute, WebSocketRoute]] = []
        phone.context.route_web_socket("**/room", self._stand)
        phone.context.route("**/room/line", lambda route: route.abort())

    def _stand(self, page: WebSocketRoute) -> None:
        if self.cut:
            return page.close(code=1001)
        room = page.connect_to_server()
        self._lines.append((page, room))
        page.on_message(lambda said: None if self.shut else room.send(said))
        room.on_message(lambda said: None if self.shut else page.send(said))
        return None

    def end(self) -> None:
        """Close every line."""
        for page, room in self._lines:
            page.close(code=1001)
            room.close(code=1001)
        self._lines.clear()


@pytest.fixture(scope="module")
def phones(
    browser: Browser, served: Served, line: KeyLine
) -> Iterator[dict[str, Phone]]:
    """Somebody in the room on each page; the clocks of these phones can be moved."""
    made = {}
    for path in PAGES:
        made[path] = one = Phone(browser, served)
        one.gate = Gate(one)
        one.join()
        one.page.clock.install()
        one.lesson("all") if path.startswith("lesson") else one.goto(path)
        one.page.wait_for_function("() => beyond.state()")
    yield made
    for one in made.values():
        one.close()
        assert one.asked_elsewhere() == []
        assert one.errors == []


def said(page: Page) -> Locator:
    return page.locator("#signal [data-signal-said]")


def door(page: Page, kind: str) -> Locator:
    return page.locator(f"#signal [data-signal={kind}]")


def tap(page: Page, kind: str = "checkin") -> None:
    if not page.locator("dialog#signal").is_visible():
        page.locator("body > .care [data-open=signal]").click()
    door(page, kind).click()


def is_with_the_room(page: Page, kind: str) -> None:
    expect(door(page, kind)).to_have_attribute("aria-pressed", "true", **SOON)


def take_back(page: Page, kind: str = "checkin") -> None:
    tap(page, kind)
    expect(said(page)).to_have_text(SAY["signal_back"], **SOON)
    page.locator("#signal [data-close]").click()


# -- from the tap to what the phone says ----------------------------------------------


def test_a_page_that_can_be_seen_shows_it_and_each_phone_says_so(
    browser: Browser, served: Served, phones: dict[str, Phone]
) -> None:
    with closing(leads(browser, served, "facilitate", **WIDE)) as leader:
        for path, phone in phones.items():
            tap(phone.page)
            expect(said(phone.page), path).to_have_text(SAY["signal_seen"], **SOON)
            calm = phone.page.locator("#signal [data-words]").inner_text()
            assert re.fullmatch(r"[A-Z]\w+ [A-Z]\w+", calm)
            expect(leader.page.locator("#signals")).to_contain_text(f"“{calm}”")
            take_back(phone.page)
        expect(leader.page.locator("#signals li")).to_have_count(0)


def hidden(leader: Phone) -> Callable[[], None]:
    """She looks at another tab."""
    leader.page.evaluate("hide(true)")
    return lambda: leader.page.evaluate("hide(false)")


def covered(leader: Phone) -> Callable[[], None]:
    """She has covered her page."""
    leader.page.locator("body > .care [data-cover]").click()
    return lambda: leader.page.locator("#cover [data-close]").click()


def asleep(leader: Phone) -> Callable[[], None]:
    """The lid is closed: the line is there, and no script runs."""
    session = leader.context.new_cdp_session(leader.page)
    session.send("Debugger.enable")
    session.send("Debugger.pause")

    def wake() -> None:
        session.send("Debugger.disable")
        session.detach()

    return wake


@pytest.mark.parametrize("what", [hidden, covered, asleep])
def test_a_page_that_nobody_can_see_is_not_said_to_show_it(
    browser: Browser, served: Served, phones: dict[str, Phone], what: Callable
) -> None:
    with closing(leads(browser, served, "facilitate", **WIDE)) as leader:
        back = what(leader)
        for path, phone in phones.items():
            tap(phone.page)
            is_with_the_room(phone.page, "checkin")
            phone.page.clock.run_for(WITHIN)
            expect(said(phone.page), path).to_have_text(SAY["signal_unseen"])
        back()
        for path, phone in phones.items():
            expect(said(phone.page), path).to_have_text(SAY["signal_seen"], **SOON)
            take_back(phone.page)


def test_where_no_page_is_open_a_phone_says_that_nobody_has_it(
    phones: dict[str, Phone], line: KeyLine
) -> None:
    for path, phone in phones.items():
        tap(phone.page, "break")
        is_with_the_room(phone.page, "break")
        phone.page.clock.run_for(WITHIN)
        expect(said(phone.page), path).to_have_text(SAY["signal_unseen"])
    assert line.waits_for(lambda state: state["signals"])["signals"][0][0] == "break"
    for phone in phones.values():
        take_back(phone.page, "break")


@pytest.mark.parametrize("fault", ["shut", "cut"])
def test_what_does_not_get_through_is_said_not_to_have(
    phones: dict[str, Phone], line: KeyLine, fault: str
) -> None:
    lost = re.compile(f"^({SAY['signal_none']}|{SAY['signal_unsure']})$")
    for path, phone in phones.items():
        setattr(phone.gate, fault, True)
        if fault == "cut":
            phone.gate.end()
        tap(phone.page)
        phone.page.clock.run_for(WITHIN)
        expect(said(phone.page), path).to_have_text(lost)
        setattr(phone.gate, fault, False)
        phone.gate.end()
    for phone in phones.values():
        phone.page.reload()
        phone.page.wait_for_function("() => beyond.state()")
    line.settle()
    assert line.last()["calls"] == [], "nothing is sent behind their back"


# -- where those who lead see it -----------------------------------------------------


@pytest.fixture
def caller(browser: Browser, served: Served, line: KeyLine) -> Iterator[Phone]:
    one = Phone(browser, served)
    one.join()
    yield one
    one.page.evaluate("beyond.send({ type: 'leave' })")
    line.waits_for(lambda state: not state["calls"], "no call to be left")
    one.close()
    assert one.errors == []


@pytest.fixture
def leading(browser: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    made: list[Phone] = []

    def come(path: str, **options: object) -> Page:
        made.append(leads(browser, served, path, **options))
        return made[-1].page

    yield come
    for one in made:
        one.close()
        assert one.errors == []


def row(page: Page) -> Locator:
    return page.locator("#signals li")


@pytest.mark.parametrize("path", LEADING)
def test_a_call_is_in_view_wherever_a_leaders_page_is_scrolled(
    caller: Phone, leading: Callable[..., Page], path: str
) -> None:
    page = leading(path, **WIDE)
    title = page.title()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    tap(caller.page)
    expect(said(caller.page)).to_have_text(SAY["signal_seen"], **SOON)
    assert page.title() == f"(1) {title}"

    for width, height in ((1280, 720), (844, 390), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        for end in ("document.body.scrollHeight", "0"):
            page.evaluate(f"scrollTo(0, {end})")
            expect(row(page)).to_be_in_viewport(ratio=1)
        assert row(page).get_by_role("button").bounding_box()["height"] >= 44
        wide = "document.documentElement.scrollWidth - innerWidth"
        assert page.evaluate(wide) <= 0
    assert violations(page) == []


def test_a_call_that_is_taken_stays_until_it_is_done_and_the_caller_knows_who_comes(
    caller: Phone, leading: Callable[..., Page]
) -> None:
    pages = {path: leading(path, **NARROW) for path in LEADING}
    tap(caller.page)
    calm = caller.page.locator("#signal [data-words]").inner_text()
    caller.page.locator("#signal [data-close]").click()
    row(pages["assist"]).get_by_role("button", name="I’ll go").click()

    for page in pages.values():
        expect(row(page)).to_contain_text(f"Taken by the second adult · {calm}")
        expect(page).to_have_title(re.compile("^[^(]"))
    bar = caller.page.locator("body > .care [data-signal-bar]")
    expect(bar).to_have_attribute("data-news", "")
    expect(caller.page.locator("body > .care [data-signal-news]")).to_have_text(
        SAY["signal_news"]
    )
    coming = SAY["signal_on_it"]["cofacilitator"]["checkin"]
    expect(caller.page.get_by_text(coming)).to_be_hidden()  # neighbours can read
    bar.click()
    expect(said(caller.page)).to_have_text(coming)
    expect(bar).not_to_have_attribute("data-news", "")

    caller.goto("help")  # and on another page it is the same
    caller.page.wait_for_function("() => beyond.state()")
    bar.click()
    expect(said(caller.page)).to_have_text(coming, **SOON)
    expect(door(caller.page, "checkin")).to_have_attribute("aria-pressed", "true")

    row(pages["deck/slides/remote"]).get_by_role("button", name="Done").click()
    for page in pages.values():
        expect(row(page)).to_have_count(0)
    expect(said(caller.page)).to_have_text(SAY["signal_closed"])
    expect(door(caller.page, "checkin")).to_have_attribute("aria-pressed", "false")


def test_the_second_tap_of_two_does_not_close_a_call(
    caller: Phone, leading: Callable[..., Page]
) -> None:
    page = leading("facilitate", **NARROW)
    tap(caller.page)
    row(page).get_by_role("button").dblclick()

    expect(said(caller.page)).to_have_text(
        SAY["signal_on_it"]["facilitator"]["checkin"]
    )
    expect(row(page)).to_contain_text("Taken by the leader")


def test_one_soft_sound_comes_only_where_it_is_wanted(
    caller: Phone, leading: Callable[..., Page]
) -> None:
    page = leading("assist", **NARROW)
    tap(caller.page, "slow")
    expect(row(page)).to_have_count(1)
    assert page.evaluate("tones") == 0

    page.get_by_label("Play a soft sound").check()
    page.wait_for_function("() => tones > 0")  # so that she knows it
    page.reload()
    expect(page.get_by_label("Play a soft sound")).to_be_checked()
    expect(row(page)).to_have_count(1)
    page.get_by_role("heading", name="Now").click()
    expect(page.locator("#signal-sound-said")).to_have_text("")
    assert page.evaluate("tones") == 0, "that call is not new"
    tap(caller.page, "break")
    page.wait_for_function("() => tones > 0")
    before = page.evaluate("tones")
    row(page).first.get_by_role("button").click()
    expect(row(page).first.get_by_role("button")).to_have_text("Done")
    assert page.evaluate("tones") == before, "nobody asked for anything"


# -- the end ---------------------------------------------------------------------------


def test_the_end_asks_about_an_open_call_and_the_caller_is_told_what_is_true(
    browser: Browser, folder: Path
) -> None:
    with serve("--lessons", str(folder)) as served, closing(KeyLine(served)) as line:
        line.lead("open")
        leader = leads(browser, served, "facilitate", **NARROW)
        page, end = leader.page, leader.page.locator("dialog#end")
        caller = Phone(browser, served)
        caller.join()
        tap(caller.page)
        expect(said(caller.page)).to_have_text(SAY["signal_seen"], **SOON)
        calm = caller.page.locator("#signal [data-words]").inner_text()

        page.get_by_role("button", name="More", exact=True).click()
        page.get_by_role("button", name="End…").click()
        expect(end).to_contain_text(f"“{calm}” would like a private word.")
        assert violations(page) == []
        end.get_by_role("button", name="End and forget").click()
        expect(end.get_by_role("alert")).to_have_text(re.compile("Tick each one"))
        expect(end.get_by_role("checkbox")).to_be_focused()
        line.settle()
        assert line.last()["phase"] == "open"
        end.get_by_role("checkbox").check()
        end.get_by_role("button", name="End and forget").click()

        expect(said(caller.page)).to_have_text(SAY["signal_ended_open"], **SOON)
        expect(row(page)).to_have_count(0)
        caller.page.locator("#signal [data-close]").click()
        caller.page.locator("body > .care [data-signal-bar]").click()
        expect(said(caller.page)).to_have_text(SAY["signal_ended_open"])
        for one in (leader, caller):
            one.close()
            assert one.errors == []
