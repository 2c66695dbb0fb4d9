"""The room: state machine of one workshop, in memory only.

``lobby → open ⇄ paused → ended``. The room knows its seats (random tokens), the group's
place, what people chose to say, and the questions. It knows no name, no address and no
time, and writes nothing.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import singledispatchmethod
from typing import Any

from . import asking, export, keeping, kinds, picture, rules
from . import messages as m
from .activity import Activity, Declaration
from .activity import Phase as ActivityPhase
from .choosing import Choosing
from .pairing import Pairing
from .place import Place
from .plan import Plan
from .questions import Answerable
from .seats import Seats
from .signals import Call, Note, Signals
from .steering import WANTED, Steering
from .writing import Writing

GOES_ON = (m.Move, m.Turn, m.Collect, m.Pause, m.Resume, m.End)  # breathing is over


class Phase(StrEnum):
    """Where a room is in its life."""

    LOBBY = "lobby"
    OPEN = "open"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True)
class Receipt:
    """What ending the room deleted: kinds and counts, nothing else."""

    seats: int
    questions: int
    answers: int
    signals: int


class Room:
    """State machine of a workshop.

    Parameters
    ----------
    k : fewest real answers that a picture may stand for (at least three).
    max_seats : how many phones may take part at once.
    new_token : makes the unguessable token of a seat.
    """

    def __init__(
        self,
        k: int = rules.DEFAULT_K,
        max_seats: int = 200,
        new_token: Callable[[], str] = secrets.token_urlsafe,
    ) -> None:
        self.k = rules.check_k(k)
        self.phase = Phase.LOBBY
        self.place = Place()
        self.activities: dict[str, Activity[Any]] = {}
        self._edits: dict[str, Declaration | None] = {}  # wait until it is put away
        self._withdrawn: dict[str, Activity[Any]] = {}
        self.asked: set[str] = set()  # names of the questions that no lesson declares
        self._repeats: dict[
            str, str
        ] = {}  # question: lesson that asks it a second time
        self.complete = False  # every lesson was run, so all questions are declared
        self.wifi: m.Wifi | None = None
        # where phones join, the most likely first, and in which network that is
        self.addresses: tuple[tuple[str, str], ...] = ()
        self._address = ""  # that the leader chose
        self.receipt: Receipt | None = None
        self.breathing = False
        self.head_count = False  # on the wall, in words
        self.exported: list[export.Shown] | None = None  # None: nothing may be kept
        self._hidden: Activity[Any] | None = None  # put away, and may still come back
        self.steering = Steering()
        self.second_key = ""  # of a second leader, while there is one
        self._new_token = new_token
        self._signals = Signals()
        self._seats = Seats(max_seats, new_token, self._forget)

    # -- what the server tells the room ---------------------------------------------

    def declare(
        self, declarations: Iterable[Declaration], lesson: str | None = None
    ) -> None:
        """Learn the questions of a lesson; call it again whenever the lesson is saved.

        Parameters
        ----------
        declarations : all questions that the lesson asks first, as they are now (of
            a version that runs: one that does not says nothing of its questions).
        lesson : name of the lesson. Questions of this lesson that are not among
            ``declarations`` are withdrawn; without a name nothing is withdrawn.

        An idle question changes, or goes, at once. One that is open, held or shown
        keeps asking what it asks, and changes or goes when it is put away: pages read
        its options from the room's state. What was shown of a question counts for good
        (R2), also when it was edited, or withdrawn and declared again.
        """
        new = {declaration.id: declaration for declaration in declarations}
        for name, activity in self.activities.items():
            last = self._edits.get(name, activity.declaration)
            if name in self.asked or lesson is None or last is None:
                continue
            if last.lesson == lesson:
                self._edits[name] = new.pop(name, None)
        self._edits |= new
        self._apply_edits()

    def _apply_edits(self) -> None:
        """Change, add or withdraw the questions that are not under way."""
        for name, new in list(self._edits.items()):
            known = self.activities.get(name) or self._withdrawn.get(name)
            if known is not None and (
                known.phase is not ActivityPhase.IDLE
                or (self._hidden is not None and known.hidden is not None)
            ):
                continue
            del self._edits[name]
            if new is None:
                self._withdrawn[name] = self.activities.pop(name)
                continue
            self._withdrawn.pop(name, None)
            if known is None:
                self.activities[name] = kinds.begin(new)
            else:
                self.activities[name] = kinds.replace(known, new)

    def repeat_questions(self, lesson: str, questions: Iterable[str]) -> None:
        """Learn which questions a lesson asks that another lesson asks first."""
        others = {name: at for name, at in self._repeats.items() if at != lesson}
        self._repeats = others | dict.fromkeys(questions, lesson)

    def join(self, token: str | None = None, *, watching: bool = False) -> str:
        """Take a seat, or come back to it; return its token.

        A token that this room does not know (the server was started again) gets a new
        seat: nothing is lost, for the phone still holds what it answered.
        """
        if self.phase is Phase.ENDED:
            raise m.Refusal("ended")
        return self._seats.join(token, watching=watching)

    def disconnect(self, token: str) -> None:
        """Note that a phone sleeps or lost the Wi-Fi; its seat and answers stay."""
        self._seats.disconnect(token)

    def follow(self, plan: Plan) -> None:
        """Take another plan, or a newer version of it; the group stays where it is."""
        self.place.plan = plan
        if self.place.row is not None and self.place.lesson is not None:
            here = (self.place.lesson, self.place.step, self.place.row)
            self.place.row = plan.find(*here)

    # -- what people say --------------------------------------------------------------

    def apply(self, role: m.Role, message: m.Message, token: str = "") -> None:
        """Act on one message, or raise Refusal and change nothing."""
        if not isinstance(message, m.ALLOWED[role]):
            raise m.Refusal("not_yours")
        if self.phase is Phase.ENDED and not isinstance(message, m.Ping):
            raise m.Refusal("ended")
        if role is m.Role.PHONE and token not in self._seats:
            raise m.Refusal("not_joined")
        if isinstance(message, m.Acknowledge):
            self._signals.take(message.signal, role)
        if isinstance(message, m.Steers):
            if self.steering.overtaken(message, token):
                if not self._is_so(message):
                    raise m.Refusal("overtaken")
                return
            self._act(message, token)
            self.steering.note(token)
        else:
            self._act(message, token)
        self._apply_edits()
        if isinstance(message, GOES_ON):
            self.breathing = False

    def _is_so(self, message: m.Steers) -> bool:
        """Whether the room stands already where this message would bring it."""
        place = self.place
        match message:
            case m.Pause() | m.Resume():
                wanted = Phase.PAUSED if isinstance(message, m.Pause) else Phase.OPEN
                return self.phase is wanted
            case m.Turn():
                return place.row == message.row
            case m.Move():
                return (place.lesson, place.step) == (message.lesson, message.step)
            case m.Roam():
                return place.freely is message.freely
            case m.Breathe():
                return self.breathing is message.on
            case m.Swap():
                activity = self.activities.get(message.activity)
                swaps = isinstance(activity, Pairing) and activity.turn >= message.turn
                return activity is None or swaps
            case m.RevealKept():
                return not keeping.kept(self.activities.values())
            case (
                m.Collect()
                | m.Hold()
                | m.Keep()
                | m.Reveal()
                | m.PutAway()
                | m.BringBack()
                | m.Weigh()
            ):
                activity = self.activities.get(message.activity)
                return activity is None or activity.phase is WANTED[type(message)]
        return False

    @singledispatchmethod
    def _act(self, message: m.Message, token: str) -> None:
        """Nothing more to do: a ping."""

    def _activity(self, name: str) -> Activity[Any]:
        if name not in self.activities:
            raise m.Refusal("unknown_activity")
        return self.activities[name]

    @_act.register
    def _(self, message: m.Answer, token: str) -> None:
        activity = self._activity(message.activity)
        if self.phase is Phase.PAUSED:
            raise m.Refusal("paused")
        activity.answer(token, message)

    def _writing(self, name: str) -> Writing:
        activity = self._activity(name)
        if not isinstance(activity, Writing):
            raise m.Refusal("other_kind")
        return activity

    @_act.register
    def _(self, message: m.Tally, token: str) -> None:
        activity = self._activity(message.activity)
        if not isinstance(activity, Choosing):
            raise m.Refusal("no_tally")
        activity.tally(message.counts, self.k, self._seats.free)

    @_act.register
    def _(self, message: m.TakeBack, token: str) -> None:
        self._writing(message.activity).take_back(token, message.round)

    @_act.register
    def _(self, message: m.Release, token: str) -> None:
        self._writing(message.activity).release(message.texts)

    @_act.register
    def _(self, message: m.StrikeOut, token: str) -> None:
        self._writing(message.activity).strike_out(message.id, message.passages)

    @_act.register
    def _(self, message: m.SetAside, token: str) -> None:
        self._writing(message.activity).set_aside(message.id)

    @_act.register
    def _(self, message: m.Signal, token: str) -> None:
        self._signals.apply(message, token)

    @_act.register
    def _(self, message: m.Leave, token: str) -> None:
        self._seats.give_up(token)

    def _forget(self, token: str) -> None:
        for activity in self.activities.values():
            activity.withdraw(token)
        self._signals.forget(token)

    @_act.register
    def _(self, message: m.Open, token: str) -> None:
        if self.phase is not Phase.LOBBY:
            raise m.Refusal("already_begun")  # what may be kept was said to all
        self.phase = Phase.OPEN
        self.exported = [] if message.keep else None

    @_act.register
    def _(self, message: m.Resume, token: str) -> None:
        self.phase = Phase.OPEN

    @_act.register
    def _(self, message: m.Pause, token: str) -> None:
        self.phase = Phase.PAUSED

    @_act.register
    def _(self, message: m.Lock, token: str) -> None:
        self._seats.locked = message.locked

    @_act.register
    def _(self, message: m.Move, token: str) -> None:
        before = self.place.here
        self.place.move(message.lesson, message.step)
        self._has_moved(before)

    @_act.register
    def _(self, message: m.Turn, token: str) -> None:
        before = self.place.here
        self.place.turn(message.row)
        self._has_moved(before)

    def _has_moved(self, before: tuple[str | None, int, int | None]) -> None:
        """Take the question of the place that the group has left off every screen.

        A first round that may wait, waits; all else is forgotten. So phones, wall and
        slides are at the new place together, whatever a phone was in the middle of.
        """
        self.phase = Phase.OPEN
        if self.place.here != before:
            self._give_way()

    def _give_way(self, to: Activity[Any] | None = None) -> None:
        """Let nothing but this question stay on the screens."""
        self.forget_hidden()
        for other in self.activities.values():
            if other is not to and other.phase is not ActivityPhase.IDLE:
                other.give_way()

    @_act.register
    def _(self, message: m.Roam, token: str) -> None:
        self.place.freely = message.freely
        self.phase = Phase.OPEN

    @_act.register
    def _(self, message: m.Breathe, token: str) -> None:
        self.breathing = message.on
        self.phase = Phase.OPEN

    @_act.register
    def _(self, message: m.HeadCount, token: str) -> None:
        self.head_count = message.shown

    @_act.register
    def _(self, message: m.Ask, token: str) -> None:
        if message.kind in asking.FROM_BOARD.values():
            raise m.Refusal("no_ideas")  # they come from a board
        if len(self.asked) >= asking.MOST:
            raise m.Refusal("ask_too_many")
        known = [activity.declaration for activity in self.activities.values()]
        self._ask(asking.declared(message, self.lesson, known))

    def _ask(self, declaration: Declaration) -> None:
        self.activities[declaration.id] = kinds.begin(declaration)
        self.asked.add(declaration.id)

    @_act.register
    def _(self, message: m.Collect, token: str) -> None:
        activity = self._activity(message.activity)
        activity.collect()
        self._give_way(activity)  # one question at a time
        self.phase = Phase.OPEN

    @_act.register
    def _(self, message: m.Reveal, token: str) -> None:
        activity = self._activity(message.activity)
        activity.reveal(self.k, self._seats.awake)
        self._export(activity)

    def _export(self, activity: Activity[Any]) -> None:
        if self.exported is not None and activity.snapshot and activity.snapshot.rows:
            self.exported.append(picture.in_words(activity, self.title(activity)))

    @_act.register
    def _(self, message: m.Hold, token: str) -> None:
        self._activity(message.activity).hold()

    @_act.register
    def _(self, message: m.Keep, token: str) -> None:
        keeping.keep(self._activity(message.activity), self.activities.values())

    @_act.register
    def _(self, message: m.RevealKept, token: str) -> None:
        known = self.activities.values()
        for activity in keeping.reveal(known, self.k, self._seats.awake):
            self._export(activity)
        self.forget_hidden()
        self.phase = Phase.OPEN

    @_act.register
    def _(self, message: m.Swap, token: str) -> None:
        activity = self._activity(message.activity)
        if not isinstance(activity, Pairing):
            raise m.Refusal("no_swap")
        activity.swap(message.turn)

    @_act.register
    def _(self, message: m.Weigh, token: str) -> None:
        board = self._activity(message.activity)
        if len(self.asked) >= asking.MOST:
            raise m.Refusal("ask_too_many")
        question = asking.weighed(board)
        self._ask(question)
        self._act(m.Collect(type="collect", activity=question.id), token)

    @_act.register
    def _(self, message: m.Answered, token: str) -> None:
        activity = self._activity(message.activity)
        if not isinstance(activity, Answerable):
            raise m.Refusal("other_kind")
        activity.mark_answered(message.at, answered=message.answered)

    @_act.register
    def _(self, message: m.PutAway, token: str) -> None:
        activity = self._activity(message.activity)
        # typed and never asked: it goes for good
        if message.activity in self.asked and not activity.round:
            self.asked.remove(message.activity)
            del self.activities[message.activity]
        if activity is not self._hidden:
            self.forget_hidden()
        for one in keeping.beside(activity, self.activities.values()):
            one.put_away()
        self._hidden = activity if activity.hidden else None

    @_act.register
    def _(self, message: m.BringBack, token: str) -> None:
        activity = self._activity(message.activity)
        if activity is not self._hidden:
            raise m.Refusal("nothing_hidden")
        for one in self.activities.values():  # what was shown together, together
            if one.hidden:
                one.bring_back()
        self._hidden = None

    @_act.register
    def _(self, message: m.Seen, token: str) -> None:
        self._signals.show(message.signals)

    @_act.register
    def _(self, message: m.Done, token: str) -> None:
        self._signals.close(message.signal)

    @_act.register
    def _(self, message: m.SecondLeader, token: str) -> None:
        self.second_key = self._new_token() if message.on else ""

    @_act.register
    def _(self, message: m.Wifi, token: str) -> None:
        self.wifi = message if message.ssid else None

    @_act.register
    def _(self, message: m.ShowAddress, token: str) -> None:
        if message.address not in dict(self.addresses):
            raise m.Refusal("no_such_address")
        self._address = message.address

    @_act.register
    def _(self, message: m.Restore, token: str) -> None:
        if self.phase is not Phase.LOBBY:
            raise m.Refusal("already_begun")
        self.phase = Phase(message.phase)  # not locked: the phones must come back in
        self.exported = None if message.shown is None else list(message.shown)
        self.second_key = message.second_leader
        self.place.restore(message.lesson, message.step, message.row)
        self.place.freely = message.freely
        for name, saved in message.activities.items():
            if saved.asked and saved.lesson and len(self.asked) < asking.MOST:
                typed = asking.declared(saved.asked, saved.lesson, ())
                self._ask(typed.model_copy(update={"id": name}))
            if name in self.activities:
                self.activities[name].restore(saved)

    @_act.register
    def _(self, message: m.End, token: str) -> None:
        known = message.handed_on
        if known is not None and {call.name for call in self.calls} - set(known):
            raise m.Refusal("call_open")
        self.receipt = Receipt(
            seats=len(self._seats),
            questions=sum(a.round > 0 for a in self.activities.values()),
            answers=sum(a.answered_count for a in self.activities.values()),
            signals=len(self.calls),
        )
        self.phase = Phase.ENDED
        self._hidden = None
        self.wifi = self.exported = None
        self.head_count = False
        self.second_key = ""
        self.place.forget()
        self._seats.clear()
        self._signals.clear()
        self.activities.clear()
        self._edits.clear()
        self._withdrawn.clear()
        self.asked.clear()

    # -- what may be said of the room -------------------------------------------------

    @property
    def address(self) -> str:
        """Where phones join: what the leader chose, while the laptop has it."""
        known = [address for address, _ in self.addresses]
        return self._address if self._address in known else next(iter(known), "")

    @property
    def lessons(self) -> dict[str, str]:
        """Title of each lesson, by its name."""
        return self.place.titles

    @lessons.setter
    def lessons(self, titles: dict[str, str]) -> None:
        self.place.titles = titles

    @property
    def lesson(self) -> str | None:
        """Name of the lesson where the group is."""
        return self.place.lesson

    @property
    def locked(self) -> bool:
        """Whether new phones are kept out."""
        return self._seats.locked

    @property
    def signals(self) -> list[tuple[str, str]]:
        """What people ask and nobody has taken: (name to acknowledge, sentence)."""
        return self._signals.shown

    @property
    def hidden(self) -> str | None:
        """Name of the question that was put away and may still come back."""
        return self._hidden.declaration.id if self._hidden else None

    def forget_hidden(self) -> None:
        """Forget what was put away. The server does it after a while, too."""
        if self._hidden is not None:
            for activity in self.activities.values():
                if activity.hidden is not None:
                    activity.forget_hidden()
            self._hidden = None
            self._apply_edits()

    @property
    def calls(self) -> list[Call]:
        """Every open call, those that somebody has taken among them."""
        return self._signals.open

    def notes(self) -> list[Note]:
        """Hand over what seats are to be told of their calls, once."""
        return self._signals.notes()

    def call_status(self, token: str) -> list[Note]:
        """Say how the open calls of one seat stand."""
        return self._signals.status(token)

    def asked_in(self, activity: Activity[Any]) -> str:
        """Name of the lesson that asks it, or asks it once more."""
        about = activity.declaration
        waits = activity.phase is ActivityPhase.HELD and not activity.kept
        once_more = activity.second or waits
        return self._repeats.get(about.id, about.lesson) if once_more else about.lesson

    def title(self, activity: Activity[Any]) -> str:
        """Title of that lesson."""
        name = self.asked_in(activity)
        return self.lessons.get(name, name)

    @property
    def drawn(self) -> Pairing | None:
        """The draw of pairs that is on the phones now, if there is one."""
        draws = (a for a in self.activities.values() if isinstance(a, Pairing))
        return next((a for a in draws if a.drawn), None)

    def readiness(self, activity: Activity[Any]) -> str:
        """How ready the room is, in words."""
        taking_part = max(self._seats.taking_part, activity.answered_count)
        return rules.readiness(activity.answered_count, taking_part)

    @property
    def crowd(self) -> str:
        """How many phones are in the room, in words."""
        return rules.crowd(self._seats.present, self.k)
