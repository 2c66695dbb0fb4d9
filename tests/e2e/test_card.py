"""A question's card fits a phone with its doors, and says what became of it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from beyond_the_no.room.words import table
from beyond_the_no.together.together import words
from support import small_lessons as nb
from support.room_line import KeyLine, PhoneLine, phones
from support.served import Phone, Served, serve

pytestmark = pytest.mark.browser
SAY, PAGE = words(), table()["page"]
NOTE, CLOSED, WAITING = SAY["note"], SAY["closed"], SAY["waiting"]
LONG = "Which is easier to feel again when you think back?"
KINDS = {
    "poll": f'Poll("poll", "{LONG}", ["One", "Two"], can_stir="How the day was.")',
    "scale": f'Scale("scale", "{LONG}", can_stir="How you are today.")',
    "rounds": f'TwoRounds("rounds", "{LONG}", ["One", "Two"])',
    "guess": f'Guess("guess", "{LONG}", 43)',
    "words": f'WordBoard("words", "{LONG}")',
    "texts": f'Texts("texts", "{LONG}")',
    "pairs": f'Pairs("pairs", "{LONG}")',
}
OTHERS = ["shown", "hidden", "reading", "sent", "choosing", "missed"]
PROSE = "# " + "\n\n".join(["Some lines to read between two things to do."] * 60)
PLACES = """name => {
  const box = document.querySelector(`.together:has(#together-${name})`);
  const at = (part) => part.getBoundingClientRect();
  return {
    top: at(box.querySelector(".together-mark")).top,
    doors: [...box.querySelectorAll(".together-door")].map((door) => at(door).bottom),
    heights: [...box.querySelectorAll(".together-door")].map((door) => at(door).height),
    care: at(document.querySelector("body > .care")).top,
  };
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    imported = "from beyond_the_no.together import *"
    polls = [f'Poll("{name}", "Which?", ["One", "Two"])' for name in OTHERS]
    kinds = [cell for kind in KINDS.values() for cell in (kind, PROSE)]
    cells = ["# All", imported, *kinds, *polls, 'Texts("line", "What helped?")']
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"),
        all=nb.notebook(*cells, title="All"),
    )
    with serve("--lessons", str(folder), "--k", "4") as it:
        yield it


@pytest.fixture(scope="module")
def leader(served: Served) -> Iterator[KeyLine]:
    line = KeyLine(served)
    line.waits_for(
        lambda state: len(state["questions"]) == len(KINDS) + len(OTHERS) + 1
    )
    line.lead("move", lesson="all")
    yield line
    line.close()


@pytest.fixture(scope="module")
def group(served: Served) -> Iterator[list[PhoneLine]]:
    with phones(served, 5) as lines:
        yield lines


@pytest.fixture(scope="module")
def phone(browser: Browser, served: Served, leader: KeyLine) -> Iterator[Phone]:
    one = Phone(browser, served)
    one.join()
    one.lesson("all")
    yield one
    one.close()
    assert one.errors == []


def widget(phone: Phone, name: str) -> Locator:
    return phone.page.locator(f".together:has(#together-{name})")


def tap(box: Locator, label: str) -> None:
    box.get_by_role("button", name=re.compile(f"^{label}")).click()


def go_there(page: Page) -> None:
    page.get_by_role("link", name=PAGE["go_there"]).click()


@pytest.mark.parametrize("size", [(390, 844), (360, 640)])
@pytest.mark.parametrize("name", KINDS)
def test_the_card_and_its_doors_fit_the_first_screen(
    phone: Phone, leader: KeyLine, name: str, size: tuple[int, int]
) -> None:
    width, height = size
    phone.page.set_viewport_size({"width": width, "height": height})
    phone.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    leader.lead("collect", activity=name)
    box = widget(phone, name)
    box.locator(".together-door").first.wait_for()
    go_there(phone.page)

    expect(box.locator(".together-door").last).to_be_in_viewport(ratio=1)
    places = phone.page.evaluate(PLACES, name)
    assert places["top"] >= 0
    assert len(places["doors"]) == (2 if name == "pairs" else 3)
    assert max(places["doors"]) <= places["care"], places
    assert min(places["heights"]) >= 44
    assert len(set(places["heights"])) == 1, "no door is larger than another"
    leader.lead("put_away", activity=name)


def test_three_lines_say_what_matters_and_the_rest_is_below_a_fold(
    phone: Phone, leader: KeyLine
) -> None:
    leader.lead("collect", activity="poll")
    box = widget(phone, "poll")

    lines = box.locator(".together-brief li")
    expect(lines).to_have_text(
        ["Pick one of 2 answers. One tap.", NOTE["no_names"], re.compile("from four")]
    )
    expect(box.get_by_text("How the day was.")).to_be_visible()
    rule = box.get_by_text("Nothing is shown until at least four people")
    expect(rule).to_be_hidden()
    box.get_by_text(NOTE["sees"]).first.click()
    expect(rule).to_be_visible()
    expect(box.get_by_role("link", name=NOTE["rules"])).to_be_visible()
    leader.lead("put_away", activity="poll")


