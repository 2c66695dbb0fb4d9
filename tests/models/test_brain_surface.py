import numpy as np
import pytest

from beyond_the_no.models import brain
from beyond_the_no.models import brain_surface as surface

HALVES = [(shape, side) for shape in surface.SHAPES for side in surface.SIDES]
BARS = range(5, 30, 5)


def mean(topic, area):
    weights = surface.extent() * surface.inside(area)
    return np.average(surface.share(topic), weights=weights)


def test_twenty_triangles_become_a_surface_without_a_hole():
    triangles, parents = surface.divided()
    sides = {frozenset((t[i], t[i - 1])) for t in triangles.tolist() for i in range(3)}

    assert triangles.shape == (5120, 3)
    assert len(parents) == surface.POINTS - 12
    assert set(triangles.ravel()) == set(range(surface.POINTS))
    # Euler: what has no hole and no edge has two more points and triangles than sides
    assert surface.POINTS + len(triangles) - len(sides) == 2


@pytest.mark.parametrize(("shape", "side"), HALVES)
def test_points_that_belong_together_lie_together(shape, side):
    triangles, _ = surface.divided()
    corners = surface.points(shape, side)[triangles]
    long = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2)

    assert np.median(long) < 9  # mm
    assert long.max() < 40


@pytest.mark.parametrize(("shape", "side"), HALVES)
def test_every_triangle_is_seen_from_outside(shape, side):
    triangles, _ = surface.divided()
    a, b, c = np.moveaxis(surface.points(shape, side)[triangles], 1, 0)

    assert (np.cross(a, b) * c).sum() / 6 > 4e5  # mm³: turned inside out it is negative


def test_the_halves_lie_on_their_sides():
    left, right = (surface.points("pial", side) for side in surface.SIDES)

    assert left[:, 0].mean() < -20
    assert right[:, 0].mean() > 20


def test_a_map_is_a_share_and_the_cut_between_the_halves_has_none():
    cut = np.concatenate([surface.mesh()[f"cortex_{s}"] == 0 for s in surface.SIDES])

    for topic in brain.STUDIES:
        share = surface.share(topic)
        assert share.shape == (2 * surface.POINTS,)
        assert 0 <= share.min() <= share.max() <= 100
        assert not share[cut].any()
    assert not surface.extent()[cut].any()


@pytest.mark.parametrize("area", surface.AREAS)
def test_the_map_that_reports_more_is_the_one_of_the_counts(area):
    counted = brain.regions()[area]
    more = counted["pain"].percent > counted["rejection"].percent

    assert (mean("pain", area) > mean("rejection", area)) == more


def test_both_insulas_stand_out_for_pain_as_they_do_in_the_counts():
    """Halves of one area are of like size, so their counts can be compared."""
    for topic in brain.STUDIES:
        counted = [
            brain.regions()[f"{at}_insula"][topic].percent for at in ("front", "back")
        ]
        found = [mean(topic, f"{at}_insula") for at in ("front", "back")]
        assert np.argsort(counted).tolist() == np.argsort(found).tolist()


@pytest.mark.parametrize("area", ["all", *surface.AREAS])
def test_a_higher_bar_colours_less(area):
    found = np.array([surface.coloured(bar, area) for bar in BARS])

    assert (np.diff(found, axis=0) <= 0).all()
    assert (found >= 0).all()
    assert (found <= 1).all()


@pytest.mark.parametrize("bar", BARS)
def test_what_both_colour_each_of_them_colours(bar):
    found = surface.coloured(bar)

    assert found.both <= min(found.pain, found.rejection)


def test_a_bar_that_nothing_reaches_colours_nothing():
    assert surface.coloured(90) == (0, 0, 0)
