"""Each kind where there is no room, as its author sees it in JupyterLab."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from beyond_the_no import together
from beyond_the_no.together.together import Together
from support.served import violations

pytestmark = pytest.mark.browser
MADE_UP = "This is a preview. There’s no room here, so nothing is sent"
SHOWN = """async ([script, style, traits]) => {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { default: widget } = await import(address);
  const main = document.createElement("main");
  main.innerHTML = "<h1>A lesson</h1><h2>A part</h2><div></div>";
  document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
  document.body.append(main);
  document.title = "A preview";
  document.documentElement.lang = "en";
  widget.render({ model: { get: (name) => traits[name] }, el: main.lastChild });
}"""  # noqa: E501


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 700, "height": 900})
    made = context.new_page()
    wrong: list[str] = []
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("request", lambda r: wrong.append(r.url) if "blob:" not in r.url else None)
    yield made
    context.close()
    assert wrong == []


def preview(page: Page, widget: Together) -> Locator:
    traits = {"activity": widget.activity, "words": widget.words}
    page.evaluate(SHOWN, [str(widget._esm), str(widget._css), traits])
    return page.locator(".together")


def tap(box: Locator, name: str) -> None:
    box.get_by_role("button", name=re.compile(f"^{name}")).click()


@pytest.mark.parametrize(
    ("widget", "fill", "shown"),
    [
        (together.Poll("p", "Which?", ["a", "b", "c"]), "", "8 people"),
        (together.Poll("p", "Which?", ["a", "b"], many=True), "", "8 people"),
        (together.Scale("s", "How is it?"), "", "The room has moved towards"),
        (together.TwoRounds("t", "Which?", ["a", "b"]), "", "First vote"),
        (together.Guess("g", "How many?", 62, unit="%"), "40", "The data say: 62%"),
        (together.Dots("o", "Which?", ["a", "b", "c"]), "dots", "some dots"),
        (together.Place("l", "Where?"), "", "Upper ACC"),
        (together.WordBoard("w", "One word"), "like fog", "like fog"),
        (together.Texts("x", "What helped?"), "a walk", "a walk"),
        (together.Questions("q", "Ask us"), "how long?", "answered"),
        (together.Pairs("d", "What helps?"), None, "Find the one other phone"),
    ],
    ids=lambda value: value.kind if isinstance(value, Together) else "",
)
def test_a_preview_shows_made_up_answers_and_says_so(
    page: Page, widget: Together, fill: str | None, shown: str
) -> None:
    box = preview(page, widget)
    tap(box, "Join")
    if fill == "dots":
        tap(box, "A dot on: c")
    elif fill:
        box.locator("input, textarea").fill(fill)
    elif fill == "":
        box.locator("input").first.check()
    if fill is not None:
        tap(box, "Done")

    expect(box).to_contain_text(MADE_UP)
    expect(box).to_contain_text(shown)
    assert violations(page) == []


def test_one_breathes_alone(page: Page) -> None:
    box = preview(page, together.Breathe("b"))
    expect(box).to_contain_text("nobody else is joining in")
    tap(box, "Join in")
    expect(box.locator(".say")).not_to_contain_text("for about")
    assert violations(page) == []
    tap(box, "Stop")
    expect(box.locator(".say")).to_contain_text("In for about 4, out for about 6")


def test_the_film_plays_without_a_room(page: Page) -> None:
    box = preview(page, together.Includer("i", throws=2))
    tap(box, "Start")
    for _ in range(2):
        tap(box, "Next throw")
    tap(box, "Say:")
    for _ in range(4):
        tap(box, "Next throw")
    expect(box.get_by_text("Everyone’s playing.", exact=True)).to_be_visible()


@pytest.mark.parametrize("choice", ["Send it to the room", "Keep it to myself"])
def test_words_that_sound_like_danger_are_not_sent_by_accident(
    page: Page, choice: str
) -> None:
    """The page's own script shows the card; here it says what it would say."""
    page.evaluate(
        "globalThis.beyondPhrases = { hold: (text) => text.includes('danger') }"
    )
    box = preview(page, together.Texts("x", "What helped?"))
    tap(box, "Join")
    box.locator("textarea").fill("words like danger")
    tap(box, "Done")

    expect(box).to_contain_text("Nothing has been sent yet.")
    expect(box.locator(".together-sent")).to_have_count(0)
    assert violations(page) == []
    tap(box, choice)
    expect(box.locator(".together-sent")).to_have_text("Done.")


@pytest.mark.parametrize(
    "broken",
    [
        lambda: together.Poll("p", "?", ["one"]),
        lambda: together.Poll("p", "?", ["one", "one"]),
        lambda: together.Scale("s", "?", ["low", "high"]),
        lambda: together.Guess("g", "?", 120),
        lambda: together.Guess("g", "?", 3, low=1, high=5, bins=10),
        lambda: together.Guess("g", "?", 3, step=0),
        lambda: together.Breathe("b", breath_in=6, breath_out=4),
        lambda: together.Includer("i", throws=7),
    ],
)
def test_what_could_not_be_kept_to_is_refused_with_a_sentence(broken: object) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        broken()
