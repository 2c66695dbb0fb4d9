"""The plan of a session, and where the group is in it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from beyond_the_no.room import messages as m
from beyond_the_no.room import views
from beyond_the_no.room.plan import SOON, Plan, Step, steps_of
from beyond_the_no.room.room import Room

LEADER = m.Role.FACILITATOR
DAY = Plan(
    steps=(
        Step(name="Arrive", minutes=8, lesson="welcome"),
        Step(name="A poll", minutes=7, lesson="hurt", cut=1),
        Step(name="Brain maps", minutes=15, lesson="hurt", step=1),
        Step(name="A break", minutes=5),
        Step(name="The closer look", minutes=10, lesson="hurt", step=2, cut=2),
        Step(name="Close", minutes=6, lesson="welcome", step=1),
    )
)
TITLES = {"welcome": "Welcome", "hurt": "Why it hurts"}
steps = st.builds(
    Step, name=st.just("x"), minutes=st.integers(1, 30), cut=st.integers(0, 3)
)


def lead(room: Room, kind: str, **fields: object) -> None:
    room.apply(LEADER, m.read(json.dumps({"type": kind} | fields)))


@pytest.fixture
def room() -> Room:
    made = Room()
    made.lessons = dict(TITLES)
    made.follow(DAY)
    return made


def test_a_plan_is_all_lessons_in_order_unless_it_says_otherwise() -> None:
    told = [{"name": "a", "minutes": 4}, {"name": "b", "minutes": 5, "cut": 1}]
    one = steps_of("one", "One", 10, told)
    plan = Plan(steps=(*one, *steps_of("two", "Two", 7, [])))

    assert [(s.name, s.lesson, s.step, s.minutes, s.cut) for s in plan.steps] == [
        ("a", "one", 0, 4, 0),
        ("b", "one", 1, 5, 1),
        ("Two", "two", 0, 7, 0),
    ]
    assert plan.starts == (0, 4, 9, 16)
    assert Plan().minutes == 0


@pytest.mark.parametrize(
    "wrong",
    [{"minutes": 0}, {"minutes": 3, "name": ""}, {"minutes": 3, "lesson": "../etc"}],
)
def test_a_step_that_is_not_one_is_refused(wrong: dict) -> None:
    with pytest.raises(ValidationError):
        Step(**{"name": "x"} | wrong)
    with pytest.raises(ValidationError):
        steps_of("one", "One", 5, [{"name": "x", "lesson": "one"} | wrong, {}])


def test_who_is_on_time_is_told_nothing_to_leave_out() -> None:
    assert DAY.pace(row=2, entered=15, minute=20).model_dump() == {
        "late": 0,
        "cuts": (),
    }
    assert DAY.pace(row=2, entered=10, minute=12).late == -5


def test_who_is_late_is_told_what_to_leave_out_first() -> None:
    assert DAY.pace(row=0, entered=0, minute=12).cuts == (1,)
    assert DAY.pace(row=0, entered=0, minute=17).cuts == (1, 4)
    assert DAY.pace(row=2, entered=19, minute=19).cuts == (4,), "what was is not cut"
    assert DAY.pace(row=2, entered=15, minute=31).cuts == (), "a minute is no matter"


def test_the_pace_is_said_in_words_and_names_what_could_go() -> None:
    assert DAY.describe(DAY.pace(2, 15, 20)) == ("On time", "")
    assert DAY.describe(DAY.pace(0, 0, 17)) == (
        "About nine minutes behind the plan",
        "To finish on time, leave out “A poll” and “The closer look”.",
    )
    assert (
        DAY.describe(DAY.pace(2, 10, 12))[0] == "About five minutes ahead of the plan"
    )


@given(st.lists(steps, min_size=1, max_size=12), st.data())
def test_what_is_left_out_is_ahead_may_go_and_is_no_more_than_needed(
    made: list[Step], data: st.DataObject
) -> None:
    plan = Plan(steps=tuple(made))
    row = data.draw(st.integers(0, len(made) - 1))
    entered = data.draw(st.integers(0, 300))
    pace = plan.pace(row, entered, data.draw(st.integers(entered, 400)))

    assert all(cut > row and made[cut].cut for cut in pace.cuts)
    saved = sum(made[cut].minutes for cut in pace.cuts)
    left = [s for r, s in enumerate(made) if r > row and s.cut and r not in pace.cuts]
    if pace.late <= SOON:
        assert not pace.cuts
    else:
        assert saved >= pace.late or not left
        last = max(pace.cuts, key=lambda r: (made[r].cut, r), default=None)
        assert last is None or saved - made[last].minutes < pace.late


def test_the_group_turns_line_by_line_and_rests_in_a_break(room: Room) -> None:
    lead(room, "turn", row=1)
    at = views.state(room, LEADER)
    assert (at.lesson, at.step, at.name, at.title) == (
        "hurt",
        0,
        "A poll",
        "Why it hurts",
    )
    assert at.row == 1
    assert views.state(room, m.Role.PHONE).row is None

    lead(room, "turn", row=3)
    at = views.state(room, m.Role.PHONE)
    assert (at.lesson, at.title) == (None, "A break")


def test_a_lesson_outside_the_order_keeps_its_place_in_the_plan(room: Room) -> None:
    lead(room, "turn", row=2)
    lead(room, "move", lesson="welcome", step=1)
    assert room.place.row == 5
    lead(room, "move", lesson="welcome", step=7)
    assert room.place.row is None
    assert room.place.name == "Welcome"


def test_a_line_that_is_not_there_changes_nothing(room: Room) -> None:
    lead(room, "turn", row=1)
    for order in ({"kind": "turn", "row": 6}, {"kind": "move", "lesson": "none"}):
        with pytest.raises(m.Refusal):
            lead(room, **order)
    room.lessons = {"welcome": "Welcome"}
    with pytest.raises(m.Refusal, match="unknown_lesson"):
        lead(room, "turn", row=2)
    assert room.place.row == 1


def test_a_latecomer_is_told_what_was_and_not_where_anyone_was(room: Room) -> None:
    for row in (0, 1, 2, 0, 3):
        lead(room, "turn", row=row)
    seen = views.state(room, m.Role.PHONE)

    assert seen.so_far == ("Why it hurts", "Welcome")


def test_moving_freely_ends_when_the_group_turns_on(room: Room) -> None:
    lead(room, "turn", row=1)
    lead(room, "roam", freely=True)
    assert views.state(room, m.Role.PHONE).freely
    lead(room, "turn", row=2)
    assert not views.state(room, m.Role.PHONE).freely


@pytest.mark.parametrize(
    "on", [{"kind": "turn", "row": 1}, {"kind": "pause"}, {"kind": "resume"}]
)
def test_breathing_together_ends_when_the_group_goes_on(room: Room, on: dict) -> None:
    lead(room, "breathe", on=True)
    assert all(views.state(room, role).breathing for role in m.Role)
    lead(room, **on)
    assert not views.state(room, m.Role.PHONE).breathing


def test_the_wall_tells_how_full_the_room_is_only_when_asked(room: Room) -> None:
    for _ in range(12):
        room.join()
    assert views.state(room, m.Role.WALL).crowd is None
    lead(room, "head_count", shown=True)
    assert views.state(room, m.Role.WALL).crowd == "ten phones or more"
    assert views.state(room, m.Role.PHONE).crowd is None


def test_a_newer_plan_leaves_the_group_where_it_is(room: Room) -> None:
    lead(room, "turn", row=2)
    room.follow(Plan(steps=DAY.steps[2:]))
    assert (room.place.row, room.lesson) == (0, "hurt")
    room.follow(Plan(steps=DAY.steps[:1]))
    assert (room.place.row, room.lesson) == (None, "hurt")


def test_a_restarted_room_stands_where_the_leaders_page_stood(room: Room) -> None:
    lead(room, "restore", phase="paused", lesson="hurt", step=1, row=2, freely=True)
    assert (room.place.row, room.place.name, room.place.freely) == (
        2,
        "Brain maps",
        True,
    )

    changed = Room()
    changed.lessons = dict(TITLES)  # and a plan that has no such line
    lead(changed, "restore", phase="open", lesson="hurt", row=2)
    assert (changed.lesson, changed.place.row) == ("hurt", None)

    emptied = Room()
    lead(emptied, "restore", phase="open", lesson="hurt", row=2)
    assert (emptied.lesson, emptied.phase) == (None, "open")
