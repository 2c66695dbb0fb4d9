"""A question on a real phone while its lesson is saved, or the server starts again."""

import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from support import small_lessons as nb
from support.room_line import KeyLine, PhoneLine
from support.served import Phone, free_port, open_room, serve, until

pytestmark = pytest.mark.browser
OLD, NEW = ["Tea", "Soup", "Sleep"], ["A walk", "A talk"]


def lesson(options: list[str], kind: str = "Poll") -> str:
    imported = f"from beyond_the_no.together import {kind}"
    asked = f'{kind}("helped", "What helped?", {options})'
    return nb.notebook("# One", imported, asked, title="One")


def widget(page: Phone) -> Locator:
    return page.page.locator(".together:has(#together-helped)")


def choose(page: Phone, option: str) -> None:
    box = widget(page)
    box.get_by_role("button", name="Join").click()
    box.get_by_label(option).check()
    box.get_by_role("button", name="Done").click()
    expect(box.get_by_text("Done.", exact=True)).to_be_visible()


def answers(page: Phone) -> list[dict]:
    return [json.loads(f) for f in page.frames if '"type":"answer"' in f]


def test_a_page_asks_what_the_room_counts_before_and_after_the_lesson_was_saved(
    tmp_path: Path, phone: Callable[..., Phone]
) -> None:
    folder = nb.write(tmp_path / "lessons", one=lesson(OLD))
    with serve("--lessons", str(folder)) as served:
        leader = KeyLine(served)
        leader.waits_for(lambda state: state["questions"])
        leader.lead("move", lesson="one")
        leader.lead("collect", activity="helped")
        old, new = phone(served), phone(served)
        for page in (old, new):
            page.join()
        old.lesson("one")
        nb.write(folder, one=lesson(NEW))
        until(lambda: "A walk" in served.ask("GET", "lesson/one").text)

        new.lesson("one")  # a page that knows the new options, a room that asks the old
        choose(new, "Soup")
        expect(widget(new).get_by_label("A walk")).to_have_count(0)
        assert answers(new)[-1]["value"] == 1

        leader.lead("put_away", activity="helped")
        leader.lead("collect", activity="helped")
        assert leader.question("helped")["options"] == NEW
        choose(old, "A talk")  # and the other way round
        expect(widget(old).get_by_label("Soup")).to_have_count(0)
        assert answers(old)[-1]["value"] == 1
        leader.close()


def test_a_page_says_that_its_question_has_become_one_of_another_kind(
    tmp_path: Path, phone: Callable[..., Phone]
) -> None:
    folder = nb.write(tmp_path / "lessons", one=lesson(OLD))
    with serve("--lessons", str(folder)) as served:
        leader = KeyLine(served)
        leader.waits_for(lambda state: state["questions"])
        page = phone(served)
        page.join()
        page.lesson("one")
        nb.write(folder, one=lesson(OLD, "TwoRounds"))
        until(
            lambda: (
                served.ask("GET", "lesson/one").text
                and leader.question("helped")["kind"] == "two_rounds"
            )
        )
        leader.lead("move", lesson="one")
        leader.lead("collect", activity="helped")

        expect(widget(page)).to_contain_text("The leader has changed this question.")
        page.lesson("one")
        choose(page, "Soup")
        leader.close()


def test_a_phone_says_what_it_was_shown_when_the_room_has_lost_it(
    tmp_path: Path, phone: Callable[..., Phone]
) -> None:
    """The server dies and the leader's page is lost: the same question comes again."""
    folder = nb.write(tmp_path / "lessons", one=lesson(OLD))
    port, key = free_port(), "the-same-key"
    options = ("--lessons", str(folder), "--key", key)
    with serve(*options, port=port) as served:
        leader = KeyLine(served)
        leader.waits_for(lambda state: state["questions"])
        leader.lead("move", lesson="one")
        leader.lead("collect", activity="helped")
        page = phone(served)
        page.join()
        page.lesson("one")
        choose(page, "Soup")
        for at in range(5):
            PhoneLine(served).answer("helped", at % 3)
        leader.lead("reveal", activity="helped")
        expect(widget(page).locator(".picture")).to_be_visible()
        assert answers(page)[-1]["shown"] == 0
        served.stop(signal.SIGKILL)

    with serve(*options, port=port) as served:
        leader = KeyLine(served)
        leader.waits_for(lambda state: state["questions"])
        leader.lead("open")
        leader.lead("move", lesson="one")
        leader.lead("collect", activity="helped")
        choose(page, "Tea")
        assert (answers(page)[-1]["shown"], answers(page)[-1]["round"]) == (1, 1)
        for at in range(4):
            PhoneLine(served).answer("helped", at % 3)
        reveal = {"type": "reveal", "activity": "helped"}

        assert leader.refusal(reveal) == "shown_before"
        PhoneLine(served).answer("helped", 2)
        leader.lead("reveal", activity="helped")
        expect(widget(page).locator(".picture")).to_be_visible()
        leader.close()


def test_the_leaders_page_brings_the_room_back_without_what_was_taken_out_meanwhile(
    tmp_path: Path, phone: Callable[..., Phone]
) -> None:
    folder = nb.write(tmp_path / "lessons", one=lesson(OLD))
    port, key = free_port(), "the-same-key"
    options = ("--lessons", str(folder), "--key", key)
    with serve(*options, port=port) as served:
        page = phone(served, viewport={"width": 1280, "height": 720})
        page.page.goto(served.facilitate)
        open_room(page.page)
        page.page.locator("#sheet button").first.click()
        page.page.get_by_role("button", name="Collect").click()
        page.page.get_by_role("button", name="Reveal").wait_for()
        served.stop(signal.SIGKILL)
    nb.write(folder, one=nb.notebook("# One", title="One"))

    with serve(*options, port=port) as served:
        wall = KeyLine(served, "wall")
        wall.waits_for(lambda state: state["phase"] == "open")
        wall.close()
