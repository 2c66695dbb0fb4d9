"""Decks: notebooks whose cells say on which slide they stand.

A deck is run, rendered and kept as a lesson is. Cells carry JupyterLab's own
``slideshow`` metadata: ``slide`` and ``subslide`` begin a slide (all of them in one
line, so that one key leads through), ``fragment`` appears on the slide at the next
turn, ``notes`` are for whoever leads, ``skip`` is not shown. A slide whose cell has a
``step`` is where the deck goes when the group turns to the step of that name.
"""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from nbconvert.filters.markdown_mistune import markdown2html_mistune

from .drawings import drawing_of
from .lessons import Lesson, Lessons

BEGINS = ("slide", "subslide")
HEADING = re.compile(r"^#{1,3} +(.+)$", re.MULTILINE)
UNSEEN = "hide-on-phone"


class Deck(Lesson):
    """One deck. It declares no question: its slides show those of the lessons."""

    kind = "Deck"


class Decks(Lessons):
    """All decks of a folder; each is run when it is first asked for."""

    make = Deck

    def get(self, name: str) -> Lesson | None:
        """Find a deck, and begin to run it if nobody has yet."""
        deck = super().get(name)
        if deck is not None and not deck.checked.is_set() and not self.under_way(name):
            self.begin(name, asyncio.ensure_future(self._check(deck)))
        return deck


@dataclass
class Slide:
    """One slide: what it is called, whose step it is, and what its leader reads."""

    cells: list[Any] = field(default_factory=list)
    title: str = ""
    step: str = ""
    minutes: int = 0
    notes: list[str] = field(default_factory=list)
    fragments: int = 0
    shows: bool = False  # it has a widget
    drawing: str = ""

    def take(self, cell: Any) -> None:
        """Put the next cell on the slide."""
        self.cells.append(cell)
        kind = kind_of(cell)
        self.drawing = self.drawing or drawing_of(cell)
        if "step" in cell.metadata:
            self.step = str(cell.metadata.step["name"])
            self.minutes = int(cell.metadata.step["minutes"])
        if kind == "notes":
            self.notes.append(cell.source)
        elif cell.cell_type == "markdown":
            heading = HEADING.search(cell.source)
            self.title = self.title or (heading[1] if heading else "")
        elif not hidden(cell):
            self.shows = True
        self.fragments += kind == "fragment"

    @property
    def notes_html(self) -> str:
        """The notes, as a page shows them."""
        return str(markdown2html_mistune("\n\n".join(self.notes)))


def kind_of(cell: Any) -> str:
    """Tell what a cell is to its slide."""
    return str(cell.metadata.get("slideshow", {}).get("slide_type", "-"))


def hidden(cell: Any) -> bool:
    """Whether a cell is on no slide."""
    tags = cell.metadata.get("tags", [])
    return kind_of(cell) in ("notes", "skip") or UNSEEN in tags


def slides_of(cells: Iterable[Any]) -> list[Slide]:
    """Sort cells onto slides; those before the first slide are on it, too."""
    slides = [Slide()]
    for cell in cells:
        if kind_of(cell) in BEGINS and slides[-1].cells:
            slides.append(Slide())
        slides[-1].take(cell)
    for at, slide in enumerate(slides, 1):
        slide.title = slide.title or slide.step or f"{at}"
    return slides
