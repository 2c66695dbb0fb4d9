"""Everyone who is connected to the room, by whichever way: told what has changed.

It decides nothing about the room: `room.Room.hear` does, and `room.views.state` says
what each role may see.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..room import messages as m
from ..room import views
from ..room.room import Phase, Room
from .quiet import log

if TYPE_CHECKING:
    from .room_line import Line

LINES_A_SEAT = 3  # connections kept open at most, for each seat of the room
IDLE_HOURS = 4
LEADERS = (m.Role.FACILITATOR, m.Role.COFACILITATOR)


class Hub:
    """Everyone who is connected, and what each of them was last told."""

    def __init__(self, room: Room, keys: dict[m.Role, str], max_lines: int) -> None:
        self.room = room
        self.keys = keys
        self.max_lines = max_lines
        self.lines: dict[Line, None] = {}  # in the order in which they came
        self.heard = time.monotonic()
        self.on_end: Callable[[], None] = lambda: None

    def hear(self, role: m.Role, message: m.Message, token: str = "") -> None:
        """Pass a message to the room, then tell everyone what it changed."""
        before = self.room.phase
        asking = self.room.who_asks(message)
        self.room.hear(role, message, token)
        if isinstance(message, m.Ping):
            return  # it changed nothing, and comes often
        for line in self.lines:
            if line.token in asking:
                line.say(views.OnIt())
        self.tell()
        if self.room.phase is Phase.ENDED and before is not Phase.ENDED:
            self.on_end()

    def tell(self) -> None:
        """Send each page the room as it may see it, where that has changed."""
        roles = {line.role for line in self.lines if line.role is not None}
        seen = {role: views.state(self.room, role).model_dump_json() for role in roles}
        for line in list(self.lines):
            if line.role is not None:
                line.show(seen[line.role])
        drawn = self.room.drawn
        for line in self.lines:
            if line.role is m.Role.PHONE:
                line.pair(drawn)

    def make_room(self) -> None:
        """Close the oldest connection that did not say who it is, if there are many."""
        strangers = [line for line in self.lines if line.role is None]
        if strangers and len(self.lines) >= self.max_lines:
            strangers[0].close(1013)
            self.lines.pop(strangers[0], None)

    def say_moving(self) -> None:
        """Tell all pages to wait and to come back: the room starts again soon."""
        for line in list(self.lines):
            line.say(views.Moving())
            line.close(1012)

    @property
    def led(self) -> bool:
        """Whether the page of the leader, or of the second adult, is open."""
        return any(line.role in LEADERS for line in self.lines)

    def end_if_idle(self) -> None:
        """End a room that everyone has forgotten, so that it forgets everyone."""
        idle = time.monotonic() - self.heard
        if idle > IDLE_HOURS * 3600 and self.room.phase is not Phase.ENDED:
            log.warning("Nobody has used the room for %s hours: ended.", IDLE_HOURS)
            self.hear(m.Role.FACILITATOR, m.End(type="end"))
