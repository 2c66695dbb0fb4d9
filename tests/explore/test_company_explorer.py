import re

import pytest
from matplotlib.lines import Line2D

from beyond_the_no.explore import Company
from beyond_the_no.explore.company import COLUMNS, WORDS
from beyond_the_no.models.company import company, eased
from support.figures import marks, words


def test_who_had_less_of_the_hormone_stands_lower():
    people = marks(Company.figure("speech"), "cloth")

    for part, left in COLUMNS.items():
        heights = [y for x, y in people if left <= x < left + 180]
        rows = company(part)
        lower = [row.row for row in rows if row.level == "lower"]

        assert len(heights) == len(rows)
        assert sum(y > 140 for y in heights) == len(lower) == 1


def test_somebody_is_with_those_who_were_not_alone():
    assert len(marks(Company.figure("speech"), "ribbon")) == 3


def test_of_the_speech_no_size_is_shown():
    written = words(Company.figure("speech"))

    assert "order only" in written
    assert set(re.findall(r"\d+", written)) == {"67", "37"}
    assert not re.search(r"\d", Company.sentence("speech"))


@pytest.mark.parametrize("view", ["touch", "who"])
def test_each_dot_stands_at_its_effect(view):
    fig = Company.figure(view)
    dots = [n.get_xdata()[0] for n in fig.findobj(Line2D) if n.get_marker() == "o"]

    assert dots == pytest.approx([e.effect for e in eased(view).values()])
    assert [float(row[1]) for row in Company.rows(view)[1:]] == dots


@pytest.mark.parametrize("view", WORDS["views"])
def test_touch_has_to_be_wanted(view):
    assert "touch you want" in Company.caption(view=view)
    assert "oxytocin" not in Company.caption(view=view) + Company.sentence(view)
