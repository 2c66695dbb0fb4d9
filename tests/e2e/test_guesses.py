"""Nothing on a page answers a guess before it is made; then the first line does."""

import json
import re
from collections.abc import Iterator
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

from beyond_the_no.content.waiting import waits_for
from support import small_lessons as nb
from support.room_line import KeyLine, phones
from support.served import REPO, Phone, Served, serve

pytestmark = pytest.mark.browser
LESSONS = sorted((REPO / "notebooks").glob("[01]*.ipynb"))
NUMBER = re.compile(r"\d\d[\d,.]*")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve() as it:
        yield it


@pytest.fixture(scope="module")
def reader(browser: Browser, served: Served) -> Iterator[Phone]:
    one = Phone(browser, served)
    one.join()
    yield one
    one.close()
    assert one.errors == []


def explorers(page: Page) -> list[dict[str, Any]]:
    """Return the state of each explorer in the page that asks for a guess."""
    held = json.loads(page.locator("script#widgets").text_content() or "{}")
    states = (one["state"] for one in held["state"].values())
    return [s for s in states if "drawn_by" in s and s["words"].get("guess")]


def plain(text: str) -> str:
    return " ".join(text.replace("*", "").split())


def given_away(explorer: dict[str, Any], seen: str, prose: str) -> list[str]:
    """Say what of an explorer's answer stands in what can be read."""
    words = explorer["words"]
    said = [explorer["answer"], *words["guess"]["because"]]
    asked = " ".join([words["guess"]["question"], *words["guess"]["options"]])
    cells = (cell for row in words["rows"][1:] for cell in row[1:])
    numbers = {number for cell in cells for number in NUMBER.findall(cell)}
    told = set(NUMBER.findall(prose)) - set(NUMBER.findall(asked))
    return [s for s in said if plain(s) in seen] + sorted(numbers & told)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_nothing_answers_a_guess_before_it_is_made(reader: Phone, path: Any) -> None:
    reader.lesson(path.stem)
    page = reader.page
    seen = plain(page.locator("main").inner_text())
    texts = page.locator(".prose:visible:not(:has([data-safety]))").all_inner_texts()
    prose = plain(" ".join(texts))

    for explorer in explorers(page):
        assert given_away(explorer, seen, prose) == [], explorer["words"]["title"]
    folds = page.locator("details.after")
    assert not folds.evaluate_all("all => all.filter((one) => one.open).length")
    for cells in folds.locator(".after-cells").all():
        text = plain(cells.text_content() or "")
        assert text[:60] not in seen


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_guess_opens_what_waits_for_it_and_is_answered_first(
    reader: Phone, path: Any
) -> None:
    reader.lesson(path.stem)
    page = reader.page
    once = {explorer["words"]["name"]: explorer for explorer in explorers(page)}
    for explorer in once.values():
        words = explorer["words"]
        form = page.locator(f'form[data-guess="{words["name"]}"]').first
        fold = page.locator(f'details.after[data-after~="{words["name"]}"]').first
        last = len(words["guess"]["options"]) - 1
        form.get_by_role("radio").nth(last).check()
        form.get_by_role("button", name="Show me").click()

        expect(fold).to_have_attribute("open", "")
        first = fold.locator(".after-cells > *").first
        expect(first).to_have_text(words["guess"]["because"][last])
        expect(fold.locator(".prose").first).to_be_visible()
        expect(fold.locator(".after-door")).to_be_hidden()
    expect(page.locator("form[data-guess]:visible")).to_have_count(0)


def test_a_fold_leads_to_its_guess_and_can_be_opened_by_skipping(reader: Phone) -> None:
    reader.lesson("01_why_it_hurts")
    page = reader.page
    fold = page.locator('details.after[data-after="brain_overlap"]')
    fold.locator("summary").first.click()
    expect(fold.locator(".prose").first).to_be_hidden()
    fold.get_by_role("button", name="Go to the guess").click()
    expect(page.locator('form[data-guess="brain_overlap"]')).to_be_focused()

    fold.get_by_role("button", name="Skip the guess").click()
    expect(fold.locator(".prose").first).to_be_visible()
    expect(page.locator(".beyond-explore-see").first).to_be_visible()
    expect(fold.locator(".because")).to_have_count(0)


def test_every_guess_of_the_kit_has_something_that_waits_for_it(reader: Phone) -> None:
    for path in LESSONS:
        notebook = nbformat.read(path, 4)
        waited = {name for cell in notebook.cells for name in waits_for(cell)}
        reader.lesson(path.stem)
        asked = {e["words"]["name"] for e in explorers(reader.page)}
        assert asked <= waited, path.name


def test_without_scripts_a_fold_is_a_fold(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.join}lesson/01_why_it_hurts")
    fold = page.locator('details.after[data-after="brain_overlap"]')
    expect(fold.locator(".prose").first).to_be_hidden()
    fold.locator("summary").first.click()
    expect(fold.locator(".prose").first).to_be_visible()
    expect(page.locator("noscript svg, details svg").first).to_be_hidden()
    context.close()


