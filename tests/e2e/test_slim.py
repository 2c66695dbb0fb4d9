"""The slim front end: at once, with any one thing lost, and no kernel too early.

What it does for Jupyter's controls, pages on Voila's own front end get, too.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from beyond_the_no.room.words import table
from beyond_the_no.server.rendering import templating
from beyond_the_no.server.rendering.widget_embedding import MOST_BYTES
from support import all_controls
from support import browser as browsers
from support import small_lessons as nb
from support.served import Phone, Served, serve, until, violations

pytestmark = pytest.mark.browser
SAY = table()["page"]
OURS = "from beyond_the_no.explore import BrainOverlap\nBrainOverlap()"
STRANGE = """
import ipywidgets as w
from traitlets import Unicode
class Strange(w.DOMWidget):
    _model_module = Unicode("strange-package").tag(sync=True)
    _model_name = Unicode("StrangeModel").tag(sync=True)
    _view_module = Unicode("strange-package").tag(sync=True)
    _view_name = Unicode("StrangeView").tag(sync=True)
w.VBox([w.IntSlider(description="Known"), Strange()])
"""
LARGE = f"""
import ipywidgets as w
w.VBox([w.IntSlider(description="Known"), w.HTML("x" * {MOST_BYTES})])
"""
SHIFTS = """globalThis.shifts = 0;
new PerformanceObserver((list) => list.getEntries().forEach((e) => (shifts += e.value)))
  .observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    lessons = nb.write(
        tmp_path_factory.mktemp("lessons"),
        ours=nb.notebook("# Ours\n\nThe first words.", OURS, nb.NOTE, nb.poll("q")),
        stock=all_controls.LESSON,
        strange=nb.notebook("# Strange", STRANGE.strip()),
        large=nb.notebook("# Large", LARGE.strip()),
        text=nb.notebook("# Text", "print('printed')", "{'a': 1}"),
    )
    with serve("--lessons", str(lessons), "--max-kernels", "2") as it:
        yield it


@pytest.fixture(scope="module")
def voilas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    lessons = nb.write(
        tmp_path_factory.mktemp("lessons"),
        ours=nb.notebook("# Ours\n\nThe first words.", OURS, nb.NOTE, nb.poll("q")),
        stock=all_controls.LESSON,
    )
    with serve("--lessons", str(lessons), "--front-end", "voila") as it:
        yield it


@pytest.fixture(params=["served", "voilas"])
def either(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Phone]:
    """A phone on one front end, then on the other."""
    served = request.getfixturevalue(request.param)
    phone = Phone(browser, served)
    yield phone
    leave(served, phone)
    assert phone.asked_elsewhere() == []


@pytest.fixture
def one(browser: Browser, served: Served) -> Iterator[Phone]:
    phone = Phone(browser, served)
    yield phone
    leave(served, phone)
    assert phone.asked_elsewhere() == []


def leave(served: Served, *phones: Phone) -> None:
    """Go as people go: the page that is left ends its kernel.

    A window that a test closes drops what its pages still send; a person's doesn't.
    """
    for phone in phones:
        phone.page.goto("about:blank")
    nobody(served)
    for phone in phones:
        phone.close()


def nobody(served: Served) -> None:
    until(lambda: served.health()["kernels"] == 0, what="the kernels to end")


def move(page: Page) -> None:
    page.get_by_role("slider", name="How near").press("ArrowRight")


def asks_python(page: Page, answer: str) -> None:
    """Move the slider; Python writes where it stands now."""
    move(page)
    expect(page.get_by_text(answer)).to_be_visible()


def test_nobody_has_a_kernel_before_python_is_asked(served: Served, one: Phone) -> None:
    page = one.lesson("stock")
    assert served.health()["kernels"] == 0

    asks_python(page, "4 of 10")
    expect(page.get_by_label("Same")).to_have_value("4")
    assert served.health()["kernels"] == 1
    page.get_by_role("button", name="Say it").click()
    expect(page.locator(".output-widget")).to_have_text("said 4\n")
    page.get_by_role("button", name="Say it").click()
    expect(page.locator(".output-widget")).to_have_text("said 4\nsaid 4\n")
    assert one.errors == []


def test_our_own_widgets_need_none_at_all(served: Served, one: Phone) -> None:
    page = one.lesson("ours")
    page.get_by_role("button", name="Show me").click()
    chart = page.locator(".beyond-explore").first
    before = chart.locator("output").inner_text()

    chart.get_by_role("radio", name="Count studies").check()

    expect(chart.locator("output")).not_to_have_text(before)
    assert served.health()["kernels"] == 0
    assert not [r for r in one.requests if "api/kernels" in r]
    asked = [r for r in one.requests if not r.startswith("blob:")]
    assert len([r for r in asked if "/pictures/" not in r]) <= 8, asked


