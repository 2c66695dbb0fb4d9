"""What the server says: answers to messages, and the room as each role may see it.

A `State` is always whole: whoever comes back needs one message to stand where the
room stands. Phones and the wall see only what was revealed; nobody sees values.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from . import rules, words
from .activity import Activity
from .activity import Phase as ActivityPhase
from .messages import Refusal, Role
from .room import Phase, Receipt, Room


class Said(BaseModel):
    """Anything the server says."""

    model_config = ConfigDict(frozen=True)


class Welcome(Said):
    """You have a seat (phones: with this token; choose two calm words from these)."""

    type: Literal["welcome"] = "welcome"
    token: str | None = None
    calm: dict[str, list[str]] | None = None


class Sent(Said):
    """An answer, or a pass, was taken: both alike."""

    type: Literal["sent"] = "sent"
    activity: str
    round: int


class Heard(Said):
    """A signal was taken (or taken back), and whether the leader's page is open."""

    type: Literal["heard"] = "heard"
    kind: Literal["slow", "break", "checkin"]
    on: bool
    seen: bool


class OnIt(Said):
    """The leader has answered a signal of this phone."""

    type: Literal["on_it"] = "on_it"


class Moving(Said):
    """The host starts again: wait, and come back with all that you hold."""

    type: Literal["moving"] = "moving"


class Refused(Said):
    """A message changed nothing, and why: a sentence to show."""

    type: Literal["refused"] = "refused"
    reason: str
    say: str


class Pong(Said):
    """The room is there."""

    type: Literal["pong"] = "pong"


class Question(Said):
    """One question as everyone may see it."""

    id: str
    lesson: str
    title: str  # of the lesson
    question: str
    options: tuple[str, ...]
    phase: ActivityPhase
    round: int
    snapshot: rules.Snapshot | None = None
    rows: tuple[str, ...] = ()
    ready: str = ""  # the leader's page only
    again: bool = True  # the leader's page only


class State(Said):
    """The room as one role may see it."""

    type: Literal["state"] = "state"
    phase: Phase
    lesson: str | None
    title: str | None
    k: str
    questions: tuple[Question, ...]
    wifi: str | None = None  # the wall and the leader's page
    locked: bool | None = None  # from here on the leader's page only
    crowd: str | None = None
    signals: tuple[tuple[str, str], ...] | None = None
    receipt: Receipt | None = None


def refused(refusal: Refusal, k: int = rules.DEFAULT_K) -> Refused:
    """Put a refusal into words."""
    say = words.say("refused", refusal.reason, k=words.number(k))
    return Refused(reason=refusal.reason, say=say)


def _rows(activity: Activity) -> tuple[str, ...]:
    """Label each row of a picture with its options."""
    options = activity.declaration.options
    rows = activity.snapshot.rows if activity.snapshot else ()
    return tuple(words.listing([options[i] for i in row.options]) for row in rows)


def state(room: Room, role: Role) -> State:
    """Show the room to one role."""
    leads = role is Role.FACILITATOR
    questions = []
    for activity in room.activities.values():
        if not leads and activity.phase is ActivityPhase.IDLE:
            continue
        about = activity.declaration
        question = Question(
            id=about.id,
            lesson=about.lesson,
            title=room.lessons.get(about.lesson, about.lesson),
            question=about.question,
            options=about.options,
            phase=activity.phase,
            round=activity.round,
            snapshot=activity.snapshot,
            rows=_rows(activity),
        )
        if leads:
            collecting = activity.phase is ActivityPhase.COLLECTING
            ready = room.readiness(activity) if collecting else ""
            question = question.model_copy(
                update={"ready": ready, "again": activity.may_begin}
            )
        questions.append(question)
    seen = State(
        phase=room.phase,
        lesson=room.lesson,
        title=room.lessons.get(room.lesson or ""),
        k=words.number(room.k),
        questions=tuple(questions),
    )
    if role is Role.PHONE:
        return seen
    seen = seen.model_copy(update={"wifi": room.wifi.ssid if room.wifi else None})
    if not leads:
        return seen
    return seen.model_copy(
        update={
            "locked": room.locked,
            "crowd": room.crowd,
            "signals": tuple(room.signals),
            "receipt": room.receipt,
        }
    )
