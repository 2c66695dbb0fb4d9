"""Two queues at two doors: as many figures as the studies counted."""

import numpy as np
import pytest

from beyond_the_no.explore import FairDoors
from beyond_the_no.explore.small_figures import PERSON
from beyond_the_no.models.base_rates import same_resume
from beyond_the_no.models.fair_doors import gaps

VERTICES = len(PERSON.vertices)


def crowds(**state):
    """How many figures each crowd of a picture has, from the top down."""
    [ax] = FairDoors.figure(**state).axes
    sizes = [len(patch.get_path().vertices) for patch in ax.patches]
    return [size // VERTICES for size in sizes if size >= VERTICES]


def test_a_picture_for_each_number_of_tries_and_two_for_the_many_studies():
    assert len(list(FairDoors.states())) == 40 + 2


@pytest.mark.parametrize("tries", [1, 10, 40])
def test_a_hundred_people_stand_in_each_queue_and_those_who_wait_are_filled(tries):
    waits = [round(100 * (1 - same_resume()[n]) ** tries) for n in ("white", "black")]

    assert crowds(view="one", tries=tries) == [
        n for wait in waits for n in (100 - wait, wait)
    ]


def test_the_wait_is_longer_under_a_black_name_after_every_number_of_tries():
    for tries in range(1, 41):
        _, first, _, second = crowds(view="one", tries=tries)
        assert second > first


@pytest.mark.parametrize("view", ["pooled", "offers"])
def test_a_crowd_has_a_figure_for_each_reply(view):
    found = [gap.of_hundred for gap in gaps(view).values()]

    assert crowds(view=view, tries=10) == [found[0], 100, found[1], 100]


def test_the_door_opens_in_proportion_to_the_chance():
    [ax] = FairDoors.figure("one", 10).axes
    wide = [np.ptp(patch.get_path().vertices[:, 0]) for patch in ax.patches]
    frame, leaf, _, _, other_frame, other_leaf, *_ = wide
    open_, other = frame - leaf, other_frame - other_leaf

    assert open_ / other == pytest.approx(235 / 157)


def test_the_sentences_say_the_numbers_of_the_files():
    assert "*51 of 100*" in FairDoors.sentence("one", 10)
    assert "*36*" in FairDoors.sentence("one", 10)
    assert "*136*" in FairDoors.sentence("pooled", 10)
    assert "*124*" in FairDoors.sentence("pooled", 10)
    assert "153" in FairDoors.sentence("offers", 10)
    assert "*245*" in FairDoors.sentence("offers", 10)


def test_what_is_worked_out_is_a_model_and_what_was_counted_is_not():
    for state in FairDoors.states():
        assert FairDoors.kind(**state) == (
            "model" if state["view"] == "one" else "study"
        )


def test_no_caption_gives_a_tip_for_the_resume_in_place_of_rights():
    for state in FairDoors.states():
        caption = FairDoors.caption(**state)
        assert "No résumé tip can fix this" in caption
        assert "your rights" in caption
