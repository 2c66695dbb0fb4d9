"""Four comparisons of cultures: an order, and clouds that mostly overlap."""

import re

import numpy as np
import pytest

from beyond_the_no.explore import FourStudies
from beyond_the_no.explore.explore import wording
from beyond_the_no.models.four_studies import four_studies

WORDS = wording("four_studies")
STATES = list(FourStudies.states())
STUDIES = sorted(four_studies())


def clouds(study):
    """The clouds of a picture, panel by panel: first and second group."""
    [ax] = FourStudies.figure(study, "both").axes
    curves = [line.get_xydata() for line in ax.lines if len(line.get_xdata()) > 2]
    return [curves[at : at + 2] for at in range(0, len(curves), 2)]


def test_there_is_a_picture_for_each_study_and_side():
    assert len(STATES) == 4 * 3


@pytest.mark.parametrize("study", STUDIES)
def test_the_cloud_with_more_stands_to_the_right(study):
    found = four_studies()[study].values()
    drawn = clouds(study)

    assert len(drawn) == len(found)
    for (first, second), orders in zip(drawn, found, strict=True):
        apart = second[second[:, 1].argmin(), 0] - first[first[:, 1].argmin(), 0]
        if orders == ("same", "same"):
            assert apart == pytest.approx(0)
        else:
            assert (apart > 20) == (orders == ("lower", "higher"))


@pytest.mark.parametrize("study", STUDIES)
def test_the_clouds_overlap_by_more_than_half(study):
    for first, second in clouds(study):
        one, other = (c[:, 1].max() - c[:, 1] for c in (first, second))

        assert np.minimum(one, other).sum() > 0.5 * one.sum()


@pytest.mark.parametrize("state", STATES)
def test_the_picture_and_the_sentence_hold_no_number(state):
    picture, sentence = FourStudies.draw(**state)
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", picture)

    assert not re.search(r"\d", sentence)
    assert WORDS["picture"]["title"] in texts
    assert not re.search(r"\d", " ".join(texts))


@pytest.mark.parametrize("state", STATES)
def test_the_table_tells_the_order_of_the_file(state):
    head, *rows = FourStudies.rows(**state)
    found = four_studies()[state["study"]]

    assert head[1:] == [WORDS["measures"][name] for name in found]
    for at, row in enumerate(rows):
        assert row[1:] == [WORDS["orders"][orders[at]] for orders in found.values()]


def test_a_person_is_not_a_group_under_every_study():
    for state in STATES:
        assert "person isn’t a group" in FourStudies.caption(**state)


@pytest.mark.parametrize("study", STUDIES)
def test_one_that_opens_on_a_study_asks_its_guess(study):
    words = FourStudies(state={"study": study}).words
    first = study == "strangers"
    guess = WORDS["guess"] if first else WORDS["guesses"][study]

    assert words["guess"] == guess
    assert words["name"] == ("four_studies" if first else f"four_studies_{study}")
    assert len(guess["because"]) == len(guess["options"])
