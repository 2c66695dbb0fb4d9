"""Attacks on everything that a room publishes over time, by whoever sees all of it.

The attacker sees every state that the wall, the phones and the leader's page are sent,
every refusal, every acknowledgement and their sizes; and is told the answers of as
many people as a test says. What she may win is written in `room/PROMISES.md`, which
names these tests.
"""

import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from beyond_the_no.room import kinds, picture, rules, texts, views, words
from beyond_the_no.room import messages as m
from beyond_the_no.room.activity import Activity, Declaration, Phase
from beyond_the_no.room.pairing import SHAPES, Sign
from beyond_the_no.room.room import Room
from beyond_the_no.room.writing import Writing

OPTIONS = ("a", "b", "c")
LEADER = m.Role.FACILITATOR
ASKED = {
    "poll": Declaration(id="q", question="?", options=OPTIONS),
    "many": Declaration(id="q", question="?", options=OPTIONS, many=True),
    "scale": Declaration(id="q", kind="scale", question="?", options=OPTIONS),
    "two_rounds": Declaration(id="q", kind="two_rounds", question="?", options=OPTIONS),
    "guess": Declaration(
        id="q", kind="guess", question="?", options=OPTIONS, sensitive=False,
        truth=4, edges=(0, 3, 6, 9),
    ),
    "place": Declaration(id="q", kind="place", question="?", options=tuple("abcdefg")),
    "dots": Declaration(id="q", kind="dots", question="?", options=OPTIONS, points=3),
    "words": Declaration(id="q", kind="words", question="?"),
    "texts": Declaration(id="q", kind="texts", question="?"),
    "ideas": Declaration(id="q", kind="ideas", question="?", longest=80),
    "questions": Declaration(id="q", kind="questions", question="?", longest=120),
    "support": Declaration(
        id="q", kind="support", question="?", options=OPTIONS, many=True
    ),
    "pairs": Declaration(id="q", kind="pairs", question="?"),
}  # fmt: skip
CHOOSING = ["poll", "many", "scale", "two_rounds", "guess", "dots", "place", "support"]
WRITING = ["words", "texts", "ideas", "questions"]
TWICE = [("scale", "hold"), ("two_rounds", "hold")]
ServerMessage = int | None


@dataclass(frozen=True)
class World:
    """What happens in a room: who says what in two rounds, who leaves, what is led."""

    kind: str
    k: int
    rounds: tuple[dict[str, ServerMessage], dict[str, ServerMessage]]
    leavers: frozenset[str] = frozenset()  # after the first round's answers
    between: str = "reveal"  # or "hold", or "put_away"


def answer_to(kind: str, value: ServerMessage, round_: int) -> dict[str, object]:
    """An answer as a phone sends it."""
    said: dict[str, object] = {"type": "answer", "activity": "q", "round": round_}
    if kind in WRITING:
        text = None if value is None else f"text {value}"
        return said | {"value": None, "text": text}
    if kind in ("many", "support") and value is not None:
        return said | {"value": None, "values": [value, (value + 1) % 3]}
    if kind == "dots":
        laid = [] if value is None else [value, value, (value + 1) % 3]
        return said | {"value": None, "values": laid}
    return said | {"value": value}


@dataclass
class Play:
    """A world, played: all that anybody is told, word by word."""

    world: World
    transcript: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.room = Room(k=self.world.k)
        self.room.declare([ASKED[self.world.kind]])
        self.seats: dict[str, str] = {}
        self.hear()

    def hear(self, acknowledged: object = None) -> None:
        """Keep what each role is shown now."""
        shown = [views.state(self.room, r).model_dump_json() for r in m.Role]
        self.transcript.append(f"{acknowledged} {shown}")

    def say(self, message: dict, who: str = "") -> None:
        role = m.Role.PHONE if who else LEADER
        token = self.seats.get(who, "")
        try:
            self.room.apply(role, m.read(json.dumps(message)), token)
            answer = message["type"] == "answer"
            sent = views.Sent(activity="q", round=message["round"]) if answer else None
            self.hear(sent)
        except m.Refusal as refusal:
            self.hear(views.refused(refusal, self.room.k))

    def lead(self, kind: str, **more: object) -> None:
        self.say({"type": kind, "activity": "q"} | more)

    def answers(self, said: dict[str, ServerMessage]) -> None:
        for who, value in said.items():
            if who not in self.seats:
                self.seats[who] = self.room.join()
                self.hear()
            round_ = self.room.activities["q"].round
            self.say(answer_to(self.world.kind, value, round_), who)

    def all(self) -> "Play":
        first, second = self.world.rounds
        self.lead("collect")
        self.answers(first)
        for who in sorted(self.world.leavers & self.seats.keys()):
            self.say({"type": "leave"}, who)
        self.lead(self.world.between)
        self.lead("collect")
        stay = {w: v for w, v in second.items() if w not in self.world.leavers}
        self.answers(stay)
        self.lead("reveal")
        return self

    @property
    def snapshot(self) -> rules.Snapshot | None:
        return self.room.activities["q"].snapshot


