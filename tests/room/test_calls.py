"""A call is heard: what a phone is told of it, and when it goes, whatever happens."""

import json

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from beyond_the_no.room import messages as m
from beyond_the_no.room import views
from beyond_the_no.room.room import Phase, Room
from beyond_the_no.room.signals import KINDS, Note

LEADER, SECOND = m.Role.FACILITATOR, m.Role.COFACILITATOR
CALM = {"quiet river": [0, 0], "gentle garden": [1, 1]}


def say(room: Room, role: m.Role, what: str, token: str = "", **more: object) -> None:
    room.apply(role, m.read(json.dumps({"type": what} | more)), token)


def ask(room: Room, token: str, kind: str, calm: str = "quiet river") -> None:
    words = {"words": CALM[calm]} if kind == "checkin" else {}
    say(room, m.Role.PHONE, "signal", token, kind=kind, **words)


def shows(room: Room, role: m.Role = LEADER) -> None:
    """A page that can be seen has drawn what it was told."""
    shown = [[call.name, call.mark] for call in views.state(room, role).calls or ()]
    say(room, role, "seen", signals=shown)


def states(notes: list[Note]) -> list[tuple[str, str]]:
    return [(note.token, note.state) for note in notes]


@pytest.fixture
def room() -> Room:
    return Room(k=5)


@pytest.fixture
def one(room: Room) -> str:
    return room.join()


@pytest.fixture
def other(room: Room) -> str:
    return room.join()


def test_a_call_is_seen_when_a_page_has_shown_it_and_not_before(
    room: Room, one: str
) -> None:
    ask(room, one, "checkin")
    assert room.notes() == []
    assert states(room.call_status(one)) == [(one, "waits")]
    say(room, LEADER, "seen", signals=[["quiet river", "another mark"]])
    assert room.notes() == []

    shows(room)
    assert states(room.notes()) == [(one, "seen")]
    shows(room, SECOND)
    assert room.notes() == [], "she knows it already"


def test_who_asks_the_same_later_waits_until_that_was_shown(
    room: Room, one: str, other: str
) -> None:
    ask(room, one, "slow")
    before = views.state(room, LEADER).calls[0]
    shows(room)
    room.notes()
    ask(room, other, "slow")
    say(room, LEADER, "seen", signals=[[before.name, before.mark]])

    assert room.notes() == [], "that page showed it before she asked"
    shows(room)
    assert states(room.notes()) == [(other, "seen")]


@pytest.mark.parametrize(
    ("role", "taken"),
    [
        (LEADER, "Taken by the leader · Quiet River"),
        (m.Role.SECOND_LEADER, "Taken by the second leader · Quiet River"),
        (SECOND, "Taken by the second adult · Quiet River"),
    ],
)
def test_a_call_that_is_taken_stays_on_every_leaders_page_until_it_is_closed(
    room: Room, one: str, role: m.Role, taken: str
) -> None:
    ask(room, one, "checkin")
    say(room, role, "acknowledge", signal="quiet river")

    for page in (LEADER, SECOND):
        seen = views.state(room, page)
        assert [(call.say, call.taken) for call in seen.calls] == [(taken, role)]
        assert seen.signals == (), "nobody else needs to go"
    (note,) = room.notes()
    assert views.told(note) == views.OnIt(kind="checkin", by=role)

    say(room, LEADER, "done", signal="quiet river")
    assert views.state(room, SECOND).calls == ()
    assert states(room.notes()) == [(one, "closed")]


def test_only_one_of_them_goes(room: Room, one: str) -> None:
    ask(room, one, "break")
    say(room, SECOND, "acknowledge", signal="break")

    with pytest.raises(m.Refusal, match="no_such_signal"):
        say(room, LEADER, "acknowledge", signal="break")
    assert views.state(room, LEADER).calls[0].taken is SECOND


def test_nobody_is_told_that_somebody_comes_who_has_not_seen_her_call(
    room: Room, one: str, other: str
) -> None:
    ask(room, one, "checkin")
    say(room, SECOND, "acknowledge", signal="quiet river")
    ask(room, other, "checkin")  # by chance with the same two words

    assert [call.taken for call in views.state(room, LEADER).calls] == [None, SECOND]
    assert states(room.call_status(other)) == [(other, "waits")]
    assert other not in {note.token for note in room.notes()}
    say(room, LEADER, "done", signal="quiet river")
    assert [call.taken for call in views.state(room, LEADER).calls] == [None]


def test_a_phone_that_says_it_again_after_a_cut_line_stays_where_it_was(
    room: Room, one: str
) -> None:
    ask(room, one, "checkin")
    say(room, SECOND, "acknowledge", signal="quiet river")
    ask(room, one, "checkin")

    assert len(views.state(room, LEADER).calls) == 1
    assert states(room.call_status(one)) == [(one, "taken")]


