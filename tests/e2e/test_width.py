"""Nothing an author or a participant brings makes a page wider than the screen.

Else a phone zooms out, or scrolls sideways, and Ground me and Help leave the screen.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support import small_lessons as nb
from support.room_line import KeyLine, PhoneLine
from support.served import REPO, Phone, Served, serve, until, violations

pytestmark = pytest.mark.browser
WIDTHS = (320, 390)
WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung"
LONG = f"{WORD}{WORD}"
ADDRESS = "https://example.org/" + "a-very-long-address-" * 8
SHOW = "from IPython.display import {0}, display\n"
TABLE = "<table><tr>" + "<td>a_wide_cell_of_it</td>" * 16 + "</tr></table>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="80">{}</svg>'
# an image of 1600 pixels, in each of the forms that it comes in
IMAGE = """
import io, base64
import matplotlib; matplotlib.use("agg")
import matplotlib.pyplot as plt
def image(kind):
    made = io.BytesIO()
    plt.figure(figsize=(16, 1)).savefig(made, format=kind, dpi=100)
    return base64.b64encode(made.getvalue()).decode()
def raw(kind, data):
    display({kind: data, "text/plain": "words " * 60}, raw=True)
"""
PROSE = [
    f"# {LONG} {LONG}",
    f"# A\n\n{LONG} and {LONG}\n\n> {LONG}\n\n- {LONG}\n  - {LONG}\n\n`{LONG}`",
    f"# B\n\n[{LONG}]({ADDRESS}) {ADDRESS}",
    "# C\n\n```python\n" + "a line in a fence " * 20 + "\n```",
    "# D\n\n| " + " | ".join(["some words"] * 14) + " |\n|" + "---|" * 14 + "\n",
    f"# E\n\n{TABLE}\n\nWords after it.\n\n<div><p>{TABLE}</p></div>",
    f"# F\n\n{SVG.format('')}\n\n<pre>{'preformatted ' * 30}</pre>",
    '# G\n\n<div style="width: 1500px">A wide part.</div>',
    f"# H\n\n<details><summary>{LONG}</summary>\n\n{TABLE}\n\n</details>",
    "# I\n\n<iframe width='1500'></iframe> <input size='200'> <select><option>"
    + "an option " * 30
    + "</option></select>",
    "# J\n\n$$ " + " + ".join(f"x_{{{n}}}" for n in range(60)) + " $$",
]
OUTPUTS = [
    "print('one line ' * 80)",
    "import sys\nprint('one line ' * 80, file=sys.stderr)",
    f"'{LONG}'",
    "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.show()",
    *(f"raw('image/{kind}', image('{kind}'))" for kind in ("png", "jpeg")),
    "raw('image/gif', 'R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=')",
    f"raw('image/svg+xml', {SVG.format('')!r})",
    f"raw('text/html', {TABLE!r})",
    f"raw('text/html', '<div style=\"width: 1400px\">{LONG}</div><p>{LONG}</p>')",
    "raw('text/html', '<img width=1500 alt=wide src=data:image/png;base64,'"
    " + image('png') + '>')",
    f"raw('text/latex', r'$$ {' + '.join(['x^2'] * 60)} $$')",
    f"raw('text/markdown', '{LONG}')",
    "raw('application/json', {'long': 'words ' * 60})",
    "from IPython.display import JSON, Markdown, Latex\n"
    f"display(JSON({{'a': '{LONG}'}}), Markdown('**{LONG}**'))",
]
WIDGETS = [
    "import ipywidgets as w\nbig = dict(layout=w.Layout(width='1200px'))",
    "w.HBox([w.Button(description='one'), w.Button(description='two')], **big)",
    "w.VBox([w.IntSlider(**big), w.Text(**big), w.Textarea(**big)])",
    f"w.HTML('<p>{LONG}</p>{TABLE}')",
    f"w.Label('{LONG}')",
    f"w.Button(description='{LONG}', **big)",
    f"w.RadioButtons(options=['{LONG}', 'b'], description='{LONG}')",
    f"w.ToggleButtons(options=['{LONG}', 'b', 'c'], description='{LONG}')",
    f"w.Dropdown(options=['{LONG}'], description='{LONG}')",
    f"w.SelectMultiple(options=['{LONG}'], **big)",
    f"w.Checkbox(description='{LONG}')",
    f"w.IntSlider(description='{LONG}')",
    f"w.Accordion([w.HTML('{TABLE}')], titles=['{LONG}'])",
    f"w.Tab([w.Label('{LONG}'), w.Text()], titles=['{LONG}', '{LONG}'])",
    "w.GridBox([w.Button(description=f'{n}') for n in range(12)],"
    " layout=w.Layout(grid_template_columns='repeat(12, 200px)'))",
    "w.Image(value=base64.b64decode(image('png')), format='png', width=1500)",
    "w.Image(value=base64.b64decode(image('png')), format='png')",
    f"out = w.Output()\nwith out:\n    print('{LONG}')\n    display(plt.gcf())\n"
    f"    raw('text/html', {TABLE!r})\n    raise ValueError('{LONG}')\nout",
    "w.AppLayout(header=w.Button(), left_sidebar=w.Text(), center=w.Text(),"
    " pane_widths=['500px', '500px', '500px'])",
    "w.TagsInput(value=['" + LONG + "', 'b'])",
]
OWN = [
    f"from beyond_the_no.own import NoteToSelf\nNoteToSelf('n', prompt='{LONG}')",
    "from beyond_the_no.together import Poll, Scale, Texts, WordBoard\n"
    f"Poll('poll', '{WORD} {WORD}', ['{WORD}', '{WORD} two', 'a'])",
    f"Texts('texts', '{LONG}')",
    f"WordBoard('words', '{LONG}')",
]


def cells_of(given: list[str]) -> list[str]:
    return [IMAGE.strip(), "from IPython.display import display", *given]


@pytest.fixture(scope="module")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return nb.write(
        tmp_path_factory.mktemp("wide"),
        prose=nb.notebook(*PROSE, title=f"{LONG} {LONG}"),
        outputs=nb.notebook("# O", *cells_of(OUTPUTS)),
        widgets=nb.notebook("# W", *cells_of(WIDGETS)),
        own=nb.notebook(f"# {WORD}", *OWN, title=WORD),
    )


@pytest.fixture(scope="module")
def served(lessons: Path) -> Iterator[Served]:
    with serve("--lessons", str(lessons), "--title", f"{LONG} {LONG}") as it:
        assert it.health()["trouble"] == {}
        yield it


@pytest.fixture(scope="module")
def voilas(lessons: Path) -> Iterator[Served]:
    """The same lessons, all on Voila's own front end."""
    with serve("--lessons", str(lessons), "--front-end", "voila") as it:
        yield it


