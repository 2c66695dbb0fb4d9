"""Poll, scale, guess and two rounds: people choose, the room counts."""

from collections.abc import Collection, Mapping, Sequence

from . import rules, words
from .activity import Activity, Phase
from .declaration import Declaration
from .messages import Answer, Kept, Refusal

Chosen = frozenset[int]


class Choosing(Activity[Chosen]):
    """One chooses among options: one of them, or, where a poll allows it, many."""

    def __init__(self, declaration: Declaration) -> None:
        super().__init__(declaration)
        self._counted: list[frozenset[str]] = []
        self._knew: set[str] = set()
        self._slips: tuple[int, ...] | None = None  # on paper: how many chose each
        self._slips_shown = False
        self._kept = False

    @property
    def may_keep(self) -> bool:
        """While one round is collected, on phones alone."""
        return self.phase is Phase.COLLECTING and not (self.second or self._slips)

    @property
    def kept(self) -> bool:
        """Whether the answers wait, unseen, to be shown together with others'."""
        return self._kept and self.phase is Phase.HELD

    def keep(self) -> None:
        """Let the answers wait, unseen: no new ones come, and who leaves takes hers."""
        if not self.may_keep:
            raise Refusal("no_keeping")
        self.phase, self._kept = Phase.HELD, True

    @property
    def may_tally(self) -> bool:
        """Whether paper slips may be entered: once, of one answer each, in one round.

        Nobody knows whose a slip is, so a second picture of slips could differ from the
        first by one person (R10), and two rounds could not be of the same people.
        """
        about = self.declaration
        once = about.kind in {"poll", "guess", "place"} and not about.many
        return once and self.phase is Phase.COLLECTING and not self._slips_shown

    @property
    def slips(self) -> int:
        """How many paper slips were entered."""
        return sum(self._slips or ())

    def tally(self, counts: tuple[int, ...], k: int, room_for: int) -> None:
        """Take the paper slips as one batch, or take them back where there is none.

        Parameters
        ----------
        room_for : how many people more than those with phones the room could hold.
        """
        if not self.may_tally:
            raise Refusal("no_tally")
        if len(counts) != len(self.declaration.options):
            raise Refusal("no_such_option")
        total = sum(counts)
        least = max(k, rules.FEWEST)
        if 0 < total < least:
            raise Refusal("tally_too_few", least=words.number(least))
        if total > room_for:
            raise Refusal("tally_too_many", most=str(room_for))
        self._slips = counts if total else None

    def collect(self) -> None:
        """Begin a round, or open again what is kept; slips of another are forgotten."""
        if self.kept:
            self.phase, self.not_shown = Phase.COLLECTING, ""
        if self.phase is not Phase.COLLECTING:
            self._slips = None
        self._kept = False
        super().collect()

    def give_way(self) -> None:
        """Leave the screens; what is kept is on none."""
        if not self.kept:
            super().give_way()

    def put_away(self) -> None:
        """Forget the slips, too."""
        super().put_away()
        self._slips = None

    def answer(self, token: str, answer: Answer) -> None:
        """Hold an answer; whoever knows a picture that this room does not is left out.

        It was shown before the server was started again, and perhaps counted her. Who
        else it counted nobody knows, so a picture that counts her once more could
        differ from it by one person (R10). Who says so wrongly leaves out only herself.
        """
        self._hold(token, answer)
        if answer.shown > self.shown:
            self._knew.add(self._key(token))

    def _hold(self, token: str, answer: Answer) -> None:
        """Take no other answer once it waits; after a restart, phones bring theirs.

        A pass is taken at any time: somebody has cleared what her phone held.
        """
        if self.phase is not Phase.HELD or answer.round != self.round:
            return super().answer(token, answer)
        key, chosen = self._key(token), self.read(answer)
        if chosen is None:
            self._answers[key] = None
        self._answers.setdefault(key, chosen)
        return None

    def read(self, answer: Answer) -> Chosen | None:
        """Return the options that were chosen."""
        many = self.declaration.many
        if answer.text is not None or (answer.values is not None and not many):
            raise Refusal("other_kind")
        chosen = set(answer.values or ())
        if answer.value is not None:
            chosen.add(answer.value)
        if not chosen:
            return None
        if max(chosen) >= len(self.declaration.options):
            raise Refusal("no_such_option")
        return frozenset(chosen)

    def reveal(self, k: int, present: Collection[str] = ()) -> None:
        """Show one picture of those who answered, and of nobody else's difference."""
        if self.phase not in (Phase.COLLECTING, Phase.HELD):
            raise Refusal("not_collecting")
        values = _real(self._answers)
        if self._slips and not self._answers:  # a pass looks like an answer here, too
            return self._show_slips(None, k)
        counted = rules.cohort(self._counted, frozenset(values) - self._knew, k)
        if counted is None:
            raise Refusal("would_single_out")
        if self._slips and len(counted) < k:
            raise Refusal("tally_few_phones")
        self._check(counted, values, k)
        picture = self._picture(values, counted, k)
        if self._slips:
            self._show_slips(picture, k)
        else:
            self._show(picture)
        self._counted.append(counted)
        return None

    def _show_slips(self, phones: rules.Snapshot | None, k: int) -> None:
        """Show the slips beside the phones' picture, and never put together with it.

        Whoever counted the slips knows them, and could take them away from a sum. So
        the phones' picture is the one that there would be without any slip.
        """
        about = self.declaration
        slips = rules.snapshot(
            self._slips or (), about.options, k, sensitive=about.sensitive
        )
        if slips is None:
            raise Refusal("too_few")
        self._show(rules.beside_paper(phones, slips, about.options))
        self._slips, self._slips_shown = None, True

    def restore(self, saved: Kept) -> None:
        """Stand again where it stood, kept or not."""
        super().restore(saved)
        self._kept = saved.kept and self.phase is Phase.HELD

    def _check(
        self, counted: Collection[str], answered: Collection[str], k: int
    ) -> None:
        """Refuse a picture of too few, and say why they are too few (R1)."""
        if len(counted) < k:
            left_out = len(self._knew.intersection(answered))
            enough = len(counted) + left_out >= k
            raise Refusal("shown_before" if enough else "too_few")
        if len(counted) < rules.FEWEST:
            raise Refusal("too_few_for_rows")

    def _picture(
        self, values: Mapping[str, Chosen], counted: Collection[str], k: int
    ) -> rules.Snapshot:
        """Make the picture of these people's answers."""
        about = self.declaration
        snapshot = self._drawn([values[key] for key in counted], k)
        if snapshot is None:
            raise Refusal("too_few")
        if about.truth_at is not None:
            return rules.beside_truth(snapshot, about.truth_at)
        return snapshot

    def _drawn(self, chosen: Sequence[Chosen], k: int) -> rules.Snapshot | None:
        """Draw what so many people chose."""
        about = self.declaration
        counts = [0] * len(about.options)
        for option in (option for each in chosen for option in each):
            counts[option] += 1
        people = len(chosen) if about.many else None
        return rules.snapshot(
            counts, about.options, k, sensitive=about.sensitive, people=people
        )


