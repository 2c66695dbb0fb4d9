"""Questions to the leader: written blind, read first, supported, and answered.

People write as they do for `Texts`. Of what the leader showed, the group may say in a
round of its own what it would like to ask, too (`asking.weighed` declares it). On both,
the leader marks what is answered: it says something of her, and of nobody else.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from . import rules
from .activity import Activity
from .choosing import Choosing, Chosen
from .messages import Refusal
from .writing import Writing


class Answerable(Activity[Any]):
    """What is shown are questions, each of which the leader may mark as answered."""

    def mark_answered(self, at: int, *, answered: bool) -> None:
        """Mark the question in this place of the picture, or take the mark away."""
        shown = self.snapshot
        name = "texts" if shown is not None and shown.texts else "rows"
        items = list(getattr(shown, name, ()))
        if shown is None or at >= len(items):
            raise Refusal("no_such_question")
        items[at] = items[at].model_copy(update={"answered": answered})
        self.snapshot = shown.model_copy(update={name: tuple(items)})


class Questions(Answerable, Writing):
    """One writes a question; the leader reads it before anybody else does."""


class Support(Answerable, Choosing):
    """One says which of the shown questions one would like to ask, too.

    It is shown in bands, as dots are, and never as a number: a question that fewer than
    three people support stands with those that nobody does.
    """

    def _drawn(self, chosen: Sequence[Chosen], k: int) -> rules.Snapshot | None:
        options = self.declaration.options
        counts = Counter(option for each in chosen for option in each)
        people = [counts[at] for at in range(len(options))]
        n = len(chosen)
        return rules.bands(people, people, options, k, n=n, section="support")
