"""What the server says: answers to messages, and the room as each role may see it.

A `State` is always whole: whoever comes back needs one message to stand where the
room stands. Phones and the wall see only what was revealed; nobody sees values.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from . import rules, words
from .activity import Activity
from .activity import Phase as ActivityPhase
from .declaration import Declaration, Kind
from .messages import Refusal, Role
from .pairing import Sign
from .room import Phase, Receipt, Room
from .writing import Queued, Writing


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


class Refused(Said):
    """A message changed nothing, and why: a sentence to show."""

    type: Literal["refused"] = "refused"
    reason: str
    say: str


class Pong(Said):
    """The room is there, and its clock says ``at`` (milliseconds), to breathe by."""

    type: Literal["pong"] = "pong"
    at: int


class Paired(Said):
    """To one phone: how it finds its pair, or, where it sits it out, nobody's sign."""

    type: Literal["paired"] = "paired"
    activity: str
    sign: Sign


class Question(Said):
    """One question as everyone may see it.

    ``rows`` and ``amounts`` are the words of a picture's rows; ``before`` has those of
    the first of two rounds.
    """

    id: str
    kind: Kind
    lesson: str
    title: str  # of the lesson
    question: str
    options: tuple[str, ...]
    phase: ActivityPhase
    round: int
    second: bool = False  # a first round waits to be shown beside this one
    breath: tuple[int, int] | None = None  # seconds in and out
    snapshot: rules.Snapshot | None = None
    rows: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    before: tuple[tuple[str, str], ...] = ()
    titles: tuple[str, ...] = ()  # of the two rounds
    truth: str = ""  # what the data says, and in which row
    truth_row: int | None = None
    ready: str = ""  # from here on the leader's page only
    again: bool = True
    may_hold: bool = False
    shown: int = 0
    queue: tuple[Queued, ...] = ()


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


def _labels(activity: Activity[Any], shown: rules.Snapshot) -> tuple[str, ...]:
    """Label each row of a picture with its options."""
    about = activity.declaration
    if about.kind != "guess":
        options = about.options
        return tuple(words.listing([options[i] for i in r.options]) for r in shown.rows)
    return tuple(_range(about, row.options) for row in shown.rows)


def _range(about: Declaration, merged: tuple[int, ...]) -> str:
    """Label merged ranges: from the beginning of the first to the end of the last."""
    if len(merged) == 1:
        return about.options[merged[0]]
    last = merged[-1] + 1
    end = about.edges[last] - (0 if last == len(about.options) else about.step)
    low, high = f"{about.edges[merged[0]]:g}", f"{end:g}{about.unit}"
    return words.say("guess", "range", low=low, high=high)


def _amounts(shown: rules.Snapshot) -> tuple[str, ...]:
    """Say for each row how many, in a word or a number."""
    table = words.table()

    def amount(row: rules.Row) -> str:
        if row.word is not None:
            return str(table["word"][row.word])
        people = str(table["page"]["people"]).format(n=row.people)
        return people if row.people else str(table["page"]["nobody"])

    return tuple(amount(row) for row in shown.rows)


def _truth(about: Declaration) -> str:
    """Say what the data says."""
    kind = "source" if about.source else "truth"
    truth = f"{about.truth:g}{about.unit}"
    return words.say("guess", kind, truth=truth, source=about.source)


def _picture(activity: Activity[Any]) -> dict[str, Any]:
    """Put a revealed picture into words."""
    shown = activity.snapshot
    if shown is None:
        return {}
    drawn: dict[str, Any] = {
        "snapshot": shown,
        "rows": _labels(activity, shown),
        "amounts": _amounts(shown),
    }
    if shown.before:
        labels, amounts = _labels(activity, shown.before), _amounts(shown.before)
        drawn["before"] = tuple(zip(labels, amounts, strict=True))
        drawn["titles"] = tuple(words.say("change", t) for t in ("before", "now"))
    at = activity.declaration.truth_at
    if at is not None:
        drawn["truth"] = _truth(activity.declaration)
        rows = enumerate(shown.rows)
        drawn["truth_row"] = next(i for i, row in rows if at in row.options)
    return drawn


def _for_leader(room: Room, activity: Activity[Any]) -> dict[str, Any]:
    """Say what is for the leader's page alone."""
    collecting = activity.phase is ActivityPhase.COLLECTING
    return {
        "ready": room.readiness(activity) if collecting else "",
        "again": activity.may_begin,
        "may_hold": activity.may_hold,
        "shown": activity.shown,
        "queue": activity.queue if isinstance(activity, Writing) else (),
    }


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
            kind=about.kind,
            lesson=about.lesson,
            title=room.lessons.get(about.lesson, about.lesson),
            question=about.question,
            options=about.options,
            phase=activity.phase,
            round=activity.round,
            second=activity.second,
            breath=about.breath if about.kind == "breathe" else None,
            **_picture(activity),
            **(_for_leader(room, activity) if leads else {}),
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
