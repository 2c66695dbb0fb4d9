"""One running workshop: what its pages, its socket and its server share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ..room import messages as m
from ..room.room import Room
from .lessons import Lesson, Lessons
from .room_socket import SOCKETS_A_SEAT, Hub
from .settings import Settings


@dataclass
class Workshop:
    """The room, its lessons and its settings, in this process and nowhere else."""

    settings: Settings
    base: str = "/"
    today: Callable[[], date] = date.today
    kernels: Callable[[], int] = lambda: 0
    room: Room = field(init=False)
    hub: Hub = field(init=False)
    lessons: Lessons = field(init=False)

    def __post_init__(self) -> None:
        """Set up the room, then look for lessons."""
        chosen = self.settings
        self.room = Room(chosen.k, chosen.seats)
        if chosen.wifi:
            self.room.wifi = m.Wifi(
                type="wifi", ssid=chosen.wifi, password=chosen.wifi_password
            )
        keys = {m.Role.FACILITATOR: chosen.key, m.Role.WALL: chosen.wall_key}
        self.hub = Hub(self.room, keys, SOCKETS_A_SEAT * chosen.seats)
        self.lessons = Lessons(chosen.notebooks, self._declare)
        self.room.lessons = {lesson.name: lesson.title for lesson in self.lessons}

    def _declare(self, lesson: Lesson) -> None:
        """Tell the room what a lesson declares, and the console that it is checked."""
        self.room.lessons[lesson.name] = lesson.title
        self.room.declare(lesson.activities)
        self.hub.tell()
