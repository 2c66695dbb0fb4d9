"""Ninety minutes with a group of eight: the plan of one workshop, from end to end.

The leader works with her keys, on her page; a second adult sees to people on his. Time
passes in the leader's tab alone, for the room knows none. With ``REHEARSAL_PICTURES``
in the environment, a folder, each scene is kept as a picture.
"""

import csv
import io
import json
import os
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from beyond_the_no.room.words import table
from e2e.test_privacy import in_memory, on_disk
from support import small_lessons as nb
from support.served import REPO, Phone, Served, open_room, serve, until, violations

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
SAY = table()["page"]
POLL = """from beyond_the_no.together import Poll
Poll("where", "Where have people you know met a no?",
     ["Family", "Love", "Friends or school", "Work"])"""
WORDS = """from beyond_the_no.together import WordBoard
WordBoard("named", "One word for how rejection feels")"""
PLAN: list[tuple[str, str, list[tuple[str, int, int]], list[str]]] = [
    ("a_welcome", "Welcome", [("Arrive", 8, 0), ("Ground me", 5, 0)], []),
    ("b_common", "We all know this", [("We all know this", 7, 1)], [POLL]),
    ("c_body", "Brain and body", [("Look", 8, 0), ("Zoom in", 7, 2)], []),
    ("d_loop", "The loop", [("The loop", 10, 0)], []),
    ("e_break", "A break", [("A break", 5, 0)], []),
    ("f_name", "Name it", [("Name it", 7, 0)], [WORDS]),
    ("g_thought", "Another way to see it", [("Sam first", 13, 0)], [nb.NOTE]),
    ("h_kind", "Kindness break", [("Kindness break", 6, 0)], []),
    ("i_people", "People and one step", [("One step", 8, 0)], []),
    ("j_close", "Close", [("Close", 6, 0)], []),
]
ROWS = [step for _, _, steps, _ in PLAN for step, _, _ in steps]


def lesson(title: str, steps: list[tuple[str, int, int]], cells: list[str]) -> str:
    prose = [f"# {title}", *(f"## {name}" for name, _, _ in steps[1:])]
    made = json.loads(nb.notebook(*prose, *cells, title=title, notes=["Say: wait."]))
    for cell, (name, minutes, cut) in zip(made["cells"], steps, strict=False):
        cell["metadata"]["step"] = {"name": name, "minutes": minutes, "cut": cut}
    made["metadata"]["minutes"] = sum(minutes for _, minutes, _ in steps)
    return json.dumps(made)


@dataclass
class Evening:
    """Everyone who is there."""

    served: Served
    leader: Phone
    second: Phone
    wall: Phone
    phones: list[Phone]
    began: float
    private: str = field(default_factory=lambda: f"eigen{secrets.token_hex(8)}")
    told: str = field(default_factory=lambda: f"wort{secrets.token_hex(8)}")

    def everyone(self) -> list[Phone]:
        return [self.leader, self.second, self.wall, *self.phones]

    def keep(self, one: Phone, name: str) -> None:
        if folder := os.environ.get("REHEARSAL_PICTURES"):
            one.page.screenshot(path=Path(folder) / f"{name}.png")

    def time_is(self, minute: int, here: int = 0) -> None:
        """Set the time in the tab that knows it: of the session, and in this line."""
        self.leader.page.evaluate(
            """([minute, here]) => { const pace = beyond.store.get("pace");
            pace.began = Date.now() - minute * 60000;
            pace.entered = Date.now() - here * 60000;
            beyond.store.set("pace", pace); }""",
            [minute, here],
        )

    def turn(self, name: str) -> None:
        """Press N, and see the page, the run-sheet and the wall turn."""
        self.leader.page.keyboard.press("n")
        expect(self.leader.page.locator("#now-title")).to_have_text(name)
        expect(self.leader.page.locator("[aria-current=step]")).to_contain_text(name)
        at = self.wall.page.get_by_role("heading", name=name, exact=True)
        expect(at.filter(visible=True)).to_be_visible()

    def answer(self, name: str, answers: list[dict]) -> None:
        """Answer from wherever a phone is, as its widgets do."""
        for phone, answer in zip(self.phones, answers, strict=True):
            phone.page.wait_for_function(
                "n => typeof beyond === 'object' && "
                "beyond.question(n)?.phase === 'collecting'",
                arg=name,
            )
            phone.page.evaluate("([n, a]) => beyond.answer(n, a)", [name, answer])


