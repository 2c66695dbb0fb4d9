"""Decks as pages: the slides, and what whoever leads sees of them."""

from typing import Any

import segno

from ..room import messages as m
from ..room import words
from ..room.room import Phase
from . import decks, pages
from .handlers import Code, Keyed, remember, shared
from .lesson_page import CELLS, LessonPage, widgets_of
from .lessons import Lesson
from .security import same
from .snapshot.templates import Executed
from .workshop import Workshop


def chrome(workshop: Workshop, deck: Lesson, executed: Executed) -> tuple[Any, ...]:
    """Render what stands around a deck's cells, and lay them out on slides.

    What the parts are is said in `lesson_page.chrome`.
    """
    decks.lay_out(executed.cells)
    about = shared(workshop) | widgets_of(workshop, executed)
    about |= {
        "title": deck.title,
        "deck": deck.name,
        "on_deck": True,
        "join_address": workshop.settings.join,
        "workshop_title": workshop.settings.title,
    }
    before, after = pages.render("deck", **about).split(CELLS)
    return before, after, words.say("page", "cell_trouble"), "", about["widgets"]


class DeckPage(Keyed, LessonPage):
    """``/deck/NAME``: the slides, for the wall's key or the leader's."""

    role = m.Role.WALL
    missing, resting = "no_deck", "deck_trouble"

    @property
    def there(self) -> decks.Decks:
        """Where to look for it."""
        return self.workshop.decks

    def prepare(self) -> None:
        """Let in whoever leads, and let this browser follow the room as the wall."""
        leads = self.workshop.hub.keys[m.Role.FACILITATOR]
        given = self.get_query_argument("key", None)
        own = given if given is not None else self.get_cookie("facilitator")
        if same(own, leads):
            remember(self, self.role)
        else:
            super().prepare()


class DeckLead(Keyed):
    """``/deck/NAME/speaker|remote``: notes, next slide, clock, and three buttons."""

    role = m.Role.FACILITATOR

    async def get(self, name: str, view: str) -> None:
        """Show it; a phone and a laptop get the same page, laid out anew."""
        deck = self.workshop.decks.get(name)
        if self.workshop.room.phase is Phase.ENDED:
            return self.notice(200, "ended")
        if deck is None:
            return self.notice(404, "no_deck")
        await deck.checked.wait()
        self.set_header("Cache-Control", "no-store")
        return self.show(
            "deck_lead",
            deck=deck.name,
            title=deck.title,
            view=view,
            trouble=deck.trouble,
            slides=decks.slides_of(deck.notebook.cells),
            remote=remote(self.workshop, name),
        )

    async def head(self, name: str, view: str) -> None:  # type: ignore[override]
        """Answer a link scanner."""
        await self.get(name, view)


class RemoteCode(Keyed, Code):
    """``/deck/NAME/remote.svg``: the remote's address, as a code for her own phone."""

    role = m.Role.FACILITATOR

    def get(self, name: str) -> None:  # type: ignore[override]
        """Draw it; it holds her key, so nobody else is shown it."""
        self.set_header("Cache-Control", "no-store")
        self.draw(segno.make(remote(self.workshop, name), error="m"))


def remote(workshop: Workshop, name: str) -> str:
    """Where the leader's phone goes."""
    chosen = workshop.settings
    return f"{chosen.join}deck/{name}/remote?key={chosen.key}"