quick = settings(deadline=None, max_examples=40)
people = st.sampled_from("abcdefghijkl")
said = st.none() | st.integers(0, 2)
rounds_of = st.dictionaries(people, said, min_size=3, max_size=12)
worlds = st.builds(
    World,
    kind=st.sampled_from(CHOOSING),
    k=st.integers(3, 6),
    rounds=st.tuples(rounds_of, rounds_of),
    leavers=st.frozensets(people, max_size=2),
    between=st.sampled_from(["reveal", "hold", "put_away"]),
)


def real(said: dict[str, ServerMessage], who: str) -> bool:
    return said.get(who) is not None


@quick
@given(worlds, st.data())
def test_who_said_what_cannot_be_told_from_all_that_is_ever_shown(
    world: World, data: st.DataObject
) -> None:
    """Two people who took part in the same rounds swap their answers: nothing changes.

    So whoever is told nobody's answer cannot tell anyone's.
    """
    first, second = world.rounds

    def pattern(who: str) -> tuple[bool, ...]:
        return (
            *(who in r for r in world.rounds),
            *(real(r, who) for r in world.rounds),
            who in world.leavers,
        )

    alike = [
        (a, b)
        for a, b in itertools.combinations(sorted(first.keys() | second.keys()), 2)
        if pattern(a) == pattern(b)
    ]
    assume(alike)
    a, b = data.draw(st.sampled_from(alike))

    def swapped(said: dict[str, ServerMessage]) -> dict[str, ServerMessage]:
        other = {a: b, b: a}
        return {who: said[other.get(who, who)] for who in said}

    other = replace(world, rounds=(swapped(first), swapped(second)))

    assert Play(world).all().transcript == Play(other).all().transcript


@quick
@given(worlds, st.sampled_from([*CHOOSING, *WRITING, "pairs"]), st.data())
def test_before_a_reveal_nothing_tells_an_answer_from_another_or_from_a_pass(
    world: World, kind: str, data: st.DataObject
) -> None:
    """Not the words of readiness, not an acknowledgement, not the size of anything."""
    first, _ = world.rounds
    values = st.none() | (st.just(0) if kind == "pairs" else st.integers(0, 2))

    def collected(said: dict[str, ServerMessage]) -> list[str]:
        play = Play(replace(world, kind=kind))
        play.lead("collect")
        play.answers(said)
        return play.transcript

    one, other = ({who: data.draw(values) for who in first} for _ in range(2))

    assert collected(one) == collected(other)


@settings(deadline=None, max_examples=20)
@given(
    st.sampled_from([(kind, "reveal") for kind in CHOOSING] + TWICE),
    st.integers(3, 6),
    st.data(),
)
def test_a_latecomer_cannot_be_read_off_by_all_the_others_together(
    asked: tuple[str, str], k: int, data: st.DataObject
) -> None:
    """The attacker is told all answers but hers, and sees the pictures of both rounds.

    Fewer than k are new, so hers is in no picture, whatever she says.
    """
    kind, between = asked
    group = "abcdefgh"
    first, second = ({w: data.draw(st.integers(0, 2)) for w in group} for _ in range(2))

    def played(late: dict[str, ServerMessage]) -> Play:
        rounds = (first, second | late)
        return Play(World(kind, k, rounds, between=between)).all()

    one, other, passed = (played({"late": value}) for value in (0, 2, None))
    assert one.transcript == other.transcript == passed.transcript
    assert one.snapshot == played({}).snapshot
    assert one.snapshot is not None


@quick
@given(worlds, st.data())
def test_a_leaver_changes_no_second_picture(world: World, data: st.DataObject) -> None:
    """One who was in the first picture and is not in the second: there is no second."""
    first = {who: data.draw(st.integers(0, 2)) for who in "abcdefgh"}
    gone = data.draw(st.sampled_from("abcdefgh"))
    rounds = (first, {w: v for w, v in first.items() if w != gone})
    play = Play(replace(world, rounds=rounds, leavers=frozenset(), between="reveal"))

    play.all()

    assert play.snapshot is None
    assert "would_single_out" in play.transcript[-1]


