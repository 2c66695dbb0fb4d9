"""A room that everyone has forgotten forgets everyone (S-36)."""

import pytest

from beyond_the_no.room import messages as m
from beyond_the_no.room.room import Phase, Room
from beyond_the_no.server.live import room_broadcaster
from beyond_the_no.server.live.room_broadcaster import RoomBroadcaster

HOUR = 3600  # seconds


@pytest.fixture
def broadcaster() -> RoomBroadcaster:
    made = RoomBroadcaster(Room(), {}, {}, max_connections=10)
    made.dispatch(m.Role.FACILITATOR, m.Open(type="open"))
    made.room.join()
    return made


def test_a_room_that_nobody_used_for_four_hours_ends_by_itself(
    broadcaster: RoomBroadcaster,
) -> None:
    ended = []
    broadcaster.on_end = lambda: ended.append(True)
    broadcaster.last_message_at -= 4 * HOUR + 1
    broadcaster.end_if_idle()

    assert broadcaster.room.phase is Phase.ENDED
    assert broadcaster.room.receipt is not None
    assert ended == [True]
    broadcaster.end_if_idle()
    assert ended == [True], "it ends once"


def test_a_room_in_use_goes_on(broadcaster: RoomBroadcaster) -> None:
    broadcaster.last_message_at -= 4 * HOUR - 60
    broadcaster.end_if_idle()

    assert broadcaster.room.phase is Phase.OPEN
    assert room_broadcaster.IDLE_HOURS == 4
