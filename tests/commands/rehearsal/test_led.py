"""A rehearsal that somebody leads: the report tells what she did not do."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from beyond_the_no.commands.rehearsal import answers
from beyond_the_no.commands.rehearsal.simulated_people import personas
from support.room_line import KeyLine
from support.served import until

from .conftest import (
    MINUTES,
    PEOPLE,
    SEED,
    SPEED,
    Rehearsed,
    checked,
    declared,
    rehearse,
    watched,
)

WORRYING = answers.worrying()
LONG = 3.0  # seconds on the clock that a row is given, instead of one and a third


@dataclass
class Led:
    """What came of one that was led badly, on purpose."""

    queue: list[dict]
    board_before: list[str]
    board_after: list[str]
    stayed: float
    report: str


def board(wall: KeyLine) -> list[str]:
    shown = wall.question("helped")["snapshot"]
    return [text["text"] for text in shown["texts"]] if shown else []


def lead(at: Rehearsed) -> Led:
    """Stay too long, ask and not show, leave a signal, show what sounds like danger."""
    checked(at)
    lines = watched(at)
    leader, wall = lines["facilitator"], lines["wall"]
    leader.lead("open")
    leader.waits_for(lambda state: state["crowd"].startswith("ten"), "ten phones")
    began = time.monotonic()
    leader.lead("turn", row=1)
    leader.waits_for(lambda state: state["signals"], "a signal")
    until(lambda: time.monotonic() - began > LONG)
    leader.lead("turn", row=2)
    stayed = time.monotonic() - began
    leader.lead("collect", activity="first")
    leader.waits_for(lambda _: "Most" in leader.question("first")["ready"], "most")
    leader.lead("put_away", activity="first")
    leader.lead("turn", row=9)
    leader.lead("collect", activity="helped")
    leader.waits_for(lambda _: "Most" in leader.question("helped")["ready"], "texts")
    leader.lead("reveal", activity="helped")
    state = leader.waits_for(lambda _: leader.question("helped")["queue"], "the queue")
    (queue,) = [q["queue"] for q in state["questions"] if q["id"] == "helped"]
    wall.settle()
    before = board(wall)
    every = [{"id": text["id"], "looked": True} for text in queue]
    leader.lead("release", activity="helped", texts=every)
    wall.waits_for(lambda _: board(wall), "the board")
    after = board(wall)
    leader.send({"type": "end"})
    assert at.ends() == 0, at.log
    return Led(queue, before, after, stayed, at.report.read_text("utf-8"))


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Led]:
    with rehearse(tmp_path_factory.mktemp("led")) as it:
        yield lead(it)


def test_what_sounds_like_danger_is_on_the_wall_only_once_it_was_released(
    led: Led,
) -> None:
    waited = [text["text"] for text in led.queue]

    assert len(set(waited) & set(WORRYING)) == 1
    assert led.board_before == []
    assert sorted(led.board_after) == sorted(waited)
    assert "A text that sounds like danger was shown to the room" in led.report


def test_it_tells_the_minutes_that_a_row_really_took(led: Led) -> None:
    took = re.search(r"“Arrive” took (\d+) minutes\. The plan gives it 4", led.report)

    assert took
    assert abs(int(took[1]) - led.stayed * SPEED / 60) <= 1
    assert int(took[1]) > MINUTES


def test_it_names_the_question_that_was_asked_and_never_shown(led: Led) -> None:
    assert re.search(
        r"“Which first\?” was asked, \d+ people answered, and it", led.report
    )
    assert "“What helped, a little?” was asked" not in led.report


def test_it_names_the_signal_that_nobody_answered(led: Led) -> None:
    assert "Someone sent a signal (slow down), and nothing came back" in led.report


def test_it_names_the_rows_that_were_left_out_and_what_was_not_tried(led: Led) -> None:
    assert re.search(
        r"You didn’t turn to \d+ lines of the plan: .*“weather”", led.report
    )
    assert "You didn’t press Pause." in led.report
    assert "led by you" in led.report


def test_the_same_seed_writes_the_same_lines_whoever_leads(led: Led) -> None:
    about = declared("helped")
    written = Counter(
        answers.answer(about, seed=SEED, person=at, round=1, persona=who).get("text")
        for at, who in enumerate(personas(PEOPLE))
        if who != "leaves"
    )
    waited = Counter(text["text"] for text in led.queue)

    assert waited <= written
    assert waited.total() >= written.total() // 2


def test_a_rehearsal_is_on_this_laptop_only(tmp_path: Path) -> None:
    with rehearse(tmp_path, "--people", "1") as it:
        assert it.join.startswith("http://127.0.0.1:")
        assert it.get("rehearsal")[0] == 403
        status, page, headers = it.get(f"rehearsal?key={it.key()}")
        assert status == 200
        assert "Three phones for you" in page
        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
        KeyLine(it, "wall").waits_for(lambda state: state["phase"] == "lobby")
