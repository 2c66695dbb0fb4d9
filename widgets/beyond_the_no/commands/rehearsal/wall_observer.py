"""Observer of the wall: records what everyone saw, and when."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ...room.declaration import WRITING
from ...room.plan import Plan
from . import answers
from .room_client import Message, RoomClient


@dataclass(frozen=True)
class Event:
    """Something that everyone saw; ``at`` is in clock seconds since the opening."""

    at: float
    row: int | None
    text: str


@dataclass(frozen=True)
class LeftOpen:
    """The group went on to a row while people could still answer a question."""

    question: str
    name: str  # of that row
    thinking: int  # people who were about to answer


@dataclass
class Asked:
    """What became of one question.

    ``shown`` counts pictures, or boards with texts; ``headed`` tells for how many clock
    seconds it was the wall's heading in each row.
    """

    question: str
    headed: dict[int | None, float] = field(default_factory=dict)
    collected: int = 0
    shown: int = 0
    texts: list[str] = field(default_factory=list)


class WallObserver:
    """Records what the wall shows, from the opening to the end."""

    def __init__(self, port: int, key: str, plan: Plan) -> None:
        self.plan = plan
        self.events: list[Event] = []
        self.spent: dict[int, float] = {}  # row: clock seconds
        self.asked: dict[str, Asked] = {}
        self.seen: set[str] = set()  # phases and buttons that were used
        self.published: list[Message] = []
        self.on_row: Callable[[int], None] = lambda row: None
        self.on_shown: Callable[[str, int], None] = lambda name, round: None
        self.thinking: Callable[[str], int] = lambda name: 0
        self.left_open: list[LeftOpen] = []
        self.row: int | None = None
        self.ended = False
        self.client = RoomClient(port, "wall", key=key)
        self.client.on_message = self._on_message
        self._before: Message = {}
        self._began: float | None = None
        self._stopped_at: float | None = None
        self._entered = 0.0
        self._heading = ""  # the question that heads the wall
        self._headed_from = 0.0

    def _on_message(self, message: Message) -> None:
        if message["type"] != "state":
            return
        before, self._before = self._before, message
        if message["phase"] == "lobby" or self.ended:
            return
        if self._began is None:
            self._began = time.monotonic()
            self._note("opened")
        self._add_up_heading()
        if message["phase"] == "ended":
            self.leave_row()
            self.ended = True
            self._stopped_at = time.monotonic()
            self._note("ended")
            return
        self.published.append(message)
        self._place(before, message)
        self._buttons(before, message)
        self._questions(before, message)
        self._heading = _heading(message)

    @property
    def now(self) -> float:
        """Clock seconds since the opening."""
        return 0.0 if self._began is None else time.monotonic() - self._began

    @property
    def stopped_at(self) -> float:
        """When it ended, or now (as `time.monotonic` tells it)."""
        return self._stopped_at or time.monotonic()

    @property
    def whole(self) -> float:
        """Clock seconds from the opening to the last thing that was seen."""
        return self.events[-1].at if self.events else 0.0

    def _note(self, kind: str, **parts: Any) -> None:
        text = answers.words()["on_screen"][kind].format(**parts)
        self.events.append(Event(self.now, self.row, text))
        self.seen.add(kind)

    def leave_row(self) -> None:
        """Add up the time that was spent in the row that is left."""
        if self.row is not None:
            spent = self.now - self._entered
            self.spent[self.row] = self.spent.get(self.row, 0) + spent
        self._entered = self.now

    def _add_up_heading(self) -> None:
        """Add up the time for which a question headed the wall, in this row."""
        if about := self.asked.get(self._heading):
            seconds = self.now - self._headed_from
            about.headed[self.row] = about.headed.get(self.row, 0.0) + seconds
        self._headed_from = self.now

    def _place(self, before: Message, now: Message) -> None:
        def place(state: Message) -> list[Any]:
            return [state.get(part) for part in ("lesson", "step", "name")]

        if place(now) == place(before) or now["name"] is None:
            return
        here = tuple(place(now))
        rows = [
            row
            for row, step in enumerate(self.plan.steps)
            if (step.lesson, step.step, step.name) == here
        ]
        ahead = [row for row in rows if self.row is None or row > self.row]
        self.leave_row()
        self.row = next(iter(ahead or rows), None)
        self._note("turn", name=now["name"])
        for question in before.get("questions", ()):
            if question["phase"] == "collecting":
                about = question["question"], now["name"]
                self.left_open.append(LeftOpen(*about, self.thinking(question["id"])))
        if self.row is not None:
            self.spent.setdefault(self.row, 0)
            self.on_row(self.row)

    def _buttons(self, before: Message, now: Message) -> None:
        paused = [state.get("phase") == "paused" for state in (before, now)]
        if paused[0] != paused[1]:
            self._note("paused" if paused[1] else "resumed")
        for name, on, off in (
            ("breathing", "breathing", "breathed"),
            ("freely", "freely", "together"),
        ):
            if bool(before.get(name)) != bool(now[name]):
                self._note(on if now[name] else off)

    def _questions(self, before: Message, now: Message) -> None:
        known = {q["id"]: q for q in before.get("questions", ())}
        there = {q["id"]: q for q in now["questions"]}
        asked = any(q["phase"] == "collecting" for q in now["questions"])
        for name in known.keys() - there.keys():
            if not asked:  # else it gave way, which the next line tells
                self._note("idle", question=known[name]["question"])
        for name, question in there.items():
            self._question(known.get(name, {}), question)

    def _question(self, before: Message, now: Message) -> None:
        about = self.asked.setdefault(now["id"], Asked(now["question"]))
        phase, question = now["phase"], now["question"]
        writes = now["kind"] in WRITING
        if (phase, now["round"]) != (before.get("phase"), before.get("round")):
            kind = "closed" if writes and phase == "revealed" else phase
            if kind == "collecting" and about.collected:
                kind = "collecting_again"
            about.collected += phase == "collecting"
            sentence = (now["snapshot"] or {}).get("sentence", "")
            self._note(kind, question=question, sentence=sentence)
            if phase == "revealed":
                about.shown += not writes
                self.on_shown(now["id"], now["round"])
        texts = [t["text"] for t in (now["snapshot"] or {}).get("texts", ())]
        if len(texts) > len(about.texts):
            more = len(texts) - len(about.texts)
            about.texts, about.shown = texts, about.shown + 1
            self._note("texts", n=more, question=question)


def _heading(state: Message) -> str:
    """Name the question that heads the wall, as `wall.js` chooses it; "" if none does.

    A pause has no heading, and while all can move freely the group is in no row.
    """
    if state["phase"] == "paused" or state["freely"]:
        return ""
    shown = (q["id"] for q in state["questions"] if q["phase"] != "held")
    return str(next(shown, ""))
