"""The room by plain requests: nothing twice, nothing lost, nothing for strangers."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import pytest

from beyond_the_no.commands.rehearsal.room_transport import long_poll
from beyond_the_no.room.words import render_text
from support import small_lessons as nb
from support.room_line import KeyLine, Line, PhoneLine
from support.served import Answer, Served, serve, until

HELLO = json.dumps({"type": "hello", "role": "phone"}).encode()
PING = b'{"type":"ping"}'


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    lesson = nb.notebook("# One", nb.poll("which"), title="One")
    folder = nb.write(tmp_path_factory.mktemp("lessons"), one=lesson)
    with serve("--lessons", str(folder)) as it:
        yield it
        assert "Traceback" not in "".join(it.log)


def post(served: Served, line: str, at: object, body: bytes, **more: str) -> Answer:
    headers = {"X-Connection": line, "X-Sequence": str(at)} | more
    return served.ask("POST", "room/line", body, **headers)


def get(served: Served, line: str, at: object = 0, **more: str) -> Answer:
    headers = {"X-Connection": line, "X-Sequence": str(at)} | more
    return served.ask("GET", "room/line", None, **headers)


def heard(answer: Answer) -> list[dict]:
    return [json.loads(line) for line in answer.text.split("\n") if line]


def kinds(answer: Answer) -> list[str]:
    return [message["type"] for message in heard(answer)]


@pytest.fixture
def line(served: Served) -> str:
    """Open a phone's line; its welcome and a state are still unheard."""
    return post(served, "new", 1, HELLO).headers["X-Connection"]


def test_a_message_that_is_sent_again_counts_once(served: Served, line: str) -> None:
    for _ in range(3):
        assert post(served, line, 2, PING).status == 204
    post(served, line, 2, PING + b"\n" + PING)

    assert kinds(get(served, line)).count("pong") == 2


def test_a_message_that_is_too_large_is_refused_and_the_line_goes_on(
    served: Served, line: str
) -> None:
    large = b'{"type": "ping", "more": "%s"}' % (b"x" * 2**18)

    assert post(served, line, 2, large).status == 204
    assert post(served, line, 3, PING).status == 204
    told = heard(get(served, line))
    assert [m["reason"] for m in told if m["type"] == "refused"] == ["too_large"]
    assert told[-1]["type"] == "pong"


def test_thousands_of_messages_at_once_are_not_all_read(
    served: Served, line: str
) -> None:
    assert post(served, line, 2, b"\n" * 100_000).status == 204

    answer = get(served, line)
    assert "X-Closed" not in answer.headers
    assert 0 < kinds(answer).count("refused") <= 61


def test_what_got_lost_is_told_again_until_it_was_heard(
    served: Served, line: str
) -> None:
    first, again = get(served, line), get(served, line)
    assert kinds(first) == ["welcome", "state"]
    assert first.body == again.body
    last = first.headers["X-Sequence"]
    post(served, line, 2, PING)

    assert kinds(get(served, line, last)) == ["pong"]
    assert first.headers["Cache-Control"] == "no-store"


def test_a_gap_ends_the_line(served: Served, line: str) -> None:
    post(served, line, 3, PING)

    assert get(served, line).headers["X-Closed"] == "1002"


def test_a_request_waits_for_news_and_no_longer_than_a_page_does(
    served: Served, line: str
) -> None:
    told = get(served, line).headers["X-Sequence"]
    began = time.monotonic()
    answer = get(served, line, told)

    assert answer.body == b""
    assert answer.headers["X-Sequence"] == told
    assert time.monotonic() - began > 2, "it waited"


def test_the_newest_of_two_requests_that_wait_gets_the_news(
    served: Served, line: str
) -> None:
    told = get(served, line).headers["X-Sequence"]
    with ThreadPoolExecutor() as pool:
        older = pool.submit(get, served, line, told)
        newer = pool.submit(get, served, line, told)
        done, _ = wait([older, newer], 3, FIRST_COMPLETED)
        assert done, "one of them gives way at once"
        post(served, line, 2, PING)
        both = [kinds(older.result()), kinds(newer.result())]

    assert sorted(both) == [[], ["pong"]]


def test_an_answer_and_a_pass_get_answers_of_one_size(served: Served) -> None:
    leader = KeyLine(served)
    leader.waits_for(lambda state: state["questions"])
    leader.lead("move", lesson="one")
    leader.lead("collect", activity="which")
    leader.close()
    told = set()
    for value in (0, 2, None):
        name = post(served, "new", 1, HELLO).headers["X-Connection"]
        last = get(served, name).headers["X-Sequence"]
        said = {"type": "answer", "activity": "which", "round": 1, "value": value}
        sent = post(served, name, 2, json.dumps(said).encode())
        answer = get(served, name, last)
        assert kinds(answer) == ["sent"]
        without_date = sorted((k, v) for k, v in sent.headers.items() if k != "Date")
        told.add((sent.status, sent.body, str(without_date), answer.body))
    assert len(told) == 1


