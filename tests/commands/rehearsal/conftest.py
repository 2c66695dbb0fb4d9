"""Rehearsals of a tiny plan: one that leads itself, and some that a test leads."""

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from beyond_the_no.room.declaration import Declaration
from support import small_lessons as nb
from support.room_line import KeyLine
from support.served import Served, start_kit, until

SEED = 7
PEOPLE = 12
SPEED = 180
ALL = "from beyond_the_no.together import *"
OPTIONS = ["One", "Two", "Three"]
DECLARED = {
    "first": 'Poll("first", "Which first?", ["One", "Two", "Three"], sensitive=False)',
    "second": """Poll("second", "Which of these?", ["One", "Two", "Three"],
    many=True, sensitive=False)""",
    "talk": 'Pairs("talk", "What does a kind no sound like?")',
    "weather": 'Scale("weather", "What is your weather right now?")',
    "rounds": 'TwoRounds("rounds", "What is most likely?", ["Busy", "Upset", "Lost"])',
    "posts": 'Guess("posts", "How many get no answer?", 62, unit="%", source="a test")',
    "named": 'WordBoard("named", "One word for how rejection feels")',
    "helped": 'Texts("helped", "What helped, a little?")',
    "laid": 'Dots("laid", "What helps most?", ["One", "Two", "Three"])',
    "place": 'Place("place", "Where would you expect it?")',
    "fewer": 'Ideas("fewer", "What could a group do?")',
    "ask_us": 'Questions("ask_us", "What would you like to ask?")',
    "breath": 'Breathe("breath")',
    "bring": 'Includer("bring")',
}
MINUTES = 4  # of each row
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth + 1"


def write(folder: Path) -> tuple[Path, Path]:
    """One lesson with a step for each kind, and its plan."""
    steps = ["Arrive", *DECLARED, "Close"]
    cells = [f"# All\n\n{steps[0]}"]
    for name in steps[1:]:
        cells.append(f"## {name}")
        if name in DECLARED:
            cells.append(f"{ALL}\n{DECLARED[name]}")
    made = json.loads(nb.notebook(*cells, title="All"))
    prose = [cell for cell in made["cells"] if cell["cell_type"] == "markdown"]
    for cell, name in zip(prose, steps, strict=True):
        cell["metadata"]["step"] = {"name": name, "minutes": MINUTES}
    lessons = nb.write(
        folder / "lessons",
        a_door=nb.notebook("# The door", title="The door"),
        b_all=json.dumps(made),
    )
    rows = [("a_door", "", 2), *(("b_all", cell["id"], MINUTES) for cell in prose)]
    text = f'title = "Tiny"\nminutes = {sum(minutes for _, _, minutes in rows)}\n'
    for lesson, at, minutes in rows:
        named = f'at = "{at}"\n' if at else ""
        text += f'[[row]]\nlesson = "{lesson}"\n{named}minutes = {minutes}\n'
    plan = folder / "tiny.toml"
    plan.write_text(text, "utf-8")
    return lessons, plan


@dataclass
class Rehearsed(Served):
    """A rehearsal that runs, or has ended."""

    folder: Path = Path()
    said: list[str] = field(default_factory=list)  # on the command line

    @property
    def report(self) -> Path:
        return self.folder / "rehearsal.html"

    def ends(self, seconds: float = 90) -> int:
        return self.process.wait(seconds)


@contextmanager
def rehearse(folder: Path, *options: str) -> Iterator[Rehearsed]:
    """Start a rehearsal; it is ended, if it has not ended by itself."""
    lessons, plan = write(folder)
    (folder / "tmp").mkdir()
    fixed = ["--json", "--no-browser", "--no-load", "--lessons", str(lessons)]
    fixed += ["--plan", str(plan), "--seed", str(SEED), "--speed", str(SPEED)]
    process = start_kit(
        ["rehearse", *fixed, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=os.environ | {"TMPDIR": str(folder / "tmp")},
    )
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(process.stderr.read())
    it = Rehearsed(process, json.loads(line), folder=folder)
    for kept, stream in ((it.log, process.stderr), (it.said, process.stdout)):
        listening = threading.Thread(target=kept.extend, args=(stream,), daemon=True)
        listening.start()
    try:
        yield it
    finally:
        it.stop()


def watched(at: Rehearsed) -> dict[str, KeyLine]:
    """The wall, and a second look over the leader's shoulder."""
    return {role: KeyLine(at, role) for role in ("wall", "facilitator")}


def checked(at: Rehearsed) -> None:
    """Wait until every lesson was run: the questions are known then."""

    def all_run() -> bool:
        health = at.health()
        return len(health["ready"]) == len(health["lessons"])

    until(all_run, 120, "the lessons to be run")


@dataclass
class Alone:
    """What a rehearsal that led itself left: what was heard, and its report."""

    wall: list[dict]
    leader: list[dict]
    report: str
    said: str
    log: str

    def snapshots(self, name: str) -> list[dict]:
        every = [q for s in self.wall for q in s["questions"] if q["id"] == name]
        return [q["snapshot"] for q in every if q["snapshot"]]


def alone(folder: Path, *options: str) -> Alone:
    with rehearse(folder, "--by-itself", *options) as it:
        lines = watched(it)
        assert it.ends() == 0, it.log
        until(lambda: all(line.closed for line in lines.values()))
        heard = {role: line.all("state") for role, line in lines.items()}
        said, log = "".join(it.said), "".join(it.log)
        report = it.report.read_text("utf-8")
        return Alone(heard["wall"], heard["facilitator"], report, said, log)


@pytest.fixture(scope="module")
def by_itself(tmp_path_factory: pytest.TempPathFactory) -> Alone:
    return alone(tmp_path_factory.mktemp("alone"), "--people", str(PEOPLE))


def declared(name: str) -> Declaration:
    """What a question of the tiny lesson is, as its widget declares it."""
    scope: dict = {}
    exec(f"{ALL}\nfound = {DECLARED[name]}", scope)
    return Declaration.model_validate(scope["found"].activity)
