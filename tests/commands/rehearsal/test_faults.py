"""A rehearsal's report finds what went wrong, and nothing where nothing did."""

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from beyond_the_no.commands.rehearsal import findings
from beyond_the_no.commands.rehearsal.simulated_people import Sent
from beyond_the_no.commands.rehearsal.wall_observer import WallObserver
from beyond_the_no.room import messages as m
from beyond_the_no.room import views
from beyond_the_no.room.declaration import Declaration
from beyond_the_no.room.plan import Plan, Step
from beyond_the_no.room.room import Room

from .conftest import PEOPLE, Alone, alone

AGES = 1e9  # times as fast: a moment on the wall is long
ASKED = {0: "first", 1: "second"}
ASIDE = "typed"  # no row of the plan has it
FAULTS = {
    "a signal unanswered": r"sent a signal \(slow down\), and nothing came back",
    "a signal lost": "the room never said that it had arrived",
    "turned with a question open": "while “[^”]+” was still open",
    "a heading of another row": "While the group was at “[^”]+”, the wall showed",
    "a row too long": r"took \d+ minutes\. The plan gives it \d",
}


class Walk:
    """A real room that a test leads through three rows, and who watches its wall."""

    def __init__(self) -> None:
        names = ("One", "Two", "Three")
        steps = [
            Step(name=name, minutes=5, lesson="all", step=at)
            for at, name in enumerate(names)
        ]
        self.plan = Plan(title="Tiny", steps=tuple(steps))
        self.room = Room()
        self.room.lessons = {"all": "All"}
        self.room.follow(self.plan)
        for name in (*ASKED.values(), ASIDE):
            options, question = ("a", "b"), f"Which {name}?"
            about = Declaration(
                id=name, kind="poll", lesson="all", question=question, options=options
            )
            self.room.declare([about])
        self.seats = [self.room.join() for _ in range(6)]
        self.wall = WallObserver(1, "", self.plan)
        self.lead("open")
        self.lead("turn", row=0)

    def lead(self, kind: str, **fields: Any) -> None:
        message = m.read(json.dumps({"type": kind, **fields}))
        self.room.apply(m.Role.FACILITATOR, message)
        seen = views.state(self.room, m.Role.WALL).model_dump(mode="json")
        self.wall._on_message(seen)

    def ask(self, name: str) -> None:
        self.lead("collect", activity=name)
        for value, seat in enumerate(self.seats):
            said = m.Answer(type="answer", activity=name, round=1, value=value % 2)
            self.room.apply(m.Role.PHONE, said, seat)

    def found(self) -> list[str]:
        at: Any = SimpleNamespace(
            wall=self.wall,
            plan=self.plan,
            options=SimpleNamespace(speed=AGES),
            planned_questions=lambda: {row: {name} for row, name in ASKED.items()},
        )
        return [*findings._turns(at), *findings._headings(at)]


def test_who_puts_away_before_she_turns_hears_nothing() -> None:
    walk = Walk()
    for row, name in ASKED.items():
        walk.lead("turn", row=row)
        walk.ask(name)
        walk.lead("reveal", activity=name)
        walk.lead("put_away", activity=name)
    walk.lead("turn", row=2)
    walk.lead("end")

    assert walk.found() == []


@pytest.mark.parametrize("thinking", [0, 4])
def test_a_turn_with_a_question_open_is_found(thinking: int) -> None:
    walk = Walk()
    walk.wall.thinking = lambda name: thinking if name == "first" else 99
    walk.ask("first")
    walk.lead("turn", row=1)
    walk.lead("put_away", activity="first")
    walk.lead("end")

    said = walk.found()[0]
    assert said.startswith("You turned to “Two” while “Which first?” was still open")
    assert ("4 of the simulated people" in said) == bool(thinking)


def test_a_question_that_stays_on_the_wall_is_found_and_named_once() -> None:
    """The room takes it off when the group moves; here it does not, as it once did."""
    walk = Walk()
    walk.room._give_way = lambda *_: None  # type: ignore[method-assign]
    walk.ask("first")
    walk.lead("reveal", activity="first")
    walk.lead("turn", row=1)
    walk.lead("pause")
    walk.lead("resume")
    walk.lead("put_away", activity="first")
    walk.lead("end")

    (said,) = walk.found()
    assert "at “Two”, the wall showed “Which first?”, which belongs to “One”" in said


@pytest.mark.parametrize(("name", "faults"), [("first", 1), (ASIDE, 0)])
def test_a_question_that_is_asked_in_another_row_is_found(
    name: str, faults: int
) -> None:
    walk = Walk()
    walk.lead("turn", row=2)
    walk.ask(name)
    walk.lead("reveal", activity=name)
    walk.lead("put_away", activity=name)
    walk.lead("end")

    found = walk.found()
    assert len(found) == faults
    assert all("at “Three”, the wall showed" in said for said in found)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (Sent("slow", 0, seen=5, heard=True, closed=True), ""),
        (Sent("slow", 0, seen=5, heard=True), "stayed open until the end"),
        (Sent("slow", 0, seen=50, heard=True), "was answered after 50 seconds"),
        (Sent("slow", 0, heard=True), "nothing came back: it waited 90 seconds"),
        (Sent("slow", 0), "the room never said that it had arrived"),
    ],
)
def test_what_became_of_a_signal_is_told(sent: Sent, says: str) -> None:
    wall = SimpleNamespace(stopped_at=90)
    at: Any = SimpleNamespace(wall=wall, people=[SimpleNamespace(signals=[sent])])

    found = " ".join(findings._signals(at))

    assert says in found
    assert bool(found) == bool(says)


@pytest.mark.parametrize(
    ("minutes", "says"),
    [(5, ""), (5.9, ""), (6.2, "“Two” took 6 minutes. The plan gives it 5")],
)
def test_a_row_that_takes_longer_than_its_plan_is_found(
    minutes: float, says: str
) -> None:
    plan = Walk().plan
    spent = {0: 300.0, 1: minutes * 60, 2: 240.0}
    wall, options = SimpleNamespace(spent=spent), SimpleNamespace(speed=1)
    at: Any = SimpleNamespace(wall=wall, plan=plan, options=options)

    found = " ".join(findings._rows(at))

    assert says in found
    assert bool(found) == bool(says)


def looked_at(report: str) -> str:
    return re.split("<h2>", report)[1]


def test_a_calm_leader_makes_none_of_these_faults(by_itself: Alone) -> None:
    found = looked_at(by_itself.report)
    faults = FAULTS.keys() - {"a row too long"}  # a busy machine may keep nobody's time

    assert [fault for fault in faults if re.search(FAULTS[fault], found)] == []
    assert "led by a simulated leader." in by_itself.report
    assert "as planned" not in by_itself.report


def test_a_hurried_leader_makes_them_and_each_is_found(tmp_path: Path) -> None:
    hurried = alone(tmp_path, "--people", str(PEOPLE), "--leader", "hurried")
    found = looked_at(hurried.report)

    missing = [fault for fault, said in FAULTS.items() if not re.search(said, found)]
    assert missing == ["a signal lost"], found
    assert "led by a simulated leader in a hurry" in hurried.report
    assert "over</td>" in hurried.report