def test_after_one_move_a_chart_needs_no_server(served: Served, one: Phone) -> None:
    page = one.lesson("ours")
    page.get_by_role("button", name="Show me").click()
    chart = page.locator(".beyond-explore").first
    print_ = page.locator("body").get_attribute("data-pictures")
    file = f"pictures/{print_}/beyond_the_no.explore.brain_overlap:BrainOverlap"
    until(lambda: served.ask("GET", file).status == 200, 120, "all to be drawn")
    with page.expect_response(lambda answer: answer.url.endswith(file)):
        chart.get_by_role("radio", name="Count studies").check()
    page.route("**/pictures/**", lambda route: route.abort())

    seen = set()
    moves = [lambda: chart.get_by_role("radio", name="Whole brain").check()]
    moves += [lambda: chart.get_by_role("slider").press("ArrowRight")] * 2
    for move in moves:
        before = chart.locator("output").inner_text()
        move()
        expect(chart.locator("output")).not_to_have_text(before)
        seen.add(chart.locator(".beyond-explore-picture").inner_html())
    assert len(seen) == len(moves)
    assert served.health()["kernels"] == 0


def test_nothing_moves_when_widgets_arrive(either: Phone) -> None:
    either.context.add_init_script(SHIFTS)
    for name in ("ours", "stock"):
        page = either.lesson(name)
        places = page.locator("[data-model]").count()
        assert places
        expect(page.locator("[data-live]")).to_have_count(places)
        assert page.evaluate("shifts") < 0.05, name


def test_the_last_line_of_a_page_stands_above_the_care_bar(either: Phone) -> None:
    page = either.lesson("stock")
    expect(page.locator("[data-live]").first).to_be_attached()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    line = page.locator("footer p").last.bounding_box()
    care = page.locator("body > .care").bounding_box()

    assert line["y"] + line["height"] < care["y"]


def test_without_script_words_pictures_and_help_are_there(
    browser: Browser, served: Served
) -> None:
    phone = Phone(browser, served, java_script_enabled=False)
    page = phone.goto("lesson/ours")
    expect(page.get_by_text("The first words.")).to_be_visible()
    expect(page.locator("#main > noscript p")).to_be_visible()
    expect(page.locator(".beyond-explore svg").first).to_be_hidden()  # a guess first
    page.locator(
        ".beyond-explore noscript summary, .beyond-explore summary"
    ).first.click()
    expect(page.locator(".beyond-explore svg").first).to_be_visible()
    expect(page.locator(".beyond-explore-answer")).to_be_visible()
    expect(page.get_by_role("heading", name="Which?")).to_be_visible()
    page.locator("body > .care").get_by_role("link", name="Help").click()
    expect(page.get_by_role("link", name=re.compile("988")).first).to_be_visible()
    leave(served, phone)


LOSSES = [
    ("lesson", "ours"),
    ("lesson", "stock"),
    ("anywidget", "ours"),
    ("ipywidgets", "stock"),
]


@pytest.mark.parametrize(("name", "lesson"), LOSSES)
def test_any_one_script_may_be_lost_once(one: Phone, name: str, lesson: str) -> None:
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.request.url)
        return route.abort()

    one.page.route(f"**/{name}.js*", lose)
    page = one.lesson(lesson)

    assert lost
    if lesson == "stock":
        asks_python(page, "4 of 10")
    else:
        note = page.get_by_role("textbox").first
        note.fill("a word")
        expect(note).to_have_value("a word")
    page.locator("body > .care [data-open=help]").click()
    expect(page.locator("dialog#help")).to_be_visible()


def test_a_style_may_be_lost_once(one: Phone) -> None:
    lost: list[Route] = []
    one.page.route(
        "**/theme.css",
        lambda route: (
            route.continue_() if lost else (lost.append(route), route.abort())
        ),
    )
    page = one.lesson("ours")

    expect(page.locator("body > .care")).to_have_css("position", "fixed")


def test_a_kernel_that_ended_is_told_and_a_tap_wakes_it(
    served: Served, one: Phone
) -> None:
    page = one.lesson("stock")
    asks_python(page, "4 of 10")
    kernel = page.evaluate("beyond.page.kernel")
    (xsrf,) = (c for c in one.context.cookies() if c["name"].startswith("_xsrf"))
    token = xsrf["value"]
    about = {"Cookie": f"{xsrf['name']}={token}", "X-XSRFToken": token}
    served.ask("POST", f"voila/api/shutdown/{kernel}", **about)

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator("#getting-ready")).to_contain_text(SAY["asleep"])
    page.get_by_role("button", name=SAY["wake"]).click()
    page.locator("body[data-ready]").wait_for()
    asks_python(page, "4 of 10")


def test_who_finds_no_place_for_a_kernel_reads_on(
    browser: Browser, served: Served
) -> None:
    nobody(served)
    phones = [Phone(browser, served) for _ in range(3)]
    for phone in phones:
        move(phone.lesson("stock"))
    *first, last = phones
    for phone in first:
        expect(phone.page.get_by_text("4 of 10")).to_be_visible()
    expect(last.page.locator("#getting-ready")).to_contain_text(SAY["full"])
    expect(last.page.get_by_text("A line after them.")).to_be_visible()
    leave(served, *phones)


