"""Words and texts, from the moment they are written to the board."""

import json

import pytest

from beyond_the_no.room import kinds, rules, texts
from beyond_the_no.room import messages as m
from beyond_the_no.room.activity import Declaration, Phase
from beyond_the_no.room.writing import Writing

TEXTS = Declaration(id="q", kind="texts", question="?", longest=40)
WORDS = Declaration(id="q", kind="words", question="?", longest=40)


def write(activity: Writing, who: str, text: str | None) -> None:
    said = {"type": "answer", "activity": "q", "round": activity.round, "value": None}
    answer = m.read(json.dumps(said | {"text": text}))
    activity.answer(who, answer)


def written(about: Declaration, *said: str | None, k: int = 3) -> Writing:
    """Closed, and with the leader; the phones are called 0, 1, 2 ..."""
    activity = kinds.begin(about)
    activity.collect()
    for who, text in enumerate(said):
        write(activity, str(who), text)
    activity.reveal(k)
    return activity


def told(activity: Writing, text: str, say: str | None = None) -> m.Told:
    return m.Told(id=next(q.id for q in activity.queue if q.text == text), say=say)


def refused(act: object, *args: object) -> str:
    with pytest.raises(m.Refusal) as refusal:
        act(*args)
    return refusal.value.reason


def test_a_text_is_shown_as_it_is_or_in_the_leaders_words() -> None:
    activity = written(TEXTS, "one", "two", "three")
    assert activity.snapshot.sentence == rules.board(()).sentence
    own = "\u202e  Somebody\n rested. "
    activity.release([told(activity, "one"), told(activity, "two", own)])

    assert sorted(activity.snapshot.texts, key=lambda text: text.text) == [
        rules.Shown(text="Somebody rested.", retold=True),
        rules.Shown(text="one"),
    ]
    assert [q.text for q in activity.queue] == ["three"]


@pytest.mark.parametrize("say", [None, "", " \n"])
def test_the_leader_who_says_nothing_of_her_own_shows_the_text(say: str | None) -> None:
    activity = written(TEXTS, "one", "two", "three")
    activity.release([told(activity, "one", say)])

    assert activity.snapshot.texts == (rules.Shown(text="one"),)


def test_the_leaders_words_are_no_longer_than_a_text() -> None:
    activity = written(TEXTS, "one", "two", "three")
    activity.release([told(activity, "one", "x" * 100)])

    assert activity.snapshot.texts[0].text == "x" * 40


def test_a_batch_shows_what_still_waits_and_comes_after_what_stood_there() -> None:
    activity = written(TEXTS, *"abcdef")
    activity.release([told(activity, "a")])
    gone, *others = (told(activity, text) for text in "bcd")
    activity.take_back("1", 1)
    activity.release([gone, *others, others[0]])

    first, *batch = (text.text for text in activity.snapshot.texts)
    assert (first, sorted(batch)) == ("a", ["c", "d"])
    assert sorted(q.text for q in activity.queue) == ["e", "f"]


def test_the_order_within_a_batch_is_drawn_by_lot() -> None:
    orders = set()
    for _ in range(40):
        activity = written(TEXTS, *"abc")
        activity.release([told(activity, text) for text in "abc"])
        orders.add("".join(text.text for text in activity.snapshot.texts))
    assert len(orders) > 2


def test_what_is_not_there_cannot_be_shown() -> None:
    activity = kinds.begin(TEXTS)
    assert refused(activity.release, [m.Told(id="x")]) == "nothing_to_show"
    activity = written(TEXTS, "one", "two", "three")
    assert refused(activity.release, [m.Told(id="x")]) == "nothing_to_show"
    assert len(activity.queue) == 3


def test_a_word_that_k_people_wrote_is_marked_and_no_other() -> None:
    activity = written(WORDS, "tired", "Tired", "TIRED", "calm", "calm", None)
    by_word = {q.text.casefold(): q.id for q in activity.queue}
    assert set(by_word) == {"tired", "calm"}
    activity.release([m.Told(id=name) for name in by_word.values()])

    often = {text.text.casefold(): text.often for text in activity.snapshot.texts}
    assert often == {"tired": True, "calm": False}


def test_the_same_text_twice_comes_twice() -> None:
    activity = written(TEXTS, "one", "one", "one")
    assert [q.text for q in activity.queue] == ["one"] * 3


def test_a_word_of_several_stays_until_the_last_of_them_took_it_back() -> None:
    activity = written(WORDS, "tired", "Tired", "calm", "other")
    activity.take_back("0", 1)
    activity.set_aside(told(activity, "other").id)
    assert {q.text.casefold() for q in activity.queue} == {"tired", "calm"}
    activity.withdraw("1")
    activity.set_aside(told(activity, "calm").id)
    assert activity.queue == ()


def test_who_takes_back_while_people_write_has_passed() -> None:
    activity = kinds.begin(TEXTS)
    activity.collect()
    for who in "abcd":
        write(activity, who, f"of {who}")
    activity.take_back("a", 1)
    assert activity.answered_count == 4
    assert refused(activity.take_back, "a", 1) == "nothing_waits"
    assert set(activity._answers.values()) == {None, "of b", "of c", "of d"}
    activity.reveal(3)

    assert sorted(q.text for q in activity.queue) == ["of b", "of c", "of d"]
    assert refused(activity.take_back, "a", 1) == "nothing_waits"
    assert refused(activity.take_back, "b", 2) == "other_round"


def test_a_text_that_was_shown_cannot_be_taken_back() -> None:
    activity = written(TEXTS, "one", "two", "three")
    activity.release([told(activity, "one")])
    assert refused(activity.take_back, "0", 1) == "nothing_waits"