@quick
@given(
    st.sampled_from(["scale", "two_rounds"]), st.integers(3, 6), rounds_of, rounds_of
)
def test_two_rounds_shown_at_once_count_the_same_people(
    kind: str, k: int, first: dict[str, ServerMessage], second: dict[str, ServerMessage]
) -> None:
    """Who passed, came late or left in one of them is in neither picture."""
    play = Play(World(kind, k, (first, second), between="hold")).all()
    both = {w for w in first if real(first, w) and real(second, w)}

    def shown(said: dict[str, ServerMessage]) -> rules.Snapshot | None:
        alone = Play(World(kind, k, ({w: said[w] for w in both}, {})))
        alone.lead("collect")
        alone.answers(alone.world.rounds[0])
        alone.lead("reveal")
        return alone.snapshot

    if len(both) < max(k, rules.FEWEST):
        assert play.snapshot is None
    else:
        assert play.snapshot.before == shown(first)
        assert play.snapshot.rows == shown(second).rows


@quick
@given(worlds)
def test_pages_are_given_the_picture_and_the_question_and_nothing_else(
    world: World,
) -> None:
    """What is drawn of a room is drawn alike of one that holds its picture alone."""
    play = Play(world).all()
    bare: Activity = kinds.begin(ASKED[world.kind])
    bare.snapshot = play.snapshot

    assert picture.drawn(bare) == picture.drawn(play.room.activities["q"])


# -- the best attacker there is: she tries every world that fits what she saw ----------


@cache
def published(
    kind: str, k: int, said: tuple[tuple[int, ...], ...], between: str = "hold"
) -> str:
    """All pictures of one or two rounds in which everybody answers."""
    activity: Activity = kinds.begin(ASKED[kind])
    seen = []
    for at, values in enumerate(said):
        activity.collect()
        for who, value in enumerate(values):
            message = answer_to(kind, value, activity.round)
            activity.answer(str(who), m.read(json.dumps(message)))
        if at + 1 < len(said) and between == "hold":
            activity.hold()
        else:
            activity.reveal(k)
            seen.append(str(picture.drawn(activity)))
    return "".join(seen)


def wins(
    all_worlds: list[tuple[tuple[int, ...], ...]],
    shown: Callable[[tuple[tuple[int, ...], ...]], object],
    told: int,
    victim: int,
) -> float:
    """How often the best guess at the victim's last answer is right.

    All worlds are as likely as each other. The attacker sees what is shown and is told
    all answers of the first ``told`` people.
    """
    guesses: dict[object, Counter[int]] = defaultdict(Counter)
    for said in all_worlds:
        knows = (shown(said), tuple(values[:told] for values in said))
        guesses[knows][said[-1][victim]] += 1
    return sum(max(c.values()) for c in guesses.values()) / len(all_worlds)


def every_world(n: int, rounds: int) -> list[tuple[tuple[int, ...], ...]]:
    values = list(itertools.product(range(2), repeat=n))
    return list(itertools.product(values, repeat=rounds))


def exact(said: tuple[tuple[int, ...], ...]) -> object:
    """What the exact numbers of the same people in each round would show."""
    return tuple(tuple(sorted(Counter(values).items())) for values in said)


@pytest.mark.parametrize("told", [0, 2, 3, 4])
@pytest.mark.parametrize("kind", CHOOSING)
def test_one_picture_gives_the_best_attacker_no_more_than_its_numbers(
    kind: str, told: int
) -> None:
    """With every number exact she wins at most this; the rules may only take away."""
    worlds = every_world(5, 1)
    with_picture = wins(worlds, lambda said: published(kind, 3, said), told, 4)

    assert with_picture <= wins(worlds, exact, told, 4) + 1e-9
    if told == 0:
        assert with_picture < 1


@pytest.mark.parametrize(
    ("kind", "between"),
    [
        ("scale", "hold"),
        ("two_rounds", "hold"),
        ("poll", "reveal"),
        ("scale", "reveal"),
    ],
)
@pytest.mark.parametrize("told", [0, 3])
def test_two_pictures_give_the_best_attacker_no_more_than_their_numbers(
    kind: str, between: str, told: int
) -> None:
    worlds = every_world(5, 2)
    with_pictures = wins(
        worlds, lambda said: published(kind, 3, said, between), told, 4
    )

    assert with_pictures <= wins(worlds, exact, told, 4) + 1e-9
    assert with_pictures < 1


@pytest.mark.parametrize("n", [5, 6, 7])
def test_who_is_not_told_an_answer_is_never_sure_of_one(n: int) -> None:
    """For every picture of a sensitive question and everyone in it: it may be else."""
    may_be: dict[str, list[set[int]]] = {}
    for said in every_world(n, 1):
        found = may_be.setdefault(published("poll", 5, said), [set() for _ in range(n)])
        for who, value in enumerate(said[0]):
            found[who].add(value)
    for found in may_be.values():
        assert all(len(values) == 2 for values in found)