def test_too_much_at_once_is_told_and_costs_nothing(one: Phone) -> None:
    page = one.lesson("stock")
    asks_python(page, "4 of 10")

    page.get_by_label("Line").fill("x" * 2**20)

    expect(page.locator("#getting-ready")).to_contain_text(SAY["too_large"])
    asks_python(page, "5 of 10")


def test_a_widget_of_another_package_gets_voilas_own_front_end(
    served: Served, one: Phone
) -> None:
    page = one.goto("lesson/strange")
    expect(page.get_by_role("slider").first).to_be_visible(timeout=60_000)

    assert page.locator("body[data-front-end]").count() == 0
    said = "strange gets Voila's own front end: it shows a widget of strange-package"
    assert said in "".join(served.log)


def test_a_state_that_is_too_large_gets_it_too(served: Served, one: Phone) -> None:
    page = one.goto("lesson/large")
    expect(page.get_by_role("slider").first).to_be_visible(timeout=60_000)

    assert page.locator("body[data-front-end]").count() == 0
    said = "large gets Voila's own front end: its widgets hold more than 4 MB"
    assert said in "".join(served.log)


def test_its_repairs_may_be_lost_once_beside_voilas(
    browser: Browser, voilas: Served
) -> None:
    phone = Phone(browser, voilas)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.request.url)
        return route.abort()

    phone.page.route("**/voila_addon.js*", lose)
    page = phone.lesson("stock")

    assert lost
    expect(page.locator("body[data-beside]")).to_be_attached()
    expect(page.get_by_role("slider", name="How near")).to_be_visible()
    leave(voilas, phone)


def test_a_phone_that_is_locked_half_way_goes_on_when_it_wakes(one: Phone) -> None:
    held: list[Route] = []
    one.page.route("**/ipywidgets.js*", lambda route: held.append(route))
    page = one.page
    page.goto(f"{one.served.join}lesson/stock", wait_until="commit")
    until(lambda: page.evaluate("1") and held, what="the controls to be asked for")
    screen = one.context.new_cdp_session(page)

    screen.send("Page.setWebLifecycleState", {"state": "frozen"})
    for route in held:
        route.continue_()
    screen.send("Page.setWebLifecycleState", {"state": "active"})

    page.locator("body[data-ready]").wait_for()
    asks_python(page, "4 of 10")


def test_an_old_browser_is_told_kindly_and_shows_the_words(
    browser: Browser, served: Served
) -> None:
    phone = Phone(browser, served)
    phone.page.route("**/anywidget.js*", lambda route: route.abort())
    page = phone.goto("lesson/ours")
    old = page.locator('script[src*="old_browser.js"]')
    expect(old).to_have_attribute("nomodule", "")  # run by those that know no modules
    expect(page.locator("#old-browser")).to_be_hidden()

    page.evaluate(templating.file("old_browser.js").read_text("utf-8"))

    expect(page.locator("#old-browser")).to_contain_text(SAY["old_browser"])
    expect(page.locator("#old-browser")).to_be_visible()
    expect(page.get_by_text("The first words.")).to_be_visible()
    leave(served, phone)


def test_what_a_cell_prints_and_returns_is_shown(one: Phone) -> None:
    page = one.lesson("text")

    expect(page.locator("pre")).to_have_text(["printed\n", "{'a': 1}"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_jupyters_own_controls_are_for_everyone(either: Phone, scheme: str) -> None:
    page = either.lesson("stock")
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    assert violations(page) == []
    assert either.errors == []


def test_folds_tabs_and_pressed_buttons_answer_to_keys(either: Phone) -> None:
    page = either.lesson("stock")
    fold = page.get_by_role("button", name="First part")
    fold.press("Enter")
    expect(page.get_by_text("first inside")).to_be_visible()
    expect(fold).to_have_attribute("aria-expanded", "true")
    page.get_by_role("tab", name="One").press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_text("tab two")).to_be_visible()
    mine = page.get_by_role("button", name="Only mine")
    expect(mine).to_have_attribute("aria-pressed", "false")
    mine.press("Enter")
    expect(mine).to_have_attribute("aria-pressed", "true")


def test_browsers_ask_for_gzip_where_there_is_no_certificate(browser: Browser) -> None:
    """Brotli is smaller, and over http nobody asks for it: gzip it is."""
    asked: list[str] = []

    class Listens(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers["Accept-Encoding"])
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Listens) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        as_laptop = "--host-resolver-rules=MAP laptop.test 127.0.0.1"
        chrome = browser.browser_type.launch(
            executable_path=browsers.find(), args=[*browsers.OPTIONS, as_laptop]
        )
        page = chrome.new_page()
        with suppress(Error):  # there is nothing to show
            page.goto(f"http://laptop.test:{server.server_port}/")
        chrome.close()
        server.shutdown()

    assert "gzip" in asked[0]
    assert "br" not in asked[0]
