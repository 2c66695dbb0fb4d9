"""Bundles all pictures of one source into one file.

They have most of their elements in common, so each element stands in the file once and
a picture is a list of numbers: a tenth of the bytes, and as much less for a phone to
read.
"""

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

Shown = dict[str, Any]
MOST_BYTES = 256 * 2**10  # packed: a larger file would keep others from theirs
_ENDS = re.compile(r"(?<=>)\n")


def parts_of(states: Mapping[str, Shown]) -> tuple[list[str], dict[str, Shown]]:
    """Take pictures apart: all their parts, and states that have the numbers of some.

    Parameters
    ----------
    states : what is shown of each; ``picture`` is an SVG. Its parts end where a line
        ends with an element; with line feeds between them they are the picture again.
    """
    parts: dict[str, int] = {}
    numbered = {}
    for state, shown in states.items():
        elements = _ENDS.split(shown["picture"])
        drawn = [parts.setdefault(one, len(parts)) for one in elements]
        numbered[state] = shown | {"picture": drawn}
    return list(parts), numbered


def bundle(packed: Iterable[tuple[str, bytes]]) -> bytes:
    """Pack pictures, each of them packed, into one file; empty where that is too large.

    Parameters
    ----------
    packed : names of states, and what is shown of each as JSON, compressed.
    """
    states = {name: json.loads(gzip.decompress(one)) for name, one in packed}
    parts, numbered = parts_of(states)
    text = json.dumps({"parts": parts, "states": numbered}, separators=(",", ":"))
    whole = gzip.compress(text.encode(), 9, mtime=0)
    return whole if len(whole) <= MOST_BYTES else b""
