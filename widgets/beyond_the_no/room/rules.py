"""The small-group rules: what a room may show, and when.

n counts real answers; a pass is not a value. The rules, and where they are kept:

R1   Nothing is counted in public while n < k.                     `snapshot`
R2   A second picture needs a whole new round; there is no third.  `MAX_ROUNDS`
R3   A bin of one person merges with another, or is "a few".       `_merged`, `_words`
R4   Unanimity, and all but one, show alike as "most of us".       `_dominant`, `_each`
R5   Below eight answers only words: no number, no mean.           `_words`
R6   Two questions are never crossed: a snapshot knows one.        `snapshot`, `beside`
R7   Answers carry a random key per question, dropped at reveal.   `activity.Activity`
R8   Texts come in an order drawn by lot, without times, together. `writing.Writing`
R9   A text is read by the leader first; its author can take it.   `writing.Writing`
R10  Two pictures never differ by fewer than k people.             `cohort`
R11  k is at least three.                                          `check_k`
R12  The screen says this before a person answers.                 together/words.toml

What they promise, and what they cannot, is told in PROMISES.md beside this file;
`tests/room/test_attacks.py` attacks all that a room publishes.
"""

from collections.abc import Sequence
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

from . import words

MIN_K = 3
DEFAULT_K = 5
WORDS_BELOW = 8
DOTS_UP_TO = 30
MAX_ROUNDS = 2

Word = Literal["none", "few", "half", "most", "rest"]
Form = Literal["words", "dots", "bars", "board", "pairs"]


class Published(BaseModel):
    """Anything that leaves the room for a screen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(Published):
    """One line of a picture: which options it stands for, and a word or a number."""

    options: tuple[int, ...]
    word: Word | None = None
    people: int | None = None


class Shown(Published):
    """A text that the leader shows; ``often`` says that k people or more wrote it."""

    text: str
    retold: bool = False
    often: bool = False


class Snapshot(Published):
    """What a reveal shows to everyone alike: rows, and one sentence that says it.

    ``before`` is the first of two rounds, and ``change`` says how they differ. A board
    has texts instead of rows.
    """

    form: Form
    rows: tuple[Row, ...] = ()
    sentence: str
    before: Self | None = None
    change: str = ""
    texts: tuple[Shown, ...] = ()


def check_k(k: int) -> int:
    """Return k, or raise ValueError where it is below the floor (R11)."""
    if k < MIN_K:
        raise ValueError(f"k is at least {MIN_K}: fewer people could be told apart.")
    return k


def cohort(
    published: Sequence[frozenset[str]], now: frozenset[str], k: int
) -> frozenset[str] | None:
    """Say whose answers the next picture may count (R10), or None for nobody's.

    Parameters
    ----------
    published : the people counted in each earlier picture of this question.
    now : the people who have answered this round.
    k : how many must differ between two pictures, if any do.

    Fewer than k newcomers are left out of the picture. Fewer than k people missing
    cannot be put back, so nothing is shown.
    """
    if len(published) >= MAX_ROUNDS:
        return None
    counted = now
    for before in published:
        if 0 < len(counted - before) < k:
            counted &= before
        if 0 < len(before - counted) < k:
            return None
    return counted


def snapshot(
    counts: Sequence[int],
    options: Sequence[str],
    k: int,
    *,
    sensitive: bool = True,
    ordered: bool = False,
    people: int | None = None,
) -> Snapshot | None:
    """Make the picture of one question, or None while too few have answered (R1).

    Parameters
    ----------
    counts : number of people for each option.
    options : what the options are called, in the same order.
    sensitive : whether unanimity must not show as such (R4).
    ordered : whether the options have neighbours, with which a small bin merges (R3).
    people : how many answered, where one may choose several options.
    """
    n = sum(counts) if people is None else people
    if n < check_k(k):
        return None
    form: Form = "words" if n < WORDS_BELOW else "dots" if n <= DOTS_UP_TO else "bars"
    if people is not None:
        rows = _each(counts, n, sensitive=sensitive)
    elif sensitive and (rows := _dominant(counts)):
        form = "words"
    elif form == "words":
        rows = _words(counts)
    else:
        rows = _neighbours(counts) if ordered else _merged(counts)
    return Snapshot(form=form, rows=tuple(rows), sentence=_sentence(rows, options))


def _dominant(counts: Sequence[int]) -> list[Row]:
    """R4: all, and all but one, give the same rows; nothing otherwise."""
    top = max(range(len(counts)), key=counts.__getitem__)
    if sum(counts) - counts[top] > 1:
        return []
    others = tuple(i for i in range(len(counts)) if i != top)
    rows = [Row(options=(top,), word="most")]
    return [*rows, Row(options=others, word="rest")] if others else rows


def _word(count: int, n: int) -> Word:
    """R5: one coarse word. "A few" is one person or two (R3)."""
    if count == 0:
        return "none"
    if count <= 2:
        return "few"
    return "half" if count <= 0.6 * n else "most"


def _words(counts: Sequence[int]) -> list[Row]:
    """R5: a word an option."""
    n = sum(counts)
    return [Row(options=(i,), word=_word(c, n)) for i, c in enumerate(counts)]


def _each(counts: Sequence[int], n: int, *, sensitive: bool) -> list[Row]:
    """Rows of options of which one may choose several: each stands by itself.

    They cannot be merged, for the same people may stand in both. Near everybody and
    near nobody are words (R3, R4): all and all but one alike, none and one alike.
    """

    def row(i: int, count: int) -> Row:
        word = _word(count, n)
        if sensitive and count <= 1:
            word = "rest"
        elif sensitive and count >= n - 1:
            word = "most"
        elif count > 2 and n >= WORDS_BELOW:
            return Row(options=(i,), people=count)
        return Row(options=(i,), word=word)

    return [row(i, count) for i, count in enumerate(counts)]


def _merged(counts: Sequence[int]) -> list[Row]:
    """R3: every row counts two people or nobody; the merged row comes last."""
    merged = {i for i, count in enumerate(counts) if count == 1}
    while len(merged) == 1:
        others = [i for i, c in enumerate(counts) if c > 1 and i not in merged]
        merged.add(min(others, key=lambda i: (counts[i], -i)))
    rows = [
        Row(options=(i,), people=count)
        for i, count in enumerate(counts)
        if i not in merged
    ]
    if merged:
        together = tuple(sorted(merged))
        rows.append(Row(options=together, people=sum(counts[i] for i in together)))
    return rows


def _neighbours(counts: Sequence[int]) -> list[Row]:
    """R3 where options have an order: a bin of one joins the smaller neighbour."""
    bins: list[tuple[tuple[int, ...], int]]
    bins = [((i,), count) for i, count in enumerate(counts)]
    while (at := next((i for i, b in enumerate(bins) if b[1] == 1), None)) is not None:
        beside = [i for i in (at - 1, at + 1) if 0 <= i < len(bins)]
        other = min(beside, key=lambda i: (bins[i][1] == 0, bins[i][1]))
        first, second = sorted((at, other))
        (a, n), (b, m) = bins[first], bins[second]
        bins[first : second + 1] = [((*a, *b), n + m)]
    return [Row(options=options, people=count) for options, count in bins]


def board(texts: Sequence[Shown]) -> Snapshot:
    """Make the picture of what the leader shows of people's words (R8, R9)."""
    sentence = words.say("sentence", "board" if texts else "reading")
    return Snapshot(form="board", sentence=sentence, texts=tuple(texts))


