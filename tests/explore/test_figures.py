"""Where the figures come from that captions say, and the lines that answer a guess."""

import csv
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

import goldens
import tidy_notebooks as tidy
from beyond_the_no.content import lesson_linter
from beyond_the_no.evidence.claims import claim
from beyond_the_no.explore.explore import Explore, wording

LESSONS = [
    tidy.read(path) for path in sorted((tidy.ROOT / "notebooks").glob("*.ipynb"))
]
DATA = tidy.ROOT / "data"
OURS = re.compile(r"beyond_the_no\.(models|explore)\.(?!explore$)")
TABLE = re.compile(r'"(\w+/\w+\.csv)"')

every_explorer = pytest.mark.parametrize(
    "kind", goldens.EXPLORERS, ids=lambda kind: kind.__name__
)


def plain(text: str) -> str:
    """Write numbers as tables do: 1,000 as 1000."""
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)


def untraced(text: str, sources: Iterable[str]) -> list[str]:
    return lesson_linter.untraced(plain(text), map(plain, sources))


def cited(names: Iterable[str]) -> Iterator[str]:
    """All that claims say, and what they rest on."""
    for each in map(claim, names):
        yield from (each.plain, each.supports, each.limits)
        yield from (reference.cite for reference in each.references)


def printed_for(kind: type[Explore]) -> Iterator[str]:
    """What the lessons that show an explorer print in checked cells, and cite."""
    for lesson in LESSONS:
        code = " ".join(c.source for c in lesson.cells if c.cell_type == "code")
        if f"{kind.__name__}(" in code:
            yield from lesson_linter.printed(lesson)
            yield from cited(lesson_linter.links(lesson))


def modules(kind: type[Explore]) -> list[ModuleType]:
    """The explorer's module, and what of ours it draws with."""
    own = sys.modules[kind.__module__]
    names = {
        one.__name__ if isinstance(one, ModuleType) else getattr(one, "__module__", "")
        for one in vars(own).values()
    }
    return [own, *(sys.modules[n] for n in sorted(names) if n and OURS.match(n))]


def drawn_from(kind: type[Explore]) -> Iterator[str]:
    """What an explorer is drawn from: a model's numbers, rows of tables, their sums."""
    code = [inspect.getsource(module) for module in modules(kind)]
    yield from code
    tables = sorted({name for text in code for name in TABLE.findall(text)})
    for name in tables:
        yield from rows_and_sums(DATA / name)
    if tables:
        yield (DATA / "README.md").read_text("utf-8")


def rows_and_sums(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    yield from map(" ".join, rows)
    for column in zip(*rows, strict=True):
        yield str(sum(int(cell) for cell in column if cell.isdigit()))


@every_explorer
def test_each_answer_to_a_guess_has_a_line(kind: type[Explore]) -> None:
    guess = wording(kind.name).get("guess")

    if guess:
        assert len(guess["because"]) == len(guess["options"])
        assert len(set(guess["because"])) == len(guess["because"])


@every_explorer
def test_every_figure_that_answers_a_guess_can_be_traced(kind: type[Explore]) -> None:
    """To a checked cell, to a cited claim, or to the guess that it repeats."""
    guess = wording(kind.name).get("guess", {})
    asked = [guess.get("question", ""), *guess.get("options", ())]
    sources = [*printed_for(kind), *cited(kind.claims)]
    found = []
    for line in guess.get("because", ()):
        repeated = " ".join(asked) if line.startswith("You said") else ""
        found += untraced(line, [*sources, repeated])

    assert found == []


@every_explorer
def test_every_figure_of_a_caption_can_be_traced(kind: type[Explore]) -> None:
    """To a checked cell, to a claim, or to what the picture is drawn from."""
    sources = [*printed_for(kind), *cited(kind.claims), *drawn_from(kind)]
    captions = {kind.caption(**state) for state in kind.states()}

    assert {c: f for c in captions if (f := untraced(c, sources))} == {}


def test_a_figure_that_nothing_holds_is_found() -> None:
    kind = next(one for one in goldens.EXPLORERS if one.__name__ == "StressCurve")
    sources = [*printed_for(kind), *cited(kind.claims), *drawn_from(kind)]

    assert untraced("After 4711 minutes it is over.", sources) == ["4711"]