@quick
@given(
    st.integers(5, 60),
    st.integers(0, 2),
    st.sampled_from(["poll", "scale", "two_rounds", "dots", "support"]),
)
def test_where_all_others_agree_they_cannot_tell_the_last_ones_answer(
    n: int, agreed: int, kind: str
) -> None:
    """R4: the attacker is everybody else; "most of us" is what she knew before."""
    shown = {published(kind, 5, ((agreed,) * (n - 1) + (last,),)) for last in range(3)}

    assert len(shown) == 1


# -- texts -----------------------------------------------------------------------------


def written(kind: str, k: int, texts: dict[str, str]) -> Play:
    play = Play(World(kind, k, ({}, {})))
    play.lead("collect")
    for who, text in texts.items():
        play.seats[who] = play.room.join()
        said = {"type": "answer", "activity": "q", "round": 1, "value": None}
        play.say(said | {"text": text}, who)
    return play


def queue(play: Play) -> list[dict]:
    return json.loads(views.state(play.room, LEADER).model_dump_json())["questions"][0][
        "queue"
    ]


@pytest.mark.parametrize("kind", WRITING)
@quick
@given(st.integers(3, 6), st.data())
def test_no_text_is_seen_before_k_people_wrote_and_writing_is_closed(
    kind: str, k: int, data: st.DataObject
) -> None:
    n = data.draw(st.integers(1, 8))
    play = written(kind, k, {str(i): f"canary {i}" for i in range(n)})
    assert "canary" not in "".join(play.transcript)

    play.lead("reveal")

    assert ("canary" in "".join(play.transcript)) == (n >= k)
    for role in (m.Role.PHONE, m.Role.WALL):
        assert "canary" not in views.state(play.room, role).model_dump_json()


def test_the_order_of_texts_does_not_tell_who_wrote_first() -> None:
    """In 300 rooms of five, the first text comes first about 60 times."""
    first = 0
    for _ in range(300):
        play = written("texts", 3, {str(i): f"text {i}" for i in range(5)})
        play.lead("reveal")
        first += queue(play)[0]["text"] == "text 0"

    assert 20 < first < 115


@pytest.mark.parametrize("kind", WRITING)
def test_who_takes_a_text_back_or_leaves_is_not_told_by_the_moment(kind: str) -> None:
    play = written(kind, 3, {who: f"text of {who}" for who in "abcd"})
    play.lead("reveal")
    before = queue(play)

    play.say({"type": "take_back", "activity": "q", "round": 1}, "a")
    play.say({"type": "leave"}, "b")
    assert queue(play) == before

    for role in (
        LEADER,
        m.Role.COFACILITATOR,
    ):  # who asks again and again learns nothing
        unknown = m.read('{"type":"set_aside","activity":"q","id":"x"}')
        with pytest.raises(m.Refusal, match="nothing_to_show"):
            play.room.apply(role, unknown)
        assert queue(play) == before

    play.lead("set_aside", id=next(q["id"] for q in before if "of c" in q["text"]))
    assert [q["text"] for q in queue(play)] == ["text of d"]
    ids = [{"id": q["id"]} for q in before if "of a" in q["text"]]
    play.lead("release", texts=ids)
    assert "text of a" not in views.state(play.room, m.Role.WALL).model_dump_json()


LINES = [
    "A walk.",
    "Maria laughed.",
    "It passed.",
    "Ring 0171 2345678",
    "I want to die",
]
asked_for = st.tuples(
    st.sampled_from(LINES),
    st.sampled_from([None, "", "Somebody rested.", "Somebody told Maria."]),
    st.booleans(),
)


@quick
@given(st.lists(st.lists(asked_for, min_size=1, max_size=6), max_size=6))
def test_a_hinted_text_is_never_shown_unless_it_was_looked_at(
    batches: list[list[tuple[str, str | None, bool]]],
) -> None:
    """Whatever is asked for, in whatever order, by whatever page."""
    play = written("texts", 3, {str(i): line for i, line in enumerate(LINES)})
    play.lead("reveal")
    ids = {one["text"]: one["id"] for one in queue(play)}
    looked: set[str] = set()
    for batch in batches:
        looked |= {say or line for line, say, look in batch if look}
        wanted = [
            {"id": ids[line], "say": say, "looked": look} for line, say, look in batch
        ]
        play.lead("release", texts=wanted)

    shown = {one.text for one in play.snapshot.texts}
    assert not {one for one in shown if texts.hints(one) or "die" in one} - looked