def beside_truth(shown: Snapshot, at: int) -> Snapshot:
    """Say how guesses lie beside what the data says, which falls into range ``at``.

    It is told from the picture, not from the answers: so it tells no more than that.
    """
    top = _top(shown.rows)
    if not top:  # the sentence says that they are spread out
        return shown
    name = "lower" if max(top) < at else "higher" if min(top) > at else "near"
    return shown.model_copy(update={"change": words.say("guess", name)})


def beside(
    before: Snapshot, now: Snapshot, options: Sequence[str], *, ordered: bool
) -> Snapshot:
    """Show two rounds of the same people beside each other, and say what changed.

    It is told from the two pictures, not from the answers: nobody is followed from one
    round to the other (R6).
    """
    if ordered:
        change = _moved(_middle(before.rows), _middle(now.rows), options)
    elif _top(before.rows) == _top(now.rows):
        change = words.say("change", "same")
    else:
        top = [options[i] for i in sorted(_top(before.rows))]
        name = words.listing(top, "and") if top else words.say("change", "spread")
        change = words.say("change", "other", option=name)
    return now.model_copy(update={"before": before, "change": change})


def _moved(first: float, second: float, options: Sequence[str]) -> str:
    """Say towards which end of a scale a room has moved, if it has."""
    if first == second:
        return words.say("change", "still")
    up = second > first
    end = options[-1] if up else options[0]
    return words.say("change", "up" if up else "down", option=end)


def _middle(rows: Sequence[Row]) -> float:
    """Find the step in the middle of a picture: half of it lies below, half above."""
    about = {"none": 0, "rest": 0, "few": 1, "half": 3, "most": 5}
    steps = sorted(
        sum(row.options) / len(row.options)
        for row in rows
        for _ in range(row.people or about.get(row.word or "none", 0))
    )
    return (steps[(len(steps) - 1) // 2] + steps[len(steps) // 2]) / 2


def _top(rows: Sequence[Row]) -> set[int]:
    """Find the options that came up most in a picture; none where none stands out."""
    for word in ("most", "half"):
        if found := [row for row in rows if row.word == word]:
            return {i for row in found for i in row.options}
    most = max((row.people or 0 for row in rows), default=0)
    found = [row for row in rows if row.people == most > 0]
    return {i for row in found for i in row.options} if len(found) <= 2 else set()


def _sentence(rows: Sequence[Row], options: Sequence[str]) -> str:
    """Say in words what the rows show, and nothing that they do not."""

    def name(row: Row) -> str:
        return words.listing([options[i] for i in row.options])

    for word in ("most", "half"):
        found = [name(row) for row in rows if row.word == word]
        if len(found) == 1:
            return words.say("sentence", word, option=found[0])
        if found:
            return words.say("sentence", "tie", options=words.listing(found, "and"))
    most = max((row.people or 0 for row in rows), default=0)
    top = [name(row) for row in rows if row.people == most > 0]
    if len(top) == 1:
        return words.say("sentence", "top", option=top[0])
    if len(top) == 2:
        return words.say("sentence", "tie", options=words.listing(top, "and"))
    return words.say("sentence", "spread")


def readiness(ready: int, seats: int) -> str:
    """Say how many are ready, in words that begin the same for nobody and for one."""
    share = ready / seats if seats else 0
    kind = "some" if share < 0.4 else "half" if share < 0.7 else "most"
    return words.say("ready", kind)


def crowd(seats: int, k: int) -> str:
    """Say how many phones are in the room, in steps too coarse to count one by one."""
    steps = [(100, "hundred"), (50, "fifty"), (20, "twenty"), (10, "ten")]
    kind = next((name for at, name in steps if seats >= at), None)
    kind = kind or ("some" if seats >= k else "few")
    return words.say("seats", kind, k=words.number(k))
