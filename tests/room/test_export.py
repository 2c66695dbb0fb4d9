"""What the leader may take along: what everyone saw, if everyone was told."""

import csv
import io
import json

import pytest

from beyond_the_no.room import export, views
from beyond_the_no.room import messages as m
from beyond_the_no.room.activity import Declaration
from beyond_the_no.room.room import Room

LEADER = m.Role.FACILITATOR
POLL = Declaration(id="where", question="=Where?", options=("a", "b"), lesson="one")


def lead(room: Room, kind: str, **fields: object) -> None:
    room.apply(LEADER, m.read(json.dumps({"type": kind} | fields)))


def ask(room: Room, values: list[int | None]) -> None:
    lead(room, "collect", activity="where")
    round_ = room.activities["where"].round
    for value in values:
        said = {"type": "answer", "activity": "where", "round": round_, "value": value}
        room.apply(m.Role.PHONE, m.read(json.dumps(said)), room.join())


@pytest.fixture
def room() -> Room:
    made = Room(k=5)
    made.lessons = {"one": "Lesson one"}
    made.declare([POLL])
    return made


def test_nothing_is_kept_unless_everyone_was_told_at_the_opening(room: Room) -> None:
    lead(room, "open")
    ask(room, [0, 0, 0, 1, 1])
    lead(room, "reveal", activity="where")

    assert room.exported is None
    assert not views.state(room, m.Role.PHONE).keeps
    with pytest.raises(m.Refusal, match="already_begun"):
        lead(room, "open", keep=True)


def test_only_what_was_revealed_is_kept(room: Room) -> None:
    lead(room, "open", keep=True)
    assert all(views.state(room, role).keeps for role in m.Role)
    ask(room, [0, 0, 0, 1])
    with pytest.raises(m.Refusal):
        lead(room, "reveal", activity="where")
    assert room.exported == []
    ask(room, [1])
    lead(room, "reveal", activity="where")
    lead(room, "put_away", activity="where")

    (picture,) = room.exported
    assert picture.sentence == "About half of us said: a."
    assert dict(picture.rows) == {"a": "about half", "b": "a few or none"}


def test_a_table_has_a_line_for_each_row_and_no_formula(room: Room) -> None:
    lead(room, "open", keep=True)
    ask(room, [0, 0, 0, 1, 1])
    lead(room, "reveal", activity="where")

    lines = list(csv.reader(io.StringIO(export.table(room.exported))))

    assert [len(line) for line in lines] == [6, 6, 6]
    assert lines[1][:2] == ["Lesson one", "'=Where?"]


def test_what_was_kept_comes_back_after_a_restart_and_goes_with_the_end(
    room: Room,
) -> None:
    lead(room, "open", keep=True)
    ask(room, [0, 0, 0, 1, 1])
    lead(room, "reveal", activity="where")
    seen = json.loads(views.state(room, LEADER).model_dump_json())["shown"]
    again = Room(k=5)
    lead(again, "restore", phase="open", shown=seen)
    assert again.exported == room.exported

    lead(again, "end")
    assert again.exported is None
    assert views.state(again, LEADER).shown is None