def test_what_is_struck_out_is_nowhere_any_more() -> None:
    said = {"a": "canary told Maria", "b": "a walk", "c": "it passed"}
    play = written("texts", 3, said)
    play.lead("reveal")
    (one,) = (one for one in queue(play) if "canary" in one["text"])
    play.lead("strike_out", id=one["id"], passages=["CANARY", "Maria"])

    since = len(play.transcript)
    play.lead("release", texts=[{"id": one["id"]} for one in queue(play)])
    assert "▇▇▇ told ▇▇▇" in {text.text for text in play.snapshot.texts}
    assert not [w for w in play.transcript[since:] if "canary" in w or "Maria" in w]
    assert "canary" not in repr([vars(a) for a in play.room.activities.values()])


def test_a_word_counts_its_authors_and_not_their_rounds() -> None:
    """ "Often" stands for k people in one round, never for one who writes again."""
    play = written("words", 3, dict.fromkeys("ab", "tired") | {"c": "calm"})
    play.lead("reveal")
    play.lead("collect")
    for who in "abc":
        said = {"type": "answer", "activity": "q", "round": 2, "value": None}
        play.say(said | {"text": "calm" if who == "c" else "Tired"}, who)
    play.lead("reveal")
    play.lead("release", texts=[{"id": one["id"]} for one in queue(play)])

    assert not any(text.often for text in play.snapshot.texts)


def test_the_spelling_of_a_word_does_not_tell_who_wrote_first() -> None:
    """It is shown as most wrote it; between two that are even the lot decides."""

    def shown(*written_: str) -> str:
        play = written("words", 3, {str(i): word for i, word in enumerate(written_)})
        play.lead("reveal")
        (one,) = queue(play)
        return str(one["text"])

    assert shown("CaLm", "calm", "Calm", "calm") == "calm"
    assert {shown("Calm", "calm", "Calm", "calm") for _ in range(60)} == {
        "Calm",
        "calm",
    }


def test_a_text_is_taken_back_from_the_round_in_which_it_was_written() -> None:
    play = written("texts", 3, {who: f"text of {who}" for who in "abcd"})
    play.lead("reveal")
    play.lead("collect")
    for who in "abcd":
        said = {"type": "answer", "activity": "q", "round": 2, "value": None}
        play.say(said | {"text": f"more of {who}"}, who)

    play.say({"type": "take_back", "activity": "q", "round": 1}, "a")
    play.say({"type": "take_back", "activity": "q", "round": 2}, "b")
    play.say({"type": "take_back", "activity": "q", "round": 3}, "c")
    assert "other_round" in play.transcript[-1]
    play.lead("reveal")
    play.lead("set_aside", id=next(q["id"] for q in queue(play) if "of d" in q["text"]))

    left = {q["text"] for q in queue(play)}
    assert "text of a" not in left
    assert "more of b" not in left
    assert {"more of a", "text of b", "more of c", "text of c"} <= left


# -- pairs -----------------------------------------------------------------------------


@quick
@given(st.integers(2, 60), st.integers(0, 5), st.integers(0, 3))
def test_a_draw_leaves_nobody_over_and_tells_the_wall_nothing(
    joined: int, passed: int, asleep: int
) -> None:
    play = Play(World("pairs", 5, ({}, {})))
    play.lead("collect")
    names = [f"{i}" for i in range(joined)]
    passes = dict.fromkeys(f"pass {i}" for i in range(passed))
    play.answers(dict.fromkeys(names, 0) | passes)
    for name in names[: min(asleep, joined - 2)]:
        play.room.disconnect(play.seats[name])
    play.lead("reveal")

    drawn = play.room.drawn
    awake = names[min(asleep, joined - 2) :]
    groups = Counter(drawn.sign(play.seats[n]) for n in awake)
    assert all(size == sign.people for sign, size in groups.items())
    assert set(groups.values()) <= {2, 3}
    assert list(groups.values()).count(3) == len(awake) % 2
    for name in set(play.seats) - set(awake):
        assert drawn.sign(play.seats[name]).people == 0
    seen = views.state(play.room, m.Role.WALL).model_dump_json()
    assert not any(sign.word and sign.word in seen for sign in groups)


