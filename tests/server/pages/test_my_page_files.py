"""My page saved as a file, locked and opened again: all of it in the browser."""

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from support.served import violations

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]

DRAWN = {
    "kind": "ladder",
    "rungs": ["Say hello", "Sit beside her"],
    "first": "Say hello",
}
OWN: dict[str, dict[str, Any]] = {
    "kind": {
        "title": "A kind line",
        "text": "This hurts, Sam.\n\nTwo <b>lines</b>.",
    },
    "sly": {
        "title": "<b>Sly</b>",
        "text": '"&amp;<img src=x onerror=alert(1)></p></section>',
    },
    "steps": {"title": "My ladder", "text": "1. Say hello", "drawing": DRAWN},
}
PASSPHRASE = "blue kettle  ä sofa"


def keep(page: Page, own: dict[str, dict[str, Any]]) -> None:
    page.evaluate(
        "own => { for (const [id, value] of Object.entries(own))"
        " sessionStorage.setItem('beyond:own:' + id, JSON.stringify(value)) }",
        own,
    )
    page.reload()


def kept(page: Page) -> dict[str, dict[str, Any]]:
    found = page.evaluate(
        "Object.entries(sessionStorage).filter(([k]) => k.startsWith('beyond:own:'))"
    )
    return {key.removeprefix("beyond:own:"): json.loads(said) for key, said in found}


def save(page: Page, path: Path, button: str = "Save as a file") -> Path:
    with page.expect_download() as saving:
        page.get_by_role("button", name=button, exact=True).click()
    saving.value.save_as(path)
    return path


def open_file(page: Page, *files: Any) -> None:
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name="Open my page from last time").click()
    choosing.value.set_files(list(files) if len(files) > 1 else files[0])


def named(text: str | bytes) -> dict[str, Any]:
    raw = text.encode() if isinstance(text, str) else text
    return {"name": "my-page.html", "mimeType": "text/html", "buffer": raw}


def said(page: Page) -> Any:
    return page.locator("#open-said p")


@pytest.fixture
def saved(visit: Visit, tmp_path: Path) -> Path:
    page = visit("my-page")
    keep(page, OWN)
    return save(page, tmp_path / "my-page.html")


def test_what_was_saved_comes_back_in_another_tab(visit: Visit, saved: Path) -> None:
    later = visit("my-page")
    open_file(later, saved)

    expect(said(later)).to_have_text("3 lines from your file are on this page now.")
    expect(later.locator("#leaves textarea")).to_have_count(3)
    expect(later.locator("#leaves .own-ladder")).to_be_visible()
    assert kept(later) == OWN
    later.reload()
    expect(later.locator("#leaves textarea").first).to_have_value(OWN["kind"]["text"])
    open_file(later, saved)
    expect(said(later)).to_have_text("Everything in that file is on this page already.")
    assert violations(later) == []


def test_what_a_person_changes_in_the_file_comes_back(
    visit: Visit, saved: Path
) -> None:
    text = saved.read_text("utf-8").replace("This hurts, Sam.", "It hurts less.")
    page = visit("my-page")
    open_file(page, named(text))

    expect(page.locator("#leaves textarea").first).to_have_value(
        re.compile("It hurts less")
    )


def test_lines_left_out_are_not_in_the_file(visit: Visit, tmp_path: Path) -> None:
    page = visit("my-page")
    keep(page, OWN)
    page.get_by_label("Leave out: A kind line").check()
    text = save(page, tmp_path / "my-page.html").read_text("utf-8")

    assert "This hurts" not in text
    assert "My ladder" in text


@pytest.mark.parametrize(
    "act", ["Keep both", "Use the file alone", "Leave it as it is"]
)
def test_nothing_is_replaced_before_a_person_says_so(
    visit: Visit, saved: Path, act: str
) -> None:
    here = {"kind": {"title": "A kind line", "text": "Newer words."}}
    page = visit("my-page")
    keep(page, here)
    open_file(page, saved)
    dialog = page.get_by_role("dialog", name="There are lines on this page already")
    expect(dialog).to_be_visible()
    assert kept(page) == here
    dialog.get_by_role("button", name=act).click()

    expect(dialog).to_be_hidden()
    expected = {
        "Keep both": {**OWN, **here, "kind~1": OWN["kind"]},
        "Use the file alone": OWN,
        "Leave it as it is": here,
    }[act]
    assert kept(page) == expected
    expect(page.locator("#leaves textarea")).to_have_count(len(expected))


