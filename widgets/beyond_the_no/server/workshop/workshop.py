"""State of one running workshop, shared by pages, sockets and server."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ...common.log_scrubbing import log
from ...common.network_addresses import Address
from ...common.settings import Settings, UserError, new_key
from ...content import plans
from ...content.decks import Decks
from ...content.lessons import Lesson, Lessons
from ...engine.kernels.executed_notebook import ExecutedNotebook
from ...room import messages as m
from ...room import words
from ...room.plan import Plan
from ...room.room import Room
from ..http.response_cache import ResponseCache
from ..live.deck_positions import DeckPositions
from ..live.room_broadcaster import CONNECTIONS_A_SEAT, RoomBroadcaster
from ..rendering import templating
from .service import NotebookService


def network(address: Address) -> str:
    """Say in which network an address is; nothing of one that was typed."""
    kind = address.kind.name.lower()
    return (
        words.render_text("network", kind, card=address.interface)
        if address.interface
        else ""
    )


@dataclass
class Workshop:
    """The room, its lessons and its settings, in this process and nowhere else."""

    settings: Settings
    url_prefix: templating.UrlPrefix = field(
        default_factory=lambda: templating.UrlPrefix("/")
    )
    edition: tuple[date | None, str] = (None, "")  # of the pages that browsers keep
    today: Callable[[], date] = date.today
    service: NotebookService = field(default_factory=NotebookService)
    reached: bool = False  # by a phone, once
    stays_awake: Callable[[], bool] = lambda: False
    room: Room = field(init=False)
    broadcaster: RoomBroadcaster = field(init=False)
    lessons: Lessons = field(init=False)
    decks: Decks = field(init=False)
    deck: str = ""  # the plan's
    moved: Callable[[], None] = lambda: None  # told when phones join elsewhere
    response_cache: ResponseCache = field(default_factory=ResponseCache)

    def __post_init__(self) -> None:
        """Set up the room, then look for lessons."""
        settings = self.settings
        self.room = Room(settings.k, settings.seats)
        if settings.wifi:
            self.room.wifi = m.Wifi(
                type="wifi", ssid=settings.wifi, password=settings.wifi_password
            )
        if settings.second_leader:
            self.room.second_key = new_key()
        keys = {
            m.Role.FACILITATOR: settings.key,
            m.Role.COFACILITATOR: settings.assist_key,
            m.Role.WALL: settings.wall_key,
        }
        cookies = {role: settings.cookie(role.value) for role in keys}
        self.broadcaster = RoomBroadcaster(
            self.room, keys, cookies, CONNECTIONS_A_SEAT * settings.seats
        )
        self.look_at_networks()
        self.lessons = Lessons(
            settings.notebooks,
            self._execute,
            self._render,
            self._changed,
            lambda: self.service.version(),
            settings.more,
        )
        self.decks = Decks(
            settings.slides,
            self._execute,
            self._render,  # the room hears nothing of a deck
            version=lambda: self.service.version(),
        )
        self.broadcaster.deck_positions = DeckPositions(
            lambda name: self.decks.get(name) is not None
        )
        self.room.lessons = {lesson.name: lesson.title for lesson in self.lessons}
        self.room.follow(self._plan())
        if settings.plan:
            self.deck = plans.deck_of(settings.plan, self.decks, settings.middle)

    @property
    def join(self) -> str:
        """Where participants go now."""
        return self.room.address

    def look_at_networks(self) -> None:
        """Let wall, console and terminal follow this laptop to another network."""
        settings, before = self.settings, self.room.addresses
        if settings.public:
            self.room.addresses = ((settings.public, ""),)
            return
        settings.addresses.refresh()
        found = tuple(
            (settings.at(one.address), network(one)) for one in settings.addresses.found
        )
        joined = self.room.address
        self.room.addresses = found or ((settings.join, ""),)
        if self.room.addresses != before:
            self.broadcaster.broadcast()
        if self.room.address != joined:
            self.moved()

    async def _execute(self, notebook: Path) -> ExecutedNotebook:
        return await self.service.execute(notebook)

    async def _render(self, lesson: Lesson) -> None:
        await self.service.render(lesson)

    def _changed(self, lesson: Lesson) -> None:
        """Tell the room what a lesson declares that is up now, and the console."""
        self.room.lessons[lesson.name] = lesson.title
        self.room.declare(lesson.activities, lesson.name)
        self.room.repeat_questions(lesson.name, lesson.repeated_questions)
        self._follow()
        self.broadcaster.broadcast()

    def _plan(self) -> Plan:
        """Take the plan that was chosen, or all lessons in order."""
        name = self.settings.plan
        if not name:
            return self.lessons.plan
        plan = plans.load(name, self.lessons, self.settings.middle)
        beyond = (ls for ls in self.lessons if ls.path in self.settings.more)
        more = [step for lesson in beyond for step in lesson.steps]
        return plan.model_copy(update={"steps": (*plan.steps, *more)})

    def _follow(self) -> None:
        """Follow the plan as lessons are now; where one broke it, the plan before."""
        try:
            self.room.follow(self._plan())
        except UserError as error:
            log.warning(str(error))