@quick
@given(st.integers(2, 40), st.sampled_from([2, 3]), st.integers(0, 9), st.data())
def test_everyone_has_each_role_and_only_their_phone_is_told(
    joined: int, size: int, gone: int, data: st.DataObject
) -> None:
    play = Play(World("pairs", 5, ({}, {})))
    roles = ("talker", "hearer", "noticer")[:size]
    about = ASKED["pairs"].model_copy(update={"size": size, "roles": roles})
    play.room.declare([about])
    play.lead("collect")
    play.answers({f"{i}": 0 for i in range(joined)} | {"rests": None})
    play.lead("reveal")
    drawn = play.room.drawn
    leavers = data.draw(st.sets(st.sampled_from(sorted(play.seats)), max_size=gone))
    leavers -= {"rests"}
    had = defaultdict(Counter)
    for turn in range(4):
        if turn == 3:
            for name in leavers:
                play.say({"type": "leave"}, name)
        signs = {n: drawn.sign(t) for n, t in play.seats.items()}
        assert (
            len(
                {len(views.Paired.of("q", s).model_dump_json()) for s in signs.values()}
            )
            == 1
        )
        groups = defaultdict(list)
        for name, sign in signs.items():
            if sign.people:
                groups[sign.shape, sign.word].append(sign)
                had[name][sign.role] += turn < 3
        assert all(len(one) == one[0].people for one in groups.values())
        for one in groups.values():
            assert {sign.role for sign in one} >= set(range(1, min(len(one), size) + 1))
        if turn < 3:
            play.lead("swap", turn=turn + 1)
            play.lead("swap", turn=turn + 1)  # pressed twice
    assert drawn.turn == 3
    assert signs["rests"] == Sign(turn=3)
    assert all(counted[1] >= 1 for counted in had.values()), "everyone has talked"
    for role in (m.Role.WALL, m.Role.PHONE):
        shown = views.state(play.room, role).model_dump_json()
        assert not [s for s in signs.values() if s.word and f'"{s.word}"' in shown]


def test_two_draws_are_not_the_same() -> None:
    pairs = set()
    for _ in range(20):
        play = Play(World("pairs", 5, ({}, {})))
        play.lead("collect")
        play.answers({f"{i}": 0 for i in range(8)})
        play.lead("reveal")
        drawn = play.room.drawn
        one = drawn.sign(play.seats["0"])
        pairs.add(next(n for n in "1234567" if drawn.sign(play.seats[n]) == one))
    assert len(pairs) > 2


# -- a room over time, with restarts ---------------------------------------------------


class OverTime(RuleBasedStateMachine):
    """Whatever is done and in whatever order: what was published keeps the rules."""

    kind = "poll"

    def __init__(self) -> None:
        super().__init__()
        self.k = 3
        self.said: list[dict[str, int]] = []  # real answers, round by round
        self.pictures: list[rules.Snapshot] = []
        self.seats: dict[str, str] = {}
        self.begin()

    def begin(self) -> None:
        self.room = Room(k=self.k)
        self.room.declare([ASKED[self.kind]])

    @property
    def activity(self) -> Activity:
        return self.room.activities["q"]

    def attempt(self, message: dict, token: str = "") -> bool:
        role = m.Role.PHONE if token else LEADER
        try:
            self.room.apply(role, m.read(json.dumps(message)), token)
        except m.Refusal:
            return False
        return True

    def lead(self, kind: str) -> bool:
        return self.attempt({"type": kind, "activity": "q"})

    @rule(who=st.sampled_from("abcdefghi"), value=said)
    def answers(self, who: str, value: ServerMessage) -> None:
        token = self.seats[who] = self.room.join(self.seats.get(who))
        round_ = max(self.activity.round, 1)
        self.attempt(answer_to(self.kind, value, round_), token)

    @rule(values=st.lists(st.integers(0, 2), min_size=9, max_size=9))
    def everybody_answers(self, values: list[int]) -> None:
        for who, value in zip("abcdefghi", values, strict=True):
            self.answers(who, value)

    @rule(who=st.sampled_from("abcdefghi"))
    def leaves(self, who: str) -> None:
        if who in self.seats:
            self.attempt({"type": "leave"}, self.seats.pop(who))

    @rule(
        kind=st.sampled_from(["collect", "collect", "hold", "put_away", "bring_back"])
    )
    def leads(self, kind: str) -> None:
        self.lead(kind)

    @rule()
    def reveal(self) -> None:
        counted = self._would_count()
        if self.lead("reveal"):
            self.pictures.append(self.activity.snapshot)
            self.said.append(counted)

    def _would_count(self) -> dict[str, int]:
        """Who may be in a picture now: those with a real answer."""
        return {key: 1 for key, value in self.activity._answers.items() if value}

    @precondition(lambda self: self.activity.round)
    @rule()
    def restarts(self) -> None:
        """The server dies; the leader's page brings back what it kept, phones come."""
        (seen,) = views.state(self.room, LEADER).questions
        kept = {
            "phase": seen.phase,
            "round": seen.round,
            "snapshot": seen.snapshot and seen.snapshot.model_dump(mode="json"),
            "shown": seen.shown,
            "second": seen.second,
        }
        self.begin()
        self.seats = {}
        restore = {"type": "restore", "phase": "open", "activities": {"q": kept}}
        assert self.attempt(restore)

    @invariant()
    def never_more_than_two_pictures(self) -> None:
        assert len(self.pictures) <= rules.MAX_ROUNDS

    @invariant()
    def what_comes_back_is_the_picture_that_everyone_has_seen(self) -> None:
        for one in (self.activity.snapshot, self.activity.hidden):
            assert one is None or one == self.pictures[-1]

    @invariant()
    def a_picture_stands_for_k_people_and_a_number_for_three(self) -> None:
        for people, one in zip(self.said, self.pictures, strict=True):
            assert len(people) >= self.k
            for shown in filter(None, (one, one.before)):
                numbers = [row.people for row in shown.rows if row.people is not None]
                assert all(number >= 3 for number in numbers)

    @invariant()
    def phones_and_wall_see_frozen_pictures_only(self) -> None:
        for role in (m.Role.PHONE, m.Role.WALL):
            for question in views.state(self.room, role).questions:
                revealed = question.phase is Phase.REVEALED
                assert (question.snapshot is not None) == revealed
                assert (question.ready, question.queue) == ("", ())


