"""Messages to the room: one JSON object each, typed and validated.

A phone sends `Hello`, then `Answer`, `TakeBack`, `Signal`, `Leave` and `Ping`; pages of
a deck send `Slide`, and a facilitator's pages send that and the rest. Anything else,
and anything above one's role, gets a `refused` and changes nothing. What the server
sends is in `views`. A message is a frame of a WebSocket, or a line of a plain request
(`server.live.room_long_poll`).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from .export import Shown
from .rules import Snapshot

MAX_BYTES = 4096  # of a phone's message
MAX_KEPT = 262_144  # of the facilitator's: it may bring a room's pictures back
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class Role(StrEnum):
    """Who speaks, by the key or token that was shown."""

    PHONE = "phone"
    WALL = "wall"
    FACILITATOR = "facilitator"
    SECOND_LEADER = "second_leader"  # a facilitator by a key that can be withdrawn
    COFACILITATOR = "cofacilitator"


LEAD = (Role.FACILITATOR, Role.SECOND_LEADER)


class Refusal(Exception):
    """A message that changed nothing; ``reason`` names a sentence in words.toml."""

    def __init__(self, reason: str, **parts: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.parts = parts  # what its sentence names


class Message(BaseModel):
    """Any message: exactly these fields, exactly these types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Hello(Message):
    """First of all: who I am. A phone without a token asks for a seat."""

    type: Literal["hello"]
    role: Role = Field(strict=False)
    key: str | None = Field(None, max_length=128)
    token: str | None = Field(None, max_length=128)
    watch: bool = False


Option = Annotated[int, Field(ge=0, le=99)]


class Answer(Message):
    """An option's number, some of them, or a text; nothing of these is a pass.

    ``shown`` says how many pictures of this question the phone has been shown: where
    the server was started again, nobody else may know. Padding makes all answers to one
    question one length.
    """

    type: Literal["answer"]
    activity: Name
    round: int = Field(ge=1)
    value: Option | None
    values: tuple[Option, ...] | None = Field(None, max_length=12, strict=False)
    text: str | None = None
    shown: int = Field(0, ge=0, le=99)
    pad: str = Field("", max_length=2048)


class TakeBack(Message):
    """Take back a text of one's own that was not shown yet."""

    type: Literal["take_back"]
    activity: Name
    round: int = Field(ge=1)
    pad: str = Field("", max_length=2048)


class Signal(Message):
    """What a person chose to tell the leader; a check-in names her two calm words."""

    type: Literal["signal"]
    kind: Literal["slow", "break", "checkin"]
    words: tuple[int, int] | None = Field(None, strict=False)
    on: bool = True  # False takes it back


class Leave(Message):
    """Give the seat back, with every answer that was not shown yet."""

    type: Literal["leave"]


class Ping(Message):
    """Ask whether the room is there."""

    type: Literal["ping"]


class Slide(Message):
    """Turn a deck to a slide, or, without a number, ask where it stands.

    Slides and fragments count from 0 (fragment -1: none yet); ``blank`` is a dark
    screen. Whoever has sent one is told of every turn of that deck.
    """

    type: Literal["slide"]
    deck: Name
    slide: int | None = Field(None, ge=0, le=999)
    fragment: int = Field(-1, ge=-1, le=99)
    blank: bool = False


class Steers(Message):
    """What moves the group; ``seen`` is the number of the last such act on the page.

    Where another page has steered since, the message changes nothing: see `steering`.
    """

    seen: int | None = Field(None, ge=0)


class Open(Message):
    """Open the room: phones may be offered a lesson.

    ``keep`` says, to everyone, that the leader may take the shown pictures along.
    """

    type: Literal["open"]
    keep: bool = False


class Pause(Steers):
    """Turn every phone and the wall calm."""

    type: Literal["pause"]


class Resume(Steers):
    """Go on after a pause."""

    type: Literal["resume"]


class Lock(Message):
    """Let no new phone in, or let them in again."""

    type: Literal["lock"]
    locked: bool


class Move(Steers):
    """Turn the page for everyone: each phone is offered to come along."""

    type: Literal["move"]
    lesson: Name
    step: int = Field(0, ge=0, le=99)


