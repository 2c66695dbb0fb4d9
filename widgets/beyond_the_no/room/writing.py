"""Words and texts: written unseen, read by the leader, shown in batches.

While people write, nobody sees a text. When the leader closes writing, and at least k
have written, all texts come to her at once, in an order drawn by lot (R8). She shows
some, as they are or in her own words (R9); an author can take hers back until then.
"""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from . import rules, texts
from .activity import Activity, Phase
from .declaration import Declaration
from .messages import Answer, Refusal, Told

_lot = secrets.SystemRandom()


class Queued(rules.Published):
    """A text that waits for the leader, and what in it may point at a person."""

    id: str
    text: str
    hints: tuple[str, ...] = ()


@dataclass
class Waiting:
    """A text, and the keys of those who wrote it (a word may have several authors)."""

    text: str
    authors: set[str] = field(default_factory=set)
    often: bool = False


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
            Queued(id=name, text=one.text, hints=texts.hints(one.text))
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
        if self.declaration.kind == "texts":
            return [Waiting(text, {key}) for key, text in written]
        found: dict[str, Waiting] = {}
        for key, text in written:
            found.setdefault(text.casefold(), Waiting(text)).authors.add(key)
        for one in found.values():
            one.often = len(one.authors) >= k
        return list(found.values())

    def take_back(self, token: str) -> None:
        """Take a person's text back, if it was not shown yet."""
        key = self._key(token)
        if self.phase is Phase.COLLECTING and self._answers.get(key):
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

    def release(self, chosen: Iterable[Told]) -> None:
        """Show some texts, as they are or in the leader's words."""
        wanted = [told for told in chosen if told.id in self._queue]
        if self.snapshot is None or not wanted:
            raise Refusal("nothing_to_show")
        self._sweep()
        batch = []
        for told in wanted:
            one = self._queue.pop(told.id, None)
            if one is None:
                continue  # taken back meanwhile
            said = texts.tidied(told.say or "")[: self.declaration.longest]
            shown = rules.Shown(
                text=said or one.text, retold=bool(said), often=one.often
            )
            batch.append(shown)
        _lot.shuffle(batch)
        self.snapshot = rules.board((*self.snapshot.texts, *batch))

    def set_aside(self, name: str) -> None:
        """Leave a text: it is not shown, and is forgotten."""
        self._sweep()
        self._queue.pop(name, None)

    def _sweep(self) -> None:
        """Forget what its authors took back."""
        self._queue = {n: one for n, one in self._queue.items() if one.authors}

    def put_away(self) -> None:
        """Forget every text."""
        super().put_away()
        self._queue.clear()