class ScaleOverTime(OverTime):
    kind = "scale"


class ManyOverTime(OverTime):
    kind = "many"


short = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestPollOverTime = OverTime.TestCase
TestScaleOverTime = ScaleOverTime.TestCase
TestManyOverTime = ManyOverTime.TestCase
TestPollOverTime.settings = TestScaleOverTime.settings = short
TestManyOverTime.settings = short


@pytest.mark.parametrize("kind", CHOOSING)
def test_a_restart_lends_no_third_picture(kind: str) -> None:
    """What was shown still counts when it was put away before the restart."""
    play = Play(World(kind, 3, (dict.fromkeys("abcde", 0), {})))
    play.lead("collect")
    play.answers(play.world.rounds[0])
    play.lead("reveal")
    play.lead("put_away")
    (seen,) = views.state(play.room, LEADER).questions
    again = Room(k=3)
    again.declare([ASKED[kind]])
    kept = {"phase": seen.phase, "round": seen.round, "shown": seen.shown}
    restore = {"type": "restore", "phase": "open", "activities": {"q": kept}}
    again.apply(LEADER, m.read(json.dumps(restore)))

    with pytest.raises(m.Refusal, match="twice_shown"):
        again.apply(LEADER, m.read('{"type":"collect","activity":"q"}'))


class Restarted:
    """A room that starts again, and phones that say what they have been shown.

    The leader's page is lost, or says that nothing was shown: the phones alone know.
    """

    def __init__(self, kind: str, k: int, restore: bool) -> None:
        self.kind, self.k, self.restore = kind, k, restore
        self.pictures: dict[str, int] = {}  # that each phone has been shown
        self.begin()

    def begin(self) -> None:
        self.room = Room(k=self.k)
        self.room.declare([ASKED[self.kind]])
        self.seats: dict[str, str] = {}
        if self.restore:
            kept = {"q": {"phase": "idle", "round": 1, "shown": 0}}
            restore = {"type": "restore", "phase": "open", "activities": kept}
            self.room.apply(LEADER, m.read(json.dumps(restore)))

    def lead(self, kind: str) -> str:
        try:
            self.room.apply(LEADER, m.read(json.dumps({"type": kind, "activity": "q"})))
        except m.Refusal as refusal:
            return refusal.reason
        return ""

    def asked(self, said: dict[str, ServerMessage], honest: bool = True) -> str:
        """Ask it once; say why nothing was shown, if nothing was."""
        if why := self.lead("collect"):
            return why
        for who, value in said.items():
            self.seats.setdefault(who, self.room.join())
            answer = answer_to(self.kind, value, self.room.activities["q"].round)
            shown = self.pictures.get(who, 0) if honest else 0
            message = m.read(json.dumps(answer | {"shown": shown}))
            self.room.apply(m.Role.PHONE, message, self.seats[who])
        why = self.lead("reveal")
        if not why:
            self.pictures |= {who: self.pictures.get(who, 0) + 1 for who in self.seats}
        return why

    @property
    def counted(self) -> set[str]:
        """Who stands in the last picture."""
        activity = self.room.activities["q"]
        keys = {activity._key(token): who for who, token in self.seats.items()}
        return {keys[key] for key in activity._counted[-1]}


