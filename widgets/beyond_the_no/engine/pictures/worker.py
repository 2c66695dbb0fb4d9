"""Worker process that draws pictures: one request a line, at low priority.

A line is ``{"source": "package.module:Class", "state": {...}}``. The class has
``states()``, all states that have a picture of their own, likely ones first, and
``shown(state)``, anything that JSON can hold. Without a state the states are listed.
"""

import contextlib
import importlib
import json
import os
import sys
from typing import Any

from ...common import lifeline

NICE = 10


def answer(request: dict[str, Any]) -> Any:
    """Do what one line asks."""
    module, _, name = request["source"].partition(":")
    source = getattr(importlib.import_module(module), name)
    if "state" in request:
        return source.shown(request["state"])
    return list(source.states())


def main() -> None:
    """Answer until the input ends."""
    lifeline.follow(lifeline.given())
    with contextlib.suppress(AttributeError, OSError):  # Windows has no such thing
        os.nice(NICE)
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a chart prints is not an answer
    for line in sys.stdin:
        try:
            reply = {"ok": answer(json.loads(line))}
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