@pytest.fixture(scope="module")
def evening(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Evening]:
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"),
        **{name: lesson(title, steps, cells) for name, title, steps, cells in PLAN},
    )
    with serve("--lessons", str(folder), "--title", "Thursday group") as served:
        pages = {}
        for name in ("facilitate", "assist", "wall"):
            pages[name] = Phone(browser, served, **WIDE)
            pages[name].page.goto(getattr(served, name))
        phones = [Phone(browser, served) for _ in range(8)]
        one = Evening(served, *(pages[p] for p in pages), phones, began=time.time() - 1)
        yield one
        for phone in one.everyone():
            phone.close()


def test_the_plan_takes_ninety_minutes() -> None:
    assert sum(minutes for _, _, steps, _ in PLAN for _, minutes, _ in steps) == 90


def test_the_room_opens_when_the_leader_has_ticked_every_line(evening: Evening) -> None:
    page = evening.leader.page
    expect(page.locator("#preflight li").first).to_be_visible()
    page.get_by_role("button", name="Open the room").click()
    expect(page.locator("#checklist-said")).to_contain_text("aren’t ticked yet")
    page.keyboard.press("n")
    expect(page.locator("#desk")).to_be_hidden()
    assert evening.served.health()["room"] == "lobby"
    evening.keep(evening.leader, "01-before")
    for phone in evening.phones[:7]:
        phone.join()

    open_room(page, keep=True)

    expect(evening.phones[0].page.locator("#keeps")).to_be_visible()
    assert page.locator("#sheet li").count() == len(ROWS)
    kept = page.evaluate("JSON.stringify(Object.values(sessionStorage))")
    assert "checklist" not in kept
    assert "trained" not in kept


def test_people_arrive_and_ground_themselves(evening: Evening) -> None:
    evening.turn("Arrive")
    expect(evening.leader.page.locator("#clock")).to_contain_text("On time")
    evening.time_is(8)
    evening.turn("Ground me")
    evening.leader.page.keyboard.press("b")
    for phone in evening.phones[:7]:
        expect(phone.page.locator("dialog#breathe")).to_be_visible()
    expect(evening.wall.page.locator("[data-scene=breathe]")).to_be_visible()
    expect(evening.wall.page.locator("#corner")).to_be_hidden()
    evening.keep(evening.wall, "02-breathe")
    evening.phones[0].page.get_by_role("button", name="Back to my page").click()
    evening.leader.page.keyboard.press("b")
    for phone in evening.phones[:7]:
        expect(phone.page.locator("dialog#breathe")).to_be_hidden()
    evening.time_is(13)


def test_a_question_is_asked_and_shown_to_all_alike(evening: Evening) -> None:
    evening.turn("We all know this")
    for phone in evening.phones[:2]:
        phone.page.locator("#ribbon [data-follow]").click()
        phone.page.get_by_role("link", name=SAY["come_along"]).click()
        phone.page.locator("body[data-ready]").wait_for(timeout=120_000)
    evening.leader.page.keyboard.press("c")
    card = evening.phones[0].page.locator(".together")
    expect(card).to_contain_text("The leader may save a copy of the picture, in words.")
    card.get_by_text("Who sees what").first.click()
    expect(card.get_by_role("link")).to_have_attribute("href", re.compile(r"^/rules\?"))
    evening.phones[7].join()  # who comes late is told two lines
    expect(evening.phones[7].page.locator("#so-far")).to_contain_text("Welcome")
    expect(evening.phones[7].page.locator("#now-at")).to_contain_text("We all know")
    evening.keep(evening.phones[7], "03-late")
    evening.answer("where", [{"value": n % 3, "mine": n % 3} for n in range(8)])
    expect(evening.leader.page.locator("#ready")).to_have_text("Most of us are ready.")
    evening.keep(evening.leader, "04-ready")

    evening.leader.page.keyboard.press("r")

    sentences = set()
    for one in (evening.leader, evening.wall, *evening.phones[:2]):
        one.page.locator(".picture .answer").wait_for()
        sentences.add(one.page.locator(".picture .answer").inner_text())
    assert len(sentences) == 1
    evening.keep(evening.wall, "05-shown")
    evening.leader.page.keyboard.press("h")
    expect(evening.wall.page.locator(".picture")).to_be_hidden()


