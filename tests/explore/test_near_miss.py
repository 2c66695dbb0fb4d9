"""Near misses: a hundred figures, ten of whom left, and an order without numbers."""

import pytest

from beyond_the_no.explore import NearMiss
from beyond_the_no.explore.explore import wording
from beyond_the_no.explore.near_miss import SHEET
from beyond_the_no.explore.small_figures import PERSON
from beyond_the_no.models.near_miss import of_hundred

WORDS = wording("near_miss")


def shapes(shape, **state):
    """The bounds of every path made of a shape, and how many it has of it."""
    [ax] = NearMiss.figure(**state).axes
    size = len(shape.vertices)
    paths = [patch.get_path() for patch in ax.patches]
    return [
        (len(path.vertices) // size, path.get_extents())
        for path in paths
        if list(path.codes[:size]) == list(shape.codes)
    ]


def test_three_pictures():
    assert len(list(NearMiss.states())) == 3


def test_a_hundred_just_missed_and_as_many_fade_as_left():
    left = of_hundred("grants", "left")
    before = [count for count, _ in shapes(PERSON, view="grants", left=False)]
    after = [count for count, _ in shapes(PERSON, view="grants", left=True)]

    assert before == [12, 100]
    assert after[:3] == [12, 100 - left, left]


def test_those_who_stayed_stand_to_the_right_of_those_who_won():
    *_, (_, won), (_, stayed) = shapes(PERSON, view="grants", left=True)

    assert won.x1 < stayed.x0


def test_a_hundred_papers_and_those_from_elsewhere_are_cited_more():
    (first, _), (elsewhere, _), (_, less), (_, more) = shapes(
        SHEET, view="papers", left=False
    )

    assert (first, elsewhere) == (75, 25)
    assert less.x1 < more.x0


@pytest.mark.parametrize("state", list(NearMiss.states()))
def test_where_only_the_order_is_known_the_picture_says_so(state):
    picture, _ = NearMiss.draw(**state)

    assert "order only" in picture
    assert "isn’t drawn" in NearMiss.caption(**state)


def test_both_stories_are_told_together():
    said = NearMiss.sentence("grants", True)

    assert "More than 10 of 100 left for good" in said
    assert "*better*" in said
    assert all(
        "more than ten of 100" in text.lower() for text in WORDS["guess"]["because"]
    )