class Twice(Choosing):
    """Asked twice; both rounds are shown at once, of those who answered both.

    The first round is held, unseen. Where it was shown by itself (which the leader may
    choose), the second is held against that picture (R10), as with a poll.
    """

    def __init__(self, declaration: Declaration) -> None:
        super().__init__(declaration)
        self._first: dict[str, Chosen | None] | None = None

    @property
    def may_hold(self) -> bool:
        """While a first round is collected, and none was shown."""
        collecting = self.phase is Phase.COLLECTING
        return collecting and not self.shown and not self.second

    @property
    def second(self) -> bool:
        """Whether a first round waits to be shown beside this one."""
        return self._first is not None

    def collect(self) -> None:
        """Begin the first round, or the second beside the first."""
        if self.kept or self.phase is not Phase.HELD:
            return super().collect()
        self._first, self._answers = self._answers, {}
        self.round += 1
        self.phase = Phase.COLLECTING
        return None

    def _hold(self, token: str, answer: Answer) -> None:
        """After a restart, phones bring their answer to the first round, too."""
        if self._first is not None and answer.round == self.round - 1:
            self._first.setdefault(self._key(token), self.read(answer))
        else:
            super()._hold(token, answer)

    def withdraw(self, token: str) -> None:
        """Forget both answers of a person who leaves."""
        super().withdraw(token)
        if self._first is not None:
            self._first.pop(self._key(token), None)

    def reveal(self, k: int, present: Collection[str] = ()) -> None:
        """Show both rounds of those who answered both, or the first by itself."""
        if self._first is None:
            return super().reveal(k, present)
        first, second = _real(self._first), _real(self._answers)
        twice = first.keys() & second.keys()
        both = twice - self._knew
        self._check(both, twice, k)
        before, now = (self._picture(each, both, k) for each in (first, second))
        about = self.declaration
        self._show(rules.beside(before, now, about.options, ordered=about.ordered))
        self.shown, self._first = rules.MAX_ROUNDS, None
        return None

    def give_way(self) -> None:
        """Let a first round wait while the group does something else."""
        if self.may_hold:
            self.hold()
        elif self.phase is not Phase.HELD:
            super().give_way()

    def put_away(self) -> None:
        """Forget both rounds."""
        super().put_away()
        self._first = None

    def restore(self, saved: Kept) -> None:
        """Stand again where it stood; phones bring their answers to both rounds."""
        super().restore(saved)
        if self.phase is Phase.COLLECTING and saved.second:
            self._first = {}


def _real(answers: Mapping[str, Chosen | None]) -> dict[str, Chosen]:
    """Leave out the passes."""
    return {key: chosen for key, chosen in answers.items() if chosen is not None}
