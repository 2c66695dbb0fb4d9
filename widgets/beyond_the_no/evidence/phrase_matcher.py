"""Match the danger phrases of `phrases` in Python, as the browser does.

``frontend/pages/safety_prompt.js`` asks the person who writes. Here the room asks for a
second look before a text that somebody sent goes onto every screen: a batch never shows
one of these. `tests/phrases` compares the two, line by line.
"""

import re
import unicodedata
from functools import cache

from . import phrases

LONGEST = 20_000
# an acute accent stands for an apostrophe: normalized, it would be a space
_NO_SIGN = re.compile(r"['‘’ʼ`\u200b-\u200f\u00ad\ufeff]")
_LEET = str.maketrans("013457@$!", "oieastasi")
_LEET_WORD = re.compile(r"[a-z0-9@$!]*[a-z][a-z0-9@$!]*[a-z0-9@$]")
_NO_WORD = re.compile(r"[\W_]+")
_HELD_DOWN = re.compile(r"([^\W\d_])\1{2,}")
_SPELLED = re.compile(r" (?:[a-z] ){3,}")

Found = tuple[re.Pattern[str], ...]


def forms(text: str) -> set[str]:
    """Return a text in the forms that phrases are written in.

    >>> sorted(forms("I CAN’T go on!"))
    [' i cant go on ']
    """
    plain = unicodedata.normalize("NFKD", text[:LONGEST].replace("\u00b4", ""))
    plain = "".join(s for s in plain if not unicodedata.category(s).startswith("M"))
    plain = _NO_SIGN.sub("", plain).lower()
    unleet = _LEET_WORD.sub(lambda word: word.group().translate(_LEET), plain)
    found: set[str] = set()
    for form in (plain, unleet):
        worded = f" {_NO_WORD.sub(' ', form)} "
        worded = re.sub("(^| )2(?= )", r"\1to", worded)
        worded = re.sub(" +", " ", worded)
        found |= {
            worded,
            _HELD_DOWN.sub(r"\1", worded),
            _HELD_DOWN.sub(r"\1\1", worded),
            _SPELLED.sub(lambda run: f" {run.group().replace(' ', '')} ", worded),
        }
    return found


def _body(phrase: str) -> str:
    body = phrase.replace(" * ", "(?: [a-z0-9]+){0,3} ")
    return body.replace("…", "[a-z0-9]*").replace("_", "[a-z0-9]+")


def _patterns(written: tuple[str, ...]) -> Found:
    return tuple(re.compile(f" (?:{_body(one)})(?= )") for one in written)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str], Found, Found], ...]:
    """Compile each kind: its name, a quick look, its phrases, and what is fine."""
    return tuple(
        (
            kind.name,
            re.compile(f" (?:{'|'.join(map(_body, kind.phrases))})(?= )"),
            _patterns(kind.phrases),
            _patterns(kind.fine),
        )
        for kind in phrases.load().kinds
    )


def _spans(patterns: Found, form: str) -> list[tuple[int, int]]:
    return [found.span() for one in patterns for found in one.finditer(form)]


def kind_of(text: str) -> str:
    """Return the kind of danger a text sounds like (self, hurt or anger), or "".

    >>> kind_of("I want to die")
    'self'
    >>> kind_of("I nearly died of laughter")
    ''
    """
    every = forms(text)
    for name, quick, phrased, fine in _kinds():
        for form in every:
            if not quick.search(form):
                continue
            others = _spans(fine, form)
            for start, end in _spans(phrased, form):
                if not any(a <= start and end <= b for a, b in others):
                    return name
    return ""
