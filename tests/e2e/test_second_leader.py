"""A second leader by a key of her own: she leads, and the first can take it back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from support import small_lessons as nb
from support.room_line import KeyLine, phones
from support.served import Phone, Served, open_room, serve

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"),
        one=nb.notebook("# One", nb.poll("which"), title="One"),
        two=nb.notebook("# Two", title="Two"),
    )
    with serve("--lessons", str(folder)) as it:
        yield it


def test_a_second_leader_leads_until_her_key_is_taken_back(
    browser: Browser, served: Served
) -> None:
    one = Phone(browser, served, **WIDE)
    one.page.goto(served.facilitate)
    open_room(one.page)
    one.page.get_by_text("The room", exact=True).click()
    one.page.get_by_role("button", name="Make a link for a second leader").click()
    link = one.page.locator("#second-leader-link b")
    expect(link).to_contain_text("facilitate?key=")
    address = served.join + link.inner_text().rpartition("/")[2]

    two = Phone(browser, served, **WIDE)
    two.page.goto(address)
    expect(two.page.locator("#leads")).to_be_visible()
    two.page.locator("#sheet button").first.click()
    for page in (one.page, two.page):
        expect(page.locator("#now-title")).to_have_text("One")
    one.page.locator("#acts [data-act=collect]").click()
    expect(two.page.locator("#acts [data-act=reveal]")).to_be_visible()

    # both press in the same second: the later one is told, and sees what there is
    line = KeyLine(served)
    with phones(served, 5) as group:
        for at, phone in enumerate(group):
            phone.answer("which", at % 2)
        seen = line.last()["acts"]
        line.ask({"type": "pause", "seen": seen}, "state")
        late = {"type": "reveal", "activity": "which", "seen": seen}
        assert line.last()["phase"] == "paused"
        other = KeyLine(served)
        assert other.refusal(late) == "overtaken"
        assert other.question("which")["phase"] == "collecting"
        line.lead("resume")
        other.close()
    expect(two.page.locator("#trouble")).to_be_hidden()

    body = two.page.content()
    assert served.key("facilitate") not in body
    assert served.key("assist") not in body
    assert two.page.locator("#second-leader").count() == 0
    kept = "JSON.stringify(sessionStorage)"
    assert "activities" in one.page.evaluate(kept)
    assert "activities" not in two.page.evaluate(kept), "one page brings the room back"

    one.page.get_by_role("button", name="Take the second leader’s key back").click()
    expect(two.page.locator("#banner")).to_contain_text("no longer leads")
    two.page.reload()
    expect(two.page.locator("#leads")).to_have_count(0)
    expect(one.page.locator("#leads")).to_be_visible()
    line.close()
    for phone in (one, two):
        phone.close()
    assert one.errors == []
