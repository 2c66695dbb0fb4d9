"""Messages of the server, and the room's state as each role may see it.

A `State` is always whole: whoever comes back needs one message to stand where the
room stands. Phones and the wall see only what was revealed; nobody sees values.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from . import keeping, picture, rules, words
from .activity import Activity
from .activity import Phase as ActivityPhase
from .choosing import Choosing
from .declaration import Declaration, Kind
from .export import Shown
from .messages import LEAD, Refusal, Role
from .pairing import SHAPES, Pairing, Sign
from .room import Phase, Receipt, Room
from .signals import Kind as Asked
from .signals import Note
from .writing import Queued, Writing

LONGEST_SIGN = max(map(len, SHAPES)) + max(
    len(word) for word in words.table()["calm"]["second"]
)


class ServerMessage(BaseModel):
    """Anything the server says."""

    model_config = ConfigDict(frozen=True)


class Welcome(ServerMessage):
    """You have a seat (phones: with this token; choose two calm words from these)."""

    type: Literal["welcome"] = "welcome"
    token: str | None = None
    calm: dict[str, list[str]] | None = None


class Sent(ServerMessage):
    """An answer, or a pass, was taken: both alike."""

    type: Literal["sent"] = "sent"
    activity: str
    round: int


class Heard(ServerMessage):
    """The room has a signal (or let go of it); ``seen``: a leader's page has shown it.

    A page says so itself (`messages.Seen`), and only while it can be seen.
    """

    type: Literal["heard"] = "heard"
    kind: Asked
    on: bool
    seen: bool


class OnIt(ServerMessage):
    """One of those who lead has taken a call of this phone."""

    type: Literal["on_it"] = "on_it"
    kind: Asked
    by: Role


class Closed(ServerMessage):
    """A call of this phone was closed by one of those who lead."""

    type: Literal["closed"] = "closed"
    kind: Asked


def told(note: Note) -> Heard | OnIt | Closed:
    """Say to a phone what became of its call."""
    if note.state == "taken" and note.by:
        return OnIt(kind=note.kind, by=note.by)
    if note.state == "closed":
        return Closed(kind=note.kind)
    return Heard(kind=note.kind, on=True, seen=note.state == "seen")


class OpenCall(ServerMessage):
    """A call as leaders see it; ``mark`` comes back in `messages.Seen`."""

    name: str
    kind: Asked
    say: str
    taken: Role | None
    mark: str


class Moving(ServerMessage):
    """The host starts again: wait, and come back with all that you hold."""

    type: Literal["moving"] = "moving"


class Refused(ServerMessage):
    """A message changed nothing, and why: a sentence to show."""

    type: Literal["refused"] = "refused"
    reason: str
    say: str


class Pong(ServerMessage):
    """The room is there, and its clock says ``at`` (milliseconds), to breathe by."""

    type: Literal["pong"] = "pong"
    at: int


class Slide(ServerMessage):
    """Where a deck stands, as `messages.Slide`; no number where nobody turned it."""

    type: Literal["slide"] = "slide"
    deck: str
    slide: int | None = None
    fragment: int = -1
    blank: bool = False


class Paired(ServerMessage):
    """To one phone: how it finds its pair, or, where it sits it out, nobody's sign."""

    type: Literal["paired"] = "paired"
    activity: str
    sign: Sign
    pad: str = ""

    @classmethod
    def of(cls, activity: str, sign: Sign) -> "Paired":
        """Make all signs of one draw one length: it would tell who is with whom."""
        pad = " " * (LONGEST_SIGN - len(sign.shape) - len(sign.word))
        return cls(activity=activity, sign=sign, pad=pad)


class Typed(ServerMessage):
    """What the card says of a question that no lesson declares."""

    minutes: int
    can_stir: str


class Question(ServerMessage):
    """One question as everyone may see it.

    It has all that a page needs to ask it, for the page may be of an older or newer
    version of the lesson. ``rows`` and ``amounts`` are the words of a picture's rows;
    ``before`` has those of the first of two rounds.
    """

    id: str
    kind: Kind
    lesson: str
    title: str  # of the lesson
    question: str
    options: tuple[str, ...]
    many: bool = False
    edges: tuple[float, ...] = ()
    unit: str = ""
    step: float = 1
    alt: str = ""  # what its picture shows, if it has one
    points: int = 0
    longest: int = 0
    phase: ActivityPhase
    round: int
    second: bool = False  # a first round waits to be shown beside this one
    kept: bool = False  # unseen, to be shown together with other questions
    breath: tuple[int, int] | None = None  # seconds in and out
    roles: tuple[str, ...] = ()  # of those in a pair or a three
    turn: int = 0  # how often they have swapped
    typed: Typed | None = None  # by the leader: no lesson has a widget of it
    snapshot: rules.Snapshot | None = None
    rows: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    before: tuple[tuple[str, str], ...] = ()
    titles: tuple[str, ...] = ()  # of the two rounds
    answered: str = ""  # stands beside a question that is answered
    often: str = ""  # what stands beside some texts of a board
    retold: str = ""
    struck: str = ""
    truth: str = ""  # what the data says, in which row, and where on a number line
    truth_row: int | None = None
    truth_value: float | None = None
    truth_mark: str = ""
    ready: str = ""  # from here on the leader's page only
    again: bool = True
    may_hold: bool = False
    may_keep: bool = False
    not_shown: str = ""  # why it could not be shown together with others
    may_tally: bool = False  # paper slips may be entered; and how many were
    slips: int = 0
    shown: int = 0
    queue: tuple[Queued, ...] = ()


