"""Slides on the projector: keys, live pictures, the group, the remote, and paper."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from support.room_line import KeyLine, PhoneLine, phones
from support.served import REPO, Phone, Served, serve, violations

pytestmark = pytest.mark.browser
DECK = "workshop_90_love"
DECKS = sorted(path.stem for path in (REPO / "slides").glob("*.ipynb"))
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
NARROW = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
ASKED = "met"
QUESTION = "Where have people you know been hurt by rejection?"
# its controls alone are as high as a slide: what explains it is below
LONGER = {"In a group, or alone"}

MEASURE = """slide => {
  const seen = (choice) => [...slide.querySelectorAll(choice)]
    .filter((one) => one.checkVisibility() && !one.closest(".claim"));
  const texts = ".prose p, .prose li, .beyond-explore-answer, .wall .say, .wall h1";
  const moves = ["controls", "answer", "picture svg"]
    .map((part) => `.beyond-explore-${part}`);
  const foot = document.querySelector(".on-deck > .care").getBoundingClientRect().top;
  const half = (box) => box.top < foot - 12 && box.bottom > foot + 1;
  const notes = ".beyond-explore-see > .beyond-explore-small";
  const sizes = seen(texts).map((one) => parseFloat(getComputedStyle(one).fontSize));
  const long = slide.scrollHeight - slide.clientHeight;
  return {
    name: slide.ariaLabel,
    sideways: document.documentElement.scrollWidth - innerWidth,
    wide: slide.scrollWidth - slide.clientWidth,
    over: long,
    targets: [...document.querySelectorAll(".turning button")]
      .map((one) => one.offsetHeight),
    small: Math.min(99, ...sizes),
    cut: seen(notes).filter((one) => half(one.getBoundingClientRect())).length,
    drawn: seen(".beyond-explore-picture svg").map((one) => one.clientHeight),
    ends: seen(moves.join()).map((one) => one.getBoundingClientRect().bottom),
  };
}"""


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve("--plan", "90") as it:
        yield it


@pytest.fixture
def deck(phone: Callable[..., Phone], served: Served) -> Callable[..., Phone]:
    """Open a deck, as the projector or another screen."""

    def open_deck(at: int = 1, name: str = DECK, **options: object) -> Phone:
        one = phone(served, **(WIDE | options))
        one.page.goto(f"{served.join}deck/{name}?key={served.key('wall')}")
        one.page.locator("body[data-turns][data-ready][data-line]").wait_for()
        turn_to(one.page, at)
        return one

    return open_deck


def present(page: Page) -> str:
    return page.locator("section.present").get_attribute("aria-label")


def at(page: Page, title: str) -> None:
    expect(page.locator("section.present")).to_have_attribute("aria-label", title)


def place_of(page: Page, title: str) -> int:
    """Number of the slide of this title, from 1."""
    titles = "all => all.map(one => one.ariaLabel)"
    return page.locator(".slides > section").evaluate_all(titles).index(title) + 1


def turn_to(page: Page, number: int) -> None:
    page.evaluate("at => (location.hash = `#/${at}`)", number - 1)
    page.locator(f".slides > section:nth-of-type({number}).present").wait_for()


def go(page: Page, title: str) -> None:
    turn_to(page, place_of(page, title))


def look_at(page: Page, title: str) -> None:
    """Go to the second slide of a block, with its explorer."""
    turn_to(page, place_of(page, title) + 1)


def test_keys_turn_slides(deck) -> None:
    page = deck().page

    page.keyboard.press("ArrowRight")
    at(page, "Come in")
    page.keyboard.press("PageDown")
    at(page, "What this is")
    page.keyboard.press(" ")
    at(page, "How we treat each other")
    page.keyboard.press("PageUp")
    at(page, "What this is")
    page.keyboard.press("End")
    at(page, "Closing round")
    page.keyboard.press("Home")
    at(page, "Beyond the No")


def test_letters_turn_nothing(deck) -> None:
    page = deck(3).page

    for key in "nphjklbfog.":
        page.keyboard.press(key)

    at(page, "What this is")
    expect(page.locator("body.blank")).to_have_count(0)


def test_the_code_to_come_in_stands_on_a_slide(deck, served: Served) -> None:
    page = deck(2).page
    slide = page.locator("section.present")

    expect(slide.get_by_alt_text("Code that opens the first page")).to_be_visible()
    expect(slide).to_contain_text(re.sub(r"^http://|/$", "", served.join))


def test_an_explorer_lives_on_a_slide_and_keeps_its_arrows(deck) -> None:
    page = deck().page
    look_at(page, "What brain scans show")
    slide = page.locator("section.present")
    slide.get_by_role("button", name="Show me").click()
    slider = slide.get_by_role("slider").first
    before = slide.locator("svg").first.evaluate("svg => svg.outerHTML")

    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "b => document.querySelector('section.present svg').outerHTML !== b", arg=before
    )
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    at(page, "What brain scans show")

    page.keyboard.press("Escape")  # leaves the slider
    page.keyboard.press("ArrowRight")
    number = place_of(page, "What brain scans show") + 2
    expect(page.locator("#at")).to_have_text(re.compile(f"^{number} /"))


def test_evidence_is_one_tap_away(deck) -> None:
    page = deck().page
    look_at(page, "A wave of stress")
    page.locator("section.present").get_by_role("button", name="Show me").click()
    page.keyboard.press("ArrowRight")
    claim = page.locator("section.present details.claim")

    claim.locator("summary").click()

    expect(claim.get_by_text("Claim C05.")).to_be_visible()


def test_what_explains_opens_after_the_guess_or_with_the_groups_answers(
    deck, served: Served
) -> None:
    page = deck().page
    assert page.locator("details.after[open]").count() == 0
    assert (
        page.locator(".prose:visible").filter(has_text="About one in six").count() == 0
    )
    fold = page.locator('details.after[data-after="no_rise"]')
    expect(fold).to_have_attribute("data-locked", "")
    expect(fold.locator(".prose").first).to_be_hidden()
    leader = KeyLine(served)
    with phones(served, 5) as group:
        leader.lead("collect", activity="no_rise")
        for line in group:
            line.answer("no_rise", 1)
        expect(fold).to_have_attribute("data-locked", "")
        leader.lead("reveal", activity="no_rise")
        expect(fold).to_have_attribute("open", "")
    leader.lead("put_away", activity="no_rise")
    leader.close()


def test_ground_me_and_help_are_one_tap_away_and_keys_stay_there(deck) -> None:
    page = deck(3).page
    for name, title in (("Ground me", "Here, in this room"), ("Help", "Someone to")):
        page.get_by_role("navigation", name="Care", exact=True).get_by_role(
            "link", name=name
        ).click()
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("PageDown")
        page.keyboard.press("Escape")

    at(page, "What this is")


def test_the_group_is_seen_on_the_slide_and_not_before(deck, served: Served) -> None:
    page = deck().page
    leader = KeyLine(served)
    group = [PhoneLine(served) for _ in range(5)]
    leader.lead("turn", row=4)
    at(page, "Where people get hurt")
    page.keyboard.press("ArrowRight")
    slide = page.locator("section.present")
    said = slide.get_by_text("Your phone will ask you in a moment.")
    title = slide.get_by_role("heading", name=QUESTION)
    expect(said).to_be_visible()

    leader.lead("collect", activity=ASKED)
    expect(said).to_be_hidden()
    expect(title).to_be_visible()
    for one in group[:4]:
        one.answer(ASKED, 1)
    leader.lead("reveal", activity=ASKED)  # four of five: nothing for anyone
    leader.settle()
    expect(page.locator("#picture .answers")).to_have_count(0)
    leader.lead("put_away", activity=ASKED)
    expect(said).to_be_visible()

    leader.lead("collect", activity=ASKED)
    number = leader.question(ASKED)["round"]
    for one in group:
        one.answer(ASKED, 1, round=number)
    leader.lead("reveal", activity=ASKED)
    expect(slide.locator("#picture .answers")).to_be_visible()
    expect(slide.locator("#picture.plays .answer")).not_to_be_empty()
    assert violations(page) == []

    page.keyboard.press("ArrowRight")  # it stands on its own slide alone
    at(page, "What brain scans show")
    expect(page.locator("section.present #picture .answers")).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    expect(slide.locator("#picture .answers")).to_be_visible()
    for one in (leader, *group):
        one.close()


def test_the_deck_goes_where_the_console_turns_and_rests_with_the_room(
    deck, served: Served
) -> None:
    page = deck().page
    leader = KeyLine(served)

    leader.lead("turn", row=11)
    at(page, "A break, and moving")
    leader.lead("turn", row=12)
    at(page, "When love says no")
    leader.lead("pause")
    expect(page.get_by_role("heading", name="A pause.")).to_be_visible()
    page.keyboard.press("Tab")
    assert violations(page) == []
    leader.lead("resume")
    expect(page.get_by_role("heading", name="A pause.")).to_be_hidden()
    leader.lead("breathe", on=True)
    expect(page.locator("#pacer .lens")).to_be_visible()
    leader.lead("breathe", on=False)
    expect(page.locator("#pacer .lens")).to_be_hidden()
    at(page, "When love says no")
    leader.close()


def test_speaker_and_remote_turn_the_slides_on_the_wall(
    deck, phone, served: Served
) -> None:
    page = deck(1).page
    speaker = phone(served, **WIDE).page
    speaker.goto(f"{served.join}deck/{DECK}/speaker?key={served.key()}")
    remote = phone(served, **NARROW).page
    remote.goto(f"{served.join}deck/{DECK}/remote?key={served.key()}")
    assert served.key() not in remote.url  # the address is seen by neighbours
    go(page, "Come in")
    expect(speaker.locator("#of")).to_have_text(re.compile("^2 /"))

    remote.get_by_role("button", name="Next").click()
    at(page, "What this is")
    expect(speaker.get_by_role("heading", name="What this is", level=3)).to_be_visible()
    expect(speaker.get_by_text("Read it slowly, as if to one person.")).to_be_visible()
    expect(speaker.locator("#next-title")).to_have_text("How we treat each other")
    expect(speaker.locator("#clock")).to_have_text(re.compile(r"\d\d"))
    expect(speaker.locator("#since")).to_have_text("0 minutes in")
    expect(speaker.get_by_text("What this is: 2 minutes in the plan.")).to_be_visible()

    remote.get_by_role("button", name="Blank").click()
    expect(page.locator("body.blank")).to_have_count(1)
    expect(page.locator("section.present")).to_be_hidden()
    expect(page.get_by_role("link", name="Help").first).to_be_visible()
    remote.get_by_role("button", name="Blank").click()
    expect(page.locator("section.present")).to_be_visible()

    remote.get_by_role("button", name="Back").click()
    at(page, "Come in")
    page.keyboard.press("PageDown")  # and the other way round
    expect(remote.locator("#of")).to_have_text(re.compile("^3 /"))
    for one in (speaker, remote):
        assert violations(one) == []


@pytest.mark.parametrize("letters", ["100%", "200%"])
@pytest.mark.parametrize("size", [(390, 844), (195, 422)])
def test_the_remotes_buttons_stay_on_the_screen(
    phone, served: Served, size: tuple[int, int], letters: str
) -> None:
    width, height = size
    page = phone(served, viewport={"width": width, "height": height}).page
    page.goto(f"{served.join}deck/{DECK}/remote?key={served.key()}")
    page.evaluate("size => (document.documentElement.style.fontSize = size)", letters)
    for button in page.locator(".turning button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["height"] >= 44


def test_a_remote_that_lost_its_line_finds_it_again(deck, phone, served) -> None:
    page = deck(1).page
    mine = phone(served, **NARROW)
    mine.page.goto(f"{served.join}deck/{DECK}/remote?key={served.key()}")
    go(page, "What this is")
    expect(mine.page.locator("#of")).to_have_text(re.compile("^3 /"))
    mine.context.set_offline(True)
    mine.context.set_offline(False)

    mine.page.get_by_role("button", name="Next").click()

    at(page, "How we treat each other")


@pytest.mark.parametrize(
    ("name", "size", "scheme"),
    [
        *((name, WIDE, "light") for name in DECKS),
        (DECK, WIDE, "dark"),
        (DECK, NARROW, "light"),
    ],
)
def test_every_slide_fits_and_can_be_read(
    deck, name: str, size: dict, scheme: str
) -> None:
    page = deck(name=name, **size, color_scheme=scheme).page
    slides = page.locator(".slides > section").count()
    least = 28 if size is WIDE else 18
    for n in range(1, slides + 1):
        turn_to(page, n)
        slide = page.locator("section.present")
        for guess in slide.get_by_role("button", name="Show me").all():
            guess.click()
        told = slide.evaluate(MEASURE)
        assert told["sideways"] <= 0, told
        assert told["wide"] <= 0, told
        assert told["small"] >= least, told
        if size is WIDE:
            assert told["over"] <= 1 or told["name"] in LONGER, told
            assert min(told["targets"]) >= 44, told
            assert told["cut"] == 0, told
            assert min(told["drawn"], default=150) >= 150, told
            assert all(bottom <= 720 - 60 for bottom in told["ends"]), told
    assert slides >= 10


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize(
    "title",
    ["Beyond the No", "Come in", "How we treat each other", "A wave of stress"],
)
def test_slides_are_accessible(deck, title: str, size: dict) -> None:
    page = deck(**size).page
    go(page, title)

    assert violations(page) == []


def test_on_paper_every_slide_has_its_page(deck, phone, served: Served) -> None:
    one = phone(served, **WIDE)
    address = f"{served.join}deck/{DECK}?key={served.key('wall')}&print-pdf"
    one.page.goto(address)
    one.page.locator("body[data-paper]").wait_for()
    pages = one.page.locator(".pdf-page")
    slides = one.page.locator(".pdf-page > section")

    assert (
        pages.count() == slides.count() == one.page.locator(".slides section").count()
    )
    assert slides.evaluate_all("all => all.every((one) => one.checkVisibility())")
    charts = one.page.locator(".pdf-page .beyond-explore-picture svg")
    expect(charts).to_have_count(4)
    for chart in charts.all():
        expect(chart).to_be_visible()
    printed = one.page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == pages.count()


def test_any_deck_is_served_without_a_plan(browser: Browser) -> None:
    with serve(checked=False) as it:
        one = Phone(browser, it, **WIDE)
        one.page.goto(f"{it.join}deck/{DECK}?key={it.key('wall')}")
        one.page.locator("body[data-turns][data-ready]").wait_for()
        assert one.errors == []
        one.close()


def test_the_console_leads_to_the_slides(phone, served: Served) -> None:
    leader = phone(served, **WIDE)
    page = leader.page
    page.goto(served.facilitate)
    for name, path in (
        ("Open the slides", f"/deck/{DECK}"),
        ("Speaker’s view", f"/deck/{DECK}/speaker"),
        ("open the remote here", f"/deck/{DECK}/remote"),
    ):
        link = page.get_by_role("link", name=name, include_hidden=True)
        assert path in link.get_attribute("href")
