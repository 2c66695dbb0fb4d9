"""One workshop from the first tap to the receipt: a leader, a wall and six phones."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from beyond_the_no.room.words import table
from support.served import PHONE, Phone, Served, open_room, serve, until, violations

pytestmark = pytest.mark.browser
QUESTION = "Which is easier to feel again when you think back?"
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}


@pytest.fixture(scope="module", params=["slim", "voila"])
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    group = ("--title", "Thursday group", "--person", "Jonas sits near the door")
    with serve(*group, "--front-end", request.param) as it:
        yield it


class Everyone:
    def __init__(self, browser: Browser, served: Served) -> None:
        self.leader = Phone(browser, served, **WIDE)
        self.leader.page.goto(served.facilitate)
        self.wall = Phone(browser, served, **WIDE)
        self.wall.page.goto(served.wall)
        self.phones = [Phone(browser, served) for _ in range(6)]

    def all(self) -> list[Phone]:
        return [self.leader, self.wall, *self.phones]


@pytest.fixture(scope="module")
def room(browser: Browser, served: Served) -> Iterator[Everyone]:
    everyone = Everyone(browser, served)
    yield everyone
    for one in everyone.all():
        one.close()


def poll(phone: Phone) -> object:
    return phone.page.locator(".together:has(#together-longer)")


def take_part(phone: Phone, option: str) -> None:
    poll(phone).get_by_role("button", name=re.compile("^Join")).click()
    poll(phone).get_by_label(option).check()
    poll(phone).get_by_role("button", name="Done").click()
    expect(poll(phone).get_by_text("Done.")).to_be_visible()


def test_everyone_comes_in(room: Everyone, served: Served) -> None:
    for phone in room.phones:
        phone.join()

    expect(room.leader.page.locator("#about")).to_contain_text("Five phones or more")
    expect(room.wall.page.get_by_text("Open the page", exact=True)).to_be_visible()
    expect(room.leader.page.locator("#desk")).to_be_hidden()
    assert served.health()["seats"] == "five phones or more"


def test_the_leader_turns_to_the_lesson_and_the_phones_come_along(
    room: Everyone,
) -> None:
    open_room(room.leader.page)
    room.leader.page.locator("#sheet button", has_text="Two kinds of hurt").click()

    for phone in room.phones:  # all at once, as it is in a room
        along = phone.page.get_by_role("link", name="Come along")
        along.wait_for()
        along.evaluate("link => link.click()")
    for phone in room.phones:
        phone.page.locator("body[data-ready]").wait_for(timeout=120_000)
    expect(
        room.wall.page.get_by_role("heading", name="Two kinds of hurt")
    ).to_be_visible()


def test_a_control_moves_the_picture(room: Everyone) -> None:
    page = room.phones[0].page
    chart = page.locator(".beyond-explore").first
    chart.get_by_role("button", name="Show me").click()
    before = chart.locator("svg").evaluate("svg => svg.outerHTML")
    sentence = chart.locator("output").inner_text()

    chart.get_by_role("radio", name="Count studies").check()

    page.wait_for_function(
        "before => document.querySelector('.beyond-explore svg').outerHTML !== before",
        arg=before,
    )
    assert chart.locator("output").inner_text() != sentence


def test_a_private_line_stays_and_shows_up_on_my_page(room: Everyone) -> None:
    phone = room.phones[1]
    phone.page.locator(".note-to-self textarea").fill("canary <b>of mine</b>")
    phone.page.get_by_role("button", name="Keep it").click()

    with phone.page.expect_navigation():
        phone.page.get_by_role("link", name="My page").first.click()

    assert "canary <b>of mine</b>" in phone.page.locator("textarea").first.input_value()
    phone.page.go_back()
    phone.page.locator("body[data-ready]").wait_for(timeout=120_000)
    kept = phone.page.locator(".note-to-self textarea")
    assert kept.input_value() == "canary <b>of mine</b>"
    assert not [f for f in phone.frames + phone.requests if "canary" in f]


def test_the_card_says_who_sees_what_before_anyone_answers(room: Everyone) -> None:
    room.leader.page.get_by_role("button", name="Collect").first.click()

    for phone in room.phones:
        card = poll(phone)
        expect(card.get_by_text("Who sees what").first).to_be_visible()
        expect(card).to_contain_text("until at least five people have answered")
    room.phones[0].page.mouse.move(0, 0)  # a door under it would look otherwise
    doors = poll(room.phones[0]).locator(".together-door")
    sizes = {(round(b["width"]), round(b["height"])) for b in map(_box, doors.all())}
    colours = {
        d.evaluate("d => getComputedStyle(d).backgroundColor") for d in doors.all()
    }
    assert len(sizes) == len(colours) == 1
    assert violations(room.phones[0].page) == []


def _box(door: object) -> dict:
    return door.bounding_box()


def test_sent_kept_and_passed_look_the_same(room: Everyone) -> None:
    first, second, third, *_ = room.phones
    take_part(first, "Being left out")
    poll(second).get_by_role("button", name=re.compile("^Keep it to myself")).click()
    poll(second).get_by_label("Not sure").check()
    poll(second).get_by_role("button", name="Done").click()
    poll(third).get_by_role("button", name=re.compile("^Pass")).click()

    for one in (first, second, third):  # until then a phone says: just a moment
        expect(poll(one)).to_contain_text("Thank you.")
    bodies = {poll(p).inner_text() for p in (first, second, third)}
    lengths = {
        len(frame)
        for p in (first, second, third)
        for frame in p.frames
        if '"type":"answer"' in frame
    }
    assert len(bodies) == 1
    assert len(lengths) == 1


def test_nothing_is_shown_at_four_answers(room: Everyone) -> None:
    second = room.phones[1]  # kept it to herself: now she joins, and makes it three
    poll(second).get_by_role("button", name="Open it again").click()
    take_part(second, "Being left out")
    take_part(room.phones[3], "A stubbed toe")
    take_part(room.phones[4], "Being left out")

    room.leader.page.get_by_role("button", name="Reveal").first.click()

    expect(room.leader.page.locator("#trouble")).to_contain_text("at least five")
    for one in room.all():
        assert one.page.locator(".picture").count() == 0
        assert not [f for f in one.frames if '"snapshot":{' in f]


def test_one_phone_reloads_and_loses_nothing(room: Everyone) -> None:
    phone = room.phones[4]
    phone.page.reload()
    phone.page.locator("body[data-ready]").wait_for(timeout=120_000)

    expect(poll(phone).get_by_text("Done.")).to_be_visible()


def test_the_fifth_answer_lets_the_picture_be_shown_to_all_alike(
    room: Everyone,
) -> None:
    take_part(room.phones[5], "Neither")
    room.leader.page.get_by_role("button", name="Reveal").first.click()

    sentences = set()
    for one in room.all():
        one.page.locator(".picture .answer").wait_for()
        sentences.add(one.page.locator(".picture .answer").inner_text())
        text = one.page.locator(".picture").inner_text()
        assert not re.search(r"\d", text), "a small group is shown in words"
    assert sentences == {"About half of us said: Being left out."}
    assert violations(room.phones[0].page) == []


def test_a_pause_turns_every_screen_calm_and_keeps_help_near(room: Everyone) -> None:
    room.leader.page.get_by_role("button", name="Pause the room").click()

    for phone in room.phones:
        expect(phone.page.get_by_role("heading", name="A pause.")).to_be_visible()
        expect(phone.page.get_by_role("link", name="Help")).to_be_visible()
    expect(room.wall.page.get_by_role("heading", name="A pause.")).to_be_visible()
    assert violations(room.phones[0].page) == []
    room.leader.page.get_by_role("button", name="Resume", exact=True).click()
    expect(room.phones[0].page.get_by_role("heading", name="A pause.")).to_be_hidden()


def test_a_signal_reaches_the_leader_in_the_words_of_the_button(room: Everyone) -> None:
    phone = room.phones[2]
    phone.page.get_by_role("button", name="Signal").click()
    calm = phone.page.locator("#signal [data-words]").inner_text()
    phone.page.get_by_role("button", name=re.compile("check in with me")).click()
    said = phone.page.locator("#signal [data-signal-said]")
    expect(said).to_have_text(table()["page"]["signal_seen"])

    signals = room.leader.page.locator("#signals")
    expect(signals).to_contain_text(f"“{calm}” would like a private word.")
    signals.get_by_role("button", name="I’ll go").click()
    expect(signals).to_contain_text(f"Taken by the leader · {calm}")
    signals.get_by_role("button", name="Done").click()
    expect(signals.get_by_role("listitem")).to_have_count(0)


def test_help_and_grounding_work_when_the_laptop_is_gone(room: Everyone) -> None:
    phone = room.phones[0]
    phone.context.set_offline(True)
    try:
        phone.page.get_by_role("link", name="Help").click()
        help_ = phone.page.locator("dialog#help")
        expect(help_.get_by_text("Jonas sits near the door")).to_be_visible()
        expect(help_.get_by_role("link", name=re.compile("988")).first).to_be_visible()
        help_.get_by_role("link", name="Ground me").click()
        expect(phone.page.locator("dialog#ground")).to_be_visible()
        phone.page.locator("dialog#ground").get_by_role(
            "button", name="Back to where I was"
        ).first.click()
    finally:
        phone.context.set_offline(False)


def test_the_end_makes_everything_be_forgotten(room: Everyone, served: Served) -> None:
    room.leader.page.get_by_role("button", name="End…").click()
    room.leader.page.get_by_role("button", name="End and forget").click()

    receipt = room.leader.page.locator("#receipt")
    expect(receipt).to_contain_text("6 seats")
    for phone in room.phones:
        expect(
            phone.page.get_by_role("heading", name="This workshop has ended.")
        ).to_be_visible()
        kept = phone.page.evaluate("Object.keys(sessionStorage)")
        assert not {"beyond:token", "beyond:held", "beyond:calm"} & set(kept)
    expect(room.wall.page.get_by_role("heading", name="Thank you.")).to_be_visible()
    until(lambda: served.health()["kernels"] == 0, what="the kernels to end")
    assert served.health()["seats"] == "fewer than five phones"
    assert "ended" in served.get("")[1]


def test_nothing_left_this_machine_and_nothing_went_wrong(room: Everyone) -> None:
    for one in room.all():
        assert one.asked_elsewhere() == []
        assert one.errors == []


def test_the_log_names_nobody(served: Served) -> None:
    log = "".join(served.log)

    assert "canary" not in log
    assert not re.search(r"\d+\.\d+\.\d+\.\d+", log)
    assert json.dumps(PHONE)  # the phones were phones
    assert "key=" not in log.replace("key=…", "")


def test_ctrl_c_leaves_no_process(served: Served) -> None:
    import psutil

    children = psutil.Process(served.process.pid).children(recursive=True)

    assert served.stop() == 0
    assert psutil.wait_procs(children, timeout=20)[1] == []


def page_of(phone: Phone) -> Page:
    return phone.page