OLDER = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>My page</title></head><body>
<h1>My page</h1><h2>A kind line</h2><p>It hurts.</p><h2>My step</h2><p>Call Kai</p>
<h2>If it gets too much</h2><p>call 988</p></body></html>"""


def test_a_file_of_an_older_kit_is_read(visit: Visit) -> None:
    page = visit("my-page")
    open_file(page, named(OLDER))

    expect(said(page)).to_have_text("2 lines from your file are on this page now.")
    assert kept(page) == {
        "file~1": {"title": "A kind line", "text": "It hurts."},
        "file~2": {"title": "My step", "text": "Call Kai"},
    }


def test_a_file_of_a_newer_kit_is_read_and_said_to_be(
    visit: Visit, saved: Path
) -> None:
    text = saved.read_text("utf-8").replace(
        'name="my-page" content="1"', 'name="my-page" content="7"'
    )
    page = visit("my-page")
    open_file(page, named(text))

    expect(said(page)).to_contain_text("saved by a newer version")
    assert kept(page) == OWN


EVIL = html.escape('{"kind":"pie","slices":"x"}')
FOREIGN = f"""<!doctype html><html><head><meta name="my-page" content="1">
<script>window.ran = 1</script></head><body><h1>My page</h1>
<img src="http://127.0.0.1:9/x.png">
<section data-leaf="beyond:left-out" data-drawing="{EVIL}"><h2>Sly</h2><p>Mine
<script>window.ran = 1</script></p></section></body></html>"""


def test_a_file_of_somebody_elses_making_runs_nothing(visit: Visit) -> None:
    page = visit("my-page")  # which fails where anything else is asked for
    open_file(page, named(FOREIGN))

    expect(said(page)).to_have_text("One line from your file is on this page now.")
    assert page.evaluate("window.ran") is None
    [(key, line)] = kept(page).items()
    assert key == "file~1", "a file names no other place of the tab's storage"
    assert line.keys() == {"title", "text"}


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([named("<html><h1>Shopping</h1><p>milk</p></html>")], "isn’t a page"),
        (
            [named(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50)],
            "isn’t a page that was",
        ),
        ([named("")], "isn’t a page"),
        ([named(b"<h1>My page</h1>" + b"x" * 5_000_000)], "far too large"),
        ([named(OLDER[:-40])], "The end of that file is missing"),
        (
            [named("<html><meta name=my-page content=1><h1>My page</h1></html>")],
            "has no lines of yours",
        ),
    ],
    ids=["another page", "a picture", "empty", "junk", "half", "no lines"],
)
def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(
    visit: Visit, files: list[Any], says: str
) -> None:
    page = visit("my-page")
    keep(page, OWN)
    open_file(page, *files)

    expect(said(page)).to_contain_text(says)
    assert kept(page) == OWN


FULL = """() => {
  for (let many = 1 << 20; many > 16; many /= 2)
    try {
      for (let i = 0; ; i++) sessionStorage.setItem(`${many} ${i}`, "x".repeat(many));
    } catch {}
}"""


def test_a_full_tab_takes_all_of_a_file_or_nothing(visit: Visit, saved: Path) -> None:
    page = visit("my-page")
    page.evaluate(FULL)
    open_file(page, saved)

    expect(said(page)).to_contain_text("There isn’t enough room left")
    assert kept(page) == {}


def test_a_file_is_dropped_on_the_page(visit: Visit, saved: Path) -> None:
    page = visit("my-page")
    carried = page.evaluate_handle(
        "text => { const it = new DataTransfer();"
        " it.items.add(new File([text], 'my-page.html', { type: 'text/html' }));"
        " return it; }",
        saved.read_text("utf-8"),
    )
    page.dispatch_event("#leaves", "drop", {"dataTransfer": carried})

    expect(said(page)).to_have_text("3 lines from your file are on this page now.")


def test_a_locked_file_opens_with_its_passphrase_alone(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit("my-page")
    keep(page, OWN)
    page.get_by_text("Can I lock the file?").click()
    page.get_by_label("Passphrase", exact=True).fill("short")
    page.get_by_role("button", name="Save a locked file").click()
    expect(page.locator("#lock-said")).to_contain_text("eight letters or more")
    page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_label("The same again").fill(PASSPHRASE + "!")
    page.get_by_role("button", name="Save a locked file").click()
    expect(page.locator("#lock-said")).to_contain_text("aren’t the same")
    page.get_by_label("The same again").fill(PASSPHRASE)
    file = save(page, tmp_path / "my-page.html", "Save a locked file")
    assert "hurts" not in file.read_text("utf-8")
    assert violations(page) == []

    later = visit("my-page")
    open_file(later, file)
    dialog = later.get_by_role("dialog", name="This file is locked")
    dialog.get_by_label("Your passphrase").fill("blue kettle")
    dialog.get_by_role("button", name="Open it").click()
    expect(dialog).to_contain_text("doesn’t open this file")
    assert violations(later) == []
    dialog.get_by_label("Your passphrase").fill(PASSPHRASE)
    dialog.get_by_label("Your passphrase").press("Enter")
    expect(said(later)).to_have_text("3 lines from your file are on this page now.")
    assert kept(later) == OWN


def test_where_a_page_is_not_secure_no_lock_is_offered(
    visit: Visit, saved: Path, tmp_path: Path
) -> None:
    locked = saved.read_text("utf-8").replace(
        "<section", '<p data-locked="{}"></p><section', 1
    )
    page = visit("join")
    page.add_init_script(
        "Object.defineProperty(window, 'isSecureContext', { value: false })"
    )
    page.goto(page.url.replace("join", "my-page"))
    page.get_by_text("Can I lock the file?").click()
    expect(page.locator("#no-lock")).to_be_visible()
    expect(page.get_by_role("button", name="Save a locked file")).to_be_hidden()
    open_file(page, named(locked))
    expect(said(page)).to_contain_text("this page can’t unlock it")


def test_a_phone_that_shares_files_is_offered_it(visit: Visit) -> None:
    page = visit("join")
    page.add_init_script(
        "navigator.canShare = ({ files }) => files[0].name === 'my-page.html';"
        "navigator.share = async ({ files }) => {"
        "  window.given = await files[0].text() }"
    )
    page.goto(page.url.replace("join", "my-page"))
    keep(page, OWN)
    page.get_by_role("button", name="Share").click()

    page.wait_for_function("window.given?.includes('This hurts, Sam.')")
