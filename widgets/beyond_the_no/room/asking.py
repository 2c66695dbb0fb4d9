"""A question that nobody prepared: what a leader typed, checked, as a declaration.

It is asked as the questions of lessons are: with the same card, under the same rules.
It is never written anywhere, and the room forgets it at its end.
"""

import re
import secrets
from collections.abc import Iterable
from typing import Any

from ..evidence import phrase_matcher, plain_words
from . import texts, words
from .activity import Activity
from .declaration import Declaration
from .messages import Ask, Refusal

LONGEST = 200  # characters of a question
LONGEST_OPTION = 80
LONGEST_SUPPORTED = 120  # of a question to the leader
MOST = 20  # typed questions in one room
STEPS = {
    "poll": (2, 12),
    "scale": (3, 7),
    "dots": (2, 10),
    "support": (2, 10),
}  # how many answers a kind has
WORD = 40  # characters of a word for the board
DOTS = 3  # that each has for a group's ideas
FROM_BOARD = {"ideas": "dots", "questions": "support"}  # what weighs what was shown
_MARKUP = re.compile(r"</?[a-zA-Z!]|&#?\w+;")


def declared(ask: Ask, lesson: str | None, known: Iterable[Declaration]) -> Declaration:
    """Make the declaration of what was typed.

    Parameters
    ----------
    lesson : where the group is; a phone needs a page to answer on.
    known : all questions of the room. None is asked once more under another name: its
        pictures could be compared (R2, R10).

    Raises
    ------
    Refusal
        It says what to change; nothing of what was typed is lost.
    """
    if lesson is None:
        raise Refusal("ask_where")
    question, *options = (texts.tidied(t) for t in (ask.question, *ask.options))
    options = [option for option in options if option]
    if ask.kind == "scale" and not options:
        options = list(words.table()["ask"]["weather"])
    elif ask.kind == "words":
        options = []
    can_stir = texts.tidied(ask.can_stir)
    _check_size(ask.kind, question, options, can_stir)
    # the leader has read a board before it was shown: it is as people wrote it
    of_board = ask.kind in FROM_BOARD.values()
    for text in (question, *options, can_stir) if not of_board else ():
        _check_wording(text, sure=ask.sure)
    asked = _spelled(question)
    if any(_spelled(other.question) == asked for other in known):
        raise Refusal("ask_again")
    return Declaration(
        id=f"asked-{secrets.token_hex(4)}",
        kind=ask.kind,
        question=question,
        options=tuple(options),
        minutes=ask.minutes,
        can_stir=can_stir,
        lesson=lesson,
        longest=WORD,
        points=DOTS if ask.kind == "dots" else 0,
        many=ask.kind == "support",
    )


def weighed(board: Activity[Any]) -> Declaration:
    """Make the question in which the group weighs what stands on a board.

    Ideas are given dots; of questions, those that are not answered are supported.

    Raises
    ------
    Refusal
        Where there is nothing on it, or not as much as can be weighed.
    """
    about = board.declaration
    kind = FROM_BOARD.get(about.kind)
    if kind is None or board.snapshot is None:
        raise Refusal("no_questions" if kind == "support" else "no_ideas")
    shown = [text.text for text in board.snapshot.texts if not text.answered]
    each = {_spelled(text) or text: text for text in shown}  # the same one comes once
    me_too = words.render_text("ask", "me_too")
    said = {
        "type": "ask",
        "kind": kind,
        "question": me_too if kind == "support" else about.question,
        "options": tuple(each.values()),
    }
    ask = Ask.model_validate(said)
    return declared(ask, about.lesson, ())


def _spelled(question: str) -> str:
    """Leave out what makes no other question of it: capitals, and signs."""
    return " ".join(re.findall(r"\w+", question.casefold()))


def _check_size(kind: str, question: str, options: list[str], can_stir: str) -> None:
    if not re.search(r"\w", question):
        raise Refusal("ask_empty")
    if max(len(question), len(can_stir)) > LONGEST:
        raise Refusal("ask_too_long", most=str(LONGEST), many=str(len(question)))
    most = LONGEST_SUPPORTED if kind == "support" else LONGEST_OPTION
    if any(len(option) > most for option in options):
        raise Refusal("ask_option_too_long", most=str(most))
    low, high = STEPS.get(kind, (0, 0))
    if not low <= len(options) <= high:
        raise Refusal(f"ask_options_{kind}")
    if len({_spelled(option) or option for option in options}) < len(options):
        raise Refusal("ask_same_options")


def _check_wording(text: str, *, sure: bool) -> None:
    """Refuse markup, danger, what hurts, and what may be a person's name."""
    if _MARKUP.search(text):
        raise Refusal("ask_markup")
    if phrase_matcher.kind_of(text):
        raise Refusal("ask_danger")
    if hurts := plain_words.first_that_hurts(text):
        found, whom, prefer = hurts
        raise Refusal("ask_hurts", found=found, whom=whom, prefer=prefer)
    if not sure and (names := texts.hints(text)):
        raise Refusal("ask_name", names=words.listing(list(names)))
