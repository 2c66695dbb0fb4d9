import re
from itertools import pairwise

import pytest

from beyond_the_no.explore import StepIn
from beyond_the_no.explore.explore import wording
from beyond_the_no.models.step_in import steps
from support.figures import marks, patches, words

STEPS = list(steps())


@pytest.mark.parametrize("step", STEPS)
def test_as_many_scenes_are_marked_as_it_happened_in(step):
    fig = StepIn.figure(step)
    yes = steps()[step].of_ten

    assert len(patches(fig, "pale_ribbon")) == yes
    assert len(patches(fig, "wash")) == 10 - yes
    assert f"{yes} of 10" in words(fig)


def test_others_stand_in_as_many_scenes_as_they_were_in():
    # one more of each colour explains it, under the scenes
    assert (
        len(marks(StepIn.figure("there"), "ribbon")) == 2 * steps()["there"].of_ten + 1
    )
    assert (
        len(marks(StepIn.figure("stepped"), "ribbon")) == steps()["stepped"].of_ten + 1
    )
    assert len(marks(StepIn.figure("worked"), "ribbon")) == 10 + 1
    for step in STEPS:
        assert len(marks(StepIn.figure(step), "cloth")) == 10 + 1


@pytest.mark.parametrize("step", STEPS)
def test_the_sentence_says_what_the_table_rounds_to(step):
    said = re.findall(r"(\d+) of 10", StepIn.sentence(step))

    assert said == [StepIn.rows(step)[-1][2]]
    assert len(StepIn.rows(step)) == 2 + STEPS.index(step)


def test_adults_are_in_charge_under_every_picture():
    assert all("adults are in charge" in StepIn.caption(step=s) for s in STEPS)


def test_a_guess_lies_on_both_sides_of_what_was_seen():
    options = [
        int(re.search(r"\d+", text)[0])
        for text in wording("step_in")["guess"]["options"]
    ]

    assert min(options) < steps()["worked"].of_ten < max(options)
    assert {b - a for a, b in pairwise(options)} == {2}
