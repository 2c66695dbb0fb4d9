"""The life of a room: roles, seats, questions, pauses, restarts and the end."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
)

from beyond_the_no.room import messages as m
from beyond_the_no.room import views
from beyond_the_no.room.activity import Declaration
from beyond_the_no.room.activity import Phase as Question
from beyond_the_no.room.room import Phase, Room

POLL = Declaration(id="where", question="Where?", options=("a", "b", "c"), lesson="one")
OTHER = Declaration(id="when", question="When?", options=("x", "y"), lesson="one")
LEADER = m.Role.FACILITATOR


def say(room: Room, text: str, role: m.Role = LEADER, token: str = "") -> None:
    room.apply(role, m.read(text), token)


def lead(room: Room, kind: str, **fields: object) -> None:
    say(room, json.dumps({"type": kind} | fields))


def answer(room: Room, token: str, value: int | None, **fields: object) -> None:
    text = {"type": "answer", "activity": "where", "round": 1, "value": value} | fields
    say(room, json.dumps(text), m.Role.PHONE, token)


@pytest.fixture
def room() -> Room:
    made = Room(k=5)
    made.lessons = {"one": "Lesson one"}
    made.declare([POLL, OTHER])
    return made


@pytest.fixture
def seats(room: Room) -> list[str]:
    return [room.join() for _ in range(6)]


def refusal(act: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(m.Refusal) as refused:
        act(*args, **kwargs)
    assert views.refused(refused.value).say.endswith(".")
    return refused.value.reason


def test_a_room_goes_from_lobby_to_open_to_pause_and_back(room: Room) -> None:
    assert room.phase is Phase.LOBBY
    lead(room, "open")
    lead(room, "pause")
    assert room.phase is Phase.PAUSED
    lead(room, "resume")
    assert room.phase is Phase.OPEN


def test_four_answers_are_too_few_and_five_are_shown(
    room: Room, seats: list[str]
) -> None:
    lead(room, "collect", activity="where")
    for token in seats[:4]:
        answer(room, token, 0)
    answer(room, seats[5], None)

    assert refusal(lead, room, "reveal", activity="where") == "too_few"
    answer(room, seats[4], 1)
    lead(room, "reveal", activity="where")

    shown = room.activities["where"].snapshot
    assert shown.sentence == "Most of us said: a."


def test_an_answer_sent_twice_counts_once_and_may_change(
    room: Room, seats: list[str]
) -> None:
    lead(room, "collect", activity="where")
    for token in seats:
        answer(room, token, 0)
        answer(room, token, 0)
    assert room.activities["where"].answered_count == 6
    for token in seats:
        answer(room, token, 2)
    lead(room, "reveal", activity="where")
    assert room.activities["where"].snapshot.sentence == "Most of us said: c."


def test_collecting_is_blind_for_everyone(room: Room, seats: list[str]) -> None:
    lead(room, "collect", activity="where")
    before = {role: views.state(room, role) for role in m.Role}

    answer(room, seats[0], 1)

    assert {role: views.state(room, role) for role in m.Role} == before


def test_answers_are_gone_after_the_reveal(room: Room, seats: list[str]) -> None:
    lead(room, "collect", activity="where")
    for token in seats:
        answer(room, token, 1)
    lead(room, "reveal", activity="where")

    assert room.activities["where"]._answers == {}
    assert refusal(answer, room, seats[0], 1) == "not_collecting"


def test_keys_of_two_questions_cannot_be_put_together(
    room: Room, seats: list[str]
) -> None:
    for name in ("where", "when"):
        lead(room, "collect", activity=name)
        answer(room, seats[0], 1, activity=name)
    keys = [set(room.activities[name]._answers) for name in ("where", "when")]

    assert not keys[0] & keys[1]
    assert seats[0] not in str(keys)


def test_a_second_round_leaves_a_latecomer_out_and_there_is_no_third(
    room: Room, seats: list[str]
) -> None:
    lead(room, "collect", activity="where")
    for token in seats:
        answer(room, token, 0)
    lead(room, "reveal", activity="where")
    late = room.join()
    lead(room, "collect", activity="where")
    for token in [*seats, late]:
        answer(room, token, 0, round=2)
    lead(room, "reveal", activity="where")

    assert len(room.activities["where"]._counted[1]) == 6
    assert refusal(lead, room, "collect", activity="where") == "twice_shown"


def test_a_second_round_with_one_person_missing_stays_unseen(
    room: Room, seats: list[str]
) -> None:
    lead(room, "collect", activity="where")
    for token in seats:
        answer(room, token, 0)
    lead(room, "reveal", activity="where")
    lead(room, "collect", activity="where")
    for token in seats[1:]:
        answer(room, token, 0, round=2)

    assert refusal(lead, room, "reveal", activity="where") == "would_single_out"


def test_who_leaves_takes_her_answer_along(room: Room, seats: list[str]) -> None:
    lead(room, "collect", activity="where")
    for token in seats[:5]:
        answer(room, token, 0)
    say(room, '{"type":"leave"}', m.Role.PHONE, seats[0])

    assert refusal(lead, room, "reveal", activity="where") == "too_few"
    assert refusal(answer, room, seats[0], 0) == "not_joined"


def test_a_phone_that_sleeps_keeps_its_seat_and_its_answer(
    room: Room, seats: list[str]
) -> None:
    lead(room, "collect", activity="where")
    answer(room, seats[0], 0)
    room.disconnect(seats[0])

    assert room.join(seats[0]) == seats[0]
    assert room.activities["where"].answered_count == 1


def test_a_paused_room_takes_no_answer(room: Room, seats: list[str]) -> None:
    lead(room, "collect", activity="where")
    lead(room, "pause")
    assert refusal(answer, room, seats[0], 0) == "paused"


def test_a_closed_door_lets_in_only_who_was_here(room: Room, seats: list[str]) -> None:
    lead(room, "lock", locked=True)
    assert refusal(room.join) == "locked"
    assert room.join(seats[0]) == seats[0]


def test_a_full_room_says_so() -> None:
    room = Room(max_seats=1)
    room.join()
    assert refusal(room.join) == "full"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"value": 3}, "no_such_option"),
        ({"round": 2}, "other_round"),
        ({"activity": "nothing"}, "unknown_activity"),
        ({"activity": "when"}, "not_collecting"),
    ],
)
def test_a_wrong_answer_is_refused_and_changes_nothing(
    room: Room, seats: list[str], fields: dict, reason: str
) -> None:
    lead(room, "collect", activity="where")
    assert refusal(answer, room, seats[0], **({"value": 0} | fields)) == reason
    assert room.activities["where"].answered_count == 0


@pytest.mark.parametrize(
    "kind", [c.__name__ for c in m.ALLOWED[LEADER] if c not in (m.Ping, m.Slide)]
)
def test_a_phone_and_the_wall_cannot_lead(
    room: Room, seats: list[str], kind: str
) -> None:
    fields = {
        "Lock": {"locked": True},
        "Move": {"lesson": "one"},
        "Turn": {"row": 0},
        "Roam": {"freely": True},
        "Breathe": {"on": True},
        "HeadCount": {"shown": True},
        "Seen": {"signals": [["slow", "0"]]},
        "Acknowledge": {"signal": "slow"},
        "Done": {"signal": "slow"},
        "Wifi": {"ssid": "mine"},
        "ShowAddress": {"address": "http://192.168.1.23:8866/"},
        "Restore": {"phase": "open"},
        "SecondLeader": {"on": True},
        "Swap": {"activity": "where", "turn": 1},
        "Tally": {"activity": "where", "counts": [5, 0, 0]},
        "Weigh": {"activity": "where"},
        "Answered": {"activity": "where", "at": 0},
        "Ask": {"kind": "words", "question": "What now?"},
        "Release": {"activity": "where", "texts": [{"id": "one"}]},
        "StrikeOut": {"activity": "where", "id": "one", "passages": ["Ana"]},
        "SetAside": {"activity": "where", "id": "one"},
    }.get(kind, {})
    if kind in ("Collect", "Hold", "Keep", "Reveal", "PutAway", "BringBack"):
        fields = {"activity": "where"}
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind).lower()
    before = views.state(room, LEADER)
    others = {m.Role.PHONE, m.Role.WALL}
    leaders = ("Seen", "Acknowledge", "Done", "Release", "StrikeOut", "SetAside")
    if kind not in leaders:
        others.add(m.Role.COFACILITATOR)
    for role in others:
        message = json.dumps({"type": name} | fields)
        assert refusal(say, room, message, role, seats[0]) == "not_yours"
    assert views.state(room, LEADER) == before


@given(st.one_of(st.text(max_size=300), st.binary(max_size=300)))
def test_whatever_is_no_message_is_refused(frame: str | bytes) -> None:
    with pytest.raises(m.Refusal, match="malformed"):
        m.read(frame)


@pytest.mark.parametrize(
    "frame",
    [
        '{"type":"answer","activity":"where","round":1,"value":true}',
        '{"type":"answer","activity":"where","round":1,"value":"0"}',
        '{"type":"answer","activity":"where","round":1,"value":0,"name":"me"}',
        '{"type":"answer","activity":"../etc","round":1,"value":0}',
        '{"type":"hello","role":"god"}',
        "[]",
        "",
    ],
)
def test_a_message_has_exactly_its_fields(frame: str) -> None:
    assert refusal(m.read, frame) == "malformed"


def test_a_megabyte_is_too_large() -> None:
    assert refusal(m.read, "x" * 2**20) == "too_large"


def test_signals_show_what_was_chosen_and_no_more(room: Room, seats: list[str]) -> None:
    for token in seats[:3]:
        say(room, '{"type":"signal","kind":"slow"}', m.Role.PHONE, token)
    checkin = '{"type":"signal","kind":"checkin","words":[0,0]}'
    say(room, checkin, m.Role.PHONE, seats[4])

    assert [sentence for _, sentence in room.signals] == [
        "Someone would like to slow down.",
        "“Quiet River” would like a private word.",
    ]
    assert views.state(room, m.Role.PHONE).signals is None
    lead(room, "acknowledge", signal="quiet river")
    lead(room, "acknowledge", signal="slow")
    assert room.signals == []


@pytest.mark.parametrize("words", ["[0]", "[0,999]", "[-1,0]", "null", '["a","b"]'])
def test_a_check_in_needs_two_words_of_the_list(
    room: Room, seats: list[str], words: str
) -> None:
    text = f'{{"type":"signal","kind":"checkin","words":{words}}}'
    assert refusal(say, room, text, m.Role.PHONE, seats[0]) == "malformed"
    assert room.signals == []


@pytest.mark.parametrize("kind", ["slow", "break", "checkin"])
def test_who_leaves_takes_her_signal_along(
    room: Room, seats: list[str], kind: str
) -> None:
    signal = {"type": "signal", "kind": kind, "words": [0, 0]}
    say(room, json.dumps(signal), m.Role.PHONE, seats[0])
    assert room.signals

    say(room, '{"type":"leave"}', m.Role.PHONE, seats[0])
    assert room.signals == []


@pytest.mark.parametrize(
    ("kind", "fields", "reason"),
    [
        ("acknowledge", {"signal": "slow"}, "no_such_signal"),
        ("done", {"signal": "slow"}, "no_such_signal"),
        ("acknowledge", {"signal": "quiet river"}, "no_such_signal"),
        ("move", {"lesson": "none"}, "unknown_lesson"),
        ("turn", {"row": 99}, "unknown_step"),
        *(
            (kind, {"activity": "none"} | more, "unknown_activity")
            for kind, more in [
                ("collect", {}),
                ("reveal", {}),
                ("hold", {}),
                ("put_away", {}),
                ("set_aside", {"id": "x"}),
                ("release", {"texts": [{"id": "x"}]}),
            ]
        ),
        ("set_aside", {"activity": "write", "id": "x"}, "nothing_to_show"),
        ("release", {"activity": "write", "texts": [{"id": "x"}]}, "nothing_to_show"),
        ("set_aside", {"activity": "where", "id": "x"}, "other_kind"),
    ],
)
def test_what_names_something_the_room_does_not_know_changes_nothing(
    room: Room, seats: list[str], kind: str, fields: dict, reason: str
) -> None:
    room.declare([Declaration(id="write", kind="texts", question="What?")])
    say(room, '{"type":"signal","kind":"break"}', m.Role.PHONE, seats[0])
    before = views.state(room, LEADER)

    assert refusal(lead, room, kind, **fields) == reason
    assert views.state(room, LEADER) == before


def test_a_signal_can_be_taken_back(room: Room, seats: list[str]) -> None:
    for kind in ("slow", "checkin"):
        signal = {"type": "signal", "kind": kind, "words": [0, 0]}
        say(room, json.dumps(signal), m.Role.PHONE, seats[0])
        assert room.signals
        say(room, json.dumps(signal | {"on": False}), m.Role.PHONE, seats[0])
        assert room.signals == []


def test_sleeping_phones_do_not_fill_the_room() -> None:
    room = Room(max_seats=2)
    gone = [room.join() for _ in range(2)]
    for token in gone:
        room.disconnect(token)

    assert room.join() not in gone
    assert room.join(gone[0]) == gone[0], "and they come back to their seats"


def test_seats_are_not_kept_without_end() -> None:
    room = Room(max_seats=2)
    for _ in range(50):
        room.disconnect(room.join())

    assert len(room._seats) <= 10


def test_a_restarted_room_fills_again_from_the_leader_and_the_phones(
    room: Room, seats: list[str]
) -> None:
    lead(room, "move", lesson="one")
    lead(room, "collect", activity="where")
    again = Room(k=5)
    again.lessons = room.lessons
    again.declare([POLL, OTHER])

    kept = {"where": {"phase": "collecting", "round": 1, "snapshot": None}}
    lead(again, "restore", phase="open", lesson="one", activities=kept)
    for token in seats:
        answer(again, again.join(token), 0)
    lead(again, "reveal", activity="where")

    assert again.lesson == "one"
    assert again.activities["where"].snapshot.sentence == "Most of us said: a."


def test_a_picture_survives_a_restart_but_cannot_be_asked_again(
    room: Room, seats: list[str]
) -> None:
    lead(room, "collect", activity="where")
    for token in seats:
        answer(room, token, 0)
    lead(room, "reveal", activity="where")
    seen = views.state(room, LEADER).questions[0]
    again = Room()
    again.declare([POLL])

    kept = {"phase": "revealed", "round": 1, "snapshot": seen.snapshot.model_dump()}
    lead(again, "restore", phase="open", activities={"where": kept})

    assert again.activities["where"].snapshot == seen.snapshot
    assert refusal(lead, again, "collect", activity="where") == "twice_shown"
    assert refusal(lead, again, "restore", phase="open") == "already_begun"


ROW = {"word": "rest"}
PICTURE = {"form": "words", "sentence": "Most of us said: a.", "rows": [ROW] * 3}


@pytest.mark.parametrize(
    "kept",
    [
        {"options": ["a", "b"]},  # it was edited meanwhile
        {"options": ["a", "b", "d"]},
        {"snapshot": PICTURE | {"rows": [ROW] * 4}},
        {"snapshot": PICTURE | {"rows": []}},
        {"snapshot": PICTURE | {"before": PICTURE | {"rows": [ROW]}}},
        {"snapshot": PICTURE | {"form": "board", "rows": []}},
    ],
)
def test_a_picture_of_other_options_does_not_come_back(kept: dict) -> None:
    """It would stand on the wall under words that nobody was asked."""
    again = Room()
    again.declare([POLL])
    kept = {"phase": "revealed", "round": 1, "snapshot": PICTURE} | kept
    lead(again, "restore", phase="open", activities={"where": kept})

    for role in m.Role:
        assert not any(q.snapshot for q in views.state(again, role).questions)
    assert refusal(lead, again, "collect", activity="where") == "twice_shown"


def test_the_end_forgets_everything_and_gives_a_receipt(
    room: Room, seats: list[str]
) -> None:
    lead(room, "collect", activity="where")
    answer(room, seats[0], 0)
    say(room, '{"type":"signal","kind":"break"}', m.Role.PHONE, seats[1])
    lead(room, "wifi", ssid="hall", password="secret")
    lead(room, "end")

    receipt = room.receipt
    assert (receipt.seats, receipt.questions, receipt.answers, receipt.signals) == (
        6,
        1,
        1,
        1,
    )
    assert len(room._seats) == len(room.activities) == len(room.signals) == 0
    assert room.wifi is None
    assert room.signals == []
    assert refusal(room.join) == "ended"
    assert refusal(lead, room, "open") == "ended"


class Publishing(RuleBasedStateMachine):
    """Whatever happens in a room, what it publishes keeps the rules."""

    tokens = Bundle("tokens")

    @initialize(k=st.integers(3, 6))
    def begin(self, k: int) -> None:
        self.room = Room(k=k)
        self.room.declare([POLL])
        self.said: dict[str, int | None] = {}
        self.pictures: list[tuple[dict[str, int], object]] = []

    def attempt(self, act: object, *args: object, **kwargs: object) -> bool:
        try:
            act(*args, **kwargs)
        except m.Refusal:
            return False
        return True

    @rule(target=tokens)
    def join(self) -> str:
        return self.room.join()

    @rule(token=tokens, value=st.none() | st.integers(0, 2), round_=st.integers(1, 3))
    def answers(self, token: str, value: int | None, round_: int) -> None:
        if self.attempt(answer, self.room, token, value, round=round_):
            self.said[token] = value

    @rule(token=tokens)
    def sleeps(self, token: str) -> None:
        self.room.disconnect(token)

    @rule(token=consumes(tokens))
    def leaves(self, token: str) -> None:
        if self.attempt(say, self.room, '{"type":"leave"}', m.Role.PHONE, token):
            self.said.pop(token, None)

    @rule()
    def collect(self) -> None:
        began = self.room.activities["where"].phase is not Question.COLLECTING
        if self.attempt(lead, self.room, "collect", activity="where") and began:
            self.said = {}

    @rule()
    def put_away(self) -> None:
        self.attempt(lead, self.room, "put_away", activity="where")

    @rule()
    def reveal(self) -> None:
        if self.attempt(lead, self.room, "reveal", activity="where"):
            real = {t: v for t, v in self.said.items() if v is not None}
            self.pictures.append((real, self.room.activities["where"].snapshot))

    @invariant()
    def pictures_keep_the_rules(self) -> None:
        if not hasattr(self, "room"):
            return
        k = self.room.k
        assert len(self.pictures) <= 2
        for real, shown in self.pictures:
            assert len(real) >= k
            assert all(row.people != 1 for row in shown.rows)
        counted = self.room.activities["where"]._counted
        if len(counted) == 2:
            for difference in (counted[0] - counted[1], counted[1] - counted[0]):
                assert not 0 < len(difference) < k

    @invariant()
    def phones_see_pictures_only(self) -> None:
        if not hasattr(self, "room"):
            return
        for question in views.state(self.room, m.Role.PHONE).questions:
            assert (question.snapshot is not None) == (question.phase == "revealed")
            assert question.ready == ""


TestPublishing = Publishing.TestCase
TestPublishing.settings = settings(
    max_examples=150, stateful_step_count=40, deadline=None
)
