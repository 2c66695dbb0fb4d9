"""The small-group rules: what a room may show, and when.

n counts real answers; a pass is not a value. The rules, and where they are kept:

R1   Nothing is counted in public while n < k.                     `snapshot`
R2   A second picture needs a whole new round; there is no third.  `MAX_ROUNDS`
R3   A bin of one person merges with another, or is "a few".       `_merged`, `_words`
R4   Unanimity, and all but one, show alike as "most of us".       `_dominant`
R5   Below eight answers only words: no number, no mean.           `_words`
R6   Two questions are never crossed: a snapshot knows one.        `snapshot`
R7   Answers carry a random key per round, dropped at reveal.      `activity.Activity`
R10  Two pictures never differ by fewer than k people.             `cohort`
R11  k is at least three.                                          `check_k`
R12  The screen says this before a person answers.                 together/words.toml

What they promise: from everything the room publishes, somebody who was not told the
answers cannot tell what one person said, nor whether a latecomer or a leaver changed
a picture. What they cannot promise: all the others put together can subtract their
own answers and find the one that is left; whoever looks at a neighbour's phone sees
it; and a room cannot know that five phones are five people. Where strangers share the
Wi-Fi, close the door before a question.
"""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from . import words

MIN_K = 3
DEFAULT_K = 5
WORDS_BELOW = 8
DOTS_UP_TO = 30
MAX_ROUNDS = 2

Word = Literal["none", "few", "half", "most", "rest"]


class Row(BaseModel):
    """One line of a picture: which options it stands for, and a word or a number."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    options: tuple[int, ...]
    word: Word | None = None
    people: int | None = None


class Snapshot(BaseModel):
    """What a reveal shows to everyone alike: rows, and one sentence that says it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal["words", "dots", "bars"]
    rows: tuple[Row, ...]
    sentence: str


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
    counts: Sequence[int], options: Sequence[str], k: int, *, sensitive: bool = True
) -> Snapshot | None:
    """Make the picture of one question, or None while too few have answered (R1).

    Parameters
    ----------
    counts : number of people for each option.
    options : what the options are called, in the same order.
    sensitive : whether unanimity must not show as such (R4).
    """
    n = sum(counts)
    if n < check_k(k):
        return None
    rows = sensitive and _dominant(counts)
    if rows:
        form: Literal["words", "dots", "bars"] = "words"
    elif n < WORDS_BELOW:
        form, rows = "words", _words(counts)
    else:
        form = "dots" if n <= DOTS_UP_TO else "bars"
        rows = _merged(counts)
    return Snapshot(form=form, rows=tuple(rows), sentence=_sentence(rows, options))


def _dominant(counts: Sequence[int]) -> list[Row]:
    """R4: all, and all but one, give the same rows; nothing otherwise."""
    top = max(range(len(counts)), key=counts.__getitem__)
    if sum(counts) - counts[top] > 1:
        return []
    others = tuple(i for i in range(len(counts)) if i != top)
    rows = [Row(options=(top,), word="most")]
    return [*rows, Row(options=others, word="rest")] if others else rows


def _words(counts: Sequence[int]) -> list[Row]:
    """R5: one coarse word an option. "A few" is one person or two (R3)."""
    n = sum(counts)

    def word(count: int) -> Word:
        if count == 0:
            return "none"
        if count <= 2:
            return "few"
        return "half" if count <= 0.6 * n else "most"

    return [Row(options=(i,), word=word(count)) for i, count in enumerate(counts)]


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
