"""One question for the group: declared in a lesson, alive in the room."""

import hmac
import secrets
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from . import rules, words
from .messages import Name, Refusal

Text = Annotated[str, Field(min_length=1, max_length=200)]


class Declaration(BaseModel):
    """What a lesson says of a question: enough for console, wall and phone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Name
    kind: Literal["poll"] = "poll"
    question: Text
    options: tuple[Text, ...] = Field(min_length=2, max_length=12)
    minutes: int = Field(3, ge=1, le=60)
    can_stir: str = Field("", max_length=200)
    sensitive: bool = True
    lesson: str = ""


class Phase(StrEnum):
    """Where a question is in its life."""

    IDLE = "idle"
    COLLECTING = "collecting"
    REVEALED = "revealed"


class Activity:
    """The life of one question: idle → collecting → revealed → (again | put away).

    An answer is held under a key made from the seat's token and a secret of this
    question alone, so answers to two questions cannot be put together (R7). At reveal
    the values are dropped; the bare keys stay, for they say who was counted (R10).
    """

    def __init__(self, declaration: Declaration) -> None:
        self.declaration = declaration
        self.phase = Phase.IDLE
        self.round = 0
        self.snapshot: rules.Snapshot | None = None
        self._secret = secrets.token_bytes(32)
        self._answers: dict[str, int | None] = {}
        self._counted: list[frozenset[str]] = []
        self._shown = 0

    def _key(self, token: str) -> str:
        return hmac.digest(self._secret, token.encode(), "sha256").hex()

    @property
    def ready(self) -> int:
        """How many have answered or passed; never shown as a number."""
        return len(self._answers)

    @property
    def may_begin(self) -> bool:
        """Whether another round may be shown (R2)."""
        return self._shown < rules.MAX_ROUNDS

    @property
    def labels(self) -> tuple[str, ...]:
        """Each row of the picture, by the options it stands for."""
        options = self.declaration.options
        rows = self.snapshot.rows if self.snapshot else ()
        return tuple(words.listing([options[i] for i in row.options]) for row in rows)

    def collect(self) -> None:
        """Begin a round."""
        if self.phase is Phase.COLLECTING:
            return
        if not self.may_begin:
            raise Refusal("twice_shown")
        self._answers.clear()
        self.snapshot = None
        self.round += 1
        self.phase = Phase.COLLECTING

    def answer(self, token: str, round_: int, value: int | None) -> None:
        """Hold one person's answer, or her pass; a second one replaces the first."""
        if self.phase is not Phase.COLLECTING:
            raise Refusal("not_collecting")
        if round_ != self.round:
            raise Refusal("other_round")
        if value is not None and value >= len(self.declaration.options):
            raise Refusal("no_such_option")
        self._answers[self._key(token)] = value

    def withdraw(self, token: str) -> None:
        """Forget the answer of a person who leaves."""
        self._answers.pop(self._key(token), None)

    def reveal(self, k: int) -> None:
        """Freeze one picture under the rules, and drop the answers."""
        if self.phase is not Phase.COLLECTING:
            raise Refusal("not_collecting")
        values = {key: v for key, v in self._answers.items() if v is not None}
        counted = rules.cohort(self._counted, frozenset(values), k)
        if counted is None:
            raise Refusal("would_single_out")
        options = self.declaration.options
        counts = [0] * len(options)
        for key in counted:
            counts[values[key]] += 1
        snapshot = rules.snapshot(
            counts, options, k, sensitive=self.declaration.sensitive
        )
        if snapshot is None:
            raise Refusal("too_few")
        self._show(snapshot)
        self._counted.append(counted)

    def _show(self, snapshot: rules.Snapshot) -> None:
        self.snapshot = snapshot
        self.phase = Phase.REVEALED
        self._answers.clear()
        self._shown += 1

    def put_away(self) -> None:
        """Take the question off every screen."""
        self.phase = Phase.IDLE
        self.snapshot = None
        self._answers.clear()

    def restore(self, round_: int, snapshot: rules.Snapshot | None) -> None:
        """Stand again where the facilitator's page says it stood.

        Who was counted is not known any more, so a question that was shown once, or
        is in its second round, has had its last round.
        """
        self.round = round_
        if snapshot is not None:
            self._show(snapshot)
            self._shown = rules.MAX_ROUNDS
        elif round_ > 1:
            self.put_away()
            self._shown = rules.MAX_ROUNDS
        else:
            self.phase = Phase.COLLECTING
