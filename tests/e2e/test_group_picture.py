"""The group's picture on the wall: how it comes, and who can read it from afar."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from support import reveals
from support.room_line import KeyLine, PhoneLine, phones
from support.served import Phone, Served, serve

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
WALLS = [(1280, 720), (1024, 768)]
STILL = {"reduced_motion": "reduce"}
MOVING, RESTING = 14, 20  # groups of their own: a question is shown to one group, once

# what is too small for ten metres, cut off, or outside of its place
FAULTS = """() => {
  const found = [];
  const seen = (one) => one.checkVisibility() && !one.closest(".vh")
    && one.getBoundingClientRect().width > 1;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const node = text.parentElement;
    if (!node.closest(".wall, .corner") || !text.data.trim() || !seen(node)) continue;
    const size = parseFloat(getComputedStyle(node).fontSize);
    if (size < innerHeight / 24) found.push(`${size}px: ${text.data}`);
    const range = document.createRange();
    range.selectNodeContents(text);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    const on_wall = left >= 0 && top >= 0 && right <= innerWidth + 1
      && bottom <= innerHeight + 1;
    const row = node.closest("li")?.getBoundingClientRect();
    const in_row = !row || (top > row.top - 3 && bottom < row.bottom + 3);
    if (!on_wall || !in_row) found.push(`cut off: ${text.data}`);
  }
  const parts = [...document.querySelectorAll(
    ".wall:not([hidden]) > *, .wall:not([hidden]) .answers .option, #corner")];
  const boxes = parts.filter(seen).map((one) => [one, one.getBoundingClientRect()]);
  for (const [one, a] of boxes) for (const [other, b] of boxes) {
    const apart = a.right <= b.left + 1 || b.right <= a.left + 1
      || a.bottom <= b.top + 2 || b.bottom <= a.top + 2;
    if (one !== other && !apart && !one.contains(other) && !other.contains(one))
      found.push(`${one.className || one.id} lies over ${other.className || other.id}`);
  }
  if (document.documentElement.scrollHeight > innerHeight) found.push("it scrolls");
  for (const box of document.querySelectorAll(".wall:not([hidden]) .marks")) {
    const all = box.getBoundingClientRect();
    const dots = [...box.querySelectorAll("i")]
      .map((dot) => dot.getBoundingClientRect());
    const out = dots.filter(({ left, right, top, bottom }) => left < all.left - 1
      || right > all.right + 1 || top < all.top - 1 || bottom > all.bottom + 1);
    if (out.length) found.push(`${out.length} of ${dots.length} dots are outside`);
    if (dots.some(({ width }) => width < 5)) found.push("dots are too small");
    const places = new Set(dots.map(({ left, top }) => `${left} ${top}`));
    if (places.size < dots.length) found.push("dots lie over each other");
  }
  return found;
}"""
DOTS = """() => [...document.querySelectorAll("#picture .marks")]
  .map((box) => [box.classList.contains("first"), box.querySelectorAll("i").length])"""
WATCH = """globalThis.came = [];
for (const kind of ["animationstart", "animationend"])
  addEventListener(kind, ({ animationName: name, target }) => {
    if (!target.closest("#picture")) return;
    globalThis.came.push(`${kind} ${name}`);
    if (globalThis.still) return; // what is seen in the first moment
    const [dots, answer] = [".marks i", ".answer"].map((choice) =>
      [...document.querySelectorAll(`#picture ${choice}`)]
        .map((one) => getComputedStyle(one)));
    globalThis.still = {
      dots: [...new Set(dots.map(({ opacity }) => opacity))],
      told: answer.some(({ clipPath }) => !clipPath.startsWith("inset(0px 0px 100%")),
    };
  }, true);"""
FASTER = "document.getAnimations().forEach((one) => { one.playbackRate = 8; })"
OPACITY = """() => [...document.querySelectorAll("#picture .marks i")]
  .map((dot) => getComputedStyle(dot).opacity)"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("lessons")
    sizes = (*reveals.SIZES, MOVING, RESTING)
    with serve("--lessons", str(reveals.lessons(folder, sizes))) as it:
        leader = KeyLine(it)
        leader.lead("move", lesson="all")
        leader.close()
        yield it


@pytest.fixture
def leader(served: Served) -> Iterator[KeyLine]:
    line = KeyLine(served)
    yield line
    line.close()


@pytest.fixture
def wall(phone: Callable[..., Phone], served: Served) -> Callable[..., Page]:
    """Open the wall, which keeps a list of what moved in its picture."""

    def open_wall(**options: Any) -> Page:
        one = phone(served, **(WIDE | options))
        one.context.add_init_script(WATCH)
        one.page.goto(served.wall)
        one.page.locator(".wall:not([hidden])").first.wait_for()
        return one.page

    return open_wall


@pytest.fixture(scope="module")
def group(served: Served) -> Iterator[list[PhoneLine]]:
    with phones(served, MOVING) as group:
        yield group


def faults(page: Page) -> list[str]:
    found = []
    for width, height in WALLS:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function("height => innerHeight === height", arg=height)
        found += [f"{width}x{height}, {fault}" for fault in page.evaluate(FAULTS)]
    return found


def counted(rows: list[dict]) -> list[int]:
    return [row["people"] or 0 for row in rows]


