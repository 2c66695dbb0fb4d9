"""The brain that can be turned: what it says, and that it can be lent."""

import base64
import gzip
import json

import numpy as np
import pytest

from beyond_the_no.explore import BrainTurn
from beyond_the_no.explore.brain_surface import OUTLINES, BrainSurface, packed
from beyond_the_no.models import brain_surface as surface

MOST_BYTES = 90_000  # packed: a phone on a slow line has it within a second


def test_it_has_a_picture_for_each_view_bar_and_map():
    assert len(list(BrainTurn.states())) == 3 * 5 * 3


def test_from_outside_it_says_what_is_out_of_sight():
    said = BrainTurn.sentence("outside", 15, "both")

    assert "the insula lies in a fold, and the ACC on the inner side" in said


def test_each_other_view_says_how_much_of_its_place_is_coloured():
    inside = BrainTurn.sentence("inside", 15, "both")
    unfolded = BrainTurn.sentence("unfolded", 15, "pain")

    assert "*72 in 100 parts* of the upper ACC, and being left out *22*" in inside
    assert "*77 in 100 parts* of the front insula" in unfolded


def test_the_table_has_the_map_that_is_shown_alone():
    assert BrainTurn.rows("inside", 15, "rejection") == [
        ["Coloured, of 100 parts", "being left out"],
        ["Whole surface", "4"],
        ["Upper ACC", "22"],
        ["Lower ACC", "32"],
    ]


def test_where_the_flat_picture_marks_the_insula_it_says_so():
    flat = BrainTurn.figure("unfolded", 15, "both")

    assert "insula" in [text.get_text() for text in flat.texts]


def test_the_file_holds_every_point_map_and_outline():
    bytes_a_point = 2 * 2 * 3 * 2 + 2 * (1 + 2 + len(OUTLINES))

    assert len(packed()) == 60 + surface.POINTS * bytes_a_point
    assert packed() == packed()


def test_the_file_is_small_and_brings_its_licences():
    shown = BrainSurface.shown({})
    sent = len(gzip.compress(json.dumps(shown).encode(), 9))

    assert sent <= MOST_BYTES
    assert base64.b64decode(shown["surface"]) == packed()
    assert "The General Hospital" in shown["licences"]
    assert "Open Database License" in shown["licences"]


def test_outlines_lie_where_their_areas_do():
    shares = np.frombuffer(packed(), "u1")[-2 * surface.POINTS * len(OUTLINES) :]
    for areas, found in zip(OUTLINES.values(), np.split(shares, 3), strict=True):
        inside = sum(surface.inside(area) for area in areas) > 0.5
        assert found[inside].mean() > 8
        assert found[~inside].mean() < 0.5


def test_a_kernel_hands_it_over_when_it_is_asked_and_nothing_else(monkeypatch):
    explorer = BrainTurn()
    sent = []
    monkeypatch.setattr(explorer, "send", sent.append)
    for content in ({"lend": False}, {"other": True}, "lend", None):
        explorer._handle_custom_msg(content, [])
    assert sent == []
    explorer._handle_custom_msg({"lend": True}, [])

    assert sent == [{"lent": BrainSurface.shown({})}]


def test_the_page_cannot_name_another_source():
    explorer = BrainTurn()
    explorer.set_state({"lends": "os:system"})

    assert explorer.lends == "beyond_the_no.explore.brain_surface:BrainSurface"


@pytest.mark.parametrize("maps", ["both", "pain", "rejection"])
def test_words_around_the_brain_come_with_every_state(maps):
    words = BrainTurn(state={"maps": maps}).words["turn"]

    assert {"title", "keys", "drag", "acc", "insula", "front", "arrows"} <= set(words)
