"""What a page shows of a widget before its script has run is what the script shows.

The template draws every kind of widget once more, so the two can drift apart.
"""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from support.served import REPO, Phone, Served, serve

pytestmark = pytest.mark.browser
GALLERY = REPO / "notebooks" / "author" / "gallery.ipynb"
GUESS = ".beyond-explore-guess"  # for whoever has scripts
SHOW = "noscript > details > summary"  # for whoever has none
# each line of a widget, with its role where it is more than a text
LOOK = """(without) => {
  const LINES = "h3, p, legend, label, summary, button, output, dt, dd"
    + ", .beyond-explore-tab, .beyond-explore-legend";
  const ROLES = { H3: "heading", BUTTON: "button", SUMMARY: "summary" };
  const TYPES = { range: "slider", radio: "radio", checkbox: "checkbox" };
  const role = (line) => {
    const field = line.matches("label") && line.querySelector("input, select");
    if (field) return TYPES[field.type] ?? "combobox";
    return ROLES[line.tagName] ?? "";
  };
  const text = (line) => {
    const copy = line.cloneNode(true);
    for (const one of copy.querySelectorAll("select, svg")) one.remove();
    return copy.textContent.replace(/\\s+/g, " ").trim();
  };
  const seen = (line) => !line.closest(`[hidden], ${without}`) && text(line)
    && !line.querySelector(LINES);
  return [...document.querySelectorAll("[data-model]")].map((place) => [
    place.firstElementChild?.className ?? "",
    [...place.querySelectorAll(LINES)].filter(seen)
      .map((line) => [role(line), text(line)]),
  ]);
}"""
Look = list[tuple[str, list[tuple[str, str]]]]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Every widget of the kit on one page."""
    folder = tmp_path_factory.mktemp("lessons")
    shutil.copy(GALLERY, folder / "gallery.ipynb")
    with serve("--lessons", str(folder)) as it:
        yield it


def looks(page: Page, without: str = "noscript") -> Look:
    """Lines of each widget, in their order, except those inside ``without``."""
    found = page.evaluate(LOOK, without)
    return [(kind, [(role, text) for role, text in lines]) for kind, lines in found]


def lacking(first: list[tuple[str, str]], then: list[tuple[str, str]]) -> list[str]:
    """Lines that do not come back in this order, or that have become something else."""
    lacks = []
    rest = list(then)
    for role, text in first:
        if (role, text) in rest:
            rest = rest[rest.index((role, text)) + 1 :]
        else:
            lacks.append(f"{role or 'text'}: {text}")
    return lacks


def differences(first: Look, then: Look) -> dict[str, list[str]]:
    """What each widget that shows something else lacks, or that it shows nothing."""
    pairs = zip(first, then, strict=True)
    return {
        f"{number} {kind}": lacks or ["everything"]
        for number, ((kind, before), (_, after)) in enumerate(pairs)
        if (lacks := lacking(before, after)) or not before
    }


def test_a_widget_looks_before_its_script_as_it_does_after(
    browser: Browser, served: Served
) -> None:
    phone = Phone(browser, served)
    script = "**/anywidget.js*"
    phone.page.route(script, lambda route: route.abort())
    phone.goto("lesson/gallery")
    first = looks(phone.page)
    phone.page.unroute(script)
    then = looks(phone.lesson("gallery"))
    phone.close()

    assert len(first) > 20
    assert differences(first, then) == {}


def test_a_picture_without_a_script_has_the_lines_that_it_has_with_one(
    browser: Browser, served: Served
) -> None:
    """Where a guess comes first, the picture waits for whoever has no script."""
    plain = Phone(browser, served, java_script_enabled=False)
    first = looks(plain.goto("lesson/gallery"), f"{GUESS}, {SHOW}")
    plain.close()
    phone = Phone(browser, served)
    page = phone.lesson("gallery")
    page.evaluate(
        "document.querySelectorAll('form.beyond-explore-guess')"
        ".forEach((form) => form.requestSubmit())"
    )
    then = looks(page)
    phone.close()

    assert differences(first, then) == {}


def test_a_line_that_differs_or_stands_elsewhere_would_be_found() -> None:
    then = [("heading", "One"), ("radio", "a"), ("", "b")]

    assert lacking([("heading", "One"), ("", "b")], then) == []
    assert lacking([("", "b"), ("heading", "One")], then) == ["heading: One"]
    assert lacking([("checkbox", "a")], then) == ["checkbox: a"]
    assert lacking([("", "a")], then) == ["text: a"]
    assert lacking([("", "c")], then) == ["text: c"]
