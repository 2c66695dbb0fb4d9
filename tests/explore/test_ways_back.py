"""Eight practices: what people do, and the step that their tests have reached."""

import re

import pytest
from matplotlib.colors import to_hex

from beyond_the_no.explore import WaysBack
from beyond_the_no.explore.explore import wording
from beyond_the_no.explore.house import COLOURS
from beyond_the_no.explore.ways_back_scenes import SCENES
from beyond_the_no.models.ways_back import STEPS, ways

WORDS = wording("ways_back")
every_way = pytest.mark.parametrize("way", sorted(ways()))


def test_every_way_has_a_card_a_scene_and_words():
    for table in (WORDS["ways"], WORDS["do"], WORDS["tested"], SCENES):
        assert table.keys() == ways().keys()
    assert len(list(WaysBack.states())) == 8 * 2


@every_way
def test_the_figure_stands_on_the_step_that_was_reached(way):
    [ax] = WaysBack.figure(way, "tested").axes
    *steps, person = (patch.get_path().get_extents() for patch in ax.patches)
    lit = [
        to_hex(p.get_facecolor()) == COLOURS["pale_cloth"].lower() for p in ax.patches
    ]
    reached = STEPS.index(ways()[way].tested)

    assert lit.index(True) == reached
    assert person.y1 == pytest.approx(steps[reached].y0)
    assert steps[reached].x0 <= person.x0
    assert all(person.x1 <= step.x0 for step in steps[reached + 1 :])


@every_way
def test_the_sentence_says_how_it_was_tested(way):
    said = WaysBack.sentence(way, "tested")
    begins = {
        **{"view": "*A view*", "described": "*Described*", "seen": "*Seen in studies*"},
        **{"experiments": "*Three experiments*", "trial": "*One trial*"},
    }

    assert said.startswith(begins[ways()[way].tested])


def test_the_figures_of_the_bench_are_an_order_only():
    texts = [WaysBack.draw(way="bench", side=side) for side in ("do", "tested")]
    said = " ".join(sentence for _, sentence in texts)

    assert re.findall(r"\d+", said) == ["24", "573"]


@every_way
@pytest.mark.parametrize("side", ["do", "tested"])
def test_a_practice_belongs_to_its_people_and_safety_comes_first(way, side):
    caption = WaysBack.caption(way=way, side=side)

    assert "not the costume" in caption
    assert "Never go back to someone dangerous" in caption


@every_way
def test_the_table_tells_the_row_of_the_file(way):
    rows = dict(WaysBack.rows(way, "do")[1:])
    head, row = WORDS["table"], ways()[way]

    assert rows[head["tested"]] == WORDS["picture"]["steps"][row.tested]
    assert rows[head["source"]] == row.source
    if row.studies:
        assert rows[head["studies"]] == str(row.studies)
