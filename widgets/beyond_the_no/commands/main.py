"""The command line: ``beyond-the-no open``, ``check``, ``author``, ``paper``, …."""

import argparse
import logging
import sys
from collections.abc import Callable, Sequence

from ..common import resources, terminal
from ..common.log_scrubbing import configure_logging
from ..common.settings import UserError
from ..evidence import claims, help_file, phrases
from . import options, own_folder
from .parser import parser

FILE_ERRORS = (  # one sentence, or one for each slip, that says what to mend
    *(UserError, claims.ClaimsError, help_file.HelpFileError),
    phrases.PhrasesFileError,
)
NOT_ALLOWED = (
    "You aren't allowed to read or write {}. Change its permissions, or use a copy."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 after one clear sentence on stderr."""
    terminal.set_up()
    if argv is None:  # a program of its own, and not a test
        resources.hand_down()
    typed, for_jupyter = options.split(sys.argv[1:] if argv is None else argv)
    args = parser().parse_args(typed)
    configure_logging(logging.WARNING, as_json=getattr(args, "log", "text") == "json")
    commands: dict[str, Callable[[argparse.Namespace], int]] = {
        "open": open_workshop,
        "check": check,
        "author": lambda args: author(args, for_jupyter),
        "new": own_folder.new,
        "bench": bench,
        "deck": deck,
        "paper": paper,
        "rehearse": rehearse,
        "site": site,
        "hub": hub,
        "room": room,
    }
    try:
        if args.command != "new":
            own_folder.check_whole(resources.OWN)
        if hasattr(args, "country"):  # before anything that takes long
            args.country = options.country(args.country)
        return commands[args.command](args)
    except FILE_ERRORS as error:
        print(error, file=sys.stderr)
        return 1
    except PermissionError as error:
        print(NOT_ALLOWED.format(error.filename), file=sys.stderr)
        return 1


# Each command is imported when it is asked for: a server takes a second to import, and
# whoever mistypes an option, or asks for help, need not wait for that.


def open_workshop(args: argparse.Namespace) -> int:
    """Open a workshop and stay until Ctrl-C."""
    from .open import open_workshop as opened

    return opened(args)


def check(args: argparse.Namespace) -> int:
    """Try all lessons and data, or one notebook."""
    from .check import check as tried

    return tried(args)


def author(args: argparse.Namespace, for_jupyter: Sequence[str]) -> int:
    """Write lessons in JupyterLab, beside a workshop that shows them."""
    from .author import author as written

    return written(args, for_jupyter)


def bench(args: argparse.Namespace) -> int:
    """Run the benchmarks of the checkout."""
    from .bench import bench as measured

    return measured(args)


def room(_: argparse.Namespace) -> int:
    """Open a workshop for the hub that started us, until it ends us."""
    from .hub import room_command as on_hub
    from .open import read_settings, run

    run(on_hub.read_settings(read_settings, parser()), lambda _: None)
    return 0


def hub(args: argparse.Namespace) -> int:
    """Start a hub and its proxy, and stay until Ctrl-C."""
    from .hub.command import hub as started

    return started(args)


def deck(args: argparse.Namespace) -> int:
    """Write slides for a plan."""
    from .deck import deck as written

    return written(args)


def paper(args: argparse.Namespace) -> int:
    """Print what a workshop needs on paper."""
    from .handouts.print_pdf import paper as printed

    return printed(args)


def rehearse(args: argparse.Namespace) -> int:
    """Rehearse with a simulated group, on this laptop only."""
    from .open import read_settings, run
    from .rehearsal.command import rehearse as begin

    return begin(args, lambda typed: read_settings(parser().parse_args(typed)), run)


def site(args: argparse.Namespace) -> int:
    """Write all lessons as files that need no server."""
    from .static_site.command import site as written

    return written(args)


if __name__ == "__main__":
    sys.exit(main())
