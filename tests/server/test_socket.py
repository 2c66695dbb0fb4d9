"""The room's socket, as strangers, careless phones and a restart would use it."""

import json
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from beyond_the_no.commands.rehearsal.room_transport import long_poll, websocket
from support import small_lessons as nb
from support.room_line import KeyLine, Line, PhoneLine, phones
from support.served import Served, free_port, serve, until

POLL = "mine"


@pytest.fixture(params=[websocket, long_poll], ids=["socket", "requests"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of this holds where a proxy lets no WebSocket through, too."""
    monkeypatch.setattr(Line, "way", staticmethod(request.param))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    questions = [nb.poll(name) for name in (POLL, "flooded", "quiet")]
    return nb.write(
        tmp_path_factory.mktemp("lessons"),
        one=nb.notebook("# One", *questions, title="One"),
    )


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve("--lessons", str(folder)) as it:
        yield it


@pytest.fixture
def leader(served: Served) -> Iterator[KeyLine]:
    line = KeyLine(served)
    line.waits_for(lambda state: len(state["questions"]) == 3)
    yield line
    line.close()


@pytest.fixture
def line(served: Served) -> Iterator[Line]:
    made = Line(served)
    yield made
    made.close()


def bare(state: dict) -> str:
    """A state without what may move: how ready and how full it is, in words."""
    questions = [q | {"ready": ""} for q in state["questions"]]
    return json.dumps(state | {"questions": questions, "crowd": ""}, sort_keys=True)


class TestAHello:
    @pytest.mark.parametrize("role", ["facilitator", "wall"])
    @pytest.mark.parametrize("key", [None, "", "wrong", "é", "x" * 128])
    def test_with_a_wrong_key_is_refused(
        self, line: Line, role: str, key: str | None
    ) -> None:
        assert line.refusal({"type": "hello", "role": role, "key": key}) == "wrong_key"
        assert line.all("state") == []

    @pytest.mark.parametrize(
        ("role", "other"), [("facilitator", "wall"), ("wall", "facilitate")]
    )
    def test_with_the_other_roles_key_is_refused(
        self, served: Served, line: Line, role: str, other: str
    ) -> None:
        hello = {"type": "hello", "role": role, "key": served.key(other)}

        assert line.refusal(hello) == "wrong_key"

    def test_comes_before_everything_else(self, line: Line) -> None:
        assert line.refusal({"type": "ping"}) == "not_joined"
        answer = {"type": "answer", "activity": POLL, "round": 1, "value": 0}
        assert line.refusal(answer) == "not_joined"

    def test_comes_once(self, served: Served) -> None:
        phone = PhoneLine(served)
        hello = {"type": "hello", "role": "facilitator", "key": served.key()}

        assert phone.refusal(hello) == "malformed"
        phone.close()

    def test_with_a_token_of_nobody_gets_a_new_seat(self, served: Served) -> None:
        phone = PhoneLine(served, token="made-up")

        assert phone.token != "made-up"
        phone.close()


def test_a_phone_cannot_do_what_the_leader_does(
    served: Served, leader: KeyLine
) -> None:
    before = bare(leader.last())
    orders = [{"type": kind} for kind in ("open", "pause", "resume", "end")] + [
        {"type": "lock", "locked": True},
        {"type": "move", "lesson": "one"},
        {"type": "wifi", "ssid": "mine"},
        {"type": "acknowledge", "signal": "slow"},
        {"type": "restore", "phase": "open"},
        {"type": "release", "activity": POLL, "texts": [{"id": "one"}]},
        {"type": "set_aside", "activity": POLL, "id": "one"},
        *({"type": k, "activity": POLL} for k in ("collect", "hold", "reveal")),
        {"type": "put_away", "activity": POLL},
    ]
    with phones(served, 1) as (phone,):
        assert {phone.refusal(order) for order in orders} == {"not_yours"}
    wall = KeyLine(served, "wall")
    assert {wall.refusal(order) for order in orders} == {"not_yours"}
    wall.close()
    leader.settle()

    assert bare(leader.last()) == before


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        "[]",
        "null",
        "\x00",
        '"hello"',
        "{}",
        '{"type":"god"}',
        '{"type":"ping","more":1}',
        '{"type":"answer"}',
        '{"type":"answer","activity":"mine","round":1,"value":NaN}',
        '{"type":"answer","activity":"mine","round":1,"value":1e99}',
        "[" * 2000,
        b"\xff\xfe\x00",
        b"\x00" * 64,
    ],
    ids=lambda frame: repr(frame[:24]),
)
def test_what_is_malformed_is_refused_and_changes_nothing(
    served: Served, leader: KeyLine, frame: str | bytes
) -> None:
    before = bare(leader.last())
    with phones(served, 1) as (phone,):
        assert phone.refusal(frame) == "malformed"
        phone.settle()
    leader.settle()

    assert bare(leader.last()) == before


@pytest.mark.parametrize("size", [5_000, 500_000])
def test_what_is_too_large_is_refused_and_the_line_stays(
    served: Served, size: int
) -> None:
    with phones(served, 1) as (phone,):
        message = {"type": "ping", "pad": "x" * size}

        assert phone.refusal(message) == "too_large"
        phone.settle()


@pytest.mark.parametrize("size", [1_000_000, 5_000_000])
def test_what_is_far_too_large_ends_the_line_and_no_other(
    served: Served, size: int
) -> None:
    """Half of it would wait in the server for as long as the phone likes."""
    with phones(served, 2) as (one, other):
        with suppress(ConnectionClosed):
            one.send("x" * size)

        until(lambda: one.closed, 20, "the line to be closed")
        other.settle()


def test_a_flood_from_one_phone_does_not_reach_another(
    served: Served, leader: KeyLine
) -> None:
    leader.lead("collect", activity="flooded")
    with phones(served, 2) as (flooder, other):
        now = leader.question("flooded")["round"]
        answer = {"type": "answer", "activity": "flooded", "round": now, "value": 0}
        with suppress(ConnectionClosed):
            for _ in range(10_000):
                flooder.send(answer)
        began = time.monotonic()
        other.settle()
        other.answer("flooded", 1, round=now)
        took = time.monotonic() - began

        until(lambda: flooder.closed, 20, "the flooder to be closed")
        assert flooder.code == 1008
        assert [m["reason"] for m in flooder.all("refused")] == ["too_fast"]
        assert took < 5
    leader.lead("put_away", activity="flooded")


def test_a_page_of_another_site_cannot_open_a_line(served: Served) -> None:
    address = served.join.replace("http", "ws") + "room"
    for origin in ("http://elsewhere.example", "null"):
        with pytest.raises(InvalidStatus) as refused, connect(address, origin=origin):
            pass
        assert refused.value.response.status_code == 403
    with connect(address, origin=served.join.rstrip("/")):
        pass


def test_a_seat_that_opens_twice_is_one_seat_and_the_newer_page_has_it(
    folder: Path,
) -> None:
    with serve("--lessons", str(folder), "--seats", "2", checked=False) as served:
        older = PhoneLine(served)
        newer = PhoneLine(served, older.token)

        assert newer.token == older.token
        until(lambda: older.closed, 20, "the older page to be let go")
        (said,) = older.all("refused")
        assert said["reason"] == "opened_elsewhere"
        newer.settle()

        with phones(served, 1):  # there is one more seat, not none
            late = Line(served)
            hello = {"type": "hello", "role": "phone"}
            assert late.refusal(hello) == "full"
            late.close()
        newer.close()


def test_who_hangs_up_is_welcome_back_in_the_same_seat(served: Served) -> None:
    phone = PhoneLine(served)
    phone.close()
    again = PhoneLine(served, phone.token)

    assert again.token == phone.token
    again.close()


def test_until_the_reveal_nobody_hears_anything_of_an_answer(
    folder: Path,
) -> None:
    """Every frame of every page is kept while people answer, change and pass."""
    script = random.Random("a poll")
    with serve("--lessons", str(folder)) as served:
        leader, wall = KeyLine(served), KeyLine(served, "wall")
        leader.waits_for(lambda state: state["questions"])
        leader.lead("move", lesson="one")
        with phones(served, 9) as group:
            leader.lead("collect", activity=POLL)
            everyone = [leader, wall, *group]
            for page in everyone:
                page.settle()
            sent = set()
            for step in range(40):
                heard = {page: len(page.heard) for page in everyone}
                state = bare(leader.last())
                # everyone answers in the end; in between, whoever likes
                phone = group[step] if step < len(group) else script.choice(group)
                value = script.choice([0, 1, 2, None])
                phone.answer(POLL, value, pad=" " * script.randrange(9))
                for page in everyone:
                    page.settle()
                for page in everyone:
                    new = [m for _, m in page.heard[heard[page] :]]
                    new = [m for m in new if m["type"] != "pong"]
                    if page is phone:
                        sent.add(json.dumps(new.pop(0)))
                    if page is leader:
                        assert {bare(m) for m in new} <= {state}
                        assert {m["type"] for m in new} <= {"state"}
                    else:
                        assert new == []
            assert len(sent) == 1, "an answer and a pass are acknowledged alike"
            assert not any(c.isdigit() for c in leader.question(POLL)["ready"])

            for phone in group:
                phone.answer(POLL, script.choice([0, 1, 2]))
            leader.lead("reveal", activity=POLL)
            pictures = {
                json.dumps([q["snapshot"], q["rows"]])
                for page in everyone
                for q in page.waits_for(
                    lambda s: any(q["snapshot"] for q in s["questions"])
                )["questions"]
                if q["id"] == POLL
            }
            assert len(pictures) == 1
        leader.close()
        wall.close()


def test_only_who_asked_is_told_that_somebody_is_on_it(
    served: Served, leader: KeyLine
) -> None:
    """Others would learn that a signal was given, and when."""
    with phones(served, 3) as (one, other, third):
        checkin = {"type": "signal", "kind": "checkin", "words": [0, 0]}
        one.ask({"type": "signal", "kind": "break"}, "heard")
        other.ask(checkin, "heard")
        for signal_ in ("break", "quiet river"):
            leader.lead("acknowledge", signal=signal_)
        for page in (one, other, third):
            page.settle()

        assert [len(page.all("on_it")) for page in (one, other, third)] == [1, 1, 0]
        assert leader.all("on_it") == []
        for signal_ in ("break", "quiet river"):
            leader.lead("done", signal=signal_)
        for page in (one, other, third):
            page.settle()
        assert [len(page.all("closed")) for page in (one, other, third)] == [1, 1, 0]


def test_a_restarted_server_fills_again_from_its_phones_and_its_leader(
    folder: Path,
) -> None:
    port, key = free_port(), "the-same-key"
    options = ("--lessons", str(folder), "--key", key)
    with serve(*options, port=port) as served:
        leader = KeyLine(served)
        leader.waits_for(lambda state: state["questions"])
        leader.lead("move", lesson="one")
        leader.lead("collect", activity=POLL)
        tokens = []
        with phones(served, 5) as group:
            for phone in group:
                phone.answer(POLL, 1)
                tokens.append(phone.token)
            served.stop(signal.SIGKILL)
            until(lambda: all(p.closed for p in group), 20, "the lines to end")
        leader.close()

    with serve(*options, port=port) as served:
        leader = KeyLine(served)
        leader.waits_for(lambda state: state["questions"])
        assert leader.last()["phase"] == "lobby", "the disk knew nothing"
        kept = {POLL: {"phase": "collecting", "round": 1, "snapshot": None}}
        leader.lead("restore", phase="open", lesson="one", activities=kept)
        group = [PhoneLine(served, token) for token in tokens]
        for phone in group:
            assert phone.waits_for(bool)["lesson"] == "one"
            phone.answer(POLL, 1)
            phone.answer(POLL, 1)  # and again: it counts once
        leader.lead("reveal", activity=POLL)

        assert leader.question(POLL)["snapshot"]["sentence"].endswith("Two.")
        again = {"type": "restore", "phase": "open"}
        assert leader.refusal(again) == "already_begun"
        for page in (leader, *group):
            page.close()


def test_the_end_forgets_and_lets_nobody_back(folder: Path) -> None:
    with serve("--lessons", str(folder)) as served:
        the_end(served)
    assert "Traceback" not in "".join(served.log)


def the_end(served: Served) -> None:
    leader = KeyLine(served)
    leader.waits_for(lambda state: state["questions"])
    with phones(served, 1) as (phone,):
        leader.lead("end")
        receipt = leader.waits_for(lambda s: s["phase"] == "ended")["receipt"]
        phone.waits_for(lambda s: s["phase"] == "ended")

        assert set(receipt) == {"seats", "questions", "answers", "signals"}
        answer = {"type": "answer", "activity": POLL, "round": 1, "value": 0}
        assert phone.refusal(answer) == "ended"
        late = Line(served)
        hello = {"type": "hello", "role": "phone", "token": phone.token}
        assert late.refusal(hello) == "ended"
        late.close()
    leader.close()
