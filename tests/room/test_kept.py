"""Questions that are kept unseen, and shown together, each by itself."""

import itertools
import json
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beyond_the_no.room import keeping, rules, views
from beyond_the_no.room import messages as m
from beyond_the_no.room.activity import Declaration, Phase
from beyond_the_no.room.room import Room

OPTIONS = ("a", "b", "c")
LEADER = m.Role.FACILITATOR
KINDS = ["poll", "many", "scale", "guess", "place"]


def declared(name: str, kind: str = "poll") -> Declaration:
    if kind == "many":
        return Declaration(id=name, question=name, options=OPTIONS, many=True)
    if kind == "guess":
        return Declaration(
            id=name, kind="guess", question=name, options=OPTIONS, sensitive=False,
            truth=4, edges=(0, 3, 6, 9),
        )  # fmt: skip
    options = tuple("abcdefg") if kind == "place" else OPTIONS
    return Declaration(id=name, kind=kind, question=name, options=options)


class Play:
    """A room with questions, and everything that its pages are told."""

    def __init__(self, k: int = 5, **kinds: str) -> None:
        self.room = Room(k=k)
        self.room.declare([declared(name, kind) for name, kind in kinds.items()])
        self.kinds = kinds
        self.seats: dict[str, str] = {}
        self.room.apply(LEADER, m.read('{"type":"open","keep":true}'))

    def say(self, message: dict, who: str = "") -> str:
        role = m.Role.PHONE if who else LEADER
        try:
            self.room.apply(role, m.read(json.dumps(message)), self.seats.get(who, ""))
        except m.Refusal as refusal:
            return refusal.reason
        return ""

    def lead(self, kind: str, name: str = "") -> str:
        return self.say({"type": kind} | ({"activity": name} if name else {}))

    def answer(self, name: str, who: str, value: int | None) -> str:
        self.seats.setdefault(who, self.room.join())
        round_ = max(1, self.room.activities[name].round)
        said = {"type": "answer", "activity": name, "round": round_, "value": value}
        if self.kinds[name] == "many" and value is not None:
            said |= {"value": None, "values": [value, (value + 1) % 3]}
        return self.say(said, who)

    def keep(self, name: str, values: list[int | None]) -> str:
        self.lead("collect", name)
        for who, value in enumerate(values):
            self.answer(name, str(who), value)
        return self.lead("keep", name)

    def seen(self, name: str, role: m.Role = LEADER) -> views.Question:
        state = views.state(self.room, role)
        return next(q for q in state.questions if q.id == name)

    def pictures(self) -> dict[str, rules.Snapshot | None]:
        return {name: a.snapshot for name, a in self.room.activities.items()}


def alone(kind: str, values: list[int | None], k: int = 5) -> rules.Snapshot | None:
    """The picture of the same answers, shown by itself."""
    play = Play(k, q=kind)
    play.lead("collect", "q")
    for who, value in enumerate(values):
        play.answer("q", str(who), value)
    play.lead("reveal", "q")
    return play.pictures()["q"]


answers = st.lists(st.none() | st.integers(0, 2), min_size=1, max_size=12)
three = st.lists(st.tuples(st.sampled_from(KINDS), answers), min_size=1, max_size=3)


@settings(deadline=None, max_examples=60)
@given(three, st.integers(3, 6))
def test_each_is_shown_as_it_would_be_alone(
    asked: list[tuple[str, list[int | None]]], k: int
) -> None:
    """R1 to R5 hold for each by itself, and no picture depends on another (R6)."""
    play = Play(k, **{f"q{at}": kind for at, (kind, _) in enumerate(asked)})
    for at, (_, values) in enumerate(asked):
        assert play.keep(f"q{at}", values) == ""
        # nobody sees anything of it
        for role in m.Role:
            if role is not m.Role.COFACILITATOR:
                assert play.seen(f"q{at}", role).snapshot is None

    assert play.lead("reveal_kept") == ""

    for at, (kind, values) in enumerate(asked):
        shown = play.pictures()[f"q{at}"]
        assert shown == alone(kind, values, k)
        seen = play.seen(f"q{at}")
        assert seen.kept is (shown is None) is bool(seen.not_shown)


def test_one_with_too_few_stays_kept_and_the_sentence_tells_no_number() -> None:
    said = set()
    for few in range(5):
        play = Play(few="poll", enough="poll")
        play.keep("few", [0] * few)
        play.keep("enough", [0, 1, 2, 0, 1, 2])
        assert play.lead("reveal_kept") == ""
        assert play.seen("enough").phase is Phase.REVEALED
        assert play.seen("few").phase is Phase.HELD
        assert play.seen("few", m.Role.PHONE).not_shown == ""
        said.add(play.seen("few").not_shown)
    assert len(said) == 1

    # the leader may open it again: nobody who answered has to do so anew
    assert play.lead("collect", "few") == ""
    assert play.answer("few", "4", 0) == ""
    assert play.lead("reveal", "few") == ""


def test_what_is_kept_takes_no_answer_and_no_change_and_who_leaves_takes_hers() -> None:
    play = Play(q="poll")
    play.keep("q", [0, 0, 0, 0, 1])
    activity = play.room.activities["q"]
    before = dict(activity._answers)

    play.answer("q", "0", 2)
    assert activity._answers == before
    play.answer("q", "0", None)  # she has cleared her phone
    play.say({"type": "leave"}, "1")
    assert sorted(map(str, activity._answers.values())) == sorted(
        map(str, [None, *[frozenset({0})] * 2, frozenset({1})])
    )
    play.lead("reveal_kept")
    assert play.seen("q").snapshot is None


