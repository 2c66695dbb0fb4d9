"""One running workshop: what its pages, its socket and its server share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ..room import messages as m
from ..room.plan import Plan
from ..room.room import Room
from . import plans
from .again import Again
from .decks import Decks
from .lessons import Lesson, Lessons
from .quiet import log
from .room_hub import LINES_A_SEAT, Hub
from .settings import Settings, Trouble
from .snapshot.pictures import Pictures
from .snapshot.templates import Executed

if TYPE_CHECKING:
    from .deck_line import Line


@dataclass
class Workshop:
    """The room, its lessons and its settings, in this process and nowhere else."""

    settings: Settings
    base: str = "/"
    today: Callable[[], date] = date.today
    kernels: Callable[[], int] = lambda: 0
    kernel_mode: str = "fresh"
    execute: Callable[[Path], Awaitable[Executed]] = Executed.alone
    render: Callable[[Lesson], Awaitable[None]] | None = None
    pictures: Pictures | None = None
    reached: bool = False  # by a phone, once
    stays_awake: Callable[[], bool] = lambda: False
    pictures_of: Callable[[str], Pictures | None] = lambda print_: None
    version: Callable[[], str] = lambda: ""
    kernel_line: str = ""
    room: Room = field(init=False)
    hub: Hub = field(init=False)
    lessons: Lessons = field(init=False)
    decks: Decks = field(init=False)
    deck: str = ""  # the plan's
    again: Again = field(default_factory=Again)
    lines: dict[str, "Line"] = field(default_factory=dict)  # where each deck stands

    def __post_init__(self) -> None:
        """Set up the room, then look for lessons."""
        chosen = self.settings
        self.room = Room(chosen.k, chosen.seats)
        if chosen.wifi:
            self.room.wifi = m.Wifi(
                type="wifi", ssid=chosen.wifi, password=chosen.wifi_password
            )
        keys = {
            m.Role.FACILITATOR: chosen.key,
            m.Role.COFACILITATOR: chosen.assist_key,
            m.Role.WALL: chosen.wall_key,
        }
        self.hub = Hub(self.room, keys, LINES_A_SEAT * chosen.seats)
        self.lessons = Lessons(
            chosen.notebooks,
            self._execute,
            self._ready,
            lambda: self.version(),
            chosen.more,
        )
        self.decks = Decks(
            chosen.slides, self._execute, self._laid_out, lambda: self.version()
        )
        self.room.lessons = {lesson.name: lesson.title for lesson in self.lessons}
        self.room.follow(self._plan())
        if chosen.plan:
            self.deck = plans.deck_of(chosen.plan, self.decks)

    async def _execute(self, notebook: Path) -> Executed:
        return await self.execute(notebook)

    async def _ready(self, lesson: Lesson) -> None:
        """Make a lesson's page, tell the room what it declares, and the console."""
        if not lesson.trouble and self.render is not None:
            await self.render(lesson)
        self.room.lessons[lesson.name] = lesson.title
        self.room.declare(lesson.activities)
        self.room.ask_again(lesson.name, lesson.again)
        self._follow()
        self.hub.tell()

    async def _laid_out(self, deck: Lesson) -> None:
        """Make a deck's page; the room hears nothing of it."""
        if not deck.trouble and self.render is not None:
            await self.render(deck)

    def _plan(self) -> Plan:
        """Take the plan that was chosen, or all lessons in order."""
        chosen = self.settings.plan
        if not chosen:
            return self.lessons.plan
        plan = plans.load(chosen, self.lessons)
        beyond = (ls for ls in self.lessons if ls.path in self.settings.more)
        more = [step for lesson in beyond for step in lesson.steps]
        return plan.model_copy(update={"steps": (*plan.steps, *more)})

    def _follow(self) -> None:
        """Follow the plan as lessons are now; where one broke it, the plan before."""
        try:
            self.room.follow(self._plan())
        except Trouble as trouble:
            log.warning(str(trouble))