class Turn(Steers):
    """Turn to a line of the plan, counted from 0."""

    type: Literal["turn"]
    row: int = Field(ge=0, le=999)


class Roam(Steers):
    """Let everyone move freely for a while, or call them back together."""

    type: Literal["roam"]
    freely: bool


class Breathe(Steers):
    """Breathe together, in step by the server's clock, or stop."""

    type: Literal["breathe"]
    on: bool


class HeadCount(Message):
    """Show on the wall how full the room is, in words, or stop showing it."""

    type: Literal["head_count"]
    shown: bool


class Collect(Steers):
    """Begin a question, or its second round."""

    type: Literal["collect"]
    activity: Name


class Ask(Message):
    """Add a question that no lesson declares to where the group is, to be collected.

    It is checked first (`asking`), so that its texts may be longer here than a question
    is; ``sure`` says that what looks like a name is none.
    """

    type: Literal["ask"]
    kind: Literal["poll", "scale", "words", "dots", "support"]  # see `Weigh`
    question: str
    options: tuple[str, ...] = Field((), max_length=99, strict=False)
    minutes: int = Field(3, ge=1, le=60)
    can_stir: str = ""
    sure: bool = False


class Reveal(Steers):
    """Show what was answered, once, under the rules."""

    type: Literal["reveal"]
    activity: Name


class Hold(Steers):
    """Keep a first round, unseen, until the second is shown beside it."""

    type: Literal["hold"]
    activity: Name


class Keep(Steers):
    """Keep the answers, unseen, to be shown together with other questions."""

    type: Literal["keep"]
    activity: Name


class RevealKept(Steers):
    """Show the questions that are kept, each under the rules by itself."""

    type: Literal["reveal_kept"]


class Told(Message):
    """One text of the queue, as it is or in the leader's own words."""

    id: str = Field(max_length=64)
    say: str | None = Field(None, max_length=1000)
    looked: bool = False  # at what is hinted: without this a hinted text stays


class Release(Message):
    """Show texts of the queue, in one batch."""

    type: Literal["release"]
    activity: Name
    texts: tuple[Told, ...] = Field(min_length=1, max_length=200, strict=False)


class StrikeOut(Message):
    """Strike passages out of a text of the queue, for good."""

    type: Literal["strike_out"]
    activity: Name
    id: str = Field(max_length=64)
    passages: tuple[Annotated[str, Field(min_length=1, max_length=400)], ...] = Field(
        min_length=1, max_length=80, strict=False
    )


class Tally(Message):
    """Enter the paper slips of those without phones: how many chose each answer.

    They are one batch of the question that is collected, and a second one takes the
    place of the first; none at all takes it back.
    """

    type: Literal["tally"]
    activity: Name
    counts: tuple[Annotated[int, Field(ge=0, le=9999)], ...] = Field(
        max_length=12, strict=False
    )


class SetAside(Message):
    """Leave a text of the queue: it is not shown, and is forgotten."""

    type: Literal["set_aside"]
    activity: Name
    id: str = Field(max_length=64)


class Swap(Steers):
    """Let the roles of a draw go round, for the ``turn``-th time: twice is once."""

    type: Literal["swap"]
    activity: Name
    turn: int = Field(ge=1, le=999)


class Weigh(Steers):
    """Let the group weigh what was shown: see `asking.weighed`.

    Ideas are given dots, and questions are supported.
    """

    type: Literal["weigh"]
    activity: Name


class Answered(Message):
    """Mark a question that was shown, by its place, as answered, or as open again."""

    type: Literal["answered"]
    activity: Name
    at: int = Field(ge=0, le=9999)
    answered: bool = True


class PutAway(Steers):
    """Take a question off every screen and forget its answers."""

    type: Literal["put_away"]
    activity: Name


class BringBack(Steers):
    """Show again what was put away a moment ago: the same picture."""

    type: Literal["bring_back"]
    activity: Name


class Seen(Message):
    """A page that can be seen has shown these calls, each by its name and mark."""

    type: Literal["seen"]
    signals: tuple[tuple[str, str], ...] = Field(max_length=200, strict=False)


class Acknowledge(Message):
    """Somebody takes a call: it stays, as taken, until it is closed."""

    type: Literal["acknowledge"]
    signal: str = Field(max_length=64)