def fits(page: Page) -> None:
    """The page is as wide as the screen, and Ground me and Help are on it."""
    page.evaluate(
        "new Promise((go) => requestAnimationFrame(() => setTimeout(go, 50)))"
    )
    seen = page.evaluate(
        """() => ({
          page: document.documentElement.scrollWidth,
          screen: innerWidth,
          scale: visualViewport.scale,
          doors: [...document.querySelectorAll("body > .care [data-open]")].map(
            (door) => door.getBoundingClientRect().toJSON()),
        })"""
    )
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    assert (seen["page"], seen["screen"], seen["scale"]) == (width, width, 1)
    assert seen["doors"]
    for door in seen["doors"]:
        assert 0 <= door["left"] < door["right"] <= width
        assert 0 <= door["top"] < door["bottom"] <= height


def reachable(page: Page) -> None:
    """What is wider than the page scrolls in itself, by keyboard, and has a name."""
    lost = page.evaluate(
        """() => [...document.querySelectorAll("#lesson :is(.prose, .output)")].filter(
          (part) => part.scrollWidth > part.clientWidth + 1
            && (getComputedStyle(part).overflowX !== "auto" || part.tabIndex !== 0
                || !part.ariaLabel)
        ).map((part) => part.outerHTML.slice(0, 200))"""
    )
    assert lost == []


