"""Dots: a few points for each person, laid on things; shown as an order in bands."""

from collections import Counter
from collections.abc import Sequence

from . import rules
from .choosing import Choosing, Chosen
from .declaration import Declaration
from .messages import Answer, Refusal


class Laying(Choosing):
    """One lays so many points, as many as she likes on one thing, or keeps some.

    Of one person's points on a thing two count at most: nobody carries it to the top
    alone. No more is kept of an answer than what counts: the number i says that she
    gave thing i a point, and i beyond the number of things that she gave it two.
    """

    @property
    def may_keep(self) -> bool:
        """No: an order in three bands needs the width of the wall."""
        return False

    def read(self, answer: Answer) -> Chosen | None:
        """Return on what points were laid."""
        about: Declaration = self.declaration
        if answer.text is not None or answer.value is not None:
            raise Refusal("other_kind")
        laid = Counter(answer.values or ())
        if not laid:
            return None
        if max(laid) >= len(about.options):
            raise Refusal("no_such_option")
        if laid.total() > about.points:
            raise Refusal("too_many_points")
        things = len(about.options)
        twice = {thing + things for thing, points in laid.items() if points > 1}
        return frozenset(laid) | twice

    def _drawn(self, chosen: Sequence[Chosen], k: int) -> rules.Snapshot | None:
        things = len(self.declaration.options)
        counts = Counter(number for each in chosen for number in each)
        people = [counts[thing] for thing in range(things)]
        points = [counts[thing] + counts[thing + things] for thing in range(things)]
        options = self.declaration.options
        return rules.bands(people, points, options, k, n=len(chosen))
