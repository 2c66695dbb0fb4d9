"""Help in a real Chromium: for every need, in the sheet, as a page, and without us."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from support.served import violations

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
NEEDS = {
    "suicide": ("Suicide, or a need to talk", "Call 988"),
    "abuse": ("Someone hurts me", "Call 1-800-799-7233"),
    "lgbtq": ("I’m LGBTQ+", "Call 1-866-488-7386"),
    "youth": ("I’m young", None),  # the only line there is an address by now
    "older": ("I’m older, or lonely", None),
}
PHONE = {"width": 390, "height": 844}


def shown(within: Page | Locator) -> set[str]:
    """The numbers of lines, without emergency numbers, that can be seen."""
    links = within.locator(".places.listening a.number:visible")
    return set(links.all_inner_texts())


def open_sheet(page: Page) -> Locator:
    page.locator("body > .care [data-open=help]").click()
    sheet = page.locator("dialog#help")
    expect(sheet).to_be_visible()
    return sheet


@pytest.mark.parametrize("need", NEEDS)
@pytest.mark.parametrize("where", ["page", "sheet"])
def test_the_lines_of_the_chosen_need_are_shown(
    visit: Visit, where: str, need: str
) -> None:
    page = visit("help" if where == "page" else "join", **PHONE)
    help_ = page.locator("main") if where == "page" else open_sheet(page)
    label, number = NEEDS[need]
    help_.get_by_role("radio", name=label).check(force=True)

    for name, (other, _) in NEEDS.items():
        heading = help_.get_by_role("heading", name=other)
        expect(heading).to_have_count(int(name == need))
    if number:
        assert number in shown(help_)
    else:
        assert shown(help_) == set()
        expect(help_.locator(".places.listening .web:visible")).not_to_have_count(0)
    expect(help_.get_by_role("link", name="Call 911")).to_be_visible()
    expect(help_.get_by_text("it isn’t because of you")).to_be_visible()


def test_at_first_it_shows_the_lines_for_everyone(visit: Visit) -> None:
    page = visit("help", **PHONE)

    assert shown(page) == {"Call 988", "Text 988", "Text HOME to 741741"}
    box = page.get_by_role("link", name="Call 988").bounding_box()
    assert box is not None


def test_the_emergency_number_is_seen_without_scrolling(visit: Visit) -> None:
    page = visit("help", **PHONE)
    box = page.get_by_role("link", name="Call 911").bounding_box()

    assert box is not None
    assert box["y"] + box["height"] < 844 - 80, "above the care bar"


def test_the_need_is_chosen_by_keyboard(visit: Visit) -> None:
    page = visit("help", **PHONE)
    page.get_by_role("radio", name="need to talk").focus()
    page.keyboard.press("ArrowRight")

    assert "Call 1-800-799-7233" in shown(page)


def test_an_address_opens_the_need_also_when_we_are_gone(visit: Visit) -> None:
    page = visit("help#abuse", **PHONE)
    assert "Call 1-800-799-7233" in shown(page)

    page.context.set_offline(True)
    page.evaluate("location.hash = '#lgbtq'")
    expect(page.get_by_role("link", name="Call 1-866-488-7386")).to_be_visible()
    assert "Call 1-800-799-7233" not in shown(page)
    page.evaluate("location.hash = '#anything'")
    expect(page.get_by_role("link", name="Call 1-866-488-7386")).to_be_visible()


def test_a_link_of_a_lesson_opens_the_need_in_the_sheet_when_we_are_gone(
    visit: Visit,
) -> None:
    page = visit("join", **PHONE)
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('afterbegin',"
        "'<a id=link data-open=help data-for=abuse href=help#abuse>When someone</a>')"
    )
    page.context.set_offline(True)
    page.locator("#link").click()
    sheet = page.locator("dialog#help")

    expect(sheet.get_by_role("link", name="Call 1-800-799-7233")).to_be_visible()
    expect(sheet.get_by_text("If someone looks at your phone")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#link")).to_be_focused()

    assert "Call 988" in shown(open_sheet(page)), "the next person sees no need"


def test_how_to_leave_no_trace_stands_beside_the_lines_on_abuse_alone(
    visit: Visit,
) -> None:
    page = visit("help", **PHONE)
    trace = page.get_by_text("list of calls")
    expect(trace).to_be_hidden()
    page.get_by_role("radio", name="Someone hurts me").check(force=True)
    expect(trace).to_be_visible()


def test_what_a_person_needs_is_kept_nowhere(visit: Visit) -> None:
    page = visit("help", **PHONE)
    page.get_by_role("radio", name="Someone hurts me").check(force=True)
    kept = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    )

    assert "abuse" not in kept
    assert "Someone" not in kept
    page.reload()
    assert shown(page) == {"Call 988", "Text 988", "Text HOME to 741741"}


def test_another_place_in_the_sheet_leads_to_all_its_lines(visit: Visit) -> None:
    page = visit("join", **PHONE)
    sheet = open_sheet(page)
    sheet.get_by_role("radio", name="Someone hurts me").check(force=True)
    sheet.get_by_label("Numbers for").select_option("Germany")
    expect(sheet.get_by_role("link", name="Call 112")).to_be_visible()
    sheet.get_by_role("link", name="Every line of Germany").click()
    page.wait_for_url(re.compile("help#abuse$"))

    assert "Call 116 016" in shown(page)


@pytest.mark.parametrize(
    ("day", "number", "hours", "directory"),
    [
        ("2026-12-01", True, True, True),
        ("2027-12-01", True, False, True),
        ("2029-12-01", False, False, True),
    ],
)
def test_a_page_made_long_ago_goes_by_the_clock_of_the_phone(
    visit: Visit, day: str, number: bool, hours: bool, directory: bool
) -> None:
    page = visit("help")
    page.clock.set_fixed_time(datetime.fromisoformat(day))
    page.goto(page.url + "#abuse")
    page.reload()
    place = page.locator("main")

    expect(place.get_by_role("link", name="Call 911")).to_be_visible()
    assert ("Call 1-800-799-7233" in shown(page)) == number
    expect(place.get_by_text("thehotline.org")).to_be_visible()
    lines = place.locator(".places.listening")
    assert ("Open day and night" in lines.inner_text()) == hours
    danger = place.locator(".places.danger section:visible")
    assert ("findahelpline.com" in danger.inner_text()) == directory


def test_without_script_every_need_has_its_heading(visit: Visit) -> None:
    page = visit("help", java_script_enabled=False)
    place = page.locator("section", has=page.locator("#place-GB"))

    for label, _ in NEEDS.values():
        if label not in ("I’m older, or lonely",):  # its one line is too old
            expect(place.get_by_role("heading", name=label)).to_be_visible()
    expect(page.locator("[data-need-choice]")).to_be_hidden()


@pytest.mark.parametrize("need", NEEDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_for_any_need(visit: Visit, scheme: str, need: str) -> None:
    page = visit(f"help#{need}", color_scheme=scheme, reduced_motion="reduce", **PHONE)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = 1)")

    assert not violations(page, rules={})


@pytest.mark.parametrize("width", [320, 390])
def test_a_need_is_as_large_as_a_thumb(visit: Visit, width: int) -> None:
    page = visit("help", width=width, height=844)
    for label in page.locator(".needs label").all():
        box = label.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["width"] >= 44
