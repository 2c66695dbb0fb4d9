"""Four phones on two stairs: the order within each paper, and no number."""

import re

import pytest

from beyond_the_no.explore import SeenOnline
from beyond_the_no.explore.explore import wording
from beyond_the_no.explore.seen_online import PHONE
from beyond_the_no.models.seen_online import cases

WORDS = wording("seen_online")
STATES = list(SeenOnline.states())


def phones(**state):
    """The foot of each phone, px from the top, from the left."""
    [ax] = SeenOnline.figure(**state).axes
    paths = [patch.get_path() for patch in ax.patches]
    boxes = [
        path.get_extents() for path in paths if len(path.codes) == len(PHONE.codes)
    ]
    return [box.y1 for box in boxes if box.height == pytest.approx(116)]


def test_the_need_to_belong_counts_only_where_a_paper_tells_of_it():
    assert len(STATES) == 4 + 1
    told = {case for case, row in cases().items() if row.need}

    assert {s["case"] for s in STATES if s["need"] == "lot"} == told


@pytest.mark.parametrize("state", STATES)
def test_what_hurt_more_stands_higher_than_the_other_of_its_paper(state):
    feet = dict(zip(cases(), phones(**state), strict=True))

    for study in ("first", "second"):
        of = {r.order: feet[n] for n, r in cases().items() if r.study == study}
        assert of["higher"] < of["lower"]  # px from the top


def test_for_those_who_want_to_belong_a_lot_the_phone_rises():
    some = phones(case="not_tagged", need="some")
    lot = phones(case="not_tagged", need="lot")

    assert lot[0] < some[0]
    assert lot[1:] == some[1:]


@pytest.mark.parametrize("state", STATES)
def test_the_picture_holds_no_number_and_says_that_it_is_an_order(state):
    picture, sentence = SeenOnline.draw(**state)
    texts = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", picture))

    assert "Order only" in texts
    assert not re.search(r"\d", texts + sentence)


def test_the_table_compares_within_a_paper():
    rows = {row[0]: row[1] for row in SeenOnline.rows("cut", "some")[1:]}
    names = WORDS["cases"]

    assert rows[names["cut"]] == f"more than “{names['not_tagged']}”"
    assert rows[names["choice"]] == f"less than “{names['not_asked']}”"
