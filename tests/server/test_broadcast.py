"""The room's state is encoded once for a role, and sent where it has changed."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from websockets.frames import Frame, Opcode

from beyond_the_no.room import messages as m
from beyond_the_no.room import views
from beyond_the_no.room.declaration import Declaration
from beyond_the_no.room.pairing import Pairing
from beyond_the_no.room.room import Room
from beyond_the_no.server.live import room_broadcaster
from beyond_the_no.server.live.encoded_message import EncodedMessage
from beyond_the_no.server.live.room_broadcaster import RoomBroadcaster
from support import loop

PHONES = 30


class Page:
    """A page that keeps what it was shown, as `RoomConnection` does."""

    def __init__(self, role: m.Role, token: str = "") -> None:
        self.role, self.token = role, token
        self.shown: list[EncodedMessage] = []

    def show(self, state: EncodedMessage) -> None:
        if not self.shown or state != self.shown[-1]:
            self.shown.append(state)

    def pair(self, draw: Pairing | None) -> None: ...

    def close(self, code: int | None = None, reason: str | None = None) -> None: ...

    def send_message(self, message: views.ServerMessage) -> None: ...

    def refuse(self, refusal: m.Refusal) -> None: ...

    @property
    def now(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.shown[-1].payload)
        return found


class House:
    """A room that asks one question, its leader, and many phones."""

    def __init__(self) -> None:
        room = Room()
        asks = Declaration(id="q", kind="poll", question="Which?", options=("a", "b"))
        room.declare([asks])
        self.room = room
        self.it = RoomBroadcaster(room, {}, {}, max_connections=999)
        self.leader = self.comes(m.Role.FACILITATOR)
        self.phones = [self.comes(m.Role.PHONE, room.join()) for _ in range(PHONES)]
        self.lead(m.Open(type="open"))

    def comes(self, role: m.Role, token: str = "") -> Page:
        page = Page(role, token)
        self.it.connections[page] = None
        self.it.introduce(page)
        return page

    def lead(self, message: m.Message) -> None:
        self.it.dispatch(m.Role.FACILITATOR, message)

    def answers(self, page: Page) -> None:
        said = m.Answer(type="answer", activity="q", round=1, value=0)
        self.it.dispatch(m.Role.PHONE, said, page.token)


Scene = Callable[[House], Awaitable[None]]


def in_a_house(scene: Scene) -> None:
    async def run() -> None:
        await scene(House())

    loop.run(run())


async def a_moment() -> None:
    """Let what was put off happen: it was asked for before this timer."""
    until = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(
        2 * room_broadcaster.SOON, until.set_result, None
    )
    await until


def test_all_phones_get_the_very_same_bytes() -> None:
    async def scene(house: House) -> None:
        house.lead(m.Collect(type="collect", activity="q"))

        assert house.phones[0].now["questions"][0]["phase"] == "collecting"
        assert len({id(phone.shown[-1]) for phone in house.phones}) == 1
        assert len({id(phone.shown[-1].frame) for phone in house.phones}) == 1

    in_a_house(scene)


def test_answers_are_told_to_who_leads_once_and_to_no_phone() -> None:
    async def scene(house: House) -> None:
        house.lead(m.Collect(type="collect", activity="q"))
        await a_moment()
        before = [len(page.shown) for page in (house.leader, *house.phones)]
        for phone in house.phones:
            house.answers(phone)
        await a_moment()
        after = [len(page.shown) for page in (house.leader, *house.phones)]

        assert after == [before[0] + 1, *before[1:]]

    in_a_house(scene)


@pytest.mark.parametrize("and_back", [False, True], ids=["changed", "changed and back"])
def test_a_page_that_comes_before_a_broadcast_leaves_nobody_behind(
    and_back: bool,
) -> None:
    async def scene(house: House) -> None:
        await a_moment()
        house.room.breathing = True
        late = house.comes(m.Role.PHONE, house.room.join())
        assert late.now["breathing"]
        house.room.breathing = not and_back
        await a_moment()

        told = {phone.now["breathing"] for phone in (late, *house.phones)}
        assert told == {not and_back}

    in_a_house(scene)


def test_a_seat_is_asleep_only_when_its_last_page_has_gone() -> None:
    async def scene(house: House) -> None:
        first = house.phones[0]
        second = house.comes(m.Role.PHONE, first.token)
        house.it.remove(first)
        assert first.token in house.room._seats.awake
        house.it.remove(second)
        assert first.token not in house.room._seats.awake

    in_a_house(scene)


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_a_frame_is_one_that_every_browser_reads(size: int) -> None:
    payload = b"x" * size

    made = EncodedMessage(payload).frame

    assert made == Frame(Opcode.TEXT, payload).serialize(mask=False)


def test_who_leads_and_asks_hears_the_newest_before_the_answer() -> None:
    async def scene(house: House) -> None:
        house.lead(m.Collect(type="collect", activity="q"))
        before = len(house.leader.shown)
        for phone in house.phones:
            house.answers(phone)
        assert len(house.leader.shown) == before
        house.it.dispatch(m.Role.FACILITATOR, m.Ping(type="ping"))
        assert len(house.leader.shown) == before + 1

    in_a_house(scene)