def test_three_are_kept_at_most_while_the_group_goes_on() -> None:
    play = Play(a="poll", b="scale", c="place", d="poll")
    for name in "abc":
        assert play.keep(name, [0, 1] * 3) == ""
    play.lead("collect", "d")
    assert not play.seen("d").may_keep
    assert play.lead("keep", "d") == "kept_enough"
    assert play.lead("reveal_kept") == "still_open"
    assert [play.seen(name).kept for name in "abc"] == [True] * 3
    play.lead("put_away", "d")

    assert play.lead("reveal_kept") == ""
    assert play.lead("reveal_kept") == "none_kept"
    assert len(play.room.exported) == 3
    # what is shown together goes together, and comes back together
    before = play.pictures()
    play.lead("put_away", "b")
    assert set(play.pictures().values()) == {None}
    play.lead("bring_back", "b")
    assert play.pictures() == before
    play.lead("put_away", "a")
    play.room.forget_hidden()
    assert play.lead("bring_back", "a") == "nothing_hidden"
    assert not any(activity.hidden for activity in play.room.activities.values())


def test_first_rounds_and_what_is_kept_do_not_mix() -> None:
    play = Play(s="scale", q="poll")
    assert play.lead("keep", "s") == "no_keeping"
    play.lead("collect", "s")
    assert play.seen("s").may_hold
    assert play.seen("s").may_keep
    play.lead("hold", "s")
    assert not play.seen("s").kept
    assert play.lead("reveal_kept") == "none_kept"
    play.lead("collect", "s")  # the second round: shown beside the first, or not at all
    assert not play.seen("s").may_keep
    assert play.lead("keep", "s") == "no_keeping"


def test_slips_are_shown_by_themselves() -> None:
    play = Play(q="poll")
    play.lead("collect", "q")
    for who in range(40):
        play.answer("q", str(who), 0)
    play.say({"type": "tally", "activity": "q", "counts": [5, 0, 0]})
    assert play.lead("keep", "q") == "no_keeping"


def test_dots_and_texts_are_not_kept() -> None:
    room = Room()
    dots = Declaration(id="d", kind="dots", question="?", options=OPTIONS, points=3)
    room.declare([dots, Declaration(id="t", kind="texts", question="?")])
    for name in "dt":
        room.apply(LEADER, m.read(json.dumps({"type": "collect", "activity": name})))
        with pytest.raises(m.Refusal, match="no_keeping"):
            room.apply(LEADER, m.read(json.dumps({"type": "keep", "activity": name})))


def test_after_a_restart_it_is_kept_and_phones_bring_their_answers() -> None:
    play = Play(q="scale")
    play.keep("q", [0, 1, 2, 0, 1, 2])
    seen = play.seen("q")
    kept = {"phase": seen.phase, "round": seen.round, "kept": seen.kept}
    again = Play(q="scale")
    again.room = Room()
    again.room.declare([declared("q", "scale")])
    again.say({"type": "restore", "phase": "open", "activities": {"q": kept}})
    assert again.seen("q").kept
    for who in range(6):
        assert again.answer("q", str(who), who % 3) == ""
    assert again.lead("reveal_kept") == ""
    assert again.pictures()["q"] == alone("scale", [0, 1, 2, 0, 1, 2])


def test_the_end_wipes_what_is_kept() -> None:
    play = Play(q="poll")
    play.keep("q", [0] * 6)
    play.lead("end")
    assert play.room.receipt.answers == 6
    assert not play.room.activities
    assert not keeping.kept(play.room.activities.values())


def test_deleted_unseen_it_does_not_come_back() -> None:
    play = Play(q="poll", other="poll")
    play.keep("q", [0] * 6)
    play.lead("put_away", "q")
    assert play.lead("reveal_kept") == "none_kept"
    assert play.room.hidden is None
    assert "frozenset({0})" not in repr(vars(play.room.activities["q"]))


# -- the best attacker: she sees both pictures at once ---------------------------------


@pytest.mark.parametrize("told", [0, 2, 3, 4])
@pytest.mark.parametrize("kinds", [("poll", "poll"), ("scale", "place")])
def test_two_shown_at_once_give_the_best_attacker_no_more_than_each_by_itself(
    kinds: tuple[str, str], told: int
) -> None:
    """All worlds of five people and two questions; she is told the first ones' answers.

    Of the last one's answer to one question she wins no more than with its picture
    alone: what is shown of the other one adds nothing.
    """
    values = list(itertools.product(range(2), repeat=5))
    singly = [
        {said: str(alone(kind, list(said), 3)) for said in values} for kind in kinds
    ]
    both: dict[object, list[Counter[int]]] = defaultdict(lambda: [Counter(), Counter()])
    single: list[dict[object, Counter[int]]] = [defaultdict(Counter) for _ in kinds]
    for worlds in itertools.product(values, repeat=2):
        play = Play(3, a=kinds[0], b=kinds[1])
        for name, said in zip("ab", worlds, strict=True):
            play.keep(name, list(said))
        play.lead("reveal_kept")
        saw = tuple(str(play.pictures()[name]) for name in "ab")
        knows = tuple(said[:told] for said in worlds)
        for at, said in enumerate(worlds):
            both[saw, knows][at][said[4]] += 1
            single[at][singly[at][said], said[:told]][said[4]] += 1
    for at in range(2):
        together = sum(max(found[at].values()) for found in both.values())
        by_itself = sum(max(found.values()) for found in single[at].values())
        assert together == by_itself
