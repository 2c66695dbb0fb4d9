"""On which line of a JSON file each of its values begins.

The parser of the standard library forgets it, and a message that names no line is of
little help in a file of a thousand.
"""

import json
import re
from collections.abc import Sequence

Place = tuple[int | str, ...]
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def lines(text: str) -> dict[Place, int]:
    """Find the line of each value in a text that is JSON.

    Returns
    -------
    dict of tuple to int
        The line, from 1, of each value, by the keys and indices that lead to it.
    """
    found: dict[Place, int] = {}
    path: list[int | str | None] = []  # None where an object's next key is due
    line, at = 1, 0
    for token in TOKEN.finditer(text):
        line, at = line + text.count("\n", at, token.start()), token.start()
        mark = token[0]
        if mark in "]}":
            path.pop()
        elif mark == ",":
            path[-1] = path[-1] + 1 if isinstance(path[-1], int) else None
        elif path and path[-1] is None:
            path[-1] = json.loads(mark)
        elif mark != ":":
            found[tuple(part for part in path if part is not None)] = line
            if mark in "[{":
                path.append(0 if mark == "[" else None)
    return found


def line_of(numbered: dict[Place, int], place: Sequence[int | str]) -> int:
    """Return the line of a value, or of what should hold one that is missing."""
    steps = tuple(place)
    while steps and steps not in numbered:
        steps = steps[:-1]
    return numbered.get(steps, 1)
