import ast
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beyond_the_no.models import brain

SIDES = ["sagittal", "midline", "axial"]
AREAS = ["upper_acc", "lower_acc", "front_insula", "back_insula", "forehead"]


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [  # scipy.stats.binomtest(k, n).proportion_ci(method="wilson")
        (0, 10, 0.0, 0.277533),
        (5, 30, 0.073365, 0.335644),
        (15, 30, 0.331539, 0.668461),
        (67, 250, 0.216911, 0.326111),
        (10, 10, 0.722467, 1.0),
    ],
)
def test_wilson_gives_known_intervals(k, n, low, high):
    assert brain.wilson(k, n) == pytest.approx((low, high), abs=1e-5)


@given(
    st.integers(1, 20_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
)
def test_wilson_holds_the_share_and_mirrors(kn):
    k, n = kn
    low, high = brain.wilson(k, n)

    assert 0 <= low <= k / n + 1e-12
    assert k / n - 1e-12 <= high <= 1
    assert brain.wilson(n - k, n) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(("k", "n"), [(-1, 10), (11, 10), (0, 0)])
def test_wilson_refuses_what_is_no_share(k, n):
    with pytest.raises(ValueError, match="is not a share"):
        brain.wilson(k, n)


def test_the_counts_on_screen_are_the_published_ones():
    found = {
        area: tuple(sets[s].studies_with for s in ("pain", "rejection", "other"))
        for area, sets in brain.regions().items()
    }

    assert [found[area] for area in AREAS] == [
        (67, 5, 1434),
        (33, 6, 1511),
        (125, 5, 3484),
        (104, 3, 1512),
        (57, 15, 3257),
    ]


def test_the_sets_have_the_sizes_that_are_printed():
    for sets in brain.regions().values():
        assert {s: sets[s].studies for s in brain.STUDIES} == brain.STUDIES


@pytest.mark.parametrize("side", SIDES)
def test_a_map_is_a_share_on_its_grid(side):
    right, up = brain.ticks(side)

    for topic in brain.STUDIES:
        share = brain.share_map(topic, side)
        assert share.shape == (len(up), len(right))
        assert share.min() >= 0
        assert share.max() <= 100


def test_nobody_can_change_a_map_that_all_share():
    with pytest.raises(ValueError, match="read-only"):
        brain.share_map("pain", "axial")[0, 0] = 100


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("bar", range(5, 35, 5))
def test_the_parts_of_the_coloured_area_add_up(side, bar):
    assert sum(brain.coloured(bar, side)) == pytest.approx(1)


@pytest.mark.parametrize("side", SIDES)
def test_a_higher_bar_leaves_less_in_common(side):
    shared = [brain.coloured(bar, side)[1] for bar in range(5, 35, 5)]

    assert shared == sorted(shared, reverse=True)


def test_a_bar_that_nothing_reaches_colours_nothing():
    assert brain.coloured(90, "sagittal") == (0, 0, 0)
    assert brain.further_front(90, "sagittal") == 0


@pytest.mark.parametrize("side", SIDES)
def test_outlines_lie_inside_the_brain(side):
    lines = brain.outlines(side)
    (brain_line,) = lines["brain"]

    for area in [*AREAS, *brain.BOXES]:
        for line in lines[area]:
            assert (line.min(1) >= brain_line.min(1)).all()
            assert (line.max(1) <= brain_line.max(1)).all()
            assert np.allclose(line[:, 0], line[:, -1], atol=0.2)


def test_models_know_no_widget_and_no_picture():
    for path in Path(brain.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text())
        named = {
            name.split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in [getattr(node, "module", None) or node.names[0].name]
        }
        assert not named & {"matplotlib", "ipywidgets", "anywidget", "traitlets"}
