import re

import pytest
from matplotlib.lines import Line2D

from beyond_the_no.explore import Paths
from beyond_the_no.models.life_paths import life_paths
from support.figures import marks, words

COUNTED = [name for name, row in life_paths().items() if row.seen != ""]


@pytest.mark.parametrize("path", COUNTED)
def test_a_tile_is_filled_for_each_group_that_showed_the_path(path):
    fig = Paths.figure("paths", path)
    others = sum(life_paths()[n].seen for n in COUNTED if n != path)
    empty = sum(row.groups - row.seen for n, row in life_paths().items() if row.seen)

    assert len(marks(fig, "cloth")) == life_paths()[path].seen
    assert len(marks(fig, "soft")) == others
    assert len(marks(fig, "wash")) == empty


def test_a_path_without_a_count_stays_empty():
    fig = Paths.figure("paths", "later")

    assert not marks(fig, "cloth")
    assert len(marks(fig, "paper")) == life_paths()["later"].groups
    assert "not known" in words(fig)
    assert not re.search(r"\d", Paths.sentence("paths", "later"))


def test_the_sentence_says_the_numbers_of_the_table():
    for row, path in zip(Paths.rows("paths", "steady")[1:], life_paths(), strict=True):
        said = re.findall(r"\d+", Paths.sentence("paths", path))

        assert said[:1] == ([row[1]] if path in COUNTED else [])


def test_what_was_felt_lies_below_at_the_same_pace_and_without_a_number():
    fig = Paths.figure("felt", "steady")
    said, felt = (n for n in fig.findobj(Line2D) if len(n.get_xdata()) > 2)
    gap = felt.get_ydata() - said.get_ydata()  # px from the top: more is lower

    assert (gap > 0).all()
    assert gap.min() == pytest.approx(gap.max())
    assert "order only" in words(fig)
    assert not re.search(r"\d", words(fig))


@pytest.mark.parametrize("state", list(Paths.states()), ids=str)
def test_no_path_is_given_to_anyone_and_no_clock(state):
    said = Paths.sentence(**state)

    assert not re.search(r"\byours?\b|\d+ (days|weeks|months)", said)
