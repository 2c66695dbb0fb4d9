"""The pages in a real Chromium: reachable, readable, keeping what they promise."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from server.pages.conftest import CONTEXTS
from support.served import violations

pytestmark = pytest.mark.browser

PAGES = sorted(CONTEXTS)
KINDS = ["join", "help", "ground", "my-page", "full", "what-do-i-say"]
SIZES = [(390, 844), (1280, 720)]
SHEETS = ["ground", "cover", "signal", "help"]
Visit = Callable[..., Page]

OWN = {
    "kind": {"title": "A kind line", "text": "This hurts, Sam."},
    "sly": {"title": "<b>Sly</b>", "text": '<img src=x onerror="alert(1)">'},
}


def complaints(page: Page) -> list[str]:
    return violations(page, rules={})  # sheets lie under their own bar before a scroll


def press(page: Page, name: str) -> None:
    page.locator(f"body > .care [data-open={name}]").click()


def my_page(visit: Visit, **options: object) -> Page:
    page = visit("my-page", **options)
    page.evaluate(
        "own => { for (const [id, value] of Object.entries(own))"
        " sessionStorage.setItem('beyond:own:' + id, value) }",
        {key: json.dumps(value) for key, value in OWN.items()},
    )
    page.reload()
    return page


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
class TestAxeFindsNothing:
    @pytest.mark.parametrize("name", KINDS)
    def test_on_a_page(self, visit: Visit, name: str, scheme: str, size) -> None:
        page = visit(name, *size, color_scheme=scheme, reduced_motion="reduce")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = 1)")
        # what lies half under the care bar can be scrolled: look from the end
        page.evaluate("document.querySelector('dialog[open]')?.scrollTo(0, 1e6)")
        assert not complaints(page)

    @pytest.mark.parametrize("sheet", SHEETS)
    def test_on_an_open_sheet(self, visit: Visit, sheet: str, scheme: str, size):
        page = visit("join", *size, color_scheme=scheme, reduced_motion="reduce")
        press(page, sheet)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = 1)")
        # what lies half under the care bar can be scrolled: look from the end
        page.evaluate("document.querySelector('dialog[open]')?.scrollTo(0, 1e6)")
        assert not complaints(page)

    def test_in_the_lobby(self, visit: Visit, scheme: str, size) -> None:
        page = visit("join", *size, color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(
            "document.getElementById('welcome').hidden = true;"
            "document.getElementById('lobby').hidden = false;"
            "document.querySelectorAll('[data-words]')"
            ".forEach(e => e.textContent = 'quiet river')"
        )
        assert not complaints(page)

    def test_on_a_written_page(self, visit: Visit, scheme: str, size) -> None:
        options = {"color_scheme": scheme, "width": size[0], "height": size[1]}
        page = my_page(visit, **options)
        assert not complaints(page)
        page.get_by_role("button", name="Clear everything").click()
        assert not complaints(page)


@pytest.mark.parametrize("width", [320, 195])
@pytest.mark.parametrize("name", KINDS)
def test_a_narrow_window_scrolls_one_way(visit: Visit, name: str, width: int) -> None:
    page = visit(name, width, 640)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    for sheet in SHEETS:
        button = page.locator(f"body > .care [data-open={sheet}]")
        if page.locator(f"dialog#{sheet}").count() and button.is_visible():
            press(page, sheet)
            inside = f"document.querySelector('dialog#{sheet}')"
            assert page.evaluate(f"{inside}.scrollWidth - {inside}.clientWidth") == 0
            page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", KINDS)
def test_nothing_a_thumb_needs_is_small(visit: Visit, name: str, width: int) -> None:
    page = visit(name, width, 844)
    targets = page.locator(
        ".care :is(a, button), .button, .door, .choice, .number[href]"
    )
    for target in targets.all():
        if target.is_visible():
            box = target.bounding_box()
            assert box is not None
            assert box["height"] >= 44, target.inner_text()
            assert box["width"] >= 44, target.inner_text()


def test_the_care_bar_is_in_one_place_on_every_page(visit: Visit) -> None:
    boxes = [visit(n).locator("body > .care").bounding_box() for n in PAGES]
    assert all(box == boxes[0] for box in boxes)
    assert boxes[0] is not None
    assert boxes[0]["y"] + boxes[0]["height"] == 844


def test_the_keyboard_meets_skip_link_then_care_bar_then_page(visit: Visit) -> None:
    page = visit("join")
    met = []
    for _ in range(6):
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.textContent.trim()"))
    bar = ["Ground me", "Cover", "Signal", "Help"]
    assert met == ["Skip to the page", *bar, "I’m in"]


@pytest.mark.parametrize("sheet", SHEETS)
def test_escape_closes_a_sheet_and_focus_returns(visit: Visit, sheet: str) -> None:
    page = visit("join")
    press(page, sheet)
    dialog = page.locator(f"dialog#{sheet}")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator(f"body > .care [data-open={sheet}]")).to_be_focused()


def test_help_and_ground_open_when_the_server_is_gone(visit: Visit) -> None:
    page = visit("join")
    page.context.set_offline(True)
    press(page, "help")
    expect(page.get_by_role("link", name="Call 988")).to_be_visible()
    page.locator("dialog#help .care [data-open=ground]").click()
    expect(page.locator("dialog#help")).to_be_hidden()
    expect(page.locator("dialog#ground")).to_be_visible()
    page.locator("dialog#ground .back button").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("body > .care [data-open=help]")).to_be_focused()


def test_cover_hides_even_an_open_help_sheet_in_one_tap(visit: Visit) -> None:
    page = visit("join")
    press(page, "help")
    page.locator("dialog#help .care [data-open=cover]").click()
    box = page.locator("dialog#cover").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    page.get_by_role("button", name="Show the page again").click()
    expect(page.locator("dialog#help")).to_be_visible()


def test_without_the_dialog_element_the_link_leads_to_the_page(visit: Visit) -> None:
    page = visit("join")
    page.evaluate("HTMLDialogElement.prototype.showModal = undefined")
    press(page, "help")
    page.wait_for_url("**/help")
    expect(page.get_by_role("heading", level=1)).to_have_text("Someone to talk to")


def test_without_script_help_shows_every_place(visit: Visit) -> None:
    page = visit("help", java_script_enabled=False)
    expect(page.get_by_role("heading", name="Germany", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Brazil", exact=True)).to_be_visible()
    expect(page.locator("#country")).to_be_hidden()
    expect(page.locator("body > .care [data-open=cover]")).to_be_hidden()


def test_leaving_tells_forgets_and_goes(visit: Visit) -> None:
    page = my_page(visit)
    seen: list[int] = []
    page.expose_function("left", lambda kept: seen.append(kept))
    page.evaluate(
        "document.addEventListener('beyond:leave', () => left(sessionStorage.length))"
    )
    before, address = page.evaluate("history.length"), page.url
    press(page, "cover")
    page.get_by_role("link", name="Leave").click()
    page.wait_for_url("about:blank")
    assert seen == [3], "what is left must be known to whoever takes it back"
    assert page.evaluate("history.length") == before
    page.goto(address)
    assert page.evaluate("Object.keys(sessionStorage)") == ["beyond:tab"]


def test_a_chosen_country_stays_for_the_tab_and_on_my_page(visit: Visit) -> None:
    page = visit("help")
    expect(page.get_by_role("link", name="Call 911")).to_be_visible()
    page.get_by_label("Numbers for").select_option("Germany")
    expect(page.get_by_role("link", name="Call 112")).to_be_visible()
    expect(page.get_by_role("link", name="Call 911")).to_be_hidden()
    page.goto(page.url.replace("help", "my-page"))
    expect(page.locator("[data-numbers]")).to_contain_text("0800 111 0 111")
    expect(page.locator("[data-numbers] [data-country=US]")).to_be_hidden()


def test_signal_starts_without_last_times_answer(visit: Visit) -> None:
    page = visit("join")
    press(page, "signal")
    said = page.locator("[data-signal-said]")
    page.get_by_role("button", name="Slow down, please").click()
    expect(said).to_contain_text("this phone isn’t in the room")
    page.keyboard.press("Escape")
    press(page, "signal")
    expect(said).to_be_empty()
    doors = page.locator("[data-signal]").evaluate_all(
        "d => d.map(e => e.dataset.signal)"
    )
    assert doors == ["slow", "break", "checkin"]


class TestThePacer:
    def test_waits_for_a_tap_and_stops_at_one(self, visit: Visit) -> None:
        page = visit("ground")
        page.clock.install()
        pacer, say = page.locator("[data-pacer]"), page.locator("[data-say]")
        line = page.locator(".lens path").first
        assert line.evaluate("e => e.getAnimations().length") == 0
        page.get_by_role("button", name="Start the lines").click()
        expect(say).to_have_text("In")
        assert line.evaluate("e => e.getAnimations().length") == 1
        page.clock.run_for(4100)
        expect(say).to_have_text("and slowly out")
        page.clock.run_for(6000)
        expect(say).to_have_text("In")
        page.get_by_role("button", name="Stop the lines").click()
        expect(pacer).not_to_have_class("pacer on")
        expect(say).to_have_text("In for about 4, out for about 6")

    def test_lets_words_alone_lead_with_reduced_motion(self, visit: Visit) -> None:
        page = visit("ground", reduced_motion="reduce")
        page.get_by_role("button", name="Start the lines").click()
        expect(page.locator("[data-say]")).to_have_text("In")
        moving = "document.getAnimations().length"
        assert page.evaluate(moving) == 0

    def test_leaves_a_persons_own_breath_alone(self, visit: Visit) -> None:
        page = visit("ground")
        page.get_by_role("button", name="Start the lines").click()
        page.get_by_label("As I always do").check()
        expect(page.locator("[data-say]")).to_contain_text("as you always do")
        expect(page.locator("[data-pacer-start]")).to_be_hidden()
        page.get_by_label("5 in, 5 out").check()
        expect(page.get_by_role("button", name="Start the lines")).to_be_visible()

    def test_stops_when_its_sheet_closes(self, visit: Visit) -> None:
        page = visit("join")
        press(page, "ground")
        page.get_by_role("button", name="Start the lines").click()
        page.keyboard.press("Escape")
        expect(page.locator("[data-pacer].on")).to_have_count(0)


class TestMyPage:
    def test_shows_typed_html_as_text(self, visit: Visit) -> None:
        page = my_page(visit)
        sly = page.get_by_label("<b>Sly</b>", exact=True)
        expect(sly).to_have_value(OWN["sly"]["text"])
        expect(page.locator("#leaves :is(img, b)")).to_have_count(0)

    def test_keeps_an_edit_in_the_tab(self, visit: Visit) -> None:
        page = my_page(visit)
        page.get_by_label("A kind line", exact=True).fill("It is all right\nto rest.")
        kept = page.evaluate("sessionStorage.getItem('beyond:own:kind')")
        assert json.loads(kept) == {
            "title": "A kind line",
            "text": "It is all right\nto rest.",
        }
        page.reload()
        expect(page.get_by_label("A kind line", exact=True)).to_have_value(
            "It is all right\nto rest."
        )

    def test_grows_with_the_writing(self, visit: Visit) -> None:
        page = my_page(visit)
        area = page.get_by_label("A kind line", exact=True)
        area.fill("one\ntwo\nthree\nfour\nfive\n")
        assert area.evaluate("e => e.scrollHeight - e.clientHeight") <= 0

    def test_prints_what_is_kept_without_the_bars(self, visit: Visit) -> None:
        page = my_page(visit)
        page.get_by_label("Leave out: <b>Sly</b>").check()
        page.emulate_media(media="print")
        for hidden in (".care", ".button", ".choice", "#leaves textarea", "#banner"):
            for part in page.locator(hidden).all():
                expect(part).to_be_hidden()
        expect(page.locator("p.hand", has_text="This hurts, Sam.")).to_be_visible()
        expect(page.locator("p.hand", has_text="onerror")).to_be_hidden()
        expect(page.locator("[data-numbers]")).to_contain_text("call 988")
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == "rgb(255, 255, 255)"

    def test_prints_black_on_white_in_the_dark_too(self, visit: Visit) -> None:
        page = my_page(visit, color_scheme="dark")
        page.emulate_media(media="print", color_scheme="dark")
        style = page.evaluate(
            "(s => [s.color, s.backgroundColor])(getComputedStyle(document.body))"
        )
        assert style == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]

    def test_saves_a_file_that_stands_alone(self, visit: Visit, tmp_path: Path):
        page = my_page(visit)
        with page.expect_download() as download:
            page.get_by_role("button", name="Save as a file").click()
        path = tmp_path / "saved.html"
        download.value.save_as(path)
        saved = path.read_text(encoding="utf-8")
        assert saved.startswith("<!doctype html>")
        assert "&lt;img src=x" in saved
        assert "<img" not in saved
        assert "<script" not in saved
        assert "This hurts, Sam." in saved
        assert "Crisis Text Line: text HOME to 741741" in saved
        assert "TelefonSeelsorge" not in saved

    def test_clears_after_asking_once(self, visit: Visit) -> None:
        page = my_page(visit)
        page.get_by_role("button", name="Clear everything").click()
        page.get_by_role("button", name="Keep them").click()
        expect(page.locator("#leaves .leaf")).to_have_count(2)
        page.get_by_role("button", name="Clear everything").click()
        page.get_by_role("button", name="Clear them").click()
        expect(page.locator("#leaves .leaf")).to_have_count(0)
        expect(page.get_by_text("Nothing here yet.")).to_be_visible()
        assert page.evaluate("Object.keys(sessionStorage)") == ["beyond:tab"]

    def test_says_so_when_a_browser_keeps_nothing(self, visit: Visit) -> None:
        page = visit("join")
        page.add_init_script(
            "Object.defineProperty(window, 'sessionStorage',"
            " { get() { throw new DOMException('off', 'SecurityError') } })"
        )
        page.goto(page.url.replace("join", "my-page"))
        expect(page.locator("#no-storage")).to_be_visible()
        expect(page.locator("#empty")).to_be_hidden()
        expect(page.locator("[data-numbers]")).to_contain_text("988")

    def test_survives_damaged_storage(self, visit: Visit) -> None:
        page = visit("my-page")
        page.evaluate(
            "sessionStorage.setItem('beyond:own:x', '{');"
            "sessionStorage.setItem('beyond:own:y', 'null');"
            "sessionStorage.setItem('beyond:left-out', '7')"
        )
        page.reload()
        expect(page.get_by_text("Nothing here yet.")).to_be_visible()


def test_a_theme_set_on_the_page_wins_over_the_systems(visit: Visit) -> None:
    page = visit("help", color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(25, 26, 24)"
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    assert page.evaluate(paper) == "rgb(250, 248, 244)"


def test_stock_jupyter_controls_keep_their_own_face(visit: Visit) -> None:
    page = visit("join")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend',"
        ' \'<div class="jupyter-widgets"><input type=radio><select></select></div>'
        '<dialog open class="jp-Dialog">x</dialog>\')'
    )
    radio = page.locator(".jupyter-widgets input")
    assert radio.evaluate("e => getComputedStyle(e).appearance") in {"auto", "radio"}
    select = page.locator(".jupyter-widgets select")
    assert select.evaluate("e => getComputedStyle(e).minHeight") != "48px"
    dialog = page.locator(".jp-Dialog")
    assert dialog.evaluate("e => getComputedStyle(e).borderTopWidth") != "5px"
