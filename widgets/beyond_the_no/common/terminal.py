"""Print for people, whatever the terminal, file or pipe can take.

Windows writes to a file or a pipe in cp1252, and a plain locale knows ASCII only. What
cannot be written there is replaced: no character may stop a workshop.
"""

import codecs
import contextlib
import os
import sys

import segno

PLAIN = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("–—−‑", "-"),
    **dict.fromkeys("·•", "*"),
    "…": "...",
    "\u00a0": " ",
    "\u202f": " ",
    "→": "->",
    "✓": "+",
    "×": "x",
}


def _replace(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    text = error.object[error.start : error.end]
    return "".join(PLAIN.get(sign, "?") for sign in text), error.end


codecs.register_error("plain-signs", _replace)


def set_up() -> None:
    """Let what is printed never fail for its characters."""
    for stream in (sys.stdout, sys.stderr):
        # not there in a test, or in a program without a console
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="plain-signs")  # type: ignore[union-attr]


def code(address: str) -> None:
    """Print an address as a code, where blocks can be printed; else nothing."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        "█▀▄".encode(encoding)
        segno.make(address).terminal(compact=True)
    except (UnicodeError, LookupError, OSError):
        return


def lost() -> None:
    """Go on without a reader: whoever read what we print has gone."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