@pytest.mark.parametrize("n", reveals.SIZES)
def test_it_is_read_from_ten_metres_and_shows_as_many_dots_as_the_room_says(
    wall: Callable[..., Page], served: Served, leader: KeyLine, n: int
) -> None:
    page = wall(**STILL)
    with phones(served, n) as group:
        for kind in reveals.ASKED:
            name = reveals.collect(leader, group, kind)
            asked = leader.question(name)
            asks = page.locator("[data-scene=collecting]")
            expect(asks.get_by_role("heading")).to_have_text(asked["question"])
            expect(asks.locator(".option")).to_have_text(asked["options"])
            assert faults(page) == [], f"{name}, while people answer"
            assert page.locator(".marks i, .water, .flag").count() == 0

            leader.lead("reveal", activity=name)
            shown = leader.question(name)["snapshot"]
            expect(page.locator("#picture .answer")).to_contain_text(shown["sentence"])
            assert faults(page) == [], name
            boxes = page.evaluate(DOTS)
            assert [n for first, n in boxes if not first] == counted(shown["rows"])
            before = shown["before"]["rows"] if shown["before"] else []
            assert [n for first, n in boxes if first] == counted(before)
            leader.lead("put_away", activity=name)
            expect(page.locator("#picture .answers")).to_have_count(0)


def test_how_to_write_is_read_beside_the_code_to_join(
    wall: Callable[..., Page], leader: KeyLine
) -> None:
    page = wall(**STILL)
    leader.lead("collect", activity="written")
    says = page.locator("[data-scene=collecting] .say")
    expect(says).to_contain_text("write a line")

    found = [fault for fault in faults(page) if "say lies over" in fault]
    assert found == []
    leader.lead("put_away", activity="written")


@pytest.mark.parametrize(
    ("kind", "order"),
    [
        ("poll", ["still", "rise", "surface", "told"]),
        ("guess", ["still", "rise", "surface", "truth", "told"]),
        ("scale", ["still", "rise", "surface", "drift", "told"]),
    ],
)
def test_the_wall_goes_still_then_the_answers_rise_and_what_they_say_comes_last(
    wall: Callable[..., Page],
    leader: KeyLine,
    group: list[PhoneLine],
    kind: str,
    order: list[str],
) -> None:
    page = wall()
    name = reveals.collect(leader, group, kind)
    expect(page.locator("#asked .option").first).to_be_visible()
    leader.lead("reveal", activity=name)
    page.locator("#picture.plays").wait_for()

    page.evaluate(FASTER)
    expect(page.locator("#picture.plays")).to_have_count(0, timeout=20_000)
    came = page.evaluate("globalThis.came")
    starts = [one.split()[1] for one in came if one.startswith("animationstart")]
    assert list(dict.fromkeys(starts)) == order
    assert came.index("animationend still") < came.index("animationstart rise")
    last_mark = "drift" if "drift" in order else "rise"
    assert came.index(f"animationend {last_mark}") < came.index("animationend told")
    assert page.evaluate("globalThis.still") == {"dots": ["0"], "told": False}
    assert set(page.evaluate(OPACITY)) == {"1"}
    leader.lead("put_away", activity=name)


def test_with_reduced_motion_all_of_it_is_there_at_once(
    wall: Callable[..., Page], served: Served, leader: KeyLine
) -> None:
    page = wall(**STILL)
    with phones(served, RESTING) as group:
        name = reveals.collect(leader, group, "rounds")
        expect(page.locator("#asked .option").first).to_be_visible()
        leader.lead("reveal", activity=name)
        expect(page.locator("#picture .answer")).to_be_visible()
        assert page.evaluate("document.getAnimations().length") == 0
        assert set(page.evaluate(OPACITY)) == {"1"}
        assert page.evaluate("globalThis.came") == []
        leader.lead("put_away", activity=name)


def test_it_comes_once_and_stands_there_for_a_wall_that_comes_later(
    wall: Callable[..., Page], served: Served, leader: KeyLine
) -> None:
    page = wall()
    with phones(served, RESTING) as group:
        name = reveals.collect(leader, group, "poll")
        expect(page.locator("#asked .option").first).to_be_visible()
        leader.lead("reveal", activity=name)
        page.locator("#picture.plays .answers").evaluate("list => (list.mine = true)")
        leader.lead("head_count", shown=True)  # something else in the room changes
        expect(page.locator("[data-scene=lesson] [data-fill=crowd]")).not_to_be_empty()
        assert page.locator("#picture.plays .answers").evaluate("list => list.mine")
        leader.lead("pause")
        expect(page.get_by_role("heading", name="A pause.")).to_be_visible()
        leader.lead("resume")
        expect(page.locator("#picture .answer")).to_be_visible()
        expect(page.locator("#picture.plays")).to_have_count(0)

        later = wall()
        expect(later.locator("#picture .answer")).to_be_visible()
        assert later.evaluate("globalThis.came") == []
        leader.lead("put_away", activity=name)


def test_paper_and_forced_colours_show_the_marks_and_what_they_say(
    wall: Callable[..., Page], served: Served, leader: KeyLine
) -> None:
    page = wall()
    with phones(served, RESTING) as group:
        name = reveals.collect(leader, group, "scale")
        expect(page.locator("#asked .option").first).to_be_visible()
        leader.lead("reveal", activity=name)
        page.locator("#picture.plays").wait_for()
        page.emulate_media(media="print")
        assert page.evaluate("document.getAnimations().length") == 0
        page.emulate_media(media="screen", forced_colors="active")
        dots = page.locator("#picture .marks.now i")
        seen = "dot => getComputedStyle(dot).backgroundColor"
        paper = page.locator("body").evaluate(seen)
        assert dots.first.evaluate(seen) not in (paper, "rgba(0, 0, 0, 0)")
        first = page.locator("#picture .marks.first i").first
        assert first.evaluate(seen) == "rgba(0, 0, 0, 0)"
        leader.lead("put_away", activity=name)


def test_nobody_taps_a_wall(wall: Callable[..., Page]) -> None:
    page = wall()
    assert page.locator(".care, dialog").count() == 0
    assert page.locator("button:visible, a:visible:not(.skip)").count() == 0
