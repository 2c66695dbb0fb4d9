"""Cleans short texts, marks names in them for the leader, and strikes passages out."""

import re
import unicodedata
from collections.abc import Iterable

from . import words

JOINER = "\u200d"  # holds an emoji of several parts together
CONTROL = {"Cc", "Cf", "Co", "Cs"}
MOST_MARKS = 2  # accents that one letter may carry
STRUCK = "▇▇▇"  # of one length, so that it tells nothing of what stood there
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?<!\w)@\w{2,}|https?://\S+|www\.\S+")
_NUMBER = re.compile(r"\+?\d[\d ()/-]{5,}\d")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?:^|[.!?…:“\"(]\s*)$")


def tidied(text: str) -> str:
    r"""Return one line of plain letters: no control signs, no piles of accents.

    >>> tidied("  to\n  be\u202e seen ")
    'to be seen'
    """
    signs: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(sign)
        if sign.isspace():
            sign = " "
        elif kind in CONTROL and sign != JOINER:
            continue
        marks = marks + 1 if kind == "Mn" else 0
        if marks <= MOST_MARKS:
            signs.append(sign)
    return " ".join("".join(signs).split())


def hints(text: str) -> tuple[str, ...]:
    """Find what may point at a person: names, numbers, addresses; in order, once each.

    It is a hint for a reader and no more: it finds words with a capital letter where
    no sentence begins, and misses names in small letters and at the start.

    >>> hints("I told Ana, who lives in the house of Mr Silva: ana@mail.org")
    ('ana@mail.org', 'Ana', 'Silva')
    """
    found = [m.group() for m in _ADDRESS.finditer(text)]
    found += [m.group().strip() for m in _NUMBER.finditer(text)]
    bare = _ADDRESS.sub(" ", text)
    common = set(words.table()["texts"]["capitals"])
    titles = set(words.table()["texts"]["titles"])
    after_title = False
    for match in _WORD.finditer(bare):
        word = match.group()
        begins = bool(_SENTENCE.search(bare[: match.start()]))
        usual = {word, re.sub(r"[’']?s$", "", word)} & (common | titles)  # Sundays
        capital = word[0].isupper() and not usual
        shouted = word.isupper() and len(word) > 1
        if capital and not shouted and (after_title or not begins):
            found.append(word)
        after_title = word in titles
    return tuple(dict.fromkeys(found))


def strike_out(text: str, passages: Iterable[str]) -> str:
    """Return the text with these passages struck out wherever they stand as words.

    Upper and lower case make no difference. What stood there cannot be read off the
    result: each passage leaves the same mark, and marks side by side become one.

    >>> strike_out("Ana said that Ana’s mother, Mrs Silva, knew.", ["ana", "Mrs Silva"])
    '▇▇▇ said that ▇▇▇’s mother, ▇▇▇, knew.'
    """
    wanted = sorted(filter(None, map(tidied, passages)), key=len, reverse=True)
    for passage in wanted:
        whole = rf"(?<!\w){re.escape(passage)}(?!\w)"
        text = re.sub(whole, STRUCK, text, flags=re.IGNORECASE)
    return re.sub(rf"{STRUCK}(?: {STRUCK})+", STRUCK, text)
