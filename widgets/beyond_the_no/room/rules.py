"""Small-group rules: what a room may show, and when.

n counts real answers; a pass is not a value. The rules, and where they are kept:

R1   Nothing is counted in public while n < k, nor choices of      `snapshot`
     fewer than four.
R2   A second picture needs a whole new round; there is no third.  `MAX_ROUNDS`
R3   A number stands for three or more. Which option exactly one   `_rows`, `_each`
     person chose cannot be worked out, even by who knows n.
R4   Unanimity, and all but one, show alike as "most of us".       `_near_all`, `_each`
R5   Below eight answers only words: no number, no mean.           `_large`
R6   Two questions are never crossed: a snapshot knows one.        `snapshot`, `beside`
R7   Answers carry a random key per question, dropped at reveal.   `activity.Activity`
R8   Texts come in an order drawn by lot, without times, together. `writing.Writing`
R9   A text is read by the leader first; its author can take it.   `writing.Writing`
R10  Two pictures never differ by fewer than k people.             `cohort`
R11  k is at least three.                                          `check_k`
R12  The screen says this before a person answers.                 together/words.toml

Why R3 holds. The attacker knows n, these rules, and the picture of a question with one
answer each. Subtracting tells her the sum of all lines that are words, and no more. For
an option that exactly one person chose, another room looks the same to her:

- Two lines or more say "a few or none" (0, 1 or 2 each). If another of them is not 1,
  swap the two; if all are 1, make this one 0 and another one 2.
- From eight answers on, it is the only option below three. Then all options with the
  smallest number of the others say "some", as it does. Swap it with one of them.
- Below eight answers, it is the only one below three. "About half" and "most" are so
  wide that one of the others may be one more, and this one 0.
- All but one said the same (R4). It may have been all.

With several answers each, nothing bounds an option from above: "a few or none" may
always be 2. Dots show bands and no number (`bands`). `tests/room/test_decoding.py`
tries every room that there is.

What they promise, and what they cannot, is told in PROMISES.md beside this file;
`tests/room/test_attacks.py` attacks all that a room publishes.
"""

from collections.abc import Sequence
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

from . import words

MIN_K = 3
DEFAULT_K = 5
FEWEST = 4  # of three that all differ, each could be told apart
A_FEW = 2  # the most that "a few or none" stands for
WORDS_BELOW = 8
DOTS_UP_TO = 30
MAX_ROUNDS = 2

Word = Literal["half", "most", "some", "rest", "first", "second", "third"]
Form = Literal["words", "dots", "bars", "board", "pairs", "bands"]


class Published(BaseModel):
    """Anything that leaves the room for a screen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(Published):
    """One line of a picture: a word or a number. Its place is its option's place."""

    word: Word | None = None
    people: int | None = None
    answered: bool = False  # of a question to the leader


class Shown(Published):
    """A text that the leader shows; ``often`` says that k people or more wrote it."""

    text: str
    retold: bool = False
    often: bool = False
    answered: bool = False  # of a question to the leader


class Snapshot(Published):
    """What a reveal shows to everyone alike: rows, and one sentence that says it.

    ``before`` is the first of two rounds, and ``change`` says how they differ. A board
    has texts instead of rows. ``paper`` says that the two are no rounds: what was
    answered on phones, and on paper.
    """

    form: Form
    rows: tuple[Row, ...] = ()
    sentence: str
    before: Self | None = None
    change: str = ""
    texts: tuple[Shown, ...] = ()
    paper: bool = False

    def fits(self, options: Sequence[str]) -> bool:
        """Whether there is a row for each of these options, in both rounds."""
        rounds = (self, self.before) if self.before else (self,)
        return all(len(one.rows) == len(options) for one in rounds)


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
    people: int | None = None,
) -> Snapshot | None:
    """Make the picture of one question, or None while too few have answered (R1).

    Parameters
    ----------
    counts : number of people for each option.
    options : what the options are called, in the same order.
    sensitive : whether unanimity must not show as such (R4).
    people : how many answered, where one may choose several options.
    """
    n = sum(counts) if people is None else people
    if n < max(check_k(k), FEWEST):
        return None
    form: Form = "words" if n < WORDS_BELOW else "dots" if n <= DOTS_UP_TO else "bars"
    if people is not None:
        rows = [_each(count, n, sensitive=sensitive) for count in counts]
    # with two options one number tells the other, so [n - 1, 1] must look like [n, 0]
    elif max(counts) >= n - 1 and (sensitive or len(counts) == 2):
        form, rows = "words", _near_all(counts)
    else:
        rows = _rows(counts, n)
    return Snapshot(form=form, rows=tuple(rows), sentence=_sentence(rows, options))


def bands(
    people: Sequence[int],
    points: Sequence[int],
    options: Sequence[str],
    k: int,
    *,
    n: int,
    section: str = "sentence",
) -> Snapshot | None:
    """Show points as an order in three bands, or None while too few have answered (R1).

    A thing stands in the third band while fewer than three people gave it a point
    (R3), and no such thing moves another: so where one person stands alone, the picture
    is the same without her points there. The others are compared with the one that got
    most: more than two thirds of that is the first band, more than one third the
    second. Equal points are in one band, and there is no number. Of fewer than eight,
    people count and not their points (R5); so where all others laid theirs alike, the
    last one's change nothing (R4).

    Parameters
    ----------
    people : how many people gave each thing a point.
    points : how many points count for it, one or two of each person.
    options : what the things are called, in the same order.
    n : how many answered.
    section : of the words, where the sentences stand.
    """
    if n < max(check_k(k), FEWEST):
        return None
    weights = people if n < WORDS_BELOW else points
    counted = [w if who > A_FEW else 0 for who, w in zip(people, weights, strict=True)]
    top = max(counted)

    def band(count: int) -> Word:
        return (
            "first" if 3 * count > 2 * top else "second" if 3 * count > top else "third"
        )

    rows = [Row(word=band(count)) for count in counted]
    first = [
        name for row, name in zip(rows, options, strict=True) if row.word == "first"
    ]
    sentence = (
        words.render_text(section, "bands", options=words.listing(first))
        if first
        else words.render_text(section, "no_band")
    )
    return Snapshot(form="bands", rows=tuple(rows), sentence=sentence)


