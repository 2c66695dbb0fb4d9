"""A room that everyone has forgotten forgets everyone (S-36)."""

import pytest

from beyond_the_no.room import messages as m
from beyond_the_no.room.room import Phase, Room
from beyond_the_no.serve import room_hub
from beyond_the_no.serve.room_hub import Hub

HOUR = 3600  # seconds


@pytest.fixture
def hub() -> Hub:
    made = Hub(Room(), {}, max_lines=10)
    made.hear(m.Role.FACILITATOR, m.Open(type="open"))
    made.room.join()
    return made


def test_a_room_that_nobody_used_for_four_hours_ends_by_itself(hub: Hub) -> None:
    ended = []
    hub.on_end = lambda: ended.append(True)
    hub.heard -= 4 * HOUR + 1
    hub.end_if_idle()

    assert hub.room.phase is Phase.ENDED
    assert hub.room.receipt is not None
    assert ended == [True]
    hub.end_if_idle()
    assert ended == [True], "it ends once"


def test_a_room_in_use_goes_on(hub: Hub) -> None:
    hub.heard -= 4 * HOUR - 60
    hub.end_if_idle()

    assert hub.room.phase is Phase.OPEN
    assert room_hub.IDLE_HOURS == 4
