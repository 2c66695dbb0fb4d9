"""Less of the feed: pairs, dots with lines, and a phone for each study."""

import re

import numpy as np
import pytest

from beyond_the_no.explore import LessFeed
from beyond_the_no.explore.explore import wording
from beyond_the_no.explore.less_feed import SCREEN
from beyond_the_no.explore.small_figures import PERSON
from beyond_the_no.models.less_feed import better_of_pair, kinds, pooled

WORDS = wording("less_feed")


def counts(shape, view):
    """How many of a shape each path of a picture has."""
    [ax] = LessFeed.figure(view).axes
    size = len(shape.vertices)
    paths = [patch.get_path() for patch in ax.patches]
    same = [path for path in paths if list(path.codes[:size]) == list(shape.codes)]
    return [len(path.vertices) // size for path in same]


def test_of_a_hundred_pairs_as_many_are_filled_as_the_effect_gives():
    better = round(100 * better_of_pair(pooled()["well_being"].effect))

    assert counts(PERSON, "pairs") == [better, 100 - better]
    assert f"*{better} of 100*" in LessFeed.sentence("pairs")
    assert better == 55


def test_two_rows_of_figures_are_what_a_coin_would_give():
    [ax] = LessFeed.figure("pairs").axes
    [coin] = ax.lines
    better, others = (patch.get_path().vertices for patch in ax.patches)
    feet = np.concatenate([better, others]).reshape(100, -1, 2)[:, :, 1].max(axis=1)

    assert (feet < coin.get_ydata()[0]).sum() == 50


def test_dots_and_lines_stand_at_the_published_gains():
    [ax] = LessFeed.figure("trials").axes
    lines = [tuple(line.get_xdata()) for line in ax.lines]

    for row in pooled().values():
        assert (row.low, row.high) in lines
        assert (row.effect,) in lines


def test_a_phone_for_each_study_and_filled_where_mood_got_better():
    assert counts(SCREEN, "kinds") == [
        number
        for row in kinds().values()
        for number in (row.improved, row.studies - row.improved)
    ]


@pytest.mark.parametrize("view", WORDS["views"])
def test_no_effect_size_is_spoken(view):
    assert not re.search(r"\d\.\d", LessFeed.sentence(view))


def test_the_tables_hold_the_files():
    assert LessFeed.rows("trials")[1][1] == "0.17 (0.08 to 0.27)"
    assert LessFeed.rows("kinds")[1:] == [
        [WORDS["picture"]["kinds"][n], f"{r.improved}", f"{r.studies}"]
        for n, r in kinds().items()
    ]
    assert sum(row.studies for row in kinds().values()) == 23
    assert "23 studies" in LessFeed.caption(view="kinds")
