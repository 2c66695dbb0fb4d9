import re

import pytest
from matplotlib.lines import Line2D

from beyond_the_no.explore import NineWays
from beyond_the_no.explore.nine_ways import ONE, WAYS, ZERO
from beyond_the_no.models.nine_ways import pooled
from support.figures import words

AGAINST = {"mood": "waiting", "other": "other", "worry": "placebo"}


def lines(ask):
    found = NineWays.figure(ask, "all").findobj(Line2D)
    return [line for line in found if line.axes is not None]


def effect(x):
    """What a place on the strip stands for."""
    return (x - ZERO) / (ONE - ZERO)


@pytest.mark.parametrize("ask", AGAINST)
def test_each_dot_stands_where_its_number_is(ask):
    known = pooled(AGAINST[ask])
    (dots,) = [line for line in lines(ask) if line.get_marker() == "o"]
    seen = [known[n].effect for n in WAYS if n in known and known[n].effect != ""]

    assert [*map(effect, dots.get_xdata())] == pytest.approx(
        [value for value in seen if value <= 1]
    )


def test_each_interval_is_drawn_and_no_other():
    known = [r for r in pooled("waiting").values() if r.low != "" and r.effect <= 1]
    drawn = [line.get_xdata() for line in lines("mood") if line.get_linewidth() == 3]

    assert [[*map(effect, ends)] for ends in drawn] == [
        pytest.approx([row.low, row.high]) for row in known
    ]


def test_weak_trials_are_not_placed_among_the_others():
    fig = NineWays.figure("mood", "all")

    assert "can’t be compared" in words(fig)
    assert [r[1] for r in NineWays.rows("mood", "all") if r[0] == "Narrative"] == [
        "1.64 spreads"
    ]


def test_for_rejection_itself_all_nine_are_empty():
    (rings,) = [line for line in lines("rejection") if line.get_marker() == "o"]

    assert len(rings.get_xdata()) == len(WAYS) == 9
    assert {
        cell for row in NineWays.rows("rejection", "all")[1:] for cell in row[1:]
    } == {"not tested"}
    assert not re.search(r"\d", words(NineWays.figure("rejection", "all")))


@pytest.mark.parametrize("way", WAYS)
def test_a_closer_look_names_its_way_and_its_evidence(way):
    for ask in (*AGAINST, "rejection"):
        said = NineWays.sentence(ask, way)

        assert said.split("*")[1].lower() in said.lower()
        assert "Evidence for" in NineWays.caption(ask=ask, way=way)
        assert "{" not in said


def test_what_is_said_of_trials_and_people_is_in_the_table():
    for state in NineWays.states():
        if state["way"] == "all":
            continue
        (row,) = [
            r
            for r in NineWays.rows(**state)
            if r[0] == NineWays.declared()["way"].options[state["way"]]
        ]
        said = re.findall(r"\d[\d,]*(?= trials| people)", NineWays.sentence(**state))

        assert set(said) <= set(row[3].split(", "))
