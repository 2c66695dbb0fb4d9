"""What every widget owes to ears, keys, older browsers, and a laptop that is gone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from beyond_the_no.explore.explore import wording
from support import small_lessons as nb
from support.served import Phone, Served, serve

pytestmark = pytest.mark.browser
STALE = wording("explore")["stale"]
WIDGETS = {
    "chart": "from beyond_the_no.explore import BrainOverlap\nBrainOverlap()",
    "slider": "from beyond_the_no.explore import GroupOrAlone\nGroupOrAlone()",
    "note": nb.NOTE,
    "mood": "from beyond_the_no.own import Mood\nMood()",
    "breath": "from beyond_the_no.own import Breathing\nBreathing()",
    "circle": "from beyond_the_no.own import EmotionWords\nEmotionWords()",
    "poll": nb.poll("which"),
    "words": "from beyond_the_no.together import Texts\nTexts('texts', 'What helped?')",
}
FIELDS = """() => [...document.querySelectorAll("[data-model]")].flatMap(
  (place) => [...place.querySelectorAll("input, select, textarea, button, summary")]
).filter((field) => !field.hasAttribute("data-lm-suppress-shortcuts")
).map((field) => field.outerHTML.slice(0, 90))"""
NO_LISTS = """() => [...document.querySelectorAll("ul, ol")].filter((list) =>
  getComputedStyle(list).listStyleType === "none"
  && list.getAttribute("role") !== "list"
).map((list) => list.outerHTML.slice(0, 90))"""
# as Firefox had it until 2023
NO_REFLECTION = """for (const name of Object.getOwnPropertyNames(Element.prototype))
  if (/^aria[A-Z]|^role$/.test(name)) delete Element.prototype[name];"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    lesson = nb.notebook("# All", *WIDGETS.values(), title="All")
    folder = nb.write(tmp_path_factory.mktemp("lessons"), all=lesson)
    with serve("--lessons", str(folder)) as it:
        yield it


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    one = Phone(browser, served)
    yield one.lesson("all")
    one.close()
    assert one.errors == []


def count_studies(page: Page) -> None:
    chart = page.locator(".beyond-explore").first
    chart.get_by_role("button", name="Show me").click()
    chart.get_by_role("radio", name="Count studies").check()


def test_a_chart_whose_laptop_is_gone_says_so_and_catches_up(page: Page) -> None:
    page.context.set_offline(True)
    count_studies(page)
    chart = page.locator(".beyond-explore").first
    said, before = chart.locator("p[role=status]"), chart.locator("output").inner_text()

    expect(said).to_have_text(STALE, timeout=8000)
    assert chart.locator("output").inner_text() == before
    page.context.set_offline(False)
    expect(chart.locator("output")).not_to_have_text(before)
    expect(said).to_have_text("")


def test_a_chart_that_gets_no_answer_at_all_says_so_and_catches_up(page: Page) -> None:
    """A phone that lost the Wi-Fi without noticing: requests stay without an end."""
    unanswered: list[Route] = []
    page.route("**/pictures/**", lambda route: unanswered.append(route))
    count_studies(page)
    chart = page.locator(".beyond-explore").first
    before = chart.locator("output").inner_text()
    expect(chart.locator("p[role=status]")).to_have_text(STALE, timeout=10_000)

    page.unroute("**/pictures/**")
    expect(chart.locator("output")).not_to_have_text(before, timeout=45_000)
    expect(chart.locator("p[role=status]")).to_have_text("")


def test_no_key_pressed_in_a_widget_is_one_of_jupyterlabs(page: Page) -> None:
    page.locator(".exercise [data-onward]").click()
    for door in page.locator(".together").get_by_role("button", name="Join").all():
        door.click()
    assert page.locator("[data-lm-suppress-shortcuts]").count() > 40

    assert page.evaluate(FIELDS) == []


def test_every_list_without_dots_says_that_it_is_a_list(page: Page) -> None:
    """Safari takes the role from a list whose dots are taken away."""
    for dialog in ("ground", "help"):
        page.locator(f"body > .care [data-open={dialog}]").click()
        page.keyboard.press("Escape")
    assert page.evaluate(NO_LISTS) == []
    page.goto(page.url.partition("/lesson/")[0])
    assert page.evaluate(NO_LISTS) == []


def test_a_field_is_called_by_its_question_and_a_slider_by_its_label(
    page: Page,
) -> None:
    note = page.locator(".note-to-self textarea")
    prompt = page.locator("label.note-to-self-prompt").inner_text()
    expect(note).to_have_accessible_name(prompt)
    expect(note).to_have_accessible_description(re.compile("write a role, not a name$"))
    for slider in page.locator(".beyond-explore input[type=range]").all():
        value = slider.get_attribute("aria-valuetext")
        assert value
        expect(slider).not_to_have_accessible_name(re.compile(re.escape(value)))


def test_a_chart_has_its_role_and_name_without_reflection(
    browser: Browser, served: Served
) -> None:
    phone = Phone(browser, served)
    phone.context.add_init_script(NO_REFLECTION)
    page = phone.lesson("all")
    chart = page.get_by_role("region").first
    chart.get_by_role("button", name="Show me").click()
    answer = chart.locator("output")
    expect(chart.locator("svg")).to_have_attribute("role", "img")
    expect(chart.locator("svg")).to_have_attribute("aria-label", answer.inner_text())
    expect(answer).to_have_attribute("aria-live", "polite")
    group = chart.get_by_role("radiogroup").first
    expect(group).to_have_accessible_name(re.compile("."))
    phone.close()
    assert phone.errors == []


CHOSEN = {
    ".mood-row label": "nth=3",
    ".exercise-words label": "nth=0",
    ".breathing label": "nth=1",
    ".beyond-explore-tab": "nth=0",
}


@pytest.mark.parametrize("place", CHOSEN)
def test_forced_colours_show_what_is_chosen_and_what_is_mine(
    page: Page, place: str
) -> None:
    page.emulate_media(forced_colors="active")
    page.locator(".beyond-explore").first.get_by_role("button", name="Show me").click()
    label = page.locator(place).locator(CHOSEN[place])
    label.click()
    edge = (
        "label => ['::before', '::after'].map((part) =>"
        " getComputedStyle(label.querySelector(':checked + span'), part))"
        ".some((s) => s.content !== 'none' && parseFloat(s.borderTopWidth) >= 2.5)"
    )
    assert label.evaluate(edge)
    line = "part => getComputedStyle(part, '::before').borderInlineStartStyle"
    for mine in page.locator(":is(.exercise, .mood, .note-to-self) > section").all():
        assert mine.evaluate(line) == "dotted"


@pytest.mark.parametrize("size", [(195, 422), (390, 844)])
def test_at_twice_the_size_nothing_stands_outside(
    page: Page, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    if size[0] == 390:  # letters alone are twice as large
        page.evaluate("document.documentElement.style.fontSize = '200%'")
    for chart in page.locator(".beyond-explore").all():
        if chart.get_by_role("button", name="Show me").is_visible():
            chart.get_by_role("button", name="Show me").click()
        chart.locator("summary").last.click()
        for folded in chart.locator("details:not([open]) > summary:visible").all():
            folded.click()
    over = """() => [...document.querySelectorAll("#lesson *")].filter((node) => {
      const { right, width } = node.getBoundingClientRect();
      const scrolls = node.closest(".beyond-explore-numbers");
      return width && right > document.documentElement.clientWidth + 1
        && !node.closest("svg, .vh") && (!scrolls || node === scrolls);
    }).map((node) => `${node.className} ${node.textContent.slice(0, 30)}`)"""
    assert page.evaluate(over) == []
