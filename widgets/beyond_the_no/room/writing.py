"""Activities in which people write: texts are queued, reviewed and released.

While people write, nobody sees a text. When the leader closes writing, and at least k
have written, all texts come to her at once, in an order drawn by lot (R8). She shows
some, as they are or in her own words (R9), and can strike a passage out for good; an
author can take hers back until then. A text in which something may point at a person,
or may tell of danger, is shown only where she says that she has looked at just that.
"""

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..evidence import phrase_matcher
from . import rules, texts
from .activity import Activity, Phase
from .declaration import Declaration
from .messages import Answer, Refusal, Told

_lot = secrets.SystemRandom()


class Queued(rules.Published):
    """A text that waits for the leader, and why she should look at it first.

    ``hints`` are words in it that may point at a person; ``danger`` says that it sounds
    like danger, as `evidence.phrases` has it.
    """

    id: str
    text: str
    hints: tuple[str, ...] = ()
    danger: bool = False


@dataclass
class Waiting:
    """A text, and the keys of those who wrote it (a word may have several authors)."""

    text: str
    authors: set[str] = field(default_factory=set)
    often: bool = False

    @cached_property
    def hints(self) -> tuple[str, ...]:
        """What in it may point at a person."""
        return texts.hints(self.text)

    @cached_property
    def danger(self) -> bool:
        """Whether it sounds like danger."""
        return bool(phrase_matcher.kind_of(self.text))

    def strike_out(self, passages: Iterable[str]) -> None:
        """Forget these passages; what is left is read anew."""
        struck = texts.strike_out(self.text, passages)
        if struck == self.text:
            raise Refusal("nothing_to_strike")
        self.text = struck
        for name in ("hints", "danger"):
            self.__dict__.pop(name, None)


class Writing(Activity[str]):
    """One writes a text; the leader reads it before anybody else does."""

    def __init__(self, declaration: Declaration) -> None:
        super().__init__(declaration)
        self._queue: dict[str, Waiting] = {}

    @property
    def may_begin(self) -> bool:
        """Each round has texts of its own, and k of them at least."""
        return True

    @property
    def queue(self) -> tuple[Queued, ...]:
        """What waits for the leader, in no order.

        What its author took back goes when the leader next shows or leaves a text: if
        it went at once, whoever is seen tapping would have written it.
        """
        return tuple(
            Queued(id=name, text=one.text, hints=one.hints, danger=one.danger)
            for name, one in self._queue.items()
        )

    def read(self, answer: Answer) -> str | None:
        """Return the text, tidied."""
        if answer.value is not None or answer.values is not None:
            raise Refusal("other_kind")
        if answer.text is None:
            return None
        tidy = texts.tidied(answer.text)
        if not tidy:
            raise Refusal("empty_text")
        if len(tidy) > self.declaration.longest:
            raise Refusal("text_too_long")
        return tidy

    def collect(self) -> None:
        """Let people write, or write again; what was shown stays shown."""
        shown = self.snapshot
        super().collect()
        self.snapshot = shown

    def reveal(self, k: int, present: Collection[str] = ()) -> None:
        """Close writing, and bring the texts to the leader."""
        if self.phase is not Phase.COLLECTING:
            raise Refusal("not_collecting")
        written = [(key, text) for key, text in self._answers.items() if text]
        if len(written) < k:
            raise Refusal("too_few")
        waiting = [*self._queue.values(), *self._gathered(written, k)]
        _lot.shuffle(waiting)
        self._queue = {secrets.token_urlsafe(9): one for one in waiting}
        self._show(self.snapshot or rules.board(()))

    def _gathered(self, written: list[tuple[str, str]], k: int) -> list[Waiting]:
        """Let a word that several wrote come once; each text comes by itself."""
        if self.declaration.kind != "words":
            return [Waiting(text, {key}) for key, text in written]
        alike: dict[str, dict[str, str]] = {}
        for key, text in written:
            alike.setdefault(text.casefold(), {})[key] = text
        return [
            Waiting(_spelling(texts), set(texts), often=len(texts) >= k)
            for texts in alike.values()
        ]

    def take_back(self, token: str, round_: int) -> None:
        """Take a person's text of that round back, if it was not shown yet."""
        if round_ > self.round:
            raise Refusal("other_round")
        key = self._key(token)
        writes = self.phase is Phase.COLLECTING and round_ == self.round
        if writes and self._answers.get(key):
            self._answers[key] = None  # as if she had passed: nothing else changes
            return
        mine = [one for one in self._queue.values() if key in one.authors]
        if not mine:
            raise Refusal("nothing_waits")
        for one in mine:
            one.authors.discard(key)

    def withdraw(self, token: str) -> None:
        """Take everything of a person who leaves along with her."""
        super().withdraw(token)
        for one in self._queue.values():
            one.authors.discard(self._key(token))

    def release(self, selected: Iterable[Told]) -> None:
        """Show some texts, as they are or in the leader's words.

        A text with a hint stays in the queue, whatever page asks, unless it comes with
        the word that the leader has looked at it (``looked``): no batch shows it.
        """
        wanted = [selection for selection in selected if selection.id in self._queue]
        if self.snapshot is None or not wanted:
            raise Refusal("nothing_to_show")
        waits = [one for one in wanted if one.looked or not self._needs_look(one)]
        if not waits:
            raise Refusal("look_first")
        self._sweep()
        batch = []
        for selection in waits:
            one = self._queue.pop(selection.id, None)
            if one is None:
                continue  # taken back meanwhile
            wording = self._wording(selection)
            shown = rules.Shown(
                text=wording or one.text, retold=bool(wording), often=one.often
            )
            batch.append(shown)
        _lot.shuffle(batch)
        self.snapshot = rules.board((*self.snapshot.texts, *batch))

    def _wording(self, selection: Told) -> str:
        """Return the leader's own words for a text, if she has any."""
        return texts.tidied(selection.say or "")[: self.declaration.longest]

    def _needs_look(self, selection: Told) -> bool:
        """Whether what would be shown has a hint: her own words may name one, too."""
        wording = self._wording(selection)
        one = Waiting(wording) if wording else self._queue[selection.id]
        return bool(one.hints or one.danger)

    def strike_out(self, name: str, passages: Iterable[str]) -> None:
        """Strike passages out of a text for good: what stood there is forgotten."""
        if name not in self._queue:
            raise Refusal("nothing_to_show")
        self._queue[name].strike_out(passages)

    def set_aside(self, name: str) -> None:
        """Leave a text: it is not shown, and is forgotten.

        For a text that is not there nothing is swept: otherwise whoever asks again and
        again would see which text goes at the moment somebody takes hers back.
        """
        if name not in self._queue:
            raise Refusal("nothing_to_show")
        del self._queue[name]
        self._sweep()

    def _sweep(self) -> None:
        """Forget what its authors took back."""
        self._queue = {n: one for n, one in self._queue.items() if one.authors}

    def put_away(self) -> None:
        """Forget every text."""
        super().put_away()
        self._queue.clear()


def _spelling(texts: Mapping[str, str]) -> str:
    """Choose how a word is spelled that several wrote: as most did, ties by lot.

    The order in which they wrote it plays no part.
    """
    spellings = Counter(texts.values())
    most = max(spellings.values())
    return _lot.choice([text for text, n in spellings.items() if n == most])
