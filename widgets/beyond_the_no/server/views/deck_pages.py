"""Handlers of decks: slides, speaker view, remote."""

import segno

from ...content import decks
from ...room import messages as m
from ...room.room import Phase
from ..workshop.workshop import Workshop
from .base import KeyedHandler, set_role_cookie
from .lesson_pages import LessonPage
from .pages import Code


class DeckPage(KeyedHandler, LessonPage):
    """``/deck/NAME``: the slides, for the wall's key or the leader's."""

    role = m.Role.WALL
    missing, not_shown = "no_deck", "deck_error"

    @property
    def there(self) -> decks.Decks:
        """Where to look for it."""
        return self.workshop.decks

    def prepare(self) -> None:
        """Let in whoever leads, and let this browser follow the room as the wall."""
        broadcaster, leader = self.workshop.broadcaster, m.Role.FACILITATOR
        given = self.get_query_argument("key", None)
        if (
            broadcaster.may(leader, self.get_cookie)
            if given is None
            else broadcaster.role_of(leader, given) is not None
        ):
            set_role_cookie(self, self.role)
        else:
            super().prepare()


class DeckLead(KeyedHandler):
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
            "speaker_view",
            deck=deck.name,
            title=deck.title,
            view=view,
            error=deck.error,
            slides=decks.slides_of(deck.notebook.cells),
            remote=remote(self.workshop, name, self.key),
        )

    async def head(self, name: str, view: str) -> None:  # type: ignore[override]
        """Answer a link scanner."""
        await self.get(name, view)


class RemoteCode(KeyedHandler, Code):
    """``/deck/NAME/remote.svg``: the remote's address, as a code for her own phone."""

    role = m.Role.FACILITATOR

    def get(self, name: str) -> None:  # type: ignore[override]
        """Draw it; it holds her key, so nobody else is shown it."""
        self.set_header("Cache-Control", "no-store")
        self.draw(segno.make(remote(self.workshop, name, self.key), error="m"))


def remote(workshop: Workshop, name: str, key: str) -> str:
    """Where the phone of whoever leads by this key goes."""
    return f"{workshop.join}deck/{name}/remote?key={key}"
