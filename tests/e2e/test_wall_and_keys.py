"""A wall whose rows keep apart, and a leader who needs no mouse."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from support import small_lessons as nb
from support.room_line import KeyLine, phones
from support.served import Phone, Served, open_room, serve

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
LONG = [
    "They may have been busy with something that had nothing to do with me",
    "They did not see it",
    "They were not sure how to answer, and put it off until it felt too late",
    "They wanted to hurt me, or somebody who is close to me",
    "Something else",
    "I would rather not say what I think about it",
]
POLL = (
    "from beyond_the_no.together import Poll, Texts\n"
    f'Poll("why", "A friend did not answer for three days. Why?", {LONG!r})'
)
OVER = """() => [...document.querySelectorAll(".answers li")].flatMap((row) =>
  [...row.querySelectorAll(".option, .amount")].filter((part) => {
    const [one, all] = [part.getBoundingClientRect(), row.getBoundingClientRect()];
    return one.height && (one.top < all.top - 1 || one.bottom > all.bottom + 1);
  }).map((part) => part.textContent.slice(0, 30)))"""
SMALL = """() => Math.min(...[...document.querySelectorAll(".answers .option")]
  .map((part) => parseFloat(getComputedStyle(part).fontSize)))"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    texts = 'from beyond_the_no.together import Texts\nTexts("helped", "What helped?")'
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"),
        one=nb.notebook("# One", POLL, nb.poll("which"), texts, title="One"),
        two=nb.notebook("# Two", title="Two"),
    )
    with serve("--lessons", str(folder)) as it:
        yield it


@pytest.fixture(scope="module")
def leads(browser: Browser, served: Served) -> Iterator[Page]:
    """The leader's page; the room is open and stands at the lesson."""
    one = Phone(browser, served, **WIDE)
    one.page.goto(served.facilitate)
    open_room(one.page)
    one.page.locator("#sheet button").first.click()
    one.page.locator("#acts [data-act=collect]").wait_for()
    yield one.page
    one.close()
    assert one.errors == []


def test_rows_of_several_lines_do_not_lie_over_each_other(
    browser: Browser, served: Served, leads: Page
) -> None:
    wall = Phone(browser, served, **WIDE, reduced_motion="reduce")
    wall.page.goto(served.wall)
    line = KeyLine(served)
    line.lead("collect", activity="why")
    with phones(served, 14) as group:
        for at, one in enumerate(group):
            one.answer("why", at % len(LONG))
        line.lead("reveal", activity="why")
        wall.page.locator("#picture .answers li").first.wait_for()
        assert wall.page.evaluate(OVER) == []
        assert wall.page.evaluate(SMALL) >= 20
        wall.page.set_viewport_size({"width": 1024, "height": 600})
        wall.page.wait_for_function(f"() => ({OVER})().length === 0")
        line.lead("put_away", activity="why")
    line.close()
    wall.close()
    assert wall.errors == []


def test_every_press_of_a_key_leaves_the_focus_on_the_next_act(
    served: Served, leads: Page
) -> None:
    line = KeyLine(served)
    where = "document.activeElement.dataset.act ?? document.activeElement.id"

    def press(act: str, then: str) -> None:
        leads.locator(f"[data-act={act}]").focus()
        leads.keyboard.press("Enter")
        expect(leads.locator("#acts .main")).to_have_attribute("data-act", then)
        assert leads.evaluate(where) == then

    press("collect", "reveal")
    with phones(served, 6) as group:
        for one in group:
            one.answer("which", 0)
        press("reveal", "put_away")
    press("put_away", "collect")  # the next question of this line
    line.close()


def test_who_answers_texts_and_signals_by_keys_goes_on_to_the_next(
    served: Served, leads: Page
) -> None:
    line = KeyLine(served)
    line.lead("collect", activity="helped")
    with phones(served, 6) as group:
        for at, one in enumerate(group):
            one.answer("helped", None, text=f"A walk, and a friend, number {at}.")
        line.lead("reveal", activity="helped")
        items = leads.locator("#queue li")
        expect(items).to_have_count(6)
        items.first.locator("[data-text=leave]").focus()
        leads.keyboard.press("Enter")
        expect(items).to_have_count(5)
        assert leads.evaluate("Boolean(document.activeElement.closest('#queue'))")
        leads.locator("#release-all").focus()
        leads.keyboard.press("Enter")
        expect(items).to_have_count(0)
        expect(leads.locator("#acts .main")).to_be_focused()

        for kind in ("break", "slow"):
            group[0].send({"type": "signal", "kind": kind, "on": True})
        cards = leads.locator("#signals .signal")
        cards.first.wait_for()
        expect(cards).to_have_count(2)
        for left in (1, 0):
            cards.first.get_by_role("button").focus()
            leads.keyboard.press("Enter")
            expect(cards.first.get_by_role("button")).to_have_text("Done")
            leads.keyboard.press("Enter")
            expect(cards).to_have_count(left)
            assert leads.evaluate(
                "document.activeElement.closest('#signals, main')?.id"
            ) == ("signals" if left else "main")
        line.lead("put_away", activity="helped")
    line.close()


def test_a_hint_is_answered_before_its_text_is_shown(
    served: Served, leads: Page
) -> None:
    line = KeyLine(served)
    line.lead("collect", activity="helped")
    round_ = line.question("helped")["round"]
    said = ["I told Maria, and Maria sat with me.", "Some days I want to die."]
    with phones(served, 6) as group:
        for at, one in enumerate(group):
            text = said[at] if at < len(said) else f"A walk, number {'abcd'[at - 2]}."
            one.answer("helped", None, round=round_, text=text)
        line.lead("reveal", activity="helped")
        items = leads.locator("#queue li")
        expect(items).to_have_count(6)
        expect(leads.locator("#look")).to_contain_text("2 texts wait")
        leads.get_by_role("button", name="Show the 4 without a hint").click()
        expect(items).to_have_count(2)
        expect(leads.locator("#release-all")).to_be_hidden()

        danger = items.filter(has_text=said[1])
        expect(danger.locator(".danger")).to_contain_text("where help is")
        danger.get_by_role("button", name="Leave out").click()
        expect(items).to_have_count(1)
        expect(leads.locator("#texts-said")).to_have_text("Left out and deleted.")

        items.get_by_role("button", name="Rephrase").click()
        items.locator("textarea").fill("Someone told Maria.")
        items.get_by_role("button", name="Show in my words").click()
        expect(leads.locator("#texts-said")).to_contain_text("Your own words may")
        items.locator("textarea").fill("")

        items.get_by_role("button", name="Strike out", exact=True).click()
        struck = items.get_by_role("button", name="Maria", exact=False)
        expect(struck.first).to_have_attribute("aria-pressed", "true")
        items.get_by_role("button", name="Strike them out for good").click()
        expect(items.locator("blockquote")).to_have_text(
            "I told ▇▇▇, and ▇▇▇ sat with me."
        )
        expect(items.locator(".hint").filter(visible=True)).to_have_count(0)
        expect(leads.locator("#texts-said")).to_have_text("Struck out for good.")
        items.get_by_role("button", name="Show", exact=True).click()
        expect(items).to_have_count(0)
        board = leads.locator("#shown .board")
        expect(board.get_by_role("listitem")).to_have_count(5)
        expect(board.get_by_role("img", name="struck out")).to_have_count(2)
        assert "Maria" not in str(line.question("helped"))
        line.lead("put_away", activity="helped")
    line.close()
