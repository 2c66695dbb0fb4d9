"""A site walked through in Chromium: from a folder, from a host, and without either."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from beyond_the_no.explore import SensitivityLoop
from support import small_lessons as nb
from support.served import PHONE, until, violations

from .made import LESSONS, PREFIX, hosted, run

pytestmark = pytest.mark.browser
SECRET = "Xyzzy canary of the static edition"
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def host(made: Path) -> Iterator[str]:
    """The site at a static host, below a prefix."""
    root = Path(str(made).removesuffix(f"/{PREFIX.strip('/')}"))
    with hosted(root) as (address, _):
        yield f"{address}{PREFIX}"


@pytest.fixture(params=["file", "http"])
def root(request: pytest.FixtureRequest, made: Path, host: str) -> str:
    """Where the site is: in a folder, then at a host."""
    return f"{made.as_uri()}/" if request.param == "file" else host


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open an address on a phone; nothing may go wrong, nothing may be told."""
    made: list[BrowserContext] = []
    wrong: list[str] = []
    asked: list[str] = []

    def open_page(address: str, root: str, **options: object) -> Page:
        context = browser.new_context(**(PHONE | options))
        context.set_default_timeout(30_000)
        made.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None,
        )
        context.on("request", lambda r: asked.append(f"{r.url} {r.post_data or ''}"))
        page.goto(root + address)
        return page

    open_page.asked = asked  # type: ignore[attr-defined]
    open_page.wrong = wrong  # type: ignore[attr-defined]
    yield open_page
    for context in made:
        context.close()
    assert not wrong
    assert not [a for a in asked if SECRET.split()[0] in a]
    assert not [
        a for a in asked if not a.startswith(("file://", "http://127.0.0.1", "blob:"))
    ]


def ready(page: Page) -> Page:
    page.locator("body[data-ready]").wait_for()
    expect(page.locator(".trouble")).to_have_count(0)
    return page


def test_back_after_leave_shows_nothing(browser_with_cache: Browser, root: str) -> None:
    """Pages of a host come back from memory, as in people's browsers; files do not."""
    context = browser_with_cache.new_context(**PHONE)
    context.add_init_script(
        "addEventListener('pageshow', (e) => console.log(`memory: ${e.persisted}`))"
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{root}index.html")
    if root.startswith("http"):  # while a worker takes over, nothing is kept in memory
        page.evaluate("async () => { await navigator.serviceWorker.ready }")
        page.wait_for_function("() => navigator.serviceWorker.controller")
    page.goto(f"{root}lesson/01_why_it_hurts.html")
    ready(page).locator("#lesson textarea").first.fill(SECRET)
    page.goto(f"{root}help.html")
    page.locator("[data-cover]").first.click()
    page.get_by_role("link", name="Leave", exact=True).click()
    page.wait_for_url("about:blank")

    page.evaluate("() => { setTimeout(() => history.back()) }")
    page.wait_for_url("**/01_why_it_hurts.html", wait_until="commit")
    expect(ready(page).locator("#lesson textarea").first).to_have_value("")
    assert SECRET not in page.evaluate("JSON.stringify(sessionStorage)")
    assert ("memory: true" in said) == root.startswith("http")
    context.close()


@pytest.mark.parametrize("name", [f"lesson/{n}" for n in [*LESSONS, "gallery"]])
def test_every_lesson_works_from_a_folder(made: Path, visit: Visit, name: str) -> None:
    page = ready(visit(f"{name}.html", f"{made.as_uri()}/"))

    places = page.locator("[data-model]").count()
    expect(page.locator("[data-live]")).to_have_count(places)
    assert places > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    "name", ["index", "help", "ground", "my-page", "evidence", "lesson/04_the_loop"]
)
def test_a_page_is_clean_and_never_wider_than_a_phone(
    made: Path, browser: Browser, name: str
) -> None:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{made.as_uri()}/{name}.html")
    if name.startswith("lesson/"):
        ready(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_a_control_shows_its_picture_and_says_its_sentence(
    root: str, visit: Visit
) -> None:
    page = ready(visit("lesson/04_the_loop.html", root))
    loop = page.locator(".beyond-explore", has=page.locator("output")).first
    loop.get_by_role("button", name="Show me").click()
    for place in ("kind", "unfair"):
        loop.locator(f"input[value={place}]").check()
        shown = SensitivityLoop.shown({"place": place})
        said = shown["answer"].replace("*", "")
        expect(loop.locator("output")).to_have_text(said)
        expect(loop.locator("svg[role=img]")).to_have_attribute("aria-label", said)
        texts = loop.locator("svg[role=img] text").all_text_contents()
        assert [t for t in texts if t.strip() and t in shown["picture"]]
        assert loop.locator("svg[role=img] path").count() == shown["picture"].count(
            "<path"
        )


def test_what_is_written_is_kept_on_my_page_and_told_to_nobody(
    root: str, visit: Visit
) -> None:
    page = ready(visit("lesson/01_why_it_hurts.html", root))
    note = page.locator(".note-to-self")
    note.get_by_role("textbox").fill(SECRET)
    page.reload()
    ready(page)
    expect(note.get_by_role("textbox")).to_have_value(SECRET)
    note.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="My page").last.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Something to take")
    expect(page.locator("#leaves textarea")).to_have_value(SECRET)
    expect(page.locator("#apart")).to_be_hidden()


