"""Pairs by lot: two phones show one shape and one word."""

import secrets
from collections.abc import Collection
from itertools import product

from . import rules, words
from .activity import Activity, Phase
from .declaration import Declaration
from .messages import Answer, Kept, Refusal

SHAPES = ("circle", "square", "triangle", "diamond", "cross", "ring", "wave", "bars")
_lot = secrets.SystemRandom()


class Sign(rules.Published):
    """What the phones of a pair show alike: a shape and a word; and how many they are.

    A phone that sits it out gets a sign without shape, of nobody.
    """

    shape: str = ""
    word: str = ""
    people: int = 0


class Pairing(Activity[int]):
    """Joining is the one answer; the draw is made at reveal, and no list is kept."""

    def __init__(self, declaration: Declaration) -> None:
        super().__init__(declaration)
        self._signs: dict[str, Sign] = {}

    @property
    def may_begin(self) -> bool:
        """A draw shows nothing about anyone: it may be made as often as they like."""
        return True

    def read(self, answer: Answer) -> int | None:
        """Return 0 for who joins."""
        if answer.text is not None or answer.values is not None:
            raise Refusal("other_kind")
        if answer.value not in (None, 0):
            raise Refusal("no_such_option")
        return answer.value

    def reveal(self, k: int, present: Collection[str] = ()) -> None:
        """Draw the pairs among the phones that joined and are awake."""
        if self.phase is not Phase.COLLECTING:
            raise Refusal("not_collecting")
        awake = {self._key(token) for token in present}
        joined = [k for k, value in self._answers.items() if value == 0 and k in awake]
        if len(joined) < 2:
            raise Refusal("no_pair")
        _lot.shuffle(joined)
        self._signs = draw(joined)
        sentence = words.render_text("sentence", "pairs")
        self._show(rules.Snapshot(form="pairs", sentence=sentence))

    @property
    def drawn(self) -> bool:
        """Whether pairs are on the phones now."""
        return self.phase is Phase.REVEALED

    def sign(self, token: str) -> Sign:
        """Return what this phone shows while pairs are shown."""
        return self._signs.get(self._key(token), Sign())

    def collect(self) -> None:
        """Begin a new draw."""
        super().collect()
        self._signs = {}

    def withdraw(self, token: str) -> None:
        """Forget who leaves; whoever is left alone joins another pair."""
        super().withdraw(token)
        self._signs.pop(self._key(token), None)

    def put_away(self) -> None:
        """Take the pairs off the phones; `forget_hidden` forgets who they were."""
        super().put_away()
        if self.hidden is None:
            self._signs = {}

    def forget_hidden(self) -> None:
        """Forget who was with whom."""
        super().forget_hidden()
        if self.phase is Phase.IDLE:
            self._signs = {}

    def restore(self, saved: Kept) -> None:
        """Draw anew after a restart: no list was kept."""
        super().restore(saved)
        if self.phase is Phase.REVEALED:
            self.put_away()


def draw(joined: list[str]) -> dict[str, Sign]:
    """Give each its sign: two by two in this order, and three at the end if odd."""
    signs = list(product(SHAPES, words.table()["calm"]["second"]))
    _lot.shuffle(signs)
    starts = range(0, len(joined) - 1, 2)
    drawn: dict[str, Sign] = {}
    for at, (shape, word) in zip(starts, signs, strict=False):
        odd = at + 3 == len(joined)
        group = joined[at : at + (3 if odd else 2)]
        drawn |= dict.fromkeys(group, Sign(shape=shape, word=word, people=len(group)))
    return drawn
