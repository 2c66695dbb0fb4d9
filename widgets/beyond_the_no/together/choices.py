"""Poll, Scale, Guess and TwoRounds: one chooses among a few answers."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from .together import Together, script, words

FEWEST, MOST = 2, 12


def checked(options: Sequence[str]) -> list[str]:
    """Return the answers, or raise ValueError where a phone could not show them."""
    found = list(options)
    if not FEWEST <= len(found) <= MOST:
        raise ValueError(f"{FEWEST} to {MOST} answers fit on a phone: {len(found)}.")
    if len(set(found)) < len(found):
        raise ValueError("Two answers have the same words. Give each its own.")
    return found


class Poll(Together):
    """One question, answered without names, shown once to everyone alike.

    Parameters
    ----------
    options : two to twelve answers.
    many : whether a person may choose more than one.
    sensitive : whether unanimity shows as "most of us".
    """

    _esm = script("choose")
    kind = "poll"

    def __init__(
        self,
        id: str,
        question: str,
        options: Sequence[str],
        *,
        many: bool = False,
        can_stir: str = "",
        minutes: int = 3,
        sensitive: bool = True,
        **picture: str,
    ) -> None:
        super().__init__(
            id,
            question,
            can_stir=can_stir,
            minutes=minutes,
            options=checked(options),
            many=many,
            sensitive=sensitive,
            **picture,
        )


class Scale(Together):
    """The room's weather, before and after, shown as change.

    The leader collects it twice. In between nothing is shown: the room holds the first
    answers, and shows both rounds at once, of those who answered both. She may show
    the first round alone; then the second is shown only where its picture, held
    against the first, gives nobody away. There is never a mean.

    Parameters
    ----------
    steps : three to seven words, from low to high; without them, the weather.
    """

    _esm = script("choose")
    kind = "scale"

    def __init__(
        self,
        id: str,
        question: str,
        steps: Sequence[str] | None = None,
        *,
        can_stir: str = "",
        minutes: int = 2,
        **picture: str,
    ) -> None:
        found = checked(steps or words()["kinds"]["scale"]["weather"]["steps"])
        if not 3 <= len(found) <= 7:
            raise ValueError(f"A scale has three to seven steps: {len(found)}.")
        super().__init__(
            id, question, can_stir=can_stir, minutes=minutes, options=found, **picture
        )


class TwoRounds(Together):
    """Vote, talk, vote again: the picture shows both votes and the shift between them.

    The first vote is held and not shown, so that the talk is about reasons and not
    about the majority. Both are shown at once, of those who voted twice.

    Parameters
    ----------
    options : two to twelve answers.
    sensitive : whether unanimity shows as "most of us".
    """

    _esm = script("choose")
    kind = "two_rounds"

    def __init__(
        self,
        id: str,
        question: str,
        options: Sequence[str],
        *,
        can_stir: str = "",
        minutes: int = 8,
        sensitive: bool = True,
        **picture: str,
    ) -> None:
        super().__init__(
            id,
            question,
            can_stir=can_stir,
            minutes=minutes,
            options=checked(options),
            sensitive=sensitive,
            **picture,
        )


class Guess(Together):
    """A number guessed before the data is shown, revealed beside the data.

    The number itself stays on the phone, which shows it beside the data; the room gets
    the range it falls into.

    Parameters
    ----------
    truth : what the data says.
    low, high : the smallest and the largest guess; ``low <= truth <= high``.
    unit : what is counted, after the number: "%", " days".
    bins : in how many ranges the guesses are shown, 2 to 12. A range with fewer than
        three guesses shows no number, so many ranges tell a small group little.
    source : where the data is from, in a few words: "280 brain studies".
    step : the smallest difference between two guesses.
    because : what a phone answers to its own guess when the leader has revealed:
        sentences for one that is ``low``, ``near`` (the data's range) or ``high``.
    """

    _esm = script("guess")
    kind = "guess"

    def __init__(
        self,
        id: str,
        question: str,
        truth: float,
        *,
        low: float = 0,
        high: float = 100,
        unit: str = "",
        bins: int = 5,
        source: str = "",
        step: float = 1,
        because: Mapping[str, str] | None = None,
        can_stir: str = "",
        minutes: int = 3,
        **picture: str,
    ) -> None:
        if not low <= truth <= high:
            raise ValueError(f"The data, {truth}, lies outside {low} to {high}.")
        if step <= 0 or not FEWEST <= bins <= MOST:
            raise ValueError(f"Ranges: {FEWEST} to {MOST}; a step is above nothing.")
        edges = ranges(low, high, bins, step)
        super().__init__(
            id,
            question,
            can_stir=can_stir,
            minutes=minutes,
            options=[named(a, b, step, unit, b == high) for a, b in edges],
            edges=[edges[0][0], *(b for _, b in edges)],
            truth=truth,
            unit=unit,
            step=step,
            source=source,
            sensitive=False,
            **picture,
        )
        self.set_trait("words", self.words | {"because": dict(because or {})})

    def plain(self) -> str:
        """Say what is asked and what the data says."""
        about = self.activity
        truth = self.words["preview"]["truth"].format(
            truth=f"{about['truth']:g}{about['unit']}"
        )
        return "\n".join(filter(None, [super().plain(), truth, about["source"]]))


def ranges(
    low: float, high: float, bins: int, step: float
) -> list[tuple[float, float]]:
    """Cut low to high into ranges of whole steps, as alike as can be.

    >>> ranges(0, 100, 4, 1)
    [(0, 25), (25, 50), (50, 75), (75, 100)]
    """
    steps = round((high - low) / step)
    if steps < bins:
        raise ValueError(f"There are {steps} steps from {low} to {high}: fewer ranges.")
    at = [low + step * round(steps * i / bins) for i in range(bins)] + [high]
    return list(pairwise(at))


def named(a: float, b: float, step: float, unit: str, last: bool) -> str:
    """Say a range in words; the last one holds its end.

    >>> named(0, 25, 1, "%", False)
    '0 to 24%'
    """
    end = b if last else b - step
    to: str = words()["kinds"]["guess"]["range"]["to"]
    if a == end:
        return f"{a:g}{unit}"
    return to.format(low=f"{a:g}", high=f"{end:g}{unit}")