def test_my_page_says_where_lines_may_be_in_a_browser_that_keeps_files_apart(
    made: Path, visit: Visit
) -> None:
    page = visit("my-page.html", f"{made.as_uri()}/")

    expect(page.locator("#apart")).to_contain_text("opened from a folder")


def test_a_question_for_the_group_says_that_there_is_none(
    root: str, visit: Visit
) -> None:
    page = ready(visit("lesson/01_why_it_hurts.html", root))
    poll = page.locator(".together:has(#together-longer)")
    expect(poll).to_contain_text("In a workshop, this is where the group answers.")
    poll.get_by_role("button", name="Join").click()
    poll.get_by_role("radio").first.check()
    poll.get_by_role("button", name="Done").click()

    expect(poll).to_contain_text("these answers are made up")
    expect(poll.locator(".picture")).to_be_visible()


def test_help_and_ground_me_are_one_tap_away(root: str, visit: Visit) -> None:
    page = ready(visit("lesson/01_why_it_hurts.html", root))
    page.get_by_role("link", name="Help").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Call 911")
    page.get_by_role("button", name="Back to where I was").first.click()
    page.get_by_role("link", name="Ground me").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Here, in this room")
    page.get_by_role("button", name="Back to where I was").first.click()
    page.get_by_role("button", name="Cover").first.click()
    expect(page.locator("dialog#cover")).to_be_visible()
    expect(page.get_by_role("button", name="Signal")).to_have_count(0)


def test_a_person_walks_from_lesson_to_lesson(root: str, visit: Visit) -> None:
    page = visit("index.html", root)
    page.get_by_role("link", name="Welcome").click()
    ready(page)
    page.get_by_role("link", name="Next: Why it hurts").click()
    ready(page)
    page.get_by_role("link", name="All lessons").click()
    page.get_by_role("link", name="How do we know?").click()
    expect(page.locator("#C01")).to_contain_text("Evidence: ")
    page.get_by_role("link", name="Help").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Someone to talk to")


def test_words_that_sound_like_danger_bring_the_kind_card(
    root: str, visit: Visit
) -> None:
    page = ready(visit("lesson/01_why_it_hurts.html", root))
    page.locator(".note-to-self").get_by_role("textbox").fill("I want to kill myself")
    card = page.locator("#kindly")

    expect(card).to_contain_text("You deserve support")
    expect(card.get_by_role("link", name="Call 988")).to_be_visible()
    expect(card.get_by_role("button", name="Tell the leader")).to_have_count(0)


def test_without_script_all_of_it_can_be_read(root: str, visit: Visit) -> None:
    page = visit("lesson/04_the_loop.html", root, java_script_enabled=False)

    expect(page.locator(".plain-note").first).to_contain_text(
        "JavaScript is turned off"
    )
    page.get_by_role("link", name="Help").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Someone to talk to")


def test_a_picture_that_is_not_in_this_copy_shows_the_nearest_and_names_it(
    tmp_path: Path, visit: Visit
) -> None:
    cell = "from beyond_the_no.explore import SensitivityLoop\nSensitivityLoop()"
    loop = nb.notebook("# The loop", cell, title="The loop")
    done = run(
        *(tmp_path / "out", "--budget", "0.085"),
        *("--lessons", nb.write(tmp_path / "lessons", loop=loop)),
    )
    assert done.returncode == 0, done.stderr
    assert "The loop: " in done.stdout
    assert "of 96 pictures fit into 0.085 MB" in done.stdout

    page = ready(visit("lesson/loop.html", f"{(tmp_path / 'out').as_uri()}/"))
    page.get_by_role("button", name="Show me").click()
    page.locator("input[value=time]").check()
    page.locator("input[value=unfair]").check()
    for box in page.locator(".beyond-explore input[type=checkbox]").all():
        box.check()

    see = page.locator(".beyond-explore-see")
    expect(see).to_contain_text("You’re seeing the closest one it has: ")
    expect(see.locator("svg[role=img]")).to_be_visible()
    page.locator("input[value=ring]").check()
    for box in page.locator(".beyond-explore input[type=checkbox]").all():
        box.uncheck()
    page.locator("input[value=mixed]").check()
    expect(see).not_to_contain_text("nearest")


