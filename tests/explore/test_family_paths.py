import re

import pytest

from beyond_the_no.explore import FamilyPaths
from beyond_the_no.models.estranged import estranged
from support.figures import marks

PARENTS = list(estranged())


@pytest.mark.parametrize("parent", PARENTS)
def test_as_many_doors_are_shut_as_were(parent):
    fig = FamilyPaths.figure(parent, "ever")
    row = estranged()[parent]

    assert len(marks(fig, "cloth")) == row.of_100
    assert len(marks(fig, "line")) == 100 - row.of_100
    assert not marks(fig, "ribbon")


@pytest.mark.parametrize("parent", PARENTS)
def test_as_many_open_again_as_did_and_the_others_stay_shut(parent):
    fig = FamilyPaths.figure(parent, "later")
    row = estranged()[parent]

    assert len(marks(fig, "ribbon")) == row.again
    assert len(marks(fig, "cloth")) == row.of_100 - row.again
    assert len(marks(fig, "line")) == 100 - row.of_100


def test_doors_do_not_lie_on_each_other():
    fig = FamilyPaths.figure("father", "later")
    every = [at for name in ("ribbon", "cloth", "line") for at in marks(fig, name)]

    assert len(set(every)) == 100


@pytest.mark.parametrize("state", list(FamilyPaths.states()), ids=str)
def test_sentence_and_table_say_the_same_and_nobody_is_told_to_get_in_touch(state):
    said = FamilyPaths.sentence(**state)
    table = [row[1] for row in FamilyPaths.rows(**state)[1:]]

    numbers = set(re.findall(r"\d+", said)) - {
        "100",
        str(estranged()[state["parent"]].of_100),
    }
    assert numbers <= set(table)
    assert sum(int(n) for n in table[:-1]) == 100
    assert not re.search(r"reach out|get in touch|forgive|try again|call", said)


def test_one_in_four_is_so():
    assert round(100 / estranged()["father"].of_100) == 4
