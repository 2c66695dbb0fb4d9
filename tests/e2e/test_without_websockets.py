"""A workshop behind a proxy that lets no WebSocket through: nobody notices."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from beyond_the_no.room.words import table
from support import small_lessons as nb
from support.proxy import Proxy, behind
from support.served import Phone, Served, open_room, serve, until, violations

pytestmark = pytest.mark.browser
SAY = table()["page"]
DECK = "workshop_90_love"
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
LISTEN = """addEventListener("DOMContentLoaded", () => {
  globalThis.said = [];
  const bar = document.getElementById("banner");
  const look = () => !bar.hidden && said.push(bar.textContent);
  const what = { attributes: true, childList: true, subtree: true };
  if (bar) new MutationObserver(look).observe(bar, what);
});"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("lessons")
    lesson = nb.notebook(
        "# One\n\n## A question", nb.poll("which"), nb.NOTE, title="One"
    )
    with serve("--lessons", str(nb.write(folder, one=lesson))) as it:
        yield it


@pytest.fixture
def through(served: Served) -> Iterator[tuple[Proxy, Served]]:
    with behind(served) as both:
        yield both


@pytest.fixture
def come(
    browser: Browser, through: tuple[Proxy, Served]
) -> Iterator[Callable[..., Phone]]:
    """Open a page through the proxy; nothing is ever said of lines."""
    made: list[Phone] = []

    def one(**options: object) -> Phone:
        phone = Phone(browser, through[1], **options)
        phone.context.add_init_script(LISTEN)
        made.append(phone)
        return phone

    yield one
    for phone in made:
        phone.close()
        assert phone.asked_elsewhere() == []
        assert phone.errors == []


def poll(phone: Phone) -> object:
    return phone.page.locator(".together")


def said(page: Page) -> list[str]:
    """What the banner has said since this page was opened."""
    return page.evaluate("() => globalThis.said")


def heard(phone: Phone, true: Callable[[], object]) -> None:
    """Wait for what a page sends or is sent; asking it lets the news in."""
    until(lambda: phone.page.title() and true(), 20, "news")


def answers(phone: Phone) -> list[str]:
    return [r for r in phone.requests if '"type":"answer"' in r]


@pytest.mark.parametrize("mode", ["400", "swallow", "deaf"])
def test_one_is_in_whatever_a_proxy_does(
    mode: str, through: tuple[Proxy, Served], come: Callable[..., Phone]
) -> None:
    proxy, _ = through
    proxy.mode = mode
    phone = come()
    page = phone.join()
    page.wait_for_function("() => globalThis.beyond.state()")

    assert proxy.tried == 1
    assert [f for f in phone.frames if "state" in f] == []
    assert said(page) == []
    page.reload()
    page.wait_for_function("() => globalThis.beyond.state()")
    assert proxy.tried == 1, "this tab knows which way works"


def test_a_page_changes_over_when_a_websocket_opens_after_all(
    through: tuple[Proxy, Served], come: Callable[..., Phone]
) -> None:
    proxy, _ = through
    phone = come()
    page = phone.join()
    token = page.evaluate("() => beyond.store.get('token')")
    proxy.mode = "open"
    page.wait_for_function("() => !globalThis.beyond.store.get('requests')")
    heard(phone, lambda: [f for f in phone.frames if '"type":"state"' in f])

    assert page.evaluate("() => beyond.store.get('token')") == token
    page.wait_for_function("() => globalThis.beyond.state()")
    asked = len([r for r in phone.requests if "room/line" in r])
    page.evaluate("() => beyond.sync()")
    heard(phone, lambda: [f for f in phone.frames if '"type":"pong"' in f])
    assert len([r for r in phone.requests if "room/line" in r]) <= asked + 1
    assert said(page) == []


def test_where_nothing_gets_through_it_is_said_and_mends_itself(
    through: tuple[Proxy, Served], come: Callable[..., Phone]
) -> None:
    proxy, _ = through
    page = come().join()
    expect(page.locator("#banner")).to_be_hidden()
    proxy.mode = "cut"
    proxy.hang_up()
    expect(page.locator("#banner")).to_contain_text(SAY["lost"], timeout=30_000)
    proxy.mode = "403"
    expect(page.locator("#banner")).to_be_hidden(timeout=30_000)
    assert page.evaluate("() => beyond.joined()")


