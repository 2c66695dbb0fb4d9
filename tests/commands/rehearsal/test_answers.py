"""What simulated people answer is drawn by the seed, and is what the question takes."""

import json

import pytest

from beyond_the_no.commands.rehearsal import answers, simulated_leader
from beyond_the_no.commands.rehearsal.room_client import RoomClient
from beyond_the_no.commands.rehearsal.simulated_people import personas
from beyond_the_no.room import kinds
from beyond_the_no.room.declaration import SILENT, WRITING
from beyond_the_no.room.messages import Answer
from beyond_the_no.room.plan import Plan, Step
from support.loop import run

from .conftest import DECLARED, declared

ANSWERED = kinds.KINDS.keys() - SILENT
EVERYONE = list(enumerate(personas(40)))


def all_of(seed: int) -> list[answers.AnswerFields | None]:
    return [
        answers.answer(declared(name), seed=seed, person=at, round=1, persona=who)
        for name in DECLARED
        for at, who in EVERYONE
    ]


def test_the_tiny_lesson_has_every_kind() -> None:
    of_the_room = {"support"}  # which it asks by itself, of what was written
    asked = {declared(name).kind for name in DECLARED}
    assert asked == set(kinds.KINDS) - of_the_room


def test_the_same_seed_gives_the_same_answers_and_another_one_others() -> None:
    assert all_of(7) == all_of(7)
    assert all_of(7) != all_of(8)


@pytest.mark.parametrize("name", DECLARED)
def test_the_room_takes_what_they_say(name: str) -> None:
    about = declared(name)
    room = kinds.begin(about)
    room.collect()

    said = [
        answers.answer(about, seed=7, person=at, round=1, persona=who)
        for at, who in EVERYONE
    ]

    if about.kind in ("breathe", "includer"):
        assert said == [None] * len(said)
        return
    for (at, _), one in zip(EVERYONE, said, strict=True):
        words = {"type": "answer", "activity": name, "round": 1, "value": None} | one
        room.answer(str(at), Answer.model_validate(words))
    assert room.answered_count == len(EVERYONE)


def test_one_passes_everything_and_others_do_now_and_then() -> None:
    passes = [
        [answers.answer(declared(n), seed=s, person=at, round=1, persona=who)
         for n in ("first", "weather", "helped") for s in range(9)]
        for at, who in EVERYONE
    ]  # fmt: skip

    assert all(said == {} for said in passes[0])
    rest = [said for (_, who), row in zip(EVERYONE, passes, strict=True)
            for said in row if not who]  # fmt: skip
    assert 0.03 < rest.count({}) / len(rest) < 0.25


def test_what_a_later_lesson_asks_once_more_has_two_rows() -> None:
    first, weather = declared("first"), declared("weather")
    where = [("one", 0), ("two", 0), ("two", 1), ("two", 1), ("three", 0)]
    steps = [
        Step(name="Row", minutes=1, lesson=lesson, step=at) for lesson, at in where
    ]

    asked = simulated_leader.asked_in(
        Plan(steps=tuple(steps)),
        [("one", 0, weather), ("two", 1, first), ("two", 1, weather)],
    )

    assert asked == {0: [weather], 2: [first], 3: [weather]}


class Wire:
    """A line that keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def send(self, raw: str) -> None:
        self.sent.append(raw)


@pytest.mark.parametrize("kind", sorted(ANSWERED))
def test_a_pass_is_as_long_as_any_answer(kind: str) -> None:
    phone, wire = RoomClient(1), Wire()
    phone.state = {"questions": [{"id": "q", "kind": kind}]}
    phone._connection = wire

    async def speak() -> None:
        writes = answers.words()["writes"]
        await phone.hold("q")
        await phone.hold("q", value=3)
        await phone.hold("q", values=[1, 2])
        for text in (*writes["texts"], *writes["script"]["texts"]):
            await phone.hold("q", text=text)

    run(speak())

    lengths = {len(raw.encode()) for raw in wire.sent}
    assert lengths == {2048 if kind in WRITING else 512}
    assert "value" in json.loads(wire.sent[0])