class TestAPageOfAnotherSite:
    @pytest.mark.parametrize(
        "origin", ["http://elsewhere.example", "null", "", "file://", "http://["]
    )
    def test_is_refused(self, served: Served, line: str, origin: str) -> None:
        assert post(served, "new", 1, HELLO, Origin=origin).status == 403
        assert post(served, line, 2, PING, Origin=origin).status == 403
        assert get(served, line, Origin=origin).status == 403

    def test_may_not_even_ask_whether_it_may(self, served: Served) -> None:
        wish = {
            "Origin": "http://elsewhere.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "x-connection",
        }
        answer = served.ask("OPTIONS", "room/line", None, **wish)

        assert answer.status >= 400
        assert not [h for h in answer.headers if h.startswith("Access-Control")]

    def test_cannot_use_a_form(self, served: Served) -> None:
        key = {"Cookie": served.cookie()}
        hello = b'{"type":"hello","role":"facilitator"}'

        assert served.ask("POST", "room/line", hello, **key).status == 403

    def test_and_one_of_ours_is_not(self, served: Served) -> None:
        ours = served.join.rstrip("/")

        assert post(served, "new", 1, HELLO, Origin=ours).status == 204


def test_a_leaders_cookie_opens_her_line(served: Served) -> None:
    hello = b'{"type":"hello","role":"facilitator"}'
    key = served.cookie()
    name = post(served, "new", 1, hello, Cookie=key).headers["X-Connection"]
    assert kinds(get(served, name)) == ["welcome", "state"]

    name = post(served, "new", 1, hello).headers["X-Connection"]
    answer = get(served, name)
    assert heard(answer)[0]["reason"] == "wrong_key"
    assert answer.headers["X-Closed"] == "1008"


@pytest.mark.parametrize("name", ["guessed", "", "é".encode().decode("latin-1")])
def test_a_line_that_is_not_there_is_not_there(served: Served, name: str) -> None:
    assert get(served, name).status == 404
    assert post(served, name, 1, PING).status == 404
    assert post(served, name, "bye", b"").status == 404


@pytest.mark.parametrize("at", ["", "-1", "1.5", "x", "９", "9" * 40])
def test_a_number_that_is_none_changes_nothing(
    served: Served, line: str, at: str
) -> None:
    at = at.encode().decode("latin-1")
    assert post(served, line, at, PING).status == 400
    assert post(served, "new", at, HELLO).status == 400
    assert get(served, line, at).status == 400


def test_who_falls_silent_is_asleep_and_keeps_the_seat(served: Served) -> None:
    watcher = KeyLine(served, "cofacilitator")

    def there(kind: str) -> object:
        words = render_text("seats", kind, k="five")
        return until(
            lambda: watcher.all("state") and watcher.last()["crowd"] == words, 30, words
        )

    there("few")
    names = [post(served, "new", 1, HELLO).headers["X-Connection"] for _ in range(5)]
    tokens = [heard(get(served, name))[0]["token"] for name in names]
    there("some")
    there("few")
    assert get(served, names[0]).status == 404, "the others may have a moment more"

    again = PhoneLine(served, tokens[0])
    assert again.token == tokens[0]
    again.close()
    watcher.close()


def test_who_says_goodbye_is_gone_at_once(served: Served, line: str) -> None:
    assert post(served, line, "bye", b"").status == 204
    assert get(served, line).status == 404


def test_a_phone_changes_between_both_ways_in_one_seat(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = PhoneLine(served)
    monkeypatch.setattr(Line, "way", staticmethod(long_poll))
    polled = PhoneLine(served, phone.token)
    monkeypatch.undo()
    until(lambda: phone.closed, 10, "the socket to be let go")
    back = PhoneLine(served, phone.token)
    until(lambda: polled.closed, 10, "the polled line to be let go")

    assert polled.token == back.token == phone.token
    assert polled.last("refused")["reason"] == "opened_elsewhere"
    back.close()


def test_pages_that_ask_without_a_pause_are_told_to_wait(
    served: Served, line: str
) -> None:
    statuses = [get(served, line).status for _ in range(200)]

    assert 429 in statuses
    assert statuses[0] == 200


def test_a_stranger_who_says_no_hello_is_let_go(served: Served) -> None:
    name = post(served, "new", 1, PING).headers["X-Connection"]
    assert heard(get(served, name))[0]["reason"] == "not_joined"

    until(lambda: get(served, name, 1).headers["X-Closed"] == "1008", 20, "the end")


def test_no_name_of_a_line_is_in_a_log(served: Served, line: str) -> None:
    get(served, line)

    assert line not in "".join(served.log)