def test_who_is_late_is_told_what_to_leave_out(evening: Evening) -> None:
    evening.time_is(20)
    evening.turn("Look")
    for phone in evening.phones[:2]:  # they asked for it
        phone.page.wait_for_url(re.compile("lesson/c_body"))
    evening.leader.page.keyboard.press("f")
    asked = evening.leader.page.locator("#confirm")
    asked.get_by_role("button", name="Let everyone move freely").click()
    expect(evening.phones[3].page.get_by_text(SAY["freely"])).to_be_visible()
    evening.time_is(34, here=14)
    evening.leader.page.reload()
    expect(evening.leader.page.locator("#clock")).to_contain_text(
        "34 minutes in. About six minutes behind the plan."
    )
    expect(evening.leader.page.locator("#cut")).to_have_text(
        "To finish on time, leave out “Zoom in”."
    )
    evening.keep(evening.leader, "06-late")


def test_the_line_that_may_go_is_left_out(evening: Evening) -> None:
    evening.time_is(35)
    evening.leader.page.locator("#sheet button").filter(has_text="The loop").click()

    expect(evening.leader.page.locator("#now-title")).to_have_text("The loop")
    expect(evening.leader.page.locator("#clock")).to_contain_text("On time")
    together = SAY["together"].format(title="The loop")
    expect(evening.phones[3].page.get_by_text(together)).to_be_visible()


def test_a_signal_is_seen_to_by_the_second_adult(evening: Evening) -> None:
    asks = evening.phones[4].page
    asks.get_by_role("button", name="Signal").click()
    asks.get_by_role("button", name=re.compile("I need a break")).click()
    for one in (evening.leader, evening.second):
        expect(one.page.locator("#signals")).to_contain_text("Someone needs a break")
    evening.keep(evening.second, "07-second")

    evening.second.page.get_by_role("button", name="I’ve seen it").click()

    coming = SAY["signal_on_it"]["cofacilitator"]["break"]
    expect(asks.get_by_text(coming)).to_be_visible()
    for one in (evening.leader, evening.second):
        taken = "Taken by the second adult · a break"
        expect(one.page.locator("#signals")).to_contain_text(taken)
    evening.leader.page.locator("#signals").get_by_role("button").click()
    for one in (evening.leader, evening.second):
        expect(one.page.locator("#signals li")).to_have_count(0)
    asks.keyboard.press("Escape")


def test_a_pause_is_calm_everywhere_and_a_reload_loses_no_place(
    evening: Evening,
) -> None:
    evening.time_is(45)
    evening.turn("A break")
    evening.leader.page.keyboard.press("p")
    for one in (evening.wall, *evening.phones):
        heading = one.page.get_by_role("heading", name="A pause.")
        expect(heading.filter(visible=True)).to_be_visible()
    evening.keep(evening.phones[5], "08-pause")
    evening.leader.page.reload()
    expect(evening.leader.page.locator("#now-title")).to_have_text("A break")
    evening.leader.page.keyboard.press("p")
    expect(
        evening.phones[5].page.get_by_role("heading", name="A pause.")
    ).to_be_hidden()


def test_words_are_read_before_they_are_shown(evening: Evening) -> None:
    evening.time_is(50)
    evening.turn("Name it")
    for phone in evening.phones[:2]:
        phone.page.wait_for_url(re.compile("lesson/f_name"))
        phone.page.locator("body[data-ready]").wait_for(timeout=120_000)
    evening.leader.page.keyboard.press("c")
    words = ["hollow", "small", evening.told, "tell Ana", "sad", "angry", "ok", "tired"]
    evening.answer("named", [{"text": word, "mine": word} for word in words])
    evening.leader.page.get_by_role("button", name="Stop writing and read").click()
    queue = evening.second.page.locator("#queue li")
    expect(queue).to_have_count(len(words))
    expect(evening.wall.page.locator(".board li")).to_have_count(0)
    hinted = queue.filter(has_text="tell Ana")
    expect(hinted.locator(".hint:not(.danger)")).to_contain_text("Ana")
    evening.keep(evening.second, "09-queue")
    hinted.get_by_role("button", name="Rephrase").click()
    hinted.locator("textarea").fill("let down")
    hinted.get_by_role("button", name="Show").click()
    expect(queue).to_have_count(len(words) - 1)
    queue.filter(has_text=evening.told).get_by_role("button", name="Leave out").click()
    expect(queue).to_have_count(len(words) - 2)

    evening.second.page.get_by_role("button", name="Show all of them").click()

    board = evening.wall.page.locator(".picture")
    expect(board).to_contain_text("let down")
    expect(board).to_contain_text("hollow")
    expect(board).not_to_contain_text("Ana")
    expect(board).not_to_contain_text(evening.told)
    evening.keep(evening.wall, "10-words")
    evening.leader.page.keyboard.press("h")