def test_who_is_asked_a_second_time_gets_a_short_card(
    phone: Phone, leader: KeyLine
) -> None:
    leader.lead("collect", activity="rounds")
    box = widget(phone, "rounds")
    first = box.locator(".together-brief li")
    expect(first).to_have_count(3)
    leader.lead("hold", activity="rounds")
    expect(box).to_contain_text(WAITING["held"])
    leader.lead("collect", activity="rounds")

    expect(first).to_have_text([SAY["kinds"]["two_rounds"]["note"]["again"]])
    expect(box.locator(".together-door")).to_have_count(3)
    leader.lead("put_away", activity="rounds")


def test_after_hide_the_phone_says_what_was_also_when_it_loads_anew(
    phone: Phone, leader: KeyLine, group: list[PhoneLine]
) -> None:
    leader.lead("collect", activity="hidden")
    for at, line in enumerate(group):
        line.answer("hidden", at % 2)
    leader.lead("reveal", activity="hidden")
    box = widget(phone, "hidden")
    expect(box.locator(".picture")).to_have_count(1)
    leader.lead("put_away", activity="hidden")

    expect(box.locator(".together-body")).to_have_text(CLOSED["hidden"])
    phone.lesson("all")
    expect(box.locator(".together-body")).to_have_text(CLOSED["hidden"])
    expect(widget(phone, "reading")).to_contain_text(WAITING["say"])


@pytest.mark.parametrize("door", ["", "Join", "Keep it", "Pass"])
def test_a_question_that_closes_is_said_to_be_closed(
    phone: Phone, leader: KeyLine, door: str
) -> None:
    leader.lead("collect", activity="sent")
    box = widget(phone, "sent")
    box.locator(".together-door").first.wait_for()
    if door:
        tap(box, door)
    if door in ("Join", "Keep it"):
        box.get_by_label("Two").check()
        tap(box, "Done")
    if door:
        expect(box.locator(".together-sent")).to_have_text(SAY["sent"]["title"])
    leader.lead("put_away", activity="sent")

    said = CLOSED["sent"] if door else CLOSED["reading"]
    expect(box.locator(".together-body")).to_have_text(said)


def test_what_was_chosen_and_not_sent_stays_in_sight_when_the_group_goes_on(
    phone: Phone, leader: KeyLine
) -> None:
    poll, line = widget(phone, "choosing"), widget(phone, "line")
    leader.lead("collect", activity="choosing")
    tap(poll, "Join")
    poll.get_by_label("Two").check()
    leader.lead("put_away", activity="choosing")

    expect(poll).to_contain_text(CLOSED["choosing"])
    expect(poll.get_by_label("Two")).to_be_checked()
    expect(poll.get_by_label("Two")).to_be_disabled()
    leader.lead("collect", activity="line")
    tap(line, "Join")
    text = line.get_by_label("Your text")
    text.fill("I laughed along, but ins")
    leader.lead("put_away", activity="line")
    expect(line).to_contain_text(SAY["kinds"]["texts"]["closed"]["choosing"])
    expect(text).to_have_value("I laughed along, but ins")
    expect(text).not_to_be_editable()
    # it is asked again: she finds her line in the field
    leader.lead("collect", activity="line")
    tap(line, "Join")
    expect(text).to_be_editable()
    expect(text).to_have_value("I laughed along, but ins")
    leader.lead("put_away", activity="line")


def test_who_was_still_choosing_at_the_reveal_is_told_that_hers_is_not_in_it(
    phone: Phone, leader: KeyLine, group: list[PhoneLine]
) -> None:
    leader.lead("collect", activity="missed")
    for at, line in enumerate(group):
        line.answer("missed", at % 2)
    box = widget(phone, "missed")
    tap(box, "Join")
    box.get_by_label("Two").check()
    leader.lead("reveal", activity="missed")

    expect(box.locator(".picture")).to_have_count(1)
    expect(box).to_contain_text(CLOSED["missed"])
    expect(box.get_by_label("Two")).to_be_checked()
    leader.lead("put_away", activity="missed")


@pytest.mark.parametrize("size", [(390, 844), (360, 640)])
def test_the_kind_card_is_whole_and_covers_no_door(
    phone: Phone, leader: KeyLine, size: tuple[int, int]
) -> None:
    phone.page.set_viewport_size({"width": size[0], "height": size[1]})
    leader.lead("collect", activity="line")
    box = widget(phone, "line")
    tap(box, "Join")
    box.get_by_label("Your text").fill("I want to kill myself")
    tap(box, "Done")
    card = phone.page.locator(".kindly-card")
    care = phone.page.locator("body > .care").bounding_box()["y"]

    for door in card.locator(".equal > *").all():
        expect(door).to_be_in_viewport(ratio=1)
        at = door.bounding_box()
        assert at["y"] + at["height"] <= care
    over = card.bounding_box()["y"]
    keep = box.get_by_role("button", name=SAY["writing"]["keep"])
    assert keep.bounding_box()["y"] + keep.bounding_box()["height"] <= over
    keep.click()
    card.get_by_role("button", name="I’ve seen this").click()
    leader.lead("put_away", activity="line")
