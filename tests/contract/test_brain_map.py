"""The brain that a group taps is the one of the data, with a name for each place."""

import brain_map
from beyond_the_no.room.declaration import PLACES
from beyond_the_no.together.together import words


def test_the_map_is_drawn_from_the_data() -> None:
    assert brain_map.PAGE.read_text("utf-8") == brain_map.script(), (
        "run: python tools/brain_map.py"
    )


def test_every_place_has_a_name_and_there_is_an_answer_without_one() -> None:
    assert [*words()["kinds"]["place"]["places"]] == [*PLACES, "nowhere"]


def test_fingers_find_each_place() -> None:
    """On a picture 330 px wide, targets of 44 px lie beside each other."""
    scale = 330 / brain_map.WIDE
    places = [*brain_map.AT.values()]
    for at, (x, y) in enumerate(places):
        for other_x, other_y in places[:at]:
            away = max(abs(x - other_x), abs(y - other_y)) * scale
            assert (
                away >= 44
                or ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 * scale >= 44
            )
