"""Where each deck stands: told by whoever turns it to all who show it.

The slide's number travels over a small socket of its own, or where a proxy lets none
through, by plain requests twice a second. It is kept in memory. The room hears nothing
of it.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from ..room import messages as m
from .plain import Plain
from .quiet import log
from .security import same
from .snapshot.pace import Pace
from .workshop import Workshop

MOST_BYTES = 256  # of one message
A_SECOND, BURST = 10, 40  # messages that a page may send each second, and at once
PATIENCE = 100  # refusals before the connection is closed
MOST_LINES = 40  # of one deck: projectors, laptops and phones of those who lead
MAY_TURN = (m.Role.FACILITATOR, m.Role.WALL)


class Place(BaseModel):
    """Slide and fragment, both from 0 (-1: no fragment yet), and whether it is dark."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slide: int = Field(ge=0, le=999)
    fragment: int = Field(-1, ge=-1, le=99)
    blank: bool = False


@dataclass
class Line:
    """One deck's place, and the pages that follow it."""

    place: Place | None = None
    sockets: set["DeckLine"] = field(default_factory=set)
    pace: Pace = field(default_factory=lambda: Pace(A_SECOND, BURST))  # plain requests

    def turn(self, place: Place, by: "DeckLine | None" = None) -> None:
        """Stand there, and tell the others."""
        self.place = place
        for other in self.sockets - {by}:
            other.say(place)


def line_of(
    workshop: Workshop, deck: str, cookie: Callable[[str], object]
) -> Line | None:
    """Find a deck's line, for whoever has a key of those who lead."""
    keys = workshop.hub.keys
    knows = any(same(str(cookie(r.value) or ""), keys[r]) for r in MAY_TURN)
    if not knows or workshop.decks.get(deck) is None:
        return None
    return workshop.lines.setdefault(deck, Line())


class DeckLine(WebSocketHandler):
    """``/deck/NAME/line``: one page's connection."""

    def initialize(self, workshop: Workshop) -> None:
        """Remember the workshop."""
        self.workshop = workshop
        self.line: Line | None = None
        self._pace = Pace(A_SECOND, BURST)

    @property
    def max_message_size(self) -> int:
        """Above this the connection ends."""
        return MOST_BYTES

    def open(self, *names: str, **_: str) -> None:
        """Tell where the deck stands, to whoever has a key of those who lead."""
        line = line_of(self.workshop, names[0], self.get_cookie)
        if line is None:
            return self.close(1008)
        if len(line.sockets) >= MOST_LINES:
            return self.close(1013)
        self.set_nodelay(True)
        self.line = line
        line.sockets.add(self)
        self.say(line.place)
        return None

    def on_message(self, message: str | bytes) -> None:
        """Take a place and tell the others; what is no place changes nothing."""
        if self.line is None:
            return
        if not self._pace.allows():
            if self._pace.refused > PATIENCE:
                self.close(1008)
            return
        with contextlib.suppress(ValidationError):
            self.line.turn(Place.model_validate_json(message), self)

    def on_close(self) -> None:
        """Follow no more."""
        if self.line is not None:
            self.line.sockets.discard(self)

    def say(self, place: Place | None) -> None:
        """Tell this page where the deck stands; nothing where nobody turned it."""
        with contextlib.suppress(WebSocketClosedError):
            sending = self.write_message(place.model_dump_json() if place else "null")
            sending.add_done_callback(lambda done: done.exception())

    def log_exception(self, *error: Any) -> None:
        """Log the kind of error only, as the room's socket does."""
        log.error("A deck's line failed: %s", error[0].__name__ if error[0] else "")


class DeckPlace(Plain):
    """``/deck/NAME/place``: the same by plain requests."""

    most_bytes = MOST_BYTES

    def initialize(self, workshop: Workshop) -> None:
        """Remember the workshop."""
        self.workshop = workshop

    def _line(self, deck: str) -> Line:
        line = line_of(self.workshop, deck, self.get_cookie)
        if line is None:
            raise HTTPError(403)
        return line

    def get(self, deck: str) -> None:
        """Tell where the deck stands; nothing where nobody turned it."""
        place = self._line(deck).place
        self.finish(place.model_dump_json() if place else "null")

    def post(self, deck: str) -> None:
        """Take a place and tell the others; what is no place changes nothing."""
        line = self._line(deck)
        if not line.pace.allows():
            raise HTTPError(429)
        try:
            line.turn(Place.model_validate_json(bytes(self.sent)))
        except ValidationError:
            raise HTTPError(400) from None
        self.set_status(204)
        self.clear_header("Content-Type")
