"""One poet's envelopes: those that are open, and those that held a yes."""

import re

import numpy as np
import pytest

from beyond_the_no.explore import OnePoet
from beyond_the_no.explore.one_poet import ENVELOPE
from beyond_the_no.models.one_poet import log, opened, yeses

SIZE = len(ENVELOPE.vertices)
STATES = list(OnePoet.states())


def test_three_handfuls_of_four_sizes_and_all():
    assert len(STATES) == 3 * 4 + 1


@pytest.mark.parametrize("state", STATES)
def test_every_envelope_is_drawn_once_and_shows_what_it_holds(state):
    [ax] = OnePoet.figure(**state).axes
    paths = [patch.get_path() for patch in ax.patches]
    count = 841 if state["count"] == "all" else int(state["count"])
    yes = int(yeses()[opened(count, int(state["handful"]))].sum())
    wanted = [841 - count, count - yes, yes]
    # the letters that look out of some are narrower
    wide = np.ptp(ENVELOPE.vertices[:, 0])
    whole = [p for p in paths if np.ptp(p.vertices[:5, 0]) == pytest.approx(wide)]
    drawn = [len(path.vertices) // SIZE for path in whole]

    assert drawn == [number for number in wanted if number]


@pytest.mark.parametrize("state", STATES)
def test_the_sentence_and_the_table_count_the_same(state):
    count = 841 if state["count"] == "all" else int(state["count"])
    yes = int(yeses()[opened(count, int(state["handful"]))].sum())
    said = OnePoet.sentence(**state)
    words = {0: "none was", 1: "one was"}.get(yes, f"{yes} were")

    assert f"{words} taken" in said
    assert str(count) in said
    assert [row[1] for row in OnePoet.rows(**state)[1:]] == [
        *("841", str(count), str(yes), "114 to 117"),
    ]


def test_handfuls_of_ten_differ_although_the_poet_does_not():
    said = {OnePoet.sentence("10", handful) for handful in "123"}

    assert len(said) > 1
    assert all("the same poet" in each for each in said)


def test_chance_is_a_model_and_the_whole_log_is_not():
    for state in STATES:
        kind = OnePoet.kind(**state)
        assert kind == ("study" if state["count"] == "all" else "model")


def test_a_group_can_guess_how_many_were_taken():
    assert OnePoet.to_guess()["truth"] == log().taken
    assert re.search(r"It’s one person", OnePoet.caption())
