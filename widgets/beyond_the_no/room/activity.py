"""Base class of activities: idle → collecting (⇄ held) → revealed.

What is common to all kinds is here. Each kind says what an answer is and what a reveal
shows: `choosing`, `writing`, `pairing`, and `Silent` below.
"""

import hmac
import secrets
from collections.abc import Collection
from enum import StrEnum
from typing import Generic, TypeVar

from . import rules
from .declaration import Declaration
from .messages import Answer, Kept, Refusal

__all__ = ["Activity", "Declaration", "Phase", "Silent"]

Value = TypeVar("Value")


class Phase(StrEnum):
    """Where something is in its life."""

    IDLE = "idle"
    COLLECTING = "collecting"
    HELD = "held"  # answered, and waits unseen: for a second round, or for others
    REVEALED = "revealed"


class Activity(Generic[Value]):
    """One thing the group does.

    An answer is held under a key made from the seat's token and a secret of this
    activity alone, so answers to two of them cannot be put together (R7). At reveal
    the values are dropped; the bare keys stay, for they say who was counted (R10).
    """

    def __init__(self, declaration: Declaration) -> None:
        self.declaration = declaration
        self.phase = Phase.IDLE
        self.round = 0
        self.snapshot: rules.Snapshot | None = None
        self.hidden: rules.Snapshot | None = None  # put away, and may still come back
        self.shown = 0  # pictures so far
        self.not_shown = ""  # why, where it was to be shown together with others
        self._secret = secrets.token_bytes(32)
        self._answers: dict[str, Value | None] = {}

    def _key(self, token: str) -> str:
        return hmac.digest(self._secret, token.encode(), "sha256").hex()

    def read(self, answer: Answer) -> Value | None:
        """Return what was answered, None for a pass, or raise Refusal."""
        raise NotImplementedError

    @property
    def answered_count(self) -> int:
        """How many have answered or passed; never shown as a number."""
        return len(self._answers)

    @property
    def may_begin(self) -> bool:
        """Whether another round may begin (R2)."""
        return self.shown < rules.MAX_ROUNDS

    @property
    def may_hold(self) -> bool:
        """Whether the answers may wait, unseen, for a second round."""
        return False

    @property
    def may_keep(self) -> bool:
        """Whether the answers may wait, unseen, to be shown together with others'."""
        return False

    @property
    def kept(self) -> bool:
        """Whether they do."""
        return False

    @property
    def second(self) -> bool:
        """Whether a first round waits to be shown beside this one."""
        return False

    def collect(self) -> None:
        """Begin a round; a second tap on Collect changes nothing."""
        if self.phase is Phase.COLLECTING:
            return
        if not self.may_begin:
            raise Refusal("twice_shown")
        self._answers.clear()
        self.not_shown = ""
        self.snapshot = self.hidden = None
        self.round += 1
        self.phase = Phase.COLLECTING

    def hold(self) -> None:
        """Keep a first round, unseen, for a second one."""
        if not self.may_hold:
            raise Refusal("no_second_round")
        self.phase = Phase.HELD

    def answer(self, token: str, answer: Answer) -> None:
        """Hold one person's answer, or her pass; a second one replaces the first."""
        if self.phase is not Phase.COLLECTING:
            raise Refusal("not_collecting")
        if answer.round != self.round:
            raise Refusal("other_round")
        self._answers[self._key(token)] = self.read(answer)

    def withdraw(self, token: str) -> None:
        """Forget the answer of a person who leaves."""
        self._answers.pop(self._key(token), None)

    def reveal(self, k: int, present: Collection[str] = ()) -> None:
        """Freeze what everyone may see under the rules, and drop the answers.

        ``present`` are the tokens of the phones that are connected.
        """
        raise NotImplementedError

    def _show(self, snapshot: rules.Snapshot) -> None:
        self.snapshot = snapshot
        self.phase = Phase.REVEALED
        self._answers.clear()
        self.shown += 1
        self.not_shown = ""

    def give_way(self) -> None:
        """Leave the screens to something else, for good."""
        self.put_away()
        self.forget_hidden()

    def put_away(self) -> None:
        """Take it off every screen, and forget the answers.

        What everyone has seen may come back as it was, until `forget_hidden`. What
        nobody has seen is gone at once.
        """
        if self.phase is not Phase.IDLE:
            self.hidden = self.snapshot if self.phase is Phase.REVEALED else None
        self.phase = Phase.IDLE
        self.not_shown = ""
        self.snapshot = None
        self._answers.clear()

    def bring_back(self) -> None:
        """Show again what was put away: the same picture, and not a new one (R2)."""
        if self.hidden is None:
            raise Refusal("nothing_hidden")
        self.snapshot, self.hidden = self.hidden, None
        self.phase = Phase.REVEALED

    def forget_hidden(self) -> None:
        """Forget what was put away; it cannot come back."""
        self.hidden = None

    def restore(self, saved: Kept) -> None:
        """Stand again where the facilitator's page says it stood.

        Who was counted is not known any more, so a picture that was shown was the last.
        A picture of other options, from before an edit, is not shown again.
        """
        phase = Phase(saved.phase)
        options = self.declaration.options
        edited = saved.options is not None and saved.options != options
        if saved.snapshot is not None and (edited or not saved.snapshot.fits(options)):
            saved = saved.model_copy(update={"snapshot": None})
        self.round = saved.round
        if saved.shown or phase is Phase.REVEALED:
            self.shown = rules.MAX_ROUNDS
        if phase is Phase.REVEALED and saved.snapshot is not None:
            self.snapshot, self.phase = saved.snapshot, phase
        elif phase in (Phase.COLLECTING, Phase.HELD) and self.may_begin:
            self.phase = phase
        else:
            self.put_away()


class Silent(Activity[None]):
    """It asks nothing and shows nothing: each phone does it by itself."""

    @property
    def may_begin(self) -> bool:
        """As often as the group likes."""
        return True

    def answer(self, token: str, answer: Answer) -> None:
        """Refuse: there is nothing to answer."""
        raise Refusal("asks_nothing")

    def reveal(self, k: int, present: Collection[str] = ()) -> None:
        """Refuse: there is nothing to show."""
        raise Refusal("asks_nothing")
