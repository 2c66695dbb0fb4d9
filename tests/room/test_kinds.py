"""Each kind of thing a group does: what it takes, what it refuses, what it shows."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from beyond_the_no.room import kinds, rules, texts, views
from beyond_the_no.room import messages as m
from beyond_the_no.room.activity import Activity, Declaration, Phase
from beyond_the_no.room.pairing import draw
from beyond_the_no.room.room import Room

OPTIONS = ("stormy", "rainy", "cloudy", "clearing up", "sunny")
POLL = Declaration(id="q", question="?", options=OPTIONS)
MANY = Declaration(id="q", question="?", options=OPTIONS, many=True)
SCALE = Declaration(id="q", kind="scale", question="?", options=OPTIONS)
GUESS = Declaration(
    id="q", kind="guess", question="?", options=("0 to 9", "10 to 19", "20 to 30"),
    edges=(0, 10, 20, 30), truth=30, unit=" days", sensitive=False,
)  # fmt: skip
TEXTS = Declaration(id="q", kind="texts", question="?", longest=280)
WORDS = Declaration(id="q", kind="words", question="?", longest=40)
BREATHE = Declaration(id="q", kind="breathe", question="?")
INCLUDER = Declaration(id="q", kind="includer", question="?")
PAIRS = Declaration(id="q", kind="pairs", question="?")
LEADER = m.Role.FACILITATOR


def message(**said: object) -> m.Answer:
    whole = {"type": "answer", "activity": "q", "round": 1, "value": None} | said
    read = m.read(json.dumps(whole, ensure_ascii=False))
    assert isinstance(read, m.Answer)
    return read


def asked(about: Declaration, *said: dict) -> Activity:
    activity = kinds.begin(about)
    activity.collect()
    for at, one in enumerate(said):
        activity.answer(str(at), message(**one))
    return activity


@pytest.mark.parametrize(
    ("about", "said", "reason"),
    [
        (POLL, {"value": 5}, "no_such_option"),
        (POLL, {"values": [0]}, "other_kind"),
        (POLL, {"text": "rainy"}, "other_kind"),
        (MANY, {"values": [0, 5]}, "no_such_option"),
        (MANY, {"text": "rainy"}, "other_kind"),
        (SCALE, {"value": 5}, "no_such_option"),
        (GUESS, {"value": 3}, "no_such_option"),
        (TEXTS, {"value": 0}, "other_kind"),
        (TEXTS, {"values": [0]}, "other_kind"),
        (TEXTS, {"text": " \n\u202e\u200b "}, "empty_text"),
        (TEXTS, {"text": "x" * 281}, "text_too_long"),
        (TEXTS, {"text": "🫠" * 1024}, "text_too_long"),  # 4 kB
        (WORDS, {"text": "🏳️‍🌈" * 200}, "text_too_long"),
        (BREATHE, {"value": 0}, "asks_nothing"),
        (INCLUDER, {"value": 0}, "asks_nothing"),
        (PAIRS, {"value": 1}, "no_such_option"),
        (PAIRS, {"text": "Ana and Bo"}, "other_kind"),
    ],
)
def test_an_answer_of_another_kind_is_refused_and_changes_nothing(
    about: Declaration, said: dict, reason: str
) -> None:
    activity = asked(about)

    with pytest.raises(m.Refusal) as refused:
        activity.answer("one", message(**said))

    assert refused.value.reason == reason
    assert views.refused(refused.value).say.endswith(".")
    assert activity.answered_count == 0


@pytest.mark.parametrize(
    "said",
    [{"values": 1}, {"values": [True]}, {"values": [-1]}, {"text": 3}, {"text": ["x"]}],
)
def test_a_malformed_answer_is_no_message(said: dict) -> None:
    with pytest.raises(m.Refusal, match="malformed"):
        message(**said)


def test_more_than_four_thousand_letters_are_too_large_for_the_wire() -> None:
    with pytest.raises(m.Refusal, match="too_large"):
        message(text="🫠" * 4096)


@pytest.mark.parametrize("about", [BREATHE, INCLUDER])
def test_what_asks_nothing_shows_nothing(about: Declaration) -> None:
    activity = asked(about)

    with pytest.raises(m.Refusal, match="asks_nothing"):
        activity.reveal(5)
    activity.put_away()
    activity.collect()
    assert activity.phase is Phase.COLLECTING


@pytest.mark.parametrize(
    "broken",
    [
        {"options": ("one",)},
        {"kind": "guess", "options": ("a", "b"), "edges": (0, 1), "truth": 0.5},
        {"kind": "guess", "options": ("a", "b"), "edges": (0, 1, 1), "truth": 0.5},
        {"kind": "guess", "options": ("a", "b"), "edges": (0, 1, 2), "truth": 3},
        {"kind": "guess", "options": ("a", "b"), "edges": (0, 1, 2)},
        {"kind": "cyberball"},
        {"kind": "texts", "longest": 4000},
        {"kind": "includer", "throws": 7},
    ],
)
def test_a_declaration_that_could_not_be_kept_to_is_refused(broken: dict) -> None:
    with pytest.raises(ValidationError):
        Declaration.model_validate({"id": "q", "question": "?"} | broken)


def test_many_shows_each_option_by_itself_and_near_nobody_alike() -> None:
    none = [{"values": [0, 1]}] * 5 + [{"values": [0, 2]}] * 4
    one = [*none[:-1], {"values": [0, 2, 4]}]
    shown = []
    for said in (none, one):
        activity = asked(MANY, *said)
        activity.reveal(5)
        shown.append(activity.snapshot)

    assert shown[0] == shown[1]
    assert [(r.word, r.people) for r in shown[0].rows] == [
        ("most", None),
        (None, 5),
        (None, 4),
        ("rest", None),
        ("rest", None),
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ([0, 0, 1, 1, 1, 2, 2, 3], [2, 2, 3, 3, 3, 4, 4, 4], "“sunny”."),
        ([2, 2, 3, 3, 3, 4, 4, 4], [0, 0, 1, 1, 1, 2, 2, 3], "hard things."),
        ([1, 1, 2, 2, 2, 3, 3, 3], [1, 1, 2, 2, 2, 3, 3, 3], "where it was."),
    ],
)
def test_a_scale_says_how_the_room_moved(
    before: list[int], after: list[int], said: str
) -> None:
    activity = asked(SCALE, *({"value": v} for v in before))
    activity.hold()
    activity.collect()
    for at, value in enumerate(after):
        activity.answer(str(at), message(value=value, round=2))
    activity.reveal(5)

    assert activity.snapshot.change.endswith(said)
    assert activity.snapshot.before is not None


def test_what_is_said_of_a_change_is_told_from_the_pictures_alone() -> None:
    """Two rooms with the same two pictures hear the same sentence."""
    picture = rules.snapshot([3, 3, 2, 0, 0], OPTIONS, 5)
    shown = rules.beside(picture, picture, OPTIONS, ordered=True)

    assert rules.beside(picture, picture, OPTIONS, ordered=True) == shown


@pytest.mark.parametrize(
    ("guesses", "said"),
    [
        ([0] * 6 + [1] * 3, "too low"),
        ([2] * 6 + [1] * 3, "about right"),
        ([0, 0, 0, 1, 1, 1, 2, 2, 2], ""),
    ],
)
def test_guesses_stand_beside_what_the_data_says(guesses: list[int], said: str) -> None:
    room = Room()
    room.declare([GUESS])
    activity = room.activities["q"]
    activity.collect()
    for at, value in enumerate(guesses):
        activity.answer(str(at), message(value=value))
    activity.reveal(5)
    (question,) = views.state(room, m.Role.WALL).questions

    assert said in question.snapshot.change
    assert question.truth == "The data say: 30 days."
    assert question.rows[question.truth_row] == "20 to 30"


def test_what_the_data_says_is_not_told_before_the_reveal() -> None:
    room = Room()
    room.declare([GUESS])
    room.activities["q"].collect()

    assert all("30 days" not in views.state(room, r).model_dump_json() for r in m.Role)


@given(st.text(max_size=300))
def test_a_tidied_text_is_one_clean_line(text: str) -> None:
    tidy = texts.tidied(text)

    assert tidy == tidy.strip()
    assert "\n" not in tidy
    assert not set("\u202e\u2066\x00\x1b") & set(tidy)
    assert texts.tidied(tidy) == tidy


def test_an_emoji_of_several_parts_stays_whole() -> None:
    assert texts.tidied("👩‍👧 and 🏳️‍🌈") == "👩‍👧 and 🏳️‍🌈"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I told Ana about it.", ("Ana",)),
        ("My boss, Mr Silva, said no. It hurt.", ("Silva",)),
        ("See ana@mail.org, +44 20 7946 0018", ("ana@mail.org", "+44 20 7946 0018")),
        ("Find me as @quiet_one", ("@quiet_one",)),
        ("On Monday I rested. Then I’m better.", ()),
        ("It took me a while. A friend came.", ()),
        ("NO MORE of that", ()),
    ],
)  # fmt: skip
def test_the_queue_hints_at_what_may_be_a_person(text: str, found: tuple) -> None:
    assert texts.hints(text) == found


def test_an_edited_lesson_changes_nothing_while_its_question_collects() -> None:
    room = Room()
    room.declare([POLL])
    room.activities["q"].collect()
    edited = POLL.model_copy(update={"options": ("yes", "no")})
    room.declare([edited])
    assert room.activities["q"].declaration.options == OPTIONS

    room.activities["q"].put_away()
    room.declare([edited])
    assert room.activities["q"].declaration.options == ("yes", "no")


def test_a_first_round_waits_while_the_group_does_something_else() -> None:
    room = Room()
    room.declare([SCALE, BREATHE.model_copy(update={"id": "b"})])
    lead = [("collect", "q"), ("collect", "b"), ("collect", "b")]
    for kind, name in lead:
        room.apply(LEADER, m.read(json.dumps({"type": kind, "activity": name})))

    assert room.activities["q"].phase is Phase.HELD
    assert room.activities["b"].round == 1, "opened twice is open once"


class TestALessonIsSaved:
    """What becomes of questions when their lesson is edited in the middle of it all."""

    ONE = POLL.model_copy(update={"id": "one", "lesson": "here"})
    TWO = POLL.model_copy(update={"id": "two", "lesson": "here"})
    EDITED = ONE.model_copy(update={"options": ("yes", "no")})

    @pytest.fixture
    def room(self) -> Room:
        made = Room(k=3)
        made.declare([self.ONE, self.TWO], "here")
        return made

    def lead(self, room: Room, kind: str, name: str = "one") -> None:
        room.apply(LEADER, m.read(json.dumps({"type": kind, "activity": name})))

    def shown(self, room: Room, name: str = "one") -> None:
        self.lead(room, "collect", name)
        activity = room.activities[name]
        for at in range(5):
            said = message(activity=name, value=at % 2, round=activity.round)
            activity.answer(str(at), said)
        self.lead(room, "reveal", name)

    def options(self, room: Room) -> tuple[str, ...]:
        return room.activities["one"].declaration.options

    def test_a_question_that_was_taken_out_goes(self, room: Room) -> None:
        room.declare([self.TWO], "here")

        assert list(room.activities) == ["two"]
        with pytest.raises(m.Refusal, match="unknown_activity"):
            self.lead(room, "collect")

    def test_no_other_lesson_loses_its_questions(self, room: Room) -> None:
        room.declare([], "elsewhere")
        room.declare([])

        assert list(room.activities) == ["one", "two"]

    @pytest.mark.parametrize("phase", ["collecting", "revealed"])
    def test_an_open_question_keeps_what_it_asks_until_it_is_put_away(
        self, room: Room, phase: str
    ) -> None:
        self.lead(room, "collect") if phase == "collecting" else self.shown(room)
        room.declare([self.EDITED, self.TWO], "here")
        (asked,) = views.state(room, m.Role.PHONE).questions
        assert asked.options == OPTIONS

        self.lead(room, "put_away")
        room.forget_hidden()  # until then it may come back as it was
        assert self.options(room) == ("yes", "no")

    def test_an_open_question_that_was_taken_out_goes_when_it_is_put_away(
        self, room: Room
    ) -> None:
        self.lead(room, "collect")
        room.declare([self.TWO], "here")
        assert "one" in room.activities

        self.lead(room, "collect", "two")  # it gives way
        assert list(room.activities) == ["two"]

    def test_the_last_save_counts(self, room: Room) -> None:
        self.lead(room, "collect")
        room.declare([], "here")
        room.declare([self.EDITED], "here")
        self.lead(room, "put_away")

        assert self.options(room) == ("yes", "no")

    def test_a_question_that_moves_to_another_lesson_stays(self, room: Room) -> None:
        self.lead(room, "collect")
        room.declare([self.ONE.model_copy(update={"lesson": "there"})], "there")
        room.declare([self.TWO], "here")
        self.lead(room, "put_away")

        assert room.activities["one"].declaration.lesson == "there"

    @pytest.mark.parametrize("kind", ["poll", "guess"])
    def test_what_was_shown_counts_after_an_edit_and_after_coming_back(
        self, room: Room, kind: str
    ) -> None:
        self.shown(room)
        self.shown(room)
        room.declare([], "here")
        self.lead(room, "put_away")
        room.forget_hidden()
        assert room.activities == {}
        other = GUESS if kind == "guess" else self.EDITED
        room.declare([other.model_copy(update={"id": "one", "lesson": "here"})], "here")

        assert room.activities["one"].round == 2
        with pytest.raises(m.Refusal, match="twice_shown"):
            self.lead(room, "collect")

    def test_the_end_forgets_what_was_withdrawn(self, room: Room) -> None:
        self.shown(room)
        room.declare([], "here")
        self.lead(room, "put_away")
        room.apply(LEADER, m.read('{"type":"end"}'))

        assert room.activities == room._withdrawn == room._edits == {}


@pytest.mark.parametrize(
    ("size", "roles"), [(2, ("one",)), (3, ("one", "two")), (2, ("", "b")), (4, ())]
)
def test_roles_are_as_many_as_a_group_has_people(size: int, roles: tuple) -> None:
    with pytest.raises(ValueError, match=r"role|size|characters"):
        Declaration(id="q", kind="pairs", question="?", size=size, roles=roles)


@pytest.mark.parametrize("people", range(2, 20))
@pytest.mark.parametrize("size", [2, 3])
def test_groups_are_twos_and_threes_and_mostly_of_their_size(
    people: int, size: int
) -> None:
    sizes = [len(group) for _, group in draw([str(i) for i in range(people)], size)]

    assert sum(sizes) == people
    assert set(sizes) <= {2, 3}
    assert sizes.count(5 - size) <= 2


def test_who_stays_behind_keeps_the_sign_and_is_told_to_be_alone() -> None:
    pairs = PAIRS.model_copy(update={"roles": ("talks", "listens")})
    activity = asked(pairs, {"value": 0}, {"value": 0})
    activity.reveal(3, ["0", "1"])
    before = activity.sign("1")
    activity.withdraw("0")

    assert activity.sign("1").word == before.word
    assert activity.sign("1").people == 1
    assert activity.sign("0").people == 0


def test_only_a_draw_with_roles_is_swapped() -> None:
    for about, drawn in ((PAIRS, True), (PAIRS, False)):
        activity = asked(about, {"value": 0}, {"value": 0})
        if drawn:
            activity.reveal(3, ["0", "1"])
        with pytest.raises(m.Refusal, match="no_swap"):
            activity.swap(1)
