"""All pictures of one source in one file.

They have most of their lines in common, so each line stands in the file once and a
picture is a list of their numbers: about a fifth of the bytes, and as much less for a
phone to read.
"""

import gzip
import json
from collections.abc import Iterable, Mapping
from typing import Any

Shown = dict[str, Any]
MOST_BYTES = 256 * 2**10  # packed: a larger file would keep others from theirs


def lines_of(states: Mapping[str, Shown]) -> tuple[list[str], dict[str, Shown]]:
    """Take pictures apart: all their lines, and states that have the numbers of some.

    Parameters
    ----------
    states : what is shown of each; ``picture`` is an SVG.
    """
    lines: dict[str, int] = {}
    numbered = {}
    for state, shown in states.items():
        rows = shown["picture"].split("\n")
        drawn = [lines.setdefault(row, len(lines)) for row in rows]
        numbered[state] = shown | {"picture": drawn}
    return list(lines), numbered


def bundle(packed: Iterable[tuple[str, bytes]]) -> bytes:
    """Pack pictures, each of them packed, into one file; empty where that is too large.

    Parameters
    ----------
    packed : names of states, and what is shown of each as JSON, compressed.
    """
    states = {name: json.loads(gzip.decompress(one)) for name, one in packed}
    lines, numbered = lines_of(states)
    text = json.dumps({"lines": lines, "states": numbered}, separators=(",", ":"))
    whole = gzip.compress(text.encode(), 9, mtime=0)
    return whole if len(whole) <= MOST_BYTES else b""