def test_after_one_visit_everything_works_without_a_network(
    made: Path, browser: Browser
) -> None:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    root = Path(str(made).removesuffix(f"/{PREFIX.strip('/')}"))
    with hosted(root) as (address, server):
        here = f"{address}{PREFIX}"
        page.goto(here)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        about = page.evaluate(
            "[document.querySelector('link[rel=manifest]').href, isSecureContext]"
        )
        assert about == [f"{here}manifest.webmanifest", True]
        server.shutdown()
        server.server_close()
        context.set_offline(True)

        page.goto(here)
        page.get_by_role("link", name="The loop").click()
        ready(page)
        loop = page.locator(".beyond-explore").first
        loop.get_by_role("button", name="Show me").click()
        loop.locator("input[value=kind]").check()
        said = SensitivityLoop.shown({"place": "kind"})["answer"].replace("*", "")
        expect(loop.locator("output")).to_have_text(said)
        page.goto(f"{here}help.html")
        expect(page.get_by_role("heading", level=1)).to_have_text("Someone to talk to")
    context.close()


def test_a_newer_site_takes_the_place_of_the_one_that_was_kept(
    tmp_path: Path, browser: Browser
) -> None:
    lessons = nb.write(tmp_path / "n", one=nb.notebook("# One", nb.NOTE, title="One"))
    out = tmp_path / "host" / "out"
    assert run(out, "--lessons", lessons).returncode == 0
    context = browser.new_context(**PHONE)
    page = context.new_page()
    with hosted(tmp_path / "host") as (address, _):
        page.goto(f"{address}out/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_function("navigator.serviceWorker.controller !== null")

        nb.write(
            lessons, one=nb.notebook("# One\n\nIt was mended.", nb.NOTE, title="One")
        )
        assert run(out, "--lessons", lessons).returncode == 0
        page.goto(f"{address}out/lesson/one.html")
        expect(page.locator(".note-to-self")).to_be_visible()
        expect(page.get_by_text("It was mended.")).to_have_count(0)
        page.evaluate(
            """async () => {
              const it = await navigator.serviceWorker.getRegistration();
              await it.update();
              const next = it.installing ?? it.waiting;
              const done = () => !next || next.state === "installed";
              while (!done()) await new Promise((r) => (next.onstatechange = r));
            }"""
        )
        page.close()  # the last page of the older one

        page = context.new_page()

        def mended() -> bool:
            page.goto(f"{address}out/lesson/one.html")
            return page.get_by_text("It was mended.").count() == 1

        until(mended, 20, "the newer site")
    context.close()


def test_nothing_answers_a_guess_before_it_is_made(root: str, visit: Visit) -> None:
    page = ready(visit("lesson/04_the_loop.html", root))
    fold = page.locator('details.after[data-after="sensitivity_loop"]').first
    expect(page.locator("details.after[open]")).to_have_count(0)
    expect(page.locator(".after-cells .prose:visible")).to_have_count(0)

    form = page.locator('form[data-guess="sensitivity_loop"]')
    form.get_by_role("radio").first.check()
    form.get_by_role("button", name="Show me").click()

    expect(fold).to_have_attribute("open", "")
    expect(fold.locator(".after-cells > *").first).to_have_class("because")
    expect(fold.locator(".prose").first).to_be_visible()


def test_what_waits_for_a_group_opens_for_who_reads_alone(
    root: str, visit: Visit
) -> None:
    page = ready(visit("lesson/02_the_body.html", root))
    fold = page.locator('details.after[data-after="no_rise"]')
    expect(fold.locator(".prose").first).to_be_hidden()

    fold.locator("summary").first.click()
    fold.get_by_role("button", name="Skip the guess").click()

    expect(fold.locator(".prose").first).to_be_visible()


@pytest.mark.parametrize(
    ("lesson", "to", "cell"),
    [
        ("09_ways_to_cope", "09_ways_to_cope", "09-c1"),
        ("11_going_on", "07_love_friends_family", "07-kindno"),
    ],
)
def test_a_link_leads_to_the_block_that_it_names(
    root: str, visit: Visit, lesson: str, to: str, cell: str
) -> None:
    page = ready(visit(f"lesson/{lesson}.html", root))
    page.locator(f'main a[href$="#cell-{cell}"]').first.click()

    page.wait_for_url(f"**/{to}.html#cell-{cell}")
    near = (
        "id => Math.abs(document.getElementById(id).getBoundingClientRect().top) < 300"
    )
    ready(page).wait_for_function(near, arg=f"cell-{cell}")
