import re

import pytest

from beyond_the_no.explore import FearAndFact
from beyond_the_no.models.expectations import expectations
from support.figures import marks, patches, words

ORDERS = [name for name, row in expectations().items() if row.came == ""]


def test_as_many_people_are_drawn_as_yeses():
    ask = expectations()["ask"]

    assert len(marks(FearAndFact.figure("ask", "fear"), "cloth")) == ask.expected
    assert len(marks(FearAndFact.figure("ask", "came"), "ribbon")) == ask.came
    assert not marks(FearAndFact.figure("ask", "fear"), "ribbon")
    assert not marks(FearAndFact.figure("ask", "came"), "cloth")


@pytest.mark.parametrize("row", ORDERS)
def test_of_an_order_the_longer_bar_is_drawn_and_no_number(row):
    fig = FearAndFact.figure(row, "both")
    (fear,), (came,) = patches(fig, "pale_cloth"), patches(fig, "ribbon")
    more = expectations()[row].feared == "more"

    assert (fear.get_width() > came.get_width()) == more
    assert "order only" in words(fig)
    for side in ("both", "fear", "came"):
        assert not re.search(r"\d", FearAndFact.sentence(row, side))
    assert not re.search(r"\d", words(fig))
    assert [r[1] for r in FearAndFact.rows(row, "both")[1:]] == (
        ["more", "less"] if more else ["less", "more"]
    )


@pytest.mark.parametrize("state", list(FearAndFact.states()), ids=str)
def test_it_is_never_about_asking_again(state):
    assert "never about asking someone again" in FearAndFact.caption(**state)


def test_the_sentence_says_the_numbers_of_the_table():
    said = re.findall(r"\d+", FearAndFact.sentence("ask", "both"))

    assert said == [row[1] for row in FearAndFact.rows("ask", "both")[1:]]
