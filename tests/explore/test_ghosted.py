"""Ghosting from both sides: an order, told without a number."""

import re

import pytest

from beyond_the_no.explore import Ghosted
from beyond_the_no.explore.explore import wording
from beyond_the_no.models.ghosted import bars

WORDS = wording("ghosted")
every_side = pytest.mark.parametrize(
    ("side", "measure"), [("sent", "care"), ("waited", "care"), ("clear", "recall")]
)


@every_side
def test_the_longer_bar_is_the_one_with_more(side, measure):
    [ax] = Ghosted.figure(side).axes
    extents = [patch.get_path().get_extents() for patch in ax.patches]
    wide = [box.width for box in extents if box.height == pytest.approx(26)]
    found = dict(zip(bars(measure), wide, strict=True))
    [more] = [item for item, bar in bars(measure).items() if bar.order == "higher"]

    assert max(found, key=found.__getitem__) == more


@every_side
def test_the_picture_holds_no_number_and_says_that_it_is_an_order(side, measure):
    picture, sentence = Ghosted.draw(side=side)
    texts = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", picture))

    assert WORDS["picture"]["order"] in texts
    assert WORDS["picture"][measure] in texts
    assert not re.search(r"\d", texts + sentence)


@every_side
def test_the_table_tells_the_order_of_the_file(side, measure):
    rows = {row[0]: row[1] for row in Ghosted.rows(side)[1:]}

    for item, bar in bars(measure).items():
        assert rows[WORDS["table"]["items"][item]] == WORDS["table"][bar.order]


def test_what_follows_is_a_short_clear_message():
    assert "*A short clear message* is kinder." in Ghosted.sentence("clear")
    assert "some silence protects a person" in Ghosted.caption()
