"""Current slide of each deck, and the pages that follow it.

A page that shows or turns slides says so over its connection to the room. It is kept in
memory, and is no part of the room's state.
"""

from collections.abc import Callable
from typing import Protocol

from ...room import messages as m
from ...room import views


class Follower(Protocol):
    """A page that is told when its deck turns."""

    def send_message(self, message: views.ServerMessage) -> None:
        """Send one message."""


class DeckPositions:
    """The current slide of each deck, and the pages that follow it.

    Parameters
    ----------
    exists : tells whether there is a deck of a name.
    """

    def __init__(self, exists: Callable[[str], bool] = lambda _: False) -> None:
        self._exists = exists
        self._at: dict[str, views.Slide] = {}
        self._decks: dict[Follower, str] = {}

    def apply(self, message: m.Slide, page: Follower) -> None:
        """Move a deck and tell all its pages, or tell the page that asks.

        The page that turned it is told, too: what gets no answer it can send again.

        Raises
        ------
        Refusal
            Where there is no such deck.
        """
        if not self._exists(message.deck):
            raise m.Refusal("unknown_deck")
        self._decks[page] = message.deck
        if message.slide is None:
            return page.send_message(
                self._at.get(message.deck, views.Slide(deck=message.deck))
            )
        now = views.Slide.model_validate(message.model_dump())
        self._at[message.deck] = now
        for other in [one for one, deck in self._decks.items() if deck == now.deck]:
            other.send_message(now)
        return None

    def leave(self, page: Follower) -> None:
        """Send this page no more positions."""
        self._decks.pop(page, None)