def test_what_one_writes_alone_stays_alone(evening: Evening) -> None:
    evening.turn("Sam first")
    page = evening.phones[0].page
    page.wait_for_url(re.compile("lesson/g_thought"))
    page.locator("body[data-ready]").wait_for(timeout=120_000)
    page.locator(".note-to-self textarea").fill(evening.private)
    page.get_by_role("button", name="Keep it").click()
    for name, minute in (("Kindness break", 70), ("One step", 76), ("Close", 84)):
        evening.time_is(minute)
        evening.turn(name)
    evening.time_is(90, here=6)
    expect(evening.leader.page.locator("#turn")).to_have_text("End the workshop…")
    evening.leader.page.reload()
    expect(evening.leader.page.locator("#clock")).to_contain_text("90 minutes in")


def test_what_may_be_saved_is_what_everyone_saw(evening: Evening) -> None:
    page: Page = evening.leader.open_tab()
    page.goto(f"{evening.served.join}facilitate/export")
    expect(page.get_by_role("heading", name=re.compile("Where have"))).to_be_visible()
    assert violations(page) == []
    evening.keep(evening.leader, "11-console-at-the-end")
    with page.expect_download() as saving:
        page.get_by_role("link", name="Save as a table").click()
    lines = list(csv.reader(io.StringIO(saving.value.path().read_text("utf-8-sig"))))
    with page.expect_download() as saving:
        page.get_by_role("link", name="Save as a page").click()
    whole = saving.value.path().read_text("utf-8")

    assert {line[1] for line in lines[1:]} == {"Where have people you know met a no?"}
    assert "Where have people you know met a no?" in whole
    for secret in (evening.told, evening.private, "hollow", "script"):
        assert secret not in whole
    page.close()


def test_the_end_makes_the_room_forget(evening: Evening) -> None:
    page = evening.leader.page
    page.get_by_role("button", name="End…").click()
    expect(page.locator("#end-kept")).to_be_visible()
    page.get_by_role("button", name="End and forget").click()

    expect(page.locator("#receipt")).to_contain_text("8 seats")
    expect(evening.second.page.locator("#receipt")).to_be_visible()
    evening.keep(evening.leader, "12-receipt")
    for phone in evening.phones:
        heading = phone.page.get_by_role("heading", name=SAY["ended"])
        expect(heading).to_be_visible()
    kept = page.evaluate("Object.keys(sessionStorage)")
    assert "beyond:kept" not in kept
    mine = {"Cookie": evening.served.cookie()}
    export = evening.served.ask("GET", "facilitate/export.csv", **mine)
    assert export.status == 404


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux")
def test_after_the_end_no_word_is_found_on_disk_and_no_private_one_in_memory(
    evening: Evening,
) -> None:
    process = psutil.Process(evening.served.process.pid)
    until(lambda: evening.served.health()["kernels"] == 0, what="the kernels to end")
    everyone = [process, *process.children(recursive=True)]
    found = set[str]().union(*(in_memory(p, evening.private) for p in everyone))

    assert in_memory(process, evening.served.key()), "the scanner finds the key"
    assert found == set()
    home = Path.home()
    folders = [REPO, Path("/tmp"), home / ".ipython", home / ".local/share/jupyter"]
    for secret in (evening.private, evening.told):
        assert on_disk(secret, evening.began, folders) == []
        assert secret not in "".join(evening.served.log)


def test_nobody_left_this_machine_and_nothing_went_wrong(evening: Evening) -> None:
    for one in evening.everyone():
        assert one.asked_elsewhere() == []
        assert one.errors == []
