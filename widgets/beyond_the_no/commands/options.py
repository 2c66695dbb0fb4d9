"""Parsers of command line values, with one-sentence errors."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import NoReturn
from urllib.parse import SplitResult, urlsplit

from ..common import resources
from ..common.network_addresses import LOOPBACK
from ..common.settings import UserError
from ..evidence import help_file

NO_FOLDER = "There's no folder {}. Name one with --lessons."
ALSO = {"UK": "GB", "USA": "US"}  # as people write them


def split(typed: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tell our own words from those for JupyterLab, which follow two dashes."""
    words = list(typed)
    if words[:1] != ["author"] or "--" not in words:
        return words, []
    at = words.index("--")
    return words[:at], words[at + 1 :]


class Parser(argparse.ArgumentParser):
    """A parser that names what is wrong, without a page of usage above it."""

    def error(self, message: str) -> NoReturn:
        """Print one sentence, and where to read more."""
        self.exit(2, f"{message[0].upper()}{message[1:]}. See {self.prog} --help\n")


class Version(argparse.Action):
    """``--version``: looks it up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print it, and end."""
        print(f"beyond-the-no {resources.version()}, Python {sys.version.split()[0]}")
        parser.exit()


def day(text: str) -> date:
    """Read a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” is no day as it is written here: year, month, day, such as "
            "2027-01-31"
        ) from None


def country(text: str) -> str:
    """Find a country's code, however it was written.

    Raises
    ------
    UserError
        Where the kit has no help lines for it.
    """
    known = {place.code: place.name for place in help_file.countries()}
    wanted = ALSO.get(text.upper(), text.upper())
    for code, name in known.items():
        if wanted in (code, name.upper()):
            return code
    every = ", ".join(f"{code} ({name})" for code, name in known.items())
    raise UserError(
        f"There are no help lines for “{text}”. --country is one of {every}. "
        "Anywhere else, open the workshop with --local and a line of your own."
    )


def public(text: str) -> SplitResult | None:
    """Take an address apart; None if it is none that people could open."""
    try:
        found = urlsplit(text)
        usable = (
            found.scheme in ("http", "https") and found.hostname and found.port != 0
        )
    except ValueError:  # such as a port that is no number
        return None
    return found if usable and not (found.query or found.fragment) else None


def metrics(text: str) -> tuple[str, int]:
    """Read PORT or ADDRESS:PORT; port -1 if it is neither."""
    ip, _, port = text.rpartition(":")
    number = int(port) if port.isascii() and port.isdigit() else -1
    return ip.strip("[]") or LOOPBACK, number
