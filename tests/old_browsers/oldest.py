"""A lesson, a poll and its reveal in the oldest Chromium that the README promises.

Not a part of ``make test``, because its wheel is large: ``make old-browsers``.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.room_line import KeyLine, PhoneLine
from support.served import Served, serve, until

PROMISED = 94
LESSON = "01_why_it_hurts"
QUESTION = "longer"
WINDOW = Path(__file__).with_name("window.py")


class Window:
    """An old browser's window, in a process of its own."""

    def __init__(self) -> None:
        quiet = {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1"}
        self.process = subprocess.Popen(
            [os.environ["OLD_PYTHON"], str(WINDOW)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | quiet,
        )
        self.errors: list[str] = []
        self.version: str = self._answer()["version"]

    def _answer(self) -> dict:
        line = self.process.stdout.readline()
        assert line, "the old browser has ended"
        return json.loads(line)

    def tell(self, **what: str) -> object:
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        answer = self._answer()
        self.errors = answer.get("errors", self.errors)
        return answer["came"]

    def goto(self, address: str) -> None:
        assert self.tell(goto=address), address

    def do(self, script: str) -> object:
        return self.tell(do=script)

    def sees(self, script: str, seconds: float = 60) -> None:
        until(lambda: self.do(f"Boolean({script})"), seconds, script)

    def press(self, within: str, words: str) -> None:
        """Press the button that begins with these words."""
        door = (
            f"[...document.querySelectorAll('{within} button')]"
            f".find((door) => door.textContent.startsWith('{words}'))"
        )
        self.sees(f"{door} && !{door}.disabled")
        self.do(f"{door}.click()")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve() as it:
        yield it


@pytest.fixture
def window() -> Iterator[Window]:
    one = Window()
    yield one
    one.process.stdin.close()
    one.process.wait(20)
    assert one.errors == []


@pytest.fixture
def leader(served: Served) -> Iterator[KeyLine]:
    line = KeyLine(served)
    line.waits_for(lambda state: state["questions"])
    line.lead("move", lesson=LESSON)
    yield line
    line.close()


def test_a_lesson_a_poll_and_its_reveal(
    window: Window, served: Served, leader: KeyLine
) -> None:
    assert int(window.version.split(".")[0]) == PROMISED
    window.goto(served.join)
    window.press("#welcome", "I’m in")
    window.sees("!document.getElementById('lobby').hidden")
    window.goto(f"{served.join}lesson/{LESSON}")
    window.sees("document.body.dataset.ready === 'yes'")
    assert window.do("document.querySelectorAll('.trouble:not([hidden])').length") == 0

    window.press(".beyond-explore", "Show me")
    answer = "document.querySelector('.beyond-explore output').textContent"
    before = window.do(answer)
    window.do(
        "[...document.querySelectorAll('.beyond-explore-tab')]"
        ".find((tab) => tab.textContent === 'Count studies')"
        ".querySelector('input').click()"
    )
    window.sees(f"{answer} !== {json.dumps(before)}")

    leader.lead("collect", activity=QUESTION)
    window.press(".together", "Join")
    window.sees("document.querySelector('.together input')")
    window.do("document.querySelector('.together input').click()")
    window.press(".together", "Done")
    window.sees("document.querySelector('.together-sent')")
    for _ in range(6):
        PhoneLine(served).answer(QUESTION, 0)
    leader.lead("reveal", activity=QUESTION)
    window.sees("document.querySelector('.together .picture li')")
    leader.lead("pause")
    window.sees("document.body.classList.contains('resting')")
    leader.lead("resume")
    window.sees("!document.body.classList.contains('resting')")
    leader.lead("put_away", activity=QUESTION)


@pytest.mark.parametrize("at", range(12))
def test_no_lesson_has_a_part_that_does_not_start(
    window: Window, served: Served, at: int
) -> None:
    lessons = sorted(served.health()["lessons"])
    if at >= len(lessons):
        pytest.skip("there are fewer lessons")
    window.goto(f"{served.join}lesson/{lessons[at]}")
    window.sees("document.body.dataset.ready === 'yes'")
    count = "document.querySelectorAll('.trouble:not([hidden])').length"
    assert window.do(count) == 0


def test_what_was_revealed_stands_on_the_wall(
    window: Window, served: Served, leader: KeyLine
) -> None:
    leader.lead("collect", activity=QUESTION)
    for _ in range(6):
        PhoneLine(served).answer(QUESTION, 0, round=leader.question(QUESTION)["round"])
    leader.lead("reveal", activity=QUESTION)
    window.goto(served.wall)
    window.sees("document.querySelector('#picture .reveal li')")