def _near_all(counts: Sequence[int]) -> list[Row]:
    """R4: all, and all but one, give the same rows."""
    top = max(counts)
    return [Row(word="most" if count == top else "rest") for count in counts]


def _each(count: int, n: int, *, sensitive: bool) -> Row:
    """R3, R4: a line of a question to which one may give several answers."""
    if count <= A_FEW:
        return Row(word="rest")
    if sensitive and count >= n - 1:
        return Row(word="most")
    return _large(count, n)


def _rows(counts: Sequence[int], n: int) -> list[Row]:
    """R3: the lines of a question to which one gives one answer."""
    small = [count for count in counts if count <= A_FEW]
    some: tuple[int, ...] = ()
    if small == [1] and n >= WORDS_BELOW:
        some = (1, min(count for count in counts if count > A_FEW))

    def row(count: int) -> Row:
        if count in some:
            return Row(word="some")
        return Row(word="rest") if count <= A_FEW else _large(count, n)

    return [row(count) for count in counts]


def _large(count: int, n: int) -> Row:
    """R5: what three people or more stand for: a coarse word, or their number."""
    if n >= WORDS_BELOW:
        return Row(people=count)
    return Row(word="half" if count <= 0.6 * n else "most")


def board(texts: Sequence[Shown]) -> Snapshot:
    """Make the picture of what the leader shows of people's words (R8, R9)."""
    sentence = words.render_text("sentence", "board" if texts else "reading")
    return Snapshot(form="board", sentence=sentence, texts=tuple(texts))


def beside_truth(shown: Snapshot, at: int) -> Snapshot:
    """Say how guesses lie beside what the data says, which falls into range ``at``.

    It is told from the picture, not from the answers: so it tells no more than that.
    """
    top = _top(shown.rows)
    if not top:  # the sentence says that they are spread out
        return shown
    name = "lower" if max(top) < at else "higher" if min(top) > at else "near"
    return shown.model_copy(update={"change": words.render_text("guess", name)})


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
        change = words.render_text("change", "same")
    else:
        top = [options[i] for i in _top(before.rows)]
        name = words.listing(top) if top else words.render_text("change", "spread")
        change = words.render_text("change", "other", option=name)
    return now.model_copy(update={"before": before, "change": change})


def beside_paper(
    phones: Snapshot | None, slips: Snapshot, options: Sequence[str]
) -> Snapshot:
    """Show what was answered on paper beside what was answered on phones, if any was.

    They are two pictures, each under all rules, and no number is a sum of both (R6).
    """
    said = _sentence(slips.rows, options, "on_paper")
    if phones is None:
        return slips.model_copy(update={"sentence": said})
    return slips.model_copy(
        update={
            "before": phones.model_copy(update={"change": ""}),
            "paper": True,
            "sentence": phones.sentence,
            "change": " ".join(filter(None, (phones.change, said))),
        }
    )


def _moved(first: float, second: float, options: Sequence[str]) -> str:
    """Say towards which end of a scale a room has moved, if it has."""
    if first == second:
        return words.render_text("change", "still")
    up = second > first
    end = options[-1] if up else options[0]
    return words.render_text("change", "up" if up else "down", option=end)


def _middle(rows: Sequence[Row]) -> float:
    """Find the step in the middle of a picture: half of it lies below, half above."""
    nearly_all = any(row.word == "most" for row in rows)
    about = {"most": 5, "half": 3, "some": 2, "rest": 0 if nearly_all else 1, None: 0}
    steps = [i for i, r in enumerate(rows) for _ in range(r.people or about[r.word])]
    return (steps[(len(steps) - 1) // 2] + steps[len(steps) // 2]) / 2


def _top(rows: Sequence[Row]) -> list[int]:
    """Find the options that came up most in a picture; none where none stands out."""
    for word in ("most", "half"):
        if found := [i for i, row in enumerate(rows) if row.word == word]:
            return found
    most = max((row.people or 0 for row in rows), default=0)
    found = [i for i, row in enumerate(rows) if row.people == most > 0]
    return found if len(found) <= 2 else []


def _sentence(
    rows: Sequence[Row], options: Sequence[str], section: str = "sentence"
) -> str:
    """Say in words what the rows show, and nothing that they do not."""
    top = _top(rows)
    names = [options[i] for i in top]
    if not top:
        return words.render_text(section, "spread")
    if len(top) > 1:
        return words.render_text(section, "tie", options=words.listing(names))
    return words.render_text(section, rows[top[0]].word or "top", option=names[0])


def readiness(ready: int, seats: int) -> str:
    """Say how many are ready, alike for nobody and for one; nothing of no seat."""
    if not seats:
        return ""
    share = ready / seats
    kind = "some" if share < 0.4 else "half" if share < 0.7 else "most"
    return words.render_text("ready", kind)


def crowd(seats: int, k: int) -> str:
    """Say how many phones are in the room, in steps too coarse to count one by one."""
    steps = [(100, "hundred"), (50, "fifty"), (20, "twenty"), (10, "ten")]
    kind = next((name for at, name in steps if seats >= at), None)
    kind = kind or ("some" if seats >= k else "few")
    return words.render_text("seats", kind, k=words.number(k))