def test_what_explains_a_groups_answers_opens_when_they_are_revealed(
    reader: Phone, served: Served
) -> None:
    reader.lesson("02_the_body")
    fold = reader.page.locator('details.after[data-after="no_rise"]')
    leader = KeyLine(served)
    leader.waits_for(lambda state: state["questions"])
    leader.lead("collect", activity="no_rise")
    with phones(served, 6) as group:
        for line in group:
            line.answer("no_rise", 1)
        expect(fold.locator(".prose").first).to_be_hidden()
        leader.lead("reveal", activity="no_rise")
        expect(fold.locator(".prose").first).to_be_visible()
    leader.lead("put_away", activity="no_rise")
    leader.close()


# -- a guess for the group that answers each phone ------------------------------------

ASK = """from beyond_the_no.together import Guess
Guess("posts", "How many of 100 get no answer?", 62, unit="%", because={
    "low": "You said fewer. It is more.", "near": "You said about that.",
    "high": "You said more. It is fewer."})"""
SAID = {"5": "You said fewer. It is more.", "61": "You said about that."}
SAID |= {"97": "You said more. It is fewer."}


def folded(*cells: str, after: str) -> str:
    """A small lesson whose last cell waits."""
    notebook = json.loads(nb.notebook(*cells, title="One"))
    notebook["cells"][-1]["metadata"]["tags"] = [f"after:{after}"]
    return json.dumps(notebook)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"),
        one=folded("# One", ASK, "# Why\n\nMost get none.", after="posts"),
    )
    with serve("--lessons", str(folder)) as it:
        yield it


def test_a_groups_guess_answers_each_phone_with_its_own_number(
    browser: Browser, small: Served
) -> None:
    leader = KeyLine(small)
    leader.waits_for(lambda state: state["questions"])
    readers = [Phone(browser, small) for _ in SAID]
    with phones(small, 3) as group:
        for one in readers:
            one.join()
            one.lesson("one")
        leader.lead("collect", activity="posts")
        for one, number in zip(readers, SAID, strict=True):
            box = one.page.locator(".together")
            box.get_by_role("button", name=re.compile("^Join")).click()
            box.get_by_role("spinbutton").fill(number)
            box.get_by_role("button", name="Done").click()
            expect(box.get_by_text("Done.", exact=True)).to_be_visible()
        for line in group:
            line.answer("posts", 3)
        for one in readers:
            for said in SAID.values():
                expect(one.page.get_by_text(said)).to_have_count(0)
        leader.lead("reveal", activity="posts")
        for one, said in zip(readers, SAID.values(), strict=True):
            first = one.page.locator("details.after .after-cells > *").first
            expect(first).to_have_text(said)
            expect(one.page.get_by_text(said)).to_have_count(1)  # and not twice
    for one in readers:
        one.close()
        assert one.errors == []
    leader.close()


# -- links, and paper -----------------------------------------------------------------

AT = """id => {
  const { top } = document.getElementById(id).getBoundingClientRect();
  return top > -60 && top < 300;
}"""


@pytest.mark.parametrize(
    ("lesson", "link", "to", "cell"),
    [
        ("09_ways_to_cope", "Let it be there", "09_ways_to_cope", "09-c1"),
        ("11_going_on", "#cell-07-kindno", "07_love_friends_family", "07-kindno"),
    ],
)
def test_a_link_leads_to_the_block_that_it_names(
    reader: Phone, lesson: str, link: str, to: str, cell: str
) -> None:
    page = reader.lesson(lesson)
    named = page.get_by_role("link", name=link, exact=True)
    if link.startswith("#"):
        named = page.locator(f'main a[href$="{link}"]')
    named.first.click()

    page.wait_for_url(f"**/lesson/{to}#cell-{cell}")
    page.locator("body[data-ready]").wait_for()
    page.wait_for_function(AT, arg=f"cell-{cell}")


def test_on_paper_what_explains_a_picture_is_on_a_later_page_than_its_guess(
    reader: Phone,
) -> None:
    page = reader.lesson("01_why_it_hurts")
    fold = page.locator('details.after[data-after="brain_overlap"]')
    expect(fold.locator(".prose").first).to_be_hidden()

    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    expect(fold.locator(".prose").first).to_be_visible()
    expect(fold.locator(".after-door")).to_be_hidden()
    cells = fold.locator(".after-cells")
    breaks = "one => getComputedStyle(one).breakBefore"
    assert cells.evaluate(breaks) == "page"
    before = "(one) => Boolean(document.querySelector('form[data-guess=brain_overlap]')"
    before += ".compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)"
    assert cells.evaluate(before)
    page.emulate_media(media="screen")