def test_other_words_are_another_call(room: Room, one: str) -> None:
    ask(room, one, "checkin")
    ask(room, one, "checkin", "gentle garden")

    assert [call.name for call in room.calls] == ["gentle garden"]


def test_the_room_does_not_end_over_the_head_of_somebody_who_waits(
    room: Room, one: str
) -> None:
    say(room, LEADER, "open")
    ask(room, one, "slow")
    ask(room, one, "checkin")  # while the leader reads the question

    with pytest.raises(m.Refusal, match="call_open"):
        say(room, LEADER, "end", handed_on=["slow"])
    assert room.phase is Phase.OPEN
    say(room, LEADER, "end", handed_on=["slow", "quiet river"])
    assert room.phase is Phase.ENDED
    assert room.receipt.signals == 2
    assert (room.calls, room.notes()) == ([], [])


class Calls(RuleBasedStateMachine):
    """Phones ask, take back and leave; two pages show, take and close, in any order."""

    phones = st.integers(0, 3)
    kinds = st.sampled_from(KINDS)
    roles = st.sampled_from([LEADER, SECOND])

    @initialize()
    def begin(self) -> None:
        self.room = Room(k=5)
        self.tokens = [self.room.join() for _ in range(4)]
        self.told: dict[tuple[str, str], str] = {}  # what a sheet says
        self.showed: dict[tuple[str, str], bool] = {}  # since the tap, on some page
        self.pages = {
            role: views.state(self.room, role).calls for role in (LEADER, SECOND)
        }

    def hear(self) -> None:
        for note in self.room.notes():
            assert (note.token, note.kind) in self.told, "it is hers, and open"
            self.told[note.token, note.kind] = note.state
            if note.state == "closed":
                del self.told[note.token, note.kind]

    @rule(at=phones, kind=kinds, calm=st.sampled_from([*CALM]))
    def asks(self, at: int, kind: str, calm: str) -> None:
        token = self.tokens[at]
        before = {call.name for call in self.room.calls if token in call.seats}
        ask(self.room, token, kind, calm)
        after = {call.name for call in self.room.calls if token in call.seats}
        if after - before or (token, kind) not in self.told:
            self.told[token, kind] = "waits"
            self.showed[token, kind] = False

    @rule(at=phones, kind=kinds)
    def takes_back(self, at: int, kind: str) -> None:
        say(self.room, m.Role.PHONE, "signal", self.tokens[at], kind=kind, on=False)
        self.told.pop((self.tokens[at], kind), None)

    @rule(at=phones)
    def leaves_and_another_comes(self, at: int) -> None:
        say(self.room, m.Role.PHONE, "leave", self.tokens[at])
        self.told = {k: v for k, v in self.told.items() if k[0] != self.tokens[at]}
        self.tokens[at] = self.room.join()

    @rule(role=roles)
    def is_sent(self, role: m.Role) -> None:
        """A page gets the state; it may be hidden, or asleep, and show it later."""
        self.pages[role] = views.state(self.room, role).calls

    @rule(role=roles)
    def shows(self, role: m.Role) -> None:
        marks = {call.name: call.mark for call in self.pages[role]}
        for call in self.room.calls:
            for token in call.seats if marks.get(call.name) == call.mark else ():
                self.showed[token, call.kind] = True
        say(self.room, role, "seen", signals=[*map(list, marks.items())])
        self.hear()

    @rule(role=roles, data=st.data(), what=st.sampled_from(["acknowledge", "done"]))
    def sees_to(self, role: m.Role, data: st.DataObject, what: str) -> None:
        """From a page as it is, which may be behind the room."""
        names = [call.name for call in self.pages[role]] or ["slow"]
        name = data.draw(st.sampled_from(names))
        callers = {c.name: dict(c.seats) for c in self.room.calls}.get(name, {})
        try:
            say(self.room, role, what, signal=name)
        except m.Refusal:
            callers = {}
        before = len(self.told)
        self.hear()
        assert before - len(self.told) == (len(callers) if what == "done" else 0)

    @invariant()
    def every_sheet_says_what_is_true(self) -> None:
        real = {
            (note.token, note.kind): note.state
            for token in self.tokens
            for note in self.room.call_status(token)
        }
        assert real == self.told
        for who, state in real.items():
            assert state != "seen" or self.showed[who]

    @invariant()
    def every_call_has_somebody_and_each_is_in_one_of_its_kind(self) -> None:
        seats = [(t, call.kind) for call in self.room.calls for t in call.seats]
        assert len(seats) == len(set(seats))
        assert all(call.seats for call in self.room.calls)

    @invariant()
    def no_page_is_told_who_asks(self) -> None:
        for role in m.Role:
            text = views.state(self.room, role).model_dump_json()
            assert not any(token in text for token in self.tokens)
            assert role in (*m.LEAD, SECOND) or 'calls":null' in text


TestCalls = Calls.TestCase
TestCalls.settings = settings(max_examples=60, stateful_step_count=30)