def inside(wall: Page) -> None:
    """No text of the wall leaves its place or is cut off."""
    wall.evaluate(
        "new Promise((go) => requestAnimationFrame(() => setTimeout(go, 50)))"
    )
    lost = wall.evaluate(
        """() => {
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const lost = [];
          for (let text = walk.nextNode(); text; text = walk.nextNode()) {
            const node = text.parentElement;
            const seen = node.closest(".wall") && node.checkVisibility();
            if (!seen || node.closest(".vh") || !text.data.trim()) continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            const { left, right, top, bottom } = range.getBoundingClientRect();
            const row = node.closest("li")?.getBoundingClientRect();
            const below = row && (top < row.top - 2 || bottom > row.bottom + 2);
            if (left < 0 || right > innerWidth || below) lost.push(text.data);
          }
          return lost;
        }"""
    )
    assert lost == []
    assert wall.evaluate("document.documentElement.scrollWidth === innerWidth")


def fits_console(page: Page) -> None:
    """The page of those who lead is no wider than her screen either."""
    page.evaluate(
        "new Promise((go) => requestAnimationFrame(() => setTimeout(go, 50)))"
    )
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide == page.viewport_size["width"]


def phone(browser: Browser, served: Served, width: int) -> Phone:
    return Phone(
        browser, served, viewport={"width": width, "height": 844}, is_mobile=True
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lesson", ["prose", "outputs", "widgets", "own"])
@pytest.mark.parametrize("front_end", ["served", "voilas"])
def test_what_authors_bring_is_no_wider_than_the_page(
    browser: Browser,
    request: pytest.FixtureRequest,
    front_end: str,
    lesson: str,
    width: int,
) -> None:
    one = phone(browser, request.getfixturevalue(front_end), width)
    page = one.lesson(lesson)

    fits(page)
    reachable(page)
    one.close()


def test_what_scrolls_in_itself_is_for_everyone(
    browser: Browser, served: Served
) -> None:
    one = phone(browser, served, 390)
    page = one.lesson("prose")
    page.evaluate(
        "document.querySelectorAll('iframe, input, select').forEach((e) => e.remove())"
    )
    wide = page.locator(".scrolls.wide").first
    wide.focus()
    page.keyboard.press("ArrowRight")
    until(lambda: page.evaluate("document.activeElement.scrollLeft > 0"))

    rule = {"type": "rule", "values": ["scrollable-region-focusable"]}
    assert violations(page, runOnly=rule, rules={}) == []
    one.close()


def test_nothing_of_the_kits_own_is_wider_than_a_small_phone(browser: Browser) -> None:
    with serve("--lessons", str(REPO / "notebooks"), checked=False) as own:
        one = phone(browser, own, 320)
        for name in own.health()["lessons"]:
            page = one.lesson(name)

            fits(page)
            assert page.locator(".wide").count() == 0, name
        one.close()


def test_what_participants_bring_leaves_every_page_as_wide_as_its_screen(
    browser: Browser, served: Served
) -> None:
    leader = KeyLine(served)
    leader.waits_for(lambda state: len(state["questions"]) == 3)
    leader.lead("move", lesson="own")
    group = [PhoneLine(served) for _ in range(11)]
    one = phone(browser, served, 320)
    one.join()
    fits(one.page)
    page = one.lesson("own")
    wall = Phone(browser, served, viewport={"width": 1024, "height": 768})
    wall.page.goto(served.wall)
    console = phone(browser, served, 390)
    console.page.goto(served.facilitate)

    leader.lead("collect", activity="poll")
    box = page.locator(".together:has(#together-poll)")
    box.get_by_role("button", name=re.compile("^Join")).click()
    expect(box.get_by_role("radio").first).to_be_visible()
    fits(page)
    inside(wall.page)
    for at, line in enumerate(group):
        line.answer("poll", at % 2)
    leader.lead("reveal", activity="poll")
    expect(box.locator(".picture")).to_contain_text(WORD)
    expect(wall.page.locator(".answers").last).to_contain_text(WORD)
    fits(page)
    inside(wall.page)
    leader.lead("put_away", activity="poll")

    leader.lead("collect", activity="words")
    for line in group:
        line.answer("words", None, text=WORD[:40])
    leader.lead("reveal", activity="words")
    told = [{"id": text["id"]} for text in leader.question("words")["queue"]]
    fits_console(console.page)
    leader.lead("release", activity="words", texts=told)
    expect(wall.page.locator(".board")).to_contain_text(WORD[:40])
    fits(page)
    inside(wall.page)
    fits_console(console.page)
    for made in (one, wall, console):
        made.close()
    for line in (leader, *group):
        line.close()
