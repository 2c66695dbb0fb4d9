"""Where each deck stands: told by whoever turns it to all who show it.

The slide's number travels over a small socket of its own and is kept in memory. The
room hears nothing of it.
"""

import contextlib
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from ..room import messages as m
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
        keys = self.workshop.hub.keys
        knows = any(same(self.get_cookie(r.value), keys[r]) for r in MAY_TURN)
        if not knows or self.workshop.decks.get(names[0]) is None:
            return self.close(1008)
        line = self.workshop.lines.setdefault(names[0], Line())
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
        try:
            self.line.place = Place.model_validate_json(message)
        except ValidationError:
            return
        for other in self.line.sockets - {self}:
            other.say(self.line.place)

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