def test_what_was_shown_stays_while_people_write_again() -> None:
    activity = written(TEXTS, "one", "two", "three")
    activity.release([told(activity, "one")])
    activity.collect()
    assert activity.phase is Phase.COLLECTING
    assert [text.text for text in activity.snapshot.texts] == ["one"]
    for who in "012":
        write(activity, who, f"more of {who}")
    activity.reveal(3)

    assert [text.text for text in activity.snapshot.texts] == ["one"]
    assert len(activity.queue) == 5, "those of the first round wait still"


@pytest.mark.parametrize("k", [3, 4, 5])
def test_writing_closes_with_k_texts_and_passes_are_none(k: int) -> None:
    activity = kinds.begin(TEXTS)
    assert refused(activity.reveal, k) == "not_collecting"
    activity.collect()
    for who in range(k - 1):
        write(activity, str(who), "x")
    write(activity, "pass", None)
    assert refused(activity.reveal, k) == "too_few"
    assert activity.phase is Phase.COLLECTING
    write(activity, "pass", "y")
    activity.reveal(k)

    assert len(activity.queue) == k
    assert activity.shown == 1


def test_a_text_may_be_exactly_as_long_as_it_says() -> None:
    activity = kinds.begin(TEXTS)
    activity.collect()
    write(activity, "a", "x" * 40)
    with pytest.raises(m.Refusal, match="text_too_long"):
        write(activity, "b", "x" * 41)
    assert activity.answered_count == 1


def test_put_away_forgets_what_waits() -> None:
    activity = written(TEXTS, "one", "two", "three")
    activity.put_away()

    assert activity.queue == ()
    assert activity.phase is Phase.IDLE


def test_a_text_keeps_two_accents_on_a_letter_and_no_pile() -> None:
    assert texts.tidied("x\u0301\u0302\u0303\u0304y") == "x\u0301\u0302y"


# -- what the leader has to look at --------------------------------------------------

HINTED = ["I told Maria about it.", "Call me: 0171 2345678", "I want to die some days."]
PLAIN = ["A walk helped.", "It passed."]
LONG = Declaration(id="q", kind="texts", question="?", longest=200)


def test_a_batch_never_shows_a_text_whose_hint_is_unanswered() -> None:
    activity = written(LONG, *HINTED, *PLAIN)
    activity.release([told(activity, text) for text in HINTED + PLAIN])

    assert sorted(text.text for text in activity.snapshot.texts) == sorted(PLAIN)
    assert sorted(q.text for q in activity.queue) == sorted(HINTED)
    assert all(q.hints or q.danger for q in activity.queue)
    every = [told(activity, text) for text in HINTED]
    assert refused(activity.release, every) == "look_first"


@pytest.mark.parametrize("text", HINTED)
def test_a_hint_is_answered_text_by_text(text: str) -> None:
    activity = written(LONG, text, *PLAIN)
    one = told(activity, text)
    activity.release([one.model_copy(update={"looked": True})])
    assert activity.snapshot.texts == (rules.Shown(text=text),)

    activity = written(LONG, text, *PLAIN)
    activity.release([told(activity, text, "Somebody told a friend.")])
    assert activity.snapshot.texts[0].retold

    activity = written(LONG, text, *PLAIN)
    activity.set_aside(told(activity, text).id)
    assert sorted(q.text for q in activity.queue) == sorted(PLAIN)


def test_the_leaders_own_words_are_looked_at_too() -> None:
    activity = written(LONG, *HINTED)
    again = told(activity, HINTED[0], "Somebody told Maria.")
    assert refused(activity.release, [again]) == "look_first"
    activity.release([again.model_copy(update={"looked": True})])
    assert activity.snapshot.texts[0].text == "Somebody told Maria."


def test_what_is_struck_out_is_forgotten_and_its_hint_with_it() -> None:
    activity = written(LONG, "Maria said that maria’s Mariana left.", *PLAIN)
    one = next(q for q in activity.queue if "Maria" in q.text)
    activity.strike_out(one.id, ["Maria", "Mariana"])

    (struck,) = (q for q in activity.queue if q.id == one.id)
    assert struck.text == "▇▇▇ said that ▇▇▇’s ▇▇▇ left."
    assert struck.hints == ()
    assert "maria" not in repr(vars(activity)).lower()
    assert refused(activity.strike_out, one.id, ["Maria"]) == "nothing_to_strike"
    assert refused(activity.strike_out, "x", ["Maria"]) == "nothing_to_show"
    activity.release([m.Told(id=one.id)])
    assert activity.snapshot.texts[0].text == struck.text


@pytest.mark.parametrize(
    ("passages", "left"),
    [
        (["an"], "Ana and Ann, 3 (of 5) a*b"),
        (["ana", "Ann"], "▇▇▇ and ▇▇▇, 3 (of 5) a*b"),
        (["Ana and", "Ann"], "▇▇▇, 3 (of 5) a*b"),
        (["3 (of 5"], "Ana and Ann, ▇▇▇) a*b"),
        (["a*b"], "Ana and Ann, 3 (of 5) ▇▇▇"),
        ([" ", "\u202e"], "Ana and Ann, 3 (of 5) a*b"),
    ],
)
def test_whole_words_are_struck_out_and_nothing_else(
    passages: list[str], left: str
) -> None:
    assert texts.strike_out("Ana and Ann, 3 (of 5) a*b", passages) == left


def test_a_day_is_no_name_and_a_name_with_an_s_is_one() -> None:
    assert texts.hints("We meet on Sundays, as in May’s plan, with Maria’s aunt.") == (
        "Maria’s",
    )