def test_speaker_and_remote_turn_the_slides(
    through: tuple[Proxy, Served], come: Callable[..., Phone]
) -> None:
    _, seen = through
    wall, speaker, remote = come(**WIDE).page, come(**WIDE).page, come().page
    wall.goto(f"{seen.join}deck/{DECK}?key={seen.key('wall')}")
    wall.locator("body[data-turns][data-ready][data-line]").wait_for(timeout=120_000)
    speaker.goto(f"{seen.join}deck/{DECK}/speaker?key={seen.key()}")
    remote.goto(f"{seen.join}deck/{DECK}/remote?key={seen.key()}")
    for number in (2, 3, 4):
        remote.get_by_role("button", name="Next").click()
        expect(speaker.locator("#of")).to_have_text(re.compile(f"^{number} /"))
        slide = wall.locator(f".slides > section:nth-of-type({number}).present")
        slide.wait_for()
    wall.keyboard.press("PageUp")
    expect(remote.locator("#of")).to_have_text(re.compile("^3 /"))
    remote.get_by_role("button", name="Blank").click()
    wall.locator("body.blank").wait_for()


def test_a_workshop_from_the_first_tap_to_the_end(
    served: Served, through: tuple[Proxy, Served], come: Callable[..., Phone]
) -> None:
    proxy, seen = through
    leader, wall = come(**WIDE), come(**WIDE)
    phones = [come() for _ in range(5)]
    leader.page.goto(seen.facilitate)
    wall.page.goto(seen.wall)
    for phone in phones:
        phone.join()
    expect(leader.page.locator("#about")).to_contain_text("Five phones or more")
    open_room(leader.page)
    leader.page.locator("#sheet button", has_text="One").click()
    for phone in phones:
        along = phone.page.get_by_role("link", name="Come along")
        along.wait_for()
        along.evaluate("link => link.click()")
    for phone in phones:
        phone.page.locator("body[data-ready]").wait_for(timeout=120_000)
    expect(wall.page.get_by_role("heading", name="One")).to_be_visible()
    assert violations(phones[0].page) == []

    leader.page.get_by_role("button", name="Collect").first.click()
    first, *others = phones
    poll(first).get_by_role("button", name=re.compile("^Pass")).click()
    expect(poll(first).locator(".together-sent")).to_be_visible()
    for phone in others:
        poll(phone).get_by_role("button", name=re.compile("^Join")).click()
        poll(phone).get_by_label("Two").check()
        poll(phone).get_by_role("button", name="Done").click()
        expect(poll(phone).locator(".together-sent")).to_be_visible()
    heard(first, lambda: all(answers(phone) for phone in phones))
    sizes = {len(sent) for phone in phones for sent in answers(phone)}
    assert len(sizes) == 1, "a pass is as long as an answer"

    leader.page.get_by_role("button", name="Reveal").first.click()
    expect(leader.page.locator("#trouble")).to_contain_text("at least five")
    poll(first).get_by_role("button", name="Open it again").click()
    poll(first).get_by_role("button", name=re.compile("^Join")).click()
    poll(first).get_by_label("One").check()
    poll(first).get_by_role("button", name="Done").click()
    expect(poll(first).locator(".together-sent")).to_be_visible()
    leader.page.get_by_role("button", name="Reveal").first.click()
    expect(wall.page.locator("#picture .answers")).to_be_visible(timeout=20_000)
    for one in phones:
        expect(one.page.locator(".picture").first).to_be_visible(timeout=20_000)

    leader.page.get_by_role("button", name="Pause").click()
    for one in (wall, *phones):
        paused = one.page.get_by_role("heading", name=SAY["paused"])
        expect(paused).to_be_visible(timeout=20_000)
    for one in (leader, wall, *phones):
        assert said(one.page) == []
    secrets = [
        phone.page.evaluate("() => beyond.store.get('token')") for phone in phones
    ]
    leader.page.get_by_role("button", name="End…").click()
    leader.page.get_by_role("button", name=re.compile("^End")).last.click()
    for phone in phones:
        expect(phone.page.get_by_text(SAY["ended"]).first).to_be_visible(timeout=20_000)

    assert proxy.tried > 0
    for one in (leader, wall, *phones):
        assert [f for f in one.frames if '"type"' in f and "state" in f] == []
        addresses = " ".join(r.split(" ", 1)[0] for r in one.requests)
        assert not any(secret in addresses for secret in secrets)
    log = "".join(served.log)
    assert "Traceback" not in log
    assert not any(secret in log for secret in secrets)