class State(ServerMessage):
    """The room as one role may see it."""

    type: Literal["state"] = "state"
    phase: Phase
    lesson: str | None
    title: str | None
    step: int = 0  # of the lesson, and what this part of the plan is called
    name: str | None = None
    so_far: tuple[str, ...] = ()
    lessons: tuple[tuple[str, str], ...] = ()  # to look around in: name and title
    freely: bool = False
    breathing: bool = False
    keeps: bool = False  # the leader may take the pictures along
    k: str
    questions: tuple[Question, ...]
    wifi: str | None = None  # the wall and the leader's page
    address: str | None = None  # there, too: where phones join
    crowd: str | None = None  # there, and on the wall where the leader asks for it
    signals: tuple[tuple[str, str], ...] | None = None  # leaders' pages
    calls: tuple[OpenCall, ...] | None = None  # there, too: also those that are taken
    addresses: tuple[tuple[str, str], ...] | None = None  # the leader's page from here
    locked: bool | None = None
    complete: bool | None = None  # all questions are known: what was kept may come back
    row: int | None = None
    hidden: str | None = None  # question that was put away, and may still come back
    head_count: bool | None = None
    shown: tuple[Shown, ...] | None = None
    receipt: Receipt | None = None
    acts: int | None = None  # how often the group was steered: see `steering`
    second_leader: str | None = None  # the key, on the first leader's page alone


def refused(refusal: Refusal, k: int = rules.DEFAULT_K) -> Refused:
    """Put a refusal into words."""
    parts = {"k": words.number(k)} | refusal.parts
    text = words.render_text("refused", refusal.reason, **parts)
    return Refused(reason=refusal.reason, say=text)


def _for_those_who_lead(
    room: Room, activity: Activity[Any], role: Role
) -> dict[str, Any]:
    """Say what is for the leader alone; waiting texts are for the second adult, too."""
    queue = activity.queue if isinstance(activity, Writing) else ()
    if role is Role.COFACILITATOR:
        return {"queue": queue}
    if role not in LEAD:
        return {}
    collecting = activity.phase is ActivityPhase.COLLECTING
    return {
        "ready": room.readiness(activity) if collecting else "",
        "again": activity.may_begin,
        "may_hold": activity.may_hold,
        "may_keep": keeping.may_keep(activity, room.activities.values()),
        "not_shown": _why(activity, room.k),
        "may_tally": isinstance(activity, Choosing) and activity.may_tally,
        "slips": activity.slips if isinstance(activity, Choosing) else 0,
        "shown": activity.shown,
        "queue": queue,
    }


def _why(activity: Activity[Any], k: int) -> str:
    """Say why a kept question was not shown; it never says how many answered."""
    why = activity.not_shown
    return refused(Refusal(why), k).say if why else ""


def _typed(about: Declaration) -> Typed:
    return Typed(minutes=about.minutes, can_stir=about.can_stir)


def state(room: Room, role: Role) -> State:
    """Show the room to one role."""
    leads = role in LEAD
    questions = []
    for activity in room.activities.values():
        if not leads and activity.phase is ActivityPhase.IDLE:
            continue
        about = activity.declaration
        question = Question(
            id=about.id,
            kind=about.kind,
            lesson=room.asked_in(activity),
            title=room.title(activity),
            question=about.question,
            options=about.options,
            many=about.many,
            edges=about.edges,
            unit=about.unit,
            step=about.step,
            alt=about.alt,
            points=about.points,
            longest=about.longest,
            phase=activity.phase,
            round=activity.round,
            second=activity.second,
            kept=activity.kept,
            roles=about.roles,
            turn=activity.turn if isinstance(activity, Pairing) else 0,
            breath=about.breath if about.kind == "breathe" else None,
            typed=_typed(about) if about.id in room.asked else None,
            **picture.drawn(activity),
            **_for_those_who_lead(room, activity, role),
        )
        questions.append(question)
    place = room.place
    seen = State(
        phase=room.phase,
        lesson=place.lesson,
        title=place.title,
        step=place.step,
        name=place.name,
        so_far=place.so_far,
        lessons=place.lessons,
        freely=place.freely,
        breathing=room.breathing,
        keeps=room.exported is not None,
        k=words.number(room.k),
        questions=tuple(questions),
    )
    return seen.model_copy(update=_beyond_phones(room, role))


def _beyond_phones(room: Room, role: Role) -> dict[str, object]:
    """List what a role sees beyond what phones see."""
    if role is Role.PHONE:
        return {}
    there: dict[str, object] = {
        "wifi": room.wifi.ssid if room.wifi else None,
        "address": room.address,
    }
    if role is Role.WALL:
        return there | ({"crowd": room.crowd} if room.head_count else {})
    calls = [
        OpenCall(name=c.name, kind=c.kind, say=c.say, taken=c.taken, mark=c.mark)
        for c in room.calls
    ]
    watches: dict[str, object] = {
        "crowd": room.crowd,
        "signals": tuple(room.signals),
        "calls": tuple(calls),
    }
    if role is Role.COFACILITATOR:
        return watches
    return {
        **there,
        **watches,
        "addresses": room.addresses,
        "locked": room.locked,
        "complete": room.complete,
        "row": room.place.row,
        "hidden": room.hidden,
        "head_count": room.head_count,
        "shown": None if room.exported is None else tuple(room.exported),
        "receipt": room.receipt,
        "acts": room.steering.acts,
        "second_leader": room.second_key if role is Role.FACILITATOR else None,
    }
