"""A phone says that something is done when the room has said so, and not before.

A gate stands between the phone and the real room: it holds back what either says.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import (
    Browser,
    Error,
    Locator,
    Route,
    WebSocketRoute,
    expect,
)

from beyond_the_no.room.words import table
from beyond_the_no.together.together import words
from support import small_lessons as nb
from support.room_line import KeyLine, PhoneLine
from support.served import Phone, Served, serve

pytestmark = pytest.mark.browser
SAY, REFUSED = words(), table()["refused"]
SENT, WRITING = SAY["sent"], SAY["writing"]
LATE = 15_000  # a phone says within a few seconds that it waits
MINE = "A walk by the river."


class Gate:
    """Everything between one phone and the room, held back or let through."""

    def __init__(self, phone: Phone) -> None:
        self.shut = False
        self._held: list[Callable[[], None]] = []
        self._lines: list[WebSocketRoute] = []
        phone.context.route_web_socket("**/room", self._stand)
        phone.context.route("**/room/line", lambda route: route.abort())

    def _stand(self, page: WebSocketRoute) -> None:
        room = page.connect_to_server()
        self._lines.append(page)
        page.on_message(lambda said: self._pass(lambda: room.send(said)))
        room.on_message(lambda said: self._pass(lambda: page.send(said)))

    def _pass(self, go_on: Callable[[], None]) -> None:
        if self.shut:
            self._held.append(go_on)
        else:
            go_on()

    def open(self) -> None:
        self.shut = False
        while self._held:
            self._held.pop(0)()

    def cut(self) -> None:
        """End the line; what was on its way is lost, and the next line is held."""
        self.shut = True
        self._held.clear()
        self._lines.pop().close(code=1001)


class RequestsGate(Gate):
    """The same for a phone whose proxy lets no WebSocket through."""

    def __init__(self, phone: Phone) -> None:
        self.shut = False
        self._held: list[Callable[[], None]] = []
        phone.context.route_web_socket("**/room", lambda line: line.close())
        phone.context.route("**/room/line", self._stand)

    def _stand(self, route: Route) -> None:  # type: ignore[override]
        def go_on() -> None:
            with suppress(Error):  # the phone has given it up, and asks again
                route.continue_()

        self._pass(go_on)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = [
        f'Texts("texts{at}", "What helped, a little?")'
        for at in ("a", "b", "c", "d", "e")
    ]
    polls = [
        f'Poll("poll{at}", "Which?", ["One", "Two"])' for at in ("a", "b", "c", "d")
    ]
    imported = "from beyond_the_no.together import *"
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"),
        all=nb.notebook("# All", imported, *made, *polls, title="All"),
    )
    with serve("--lessons", str(folder)) as it:
        yield it


@pytest.fixture(scope="module")
def leader(served: Served) -> Iterator[KeyLine]:
    line = KeyLine(served)
    line.waits_for(lambda state: len(state["questions"]) == 9)
    line.lead("move", lesson="all")
    yield line
    line.close()


@pytest.fixture(scope="module")
def group(served: Served) -> Iterator[list[PhoneLine]]:
    lines = [PhoneLine(served) for _ in range(6)]
    yield lines
    for line in lines:
        line.close()


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[Phone]:
    one = Phone(browser, served)
    one.gate = Gate(one)
    one.join()
    one.lesson("all")
    yield one
    one.close()
    assert one.errors == []


@pytest.fixture
def polled(browser: Browser, served: Served) -> Iterator[Phone]:
    """A phone on plain requests."""
    one = Phone(browser, served)
    one.gate = RequestsGate(one)
    one.join()
    one.lesson("all")
    yield one
    one.gate.open()
    one.close()
    assert one.errors == []


def widget(phone: Phone, name: str) -> Locator:
    return phone.page.locator(f".together:has(#together-{name})")


def tap(box: Locator, label: str) -> None:
    box.get_by_role("button", name=re.compile(f"^{label}")).click()


def write(
    phone: Phone, leader: KeyLine, group: list[PhoneLine], name: str, text: str = MINE
) -> Locator:
    leader.lead("collect", activity=name)
    box = widget(phone, name)
    tap(box, "Join")
    box.get_by_label("Your text").fill(text)
    tap(box, "Done")
    for at, line in enumerate(group):
        line.answer(name, None, text=f"Text of somebody, number {'abcdef'[at]}")
    return box


def queue(leader: KeyLine, name: str) -> list[dict]:
    return list(leader.question(name)["queue"])


@pytest.mark.parametrize(
    ("name", "door"), [("polla", "Join"), ("pollb", "Keep it"), ("pollc", "Pass")]
)
def test_done_is_said_when_the_room_has_it_and_alike_for_every_door(
    phone: Phone, leader: KeyLine, name: str, door: str
) -> None:
    leader.lead("collect", activity=name)
    box = widget(phone, name)
    said = box.locator(".together-sent")
    expect(box.get_by_role("button", name=re.compile("^Join"))).to_be_visible()
    phone.gate.shut = True
    tap(box, door)
    if door != "Pass":
        box.get_by_label("One").check()
        tap(box, "Done")

    expect(said).to_have_text(SENT["wait"])
    expect(said).to_have_text(SENT["later"], timeout=LATE)
    phone.gate.open()
    expect(said).to_have_text(SENT["title"])
    leader.lead("put_away", activity=name)


def test_an_answer_that_is_lost_on_its_way_goes_again_by_itself(
    phone: Phone, leader: KeyLine
) -> None:
    leader.lead("collect", activity="polla")
    box = widget(phone, "polla")
    tap(box, "Join")
    box.get_by_label("Two").check()
    phone.gate.shut = True
    tap(box, "Done")
    phone.gate.cut()

    said = box.locator(".together-sent")
    expect(said).to_have_text(SENT["later"], timeout=LATE)
    phone.gate.open()
    expect(said).to_have_text(SENT["title"], timeout=LATE)
    leader.lead("put_away", activity="polla")


def test_an_answer_that_was_refused_is_not_done(
    phone: Phone, leader: KeyLine, group: list[PhoneLine]
) -> None:
    box = write(phone, leader, group, "textsa", "\u202e\u202d")

    expect(box.locator(".together-sent")).to_have_text(REFUSED["empty_text"])
    leader.lead("put_away", activity="textsa")


def test_a_text_is_taken_back_when_the_room_says_so(
    phone: Phone, leader: KeyLine, group: list[PhoneLine]
) -> None:
    box = write(phone, leader, group, "textsb")
    expect(box.locator(".together-sent")).to_have_text(SENT["title"])
    leader.lead("reveal", activity="textsb")
    expect(box.get_by_role("button", name=WRITING["take_back"])).to_be_visible()
    phone.gate.shut = True
    tap(box, WRITING["take_back"])
    expect(box.get_by_text(WRITING["taking_back"])).to_be_visible()
    # meanwhile the leader shows it, in her own words: it is too late, and said so
    told = [
        {"id": one["id"], "say": "Somebody walked."} for one in queue(leader, "textsb")
    ]
    leader.lead("release", activity="textsb", texts=told)
    phone.gate.open()

    expect(box.get_by_text(REFUSED["nothing_waits"])).to_be_visible()
    expect(box.get_by_text(WRITING["taken_back"])).to_have_count(0)
    expect(box.get_by_role("button", name=WRITING["take_back"])).to_have_count(0)
    leader.lead("put_away", activity="textsb")


def test_a_line_that_is_lost_after_the_tap_takes_it_back_later(
    phone: Phone, leader: KeyLine, group: list[PhoneLine]
) -> None:
    box = write(phone, leader, group, "textsc")
    expect(box.locator(".together-sent")).to_have_text(SENT["title"])
    leader.lead("reveal", activity="textsc")
    expect(box.get_by_role("button", name=WRITING["take_back"])).to_be_visible()
    phone.gate.shut = True
    tap(box, WRITING["take_back"])
    phone.gate.cut()

    expect(box.get_by_text(WRITING["not_yet"])).to_be_visible(timeout=LATE)
    kept = phone.page.evaluate("JSON.stringify(sessionStorage)")
    assert MINE in kept, "it is not lost before the room has let go of it"
    phone.gate.open()
    expect(box.get_by_text(WRITING["taken_back"])).to_be_visible(timeout=LATE)
    told = [{"id": one["id"]} for one in queue(leader, "textsc")]
    leader.lead("release", activity="textsc", texts=told)
    assert MINE not in str(leader.question("textsc"))
    assert MINE not in phone.page.evaluate("JSON.stringify(sessionStorage)")
    leader.lead("put_away", activity="textsc")


def test_a_wish_to_have_it_back_outlives_the_page(
    phone: Phone, leader: KeyLine, group: list[PhoneLine]
) -> None:
    box = write(phone, leader, group, "textsd")
    expect(box.locator(".together-sent")).to_have_text(SENT["title"])
    leader.lead("reveal", activity="textsd")
    expect(box.get_by_role("button", name=WRITING["take_back"])).to_be_visible()
    phone.gate.shut = True
    tap(box, WRITING["take_back"])
    phone.gate.cut()
    phone.gate.open()
    phone.lesson("all")

    expect(widget(phone, "textsd").get_by_text(WRITING["taken_back"])).to_be_visible()
    told = [{"id": one["id"]} for one in queue(leader, "textsd")]
    leader.lead("release", activity="textsd", texts=told)
    assert MINE not in str(leader.question("textsd"))
    leader.lead("put_away", activity="textsd")


def test_over_plain_requests_done_and_taken_back_are_said_no_sooner(
    polled: Phone, leader: KeyLine, group: list[PhoneLine]
) -> None:
    leader.lead("collect", activity="polld")
    box = widget(polled, "polld")
    said = box.locator(".together-sent")
    box.locator(".together-door").first.wait_for()
    polled.gate.shut = True
    tap(box, "Pass")
    expect(said).to_have_text(SENT["later"], timeout=LATE)
    polled.gate.open()
    expect(said).to_have_text(SENT["title"], timeout=LATE)

    box = write(polled, leader, group, "textse")
    expect(box.locator(".together-sent")).to_have_text(SENT["title"], timeout=LATE)
    leader.lead("reveal", activity="textse")
    expect(box.get_by_role("button", name=WRITING["take_back"])).to_be_visible()
    polled.gate.shut = True
    tap(box, WRITING["take_back"])
    expect(box.get_by_text(WRITING["not_yet"])).to_be_visible(timeout=LATE)
    polled.gate.open()
    expect(box.get_by_text(WRITING["taken_back"])).to_be_visible(timeout=LATE)
    told = [{"id": one["id"]} for one in queue(leader, "textse")]
    leader.lead("release", activity="textse", texts=told)
    assert MINE not in str(leader.question("textse"))
    leader.lead("put_away", activity="textse")