class SecondLeader(Message):
    """Make a key for a second leader, or withdraw it: the first leader alone may."""

    type: Literal["second_leader"]
    on: bool


class Done(Message):
    """A call was seen to: close it."""

    type: Literal["done"]
    signal: str = Field(max_length=64)


class Wifi(Message):
    """Name and password of the Wi-Fi, for the code on the wall; empty to remove it."""

    type: Literal["wifi"]
    ssid: str = Field(max_length=32)
    password: str = Field("", max_length=63)


class ShowAddress(Message):
    """The wall shows this address of the laptop's to join at."""

    type: Literal["show_address"]
    address: str = Field(max_length=512)


class Kept(Message):
    """What the facilitator's page kept of one question while the server was away."""

    phase: Literal["idle", "collecting", "held", "revealed"]
    round: int = Field(ge=1)
    options: tuple[str, ...] | None = Field(None, max_length=12, strict=False)
    snapshot: Snapshot | None = Field(None, strict=False)
    shown: int = Field(0, ge=0)  # pictures so far
    second: bool = False  # whether a first round waits to be shown beside this one
    kept: bool = False  # whether it waits to be shown together with others
    asked: Ask | None = Field(None, strict=False)  # it was typed, for this lesson
    lesson: Name | None = None


class Restore(Message):
    """Bring a restarted room back to where it was; it holds no answers."""

    type: Literal["restore"]
    phase: Literal["open", "paused"]
    lesson: Name | None = None
    step: int = Field(0, ge=0, le=99)
    row: int | None = Field(None, ge=0, le=999)
    freely: bool = False
    shown: tuple[Shown, ...] | None = Field(None, strict=False, max_length=64)
    second_leader: str = Field("", pattern=r"^([A-Za-z0-9_-]{16,64})?$")  # the key
    activities: Mapping[Name, Kept] = Field({}, max_length=64)


class End(Message):
    """End the workshop and forget everything.

    ``handed_on`` names the open calls that whoever ends has handed on; where another
    one is open, the room is not ended. Without it nothing is asked.
    """

    type: Literal["end"]
    handed_on: tuple[str, ...] | None = Field(None, max_length=400, strict=False)


Any = Annotated[
    Hello | Answer | TakeBack | Signal | Leave | Ping | Slide | Open | Pause | Resume
    | Lock | Move | Turn | Roam | Breathe | HeadCount | Ask | Collect | Hold | Reveal
    | Release | StrikeOut | SetAside | Swap | Weigh | PutAway | BringBack | Seen
    | Acknowledge | Done | Wifi | ShowAddress | SecondLeader | Restore | End
    | Tally | Answered | Keep | RevealKept,
    Field(discriminator="type"),
]  # fmt: skip
_LEADS: tuple[type[Message], ...] = (
    Ping, Open, Pause, Resume, Lock, Move, Turn, Roam, Breathe, HeadCount, Ask,
    Collect, Hold, Reveal, Release, StrikeOut, SetAside, Swap, Weigh, PutAway,
    BringBack, Seen, Acknowledge, Done, Wifi, ShowAddress, End, Slide, Tally,
    Answered, Keep, RevealKept,
)  # fmt: skip
ALLOWED: Mapping[Role, tuple[type[Message], ...]] = {
    Role.PHONE: (Answer, TakeBack, Signal, Leave, Ping),
    Role.WALL: (Ping, Slide),
    Role.SECOND_LEADER: _LEADS,
    Role.FACILITATOR: (*_LEADS, SecondLeader, Restore),
    Role.COFACILITATOR: (
        Ping, Seen, Acknowledge, Done, Release, StrikeOut, SetAside,
    ),
}  # fmt: skip
_adapter: TypeAdapter[Message] = TypeAdapter(Any)


def read(frame: str | bytes, most: int = MAX_BYTES) -> Message:
    """Read one frame of at most so many letters or bytes.

    Raises
    ------
    Refusal
        Where the frame is too large or is not one of the messages.
    """
    if len(frame) > most:
        raise Refusal("too_large")
    try:
        return _adapter.validate_json(frame)
    except ValidationError:
        # the error would quote what was sent: it goes nowhere
        raise Refusal("malformed") from None