@pytest.mark.parametrize("restore", [True, False])
@pytest.mark.parametrize("kind", CHOOSING)
class TestAfterARestartThatNobodyTellsOf:
    """Nobody is counted in two pictures of which the room knows one."""

    def test_the_same_people_but_one_are_not_shown(
        self, kind: str, restore: bool
    ) -> None:
        said = {who: at % 3 for at, who in enumerate("abcdefghij")}
        play = Restarted(kind, 5, restore)
        assert play.asked(said) == ""
        play.begin()

        assert play.asked({w: v for w, v in said.items() if w != "j"}) == "shown_before"

    def test_whoever_was_shown_it_is_left_out_and_others_are_counted(
        self, kind: str, restore: bool
    ) -> None:
        old = {who: at % 3 for at, who in enumerate("abcdef")}
        new = {who: at % 3 for at, who in enumerate("tuvwxyz")}
        play = Restarted(kind, 5, restore)
        play.asked(old)
        play.begin()

        assert play.asked(old | new) == ""
        assert play.counted == set(new)
        # nor are they in the next one: it would differ from the first by what changed
        assert play.asked(old | new) == ""
        assert play.counted == set(new)

    def test_who_claims_to_have_been_shown_it_leaves_out_only_herself(
        self, kind: str, restore: bool
    ) -> None:
        said = {who: at % 3 for at, who in enumerate("abcdef")}
        play = Restarted(kind, 5, restore)
        play.pictures = {"a": 9}

        assert play.asked(said) == ""
        assert play.counted == set("bcdef")

    def test_in_a_room_that_goes_on_both_rounds_count_everyone(
        self, kind: str, restore: bool
    ) -> None:
        said = {who: at % 3 for at, who in enumerate("abcdef")}
        play = Restarted(kind, 5, restore)

        assert [play.asked(said), play.asked(said)] == ["", ""]
        assert play.counted == set(said)


def test_who_was_shown_a_picture_is_in_neither_of_two_rounds_after_a_restart() -> None:
    play = Restarted("scale", 3, False)
    old = dict.fromkeys("abcd", 0)
    play.asked(old)
    play.begin()
    new = {who: at % 2 for at, who in enumerate("wxyz")}
    for last in ("hold", "reveal"):
        play.lead("collect")
        for who, value in (old | new).items():
            play.seats.setdefault(who, play.room.join())
            answer = answer_to("scale", value, play.room.activities["q"].round)
            message = m.read(json.dumps(answer | {"shown": play.pictures.get(who, 0)}))
            play.room.apply(m.Role.PHONE, message, play.seats[who])
        assert play.lead(last) == ""

    alone = rules.snapshot([2, 2, 0], OPTIONS, 3)
    assert play.room.activities["q"].snapshot.rows == alone.rows


def test_three_answers_make_no_picture_whatever_k_is() -> None:
    """Three that all differ would each be seen."""
    three = {"a": 0, "b": 1, "c": 2}

    assert Restarted("poll", 3, False).asked(three) == "too_few_for_rows"
    assert Restarted("poll", 3, False).asked({"a": 0, "b": 1}) == "too_few"
    assert Restarted("poll", 3, False).asked(three | {"d": 2}) == ""


def test_a_first_vote_is_forgotten_when_it_is_put_away() -> None:
    play = Play(World("two_rounds", 3, ({}, {})))
    play.lead("collect")
    play.answers(dict.fromkeys("abcd", 1))
    play.lead("hold")
    play.lead("collect")
    play.answers(dict.fromkeys("abcd", 2))
    activity = play.room.activities["q"]
    assert activity.second

    play.lead("put_away")
    assert not activity.second
    assert "frozenset({1})" not in repr(vars(activity))
    assert "frozenset({2})" not in repr(vars(activity))


def test_the_sign_of_a_pair_is_one_length_for_everyone() -> None:
    """Also for who sits it out: the size of a message would tell who is with whom."""
    signs = [Sign()] + [
        Sign(shape=shape, word=word, people=people, role=role)
        for shape in SHAPES
        for word in words.table()["calm"]["second"]
        for people in (1, 2, 3)
        for role in (0, 3)
    ]

    sizes = {len(views.Paired.of("q", sign).model_dump_json()) for sign in signs}
    assert len(sizes) == 1


def test_writing_forgets_its_texts() -> None:
    play = written("texts", 3, {who: f"canary {who}" for who in "abcd"})
    play.lead("reveal")
    first, *unseen = queue(play)
    play.lead("release", texts=[{"id": first["id"]}])
    play.lead("put_away")
    activity = play.room.activities["q"]
    assert isinstance(activity, Writing)
    assert not any(text["text"] in repr(vars(activity)) for text in unseen)

    play.room.forget_hidden()
    assert "canary" not in repr(vars(activity))
