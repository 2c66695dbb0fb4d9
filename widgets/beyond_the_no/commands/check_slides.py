"""Do plans and decks fit the lessons? What ``beyond-the-no check`` asks of slides."""

from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from ..common.settings import UserError
from ..common.words import table
from ..content import decks, lesson_files, lessons, plans

NO_BECAUSE = (
    "explore/words.toml, {name}: {options} answers to the guess, and {because} lines "
    "that answer them (because): write one for each."
)


def slide_faults(folder: Path, known: list[lessons.Lesson]) -> Iterator[str]:
    """Say of each deck and each plan what is wrong; a plan with each of its middles.

    Decks are not run: their cells are those of lessons, and there are many.

    Parameters
    ----------
    folder : of the slides; the plans are in ``plans`` there.
    """
    notebooks = lesson_files.notebooks(folder.resolve())
    there = [lessons.load_lesson(path, decks.Deck) for path in notebooks]
    yield from (deck.error for deck in there if deck.error)
    for path in sorted((folder / "plans").glob("*.toml")):
        try:
            for middle in plans.read(path).middle or [""]:
                plans.load(path, known, middle)
                plans.deck_of(path, there, middle)
        except UserError as error:
            yield str(error)


def guess_faults(words: Mapping[str, Any] | None = None) -> Iterator[str]:
    """Say which explorer has no line for one of the answers to its guess.

    Parameters
    ----------
    words : of all explorers, by their names; the kit's own where none are given.
    """
    for name, said in (words or _words_of_explorers()).items():
        guess = said.get("guess")
        if not isinstance(guess, dict):  # a word of another meaning
            continue
        options, because = len(guess["options"]), len(guess.get("because", []))
        if options != because:
            yield NO_BECAUSE.format(name=name, options=options, because=because)


def _words_of_explorers() -> dict[str, Any]:
    """Return the words of every explorer of the kit: in one table, or in their own."""
    package = "beyond_the_no.explore"
    files = (file.name for file in resources.files(package).iterdir())
    own = [name for name in files if name.endswith(".toml") and name != "words.toml"]
    alone = {name.removesuffix(".toml"): table(package, name) for name in own}
    return table(package) | alone
