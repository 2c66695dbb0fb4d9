"""Pairs and threes by lot: the phones of a group show one shape and one word.

Where the lesson gives roles, each phone shows its own, and they go round at each swap:
who has been the first is the last, everyone else moves up.
"""

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
    """What the phones of a group show: a shape and a word; and how many they are.

    A phone that sits it out gets a sign without shape, of nobody. ``role`` counts from
    1 (0: there are none), and ``turn`` says how often they have swapped.
    """

    shape: str = ""
    word: str = ""
    people: int = 0
    role: int = 0
    turn: int = 0


class Pairing(Activity[int]):
    """Joining is the one answer; the draw is made at reveal, and no list is kept."""

    def __init__(self, declaration: Declaration) -> None:
        super().__init__(declaration)
        self._groups: list[tuple[Sign, list[str]]] = []
        self.turn = 0

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
        self._groups, self.turn = draw(joined, self.declaration.size), 0
        self._say("pairs")

    def _say(self, name: str) -> None:
        sentence = words.render_text("sentence", name)
        self._show(rules.Snapshot(form="pairs", sentence=sentence))

    def swap(self, turn: int) -> None:
        """Let the roles go round, for the ``turn``-th time."""
        if not self.drawn or not self.declaration.roles:
            raise Refusal("no_swap")
        if turn == self.turn + 1:
            self.turn = turn
            self._say("swapped")

    @property
    def drawn(self) -> bool:
        """Whether pairs are on the phones now."""
        return self.phase is Phase.REVEALED

    def sign(self, token: str) -> Sign:
        """Return what this phone shows while pairs are shown."""
        key = self._key(token)
        for sign, group in self._groups:
            if key in group:
                role = self._role(group.index(key), len(group))
                shown = {"people": len(group), "role": role, "turn": self.turn}
                return sign.model_copy(update=shown)
        return Sign(turn=self.turn)

    def _role(self, place: int, people: int) -> int:
        """Say which role a place in a group has now; a third of two roles has the last.

        In a pair of three roles the last one rests.
        """
        roles = len(self.declaration.roles)
        return min((place - self.turn) % people + 1, roles)

    def collect(self) -> None:
        """Begin a new draw."""
        super().collect()
        self._groups = []

    def withdraw(self, token: str) -> None:
        """Forget who leaves; the others of the group keep on going round."""
        super().withdraw(token)
        key = self._key(token)
        for _, group in self._groups:
            if key in group:
                group.remove(key)

    def put_away(self) -> None:
        """Take the pairs off the phones; `forget_hidden` forgets who they were."""
        super().put_away()
        if self.hidden is None:
            self._groups = []

    def forget_hidden(self) -> None:
        """Forget who was with whom."""
        super().forget_hidden()
        if self.phase is Phase.IDLE:
            self._groups = []

    def restore(self, saved: Kept) -> None:
        """Draw anew after a restart: no list was kept."""
        super().restore(saved)
        if self.phase is Phase.REVEALED:
            self.put_away()


def draw(joined: list[str], size: int = 2) -> list[tuple[Sign, list[str]]]:
    """Put them into groups of this size, in this order, and give each group its sign.

    Nobody is left over: pairs of an odd number have one three, and threes have one or
    two pairs where it takes them.
    """
    signs = list(product(SHAPES, words.table()["calm"]["second"]))
    _lot.shuffle(signs)
    sizes = _sizes(len(joined), size)
    starts = [sum(sizes[:at]) for at in range(len(sizes))]
    return [
        (Sign(shape=shape, word=word), joined[at : at + people])
        for at, people, (shape, word) in zip(starts, sizes, signs, strict=False)
    ]


def _sizes(people: int, size: int) -> list[int]:
    """Cut so many people into twos and threes.

    >>> _sizes(7, 2), _sizes(7, 3), _sizes(8, 3)
    ([2, 2, 3], [3, 2, 2], [3, 3, 2])
    """
    if size == 2:
        return [2] * (people // 2 - people % 2) + [3] * (people % 2)
    pairs = -people % 3
    return [3] * ((people - 2 * pairs) // 3) + [2] * pairs
